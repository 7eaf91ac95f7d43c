"""The Content-Security-Policy of a page: only what it names may run, show or be asked for.

https://www.w3.org/TR/CSP3/

Out of scope: the pages themselves.
"""

import base64
import hashlib

SELF, NONE = "'self'", "'none'"
#: The empty icon in a page's head, which keeps a browser from asking for one.
ICON = "data:"


def build_policy(**sources: str) -> str:
    """Return a policy that allows these sources alone, by directive: `script_src=SELF`."""
    # `default-src` does not govern the last two.
    directives = {"default_src": NONE, "base_uri": NONE, "form_action": NONE, **sources}
    return "; ".join(f"{name.replace('_', '-')} {allowed}" for name, allowed in directives.items())


def allow_inline(*texts: str) -> str:
    """Return the sources that stand for exactly these scripts or styles within the page."""
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
