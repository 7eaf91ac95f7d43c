"""A briefing sheet as one HTML page that needs nothing else, and prints on A4.

No script runs on it, and its policy allows none: a sheet is opened from an e-mail.
https://www.w3.org/TR/CSP3/

Out of scope: what the sheet says.
"""

import base64
import hashlib
from importlib import resources

from hwbs_graph.write import templates
from hwbs_graph.write.briefing.content import Sheet
from hwbs_graph.write.briefing.layout import footing, sections, subtitle


def write(sheet: Sheet) -> bytes:
    """Return the page as UTF-8 text."""
    from markupsafe import Markup

    environment = templates.environment(__package__, keep_trailing_newline=True)
    style = _style()
    page = environment.get_template("sheet.html.j2").render(
        name=sheet.name,
        subtitle=subtitle(sheet),
        sections=list(sections(sheet)),
        footing=footing(sheet),
        policy=_policy(style),
        style=Markup(style),
    )
    return page.encode("utf-8")


def _style() -> str:
    text = (resources.files(__package__) / "static" / "sheet.css").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # a browser takes the hash of what it reads


def _policy(style: str) -> str:
    """Allow this style and nothing else; the empty icon keeps a browser from asking for one."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
