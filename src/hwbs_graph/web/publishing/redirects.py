"""For a site with an address: the list of its pages, and the rules that lead there from w3id.org.

https://www.sitemaps.org/protocol.html, https://github.com/perma-id/w3id.org

Out of scope: submitting the rules.
"""

from collections.abc import Iterable
from html import escape

#: The files, which no page leads to.
SITEMAP, RULES = "sitemap.xml", "w3id.htaccess"
_TYPES = (("text/turtle", "ttl"), ("application/ld\\+json", "jsonld"), ("application/json", "json"))


def write_sitemap(base: str, pages: Iterable[str]) -> bytes:
    """Return the list of pages of a site that stands at `base`, which ends in a slash."""
    lines = [f"<url><loc>{escape(base + page)}</loc></url>" for page in sorted(pages)]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    body = "\n".join(lines)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}\n<urlset xmlns="{space}">\n{body}\n</urlset>\n'.encode()


def write_rules(base: str) -> bytes:
    """Return rules for the folder of a name at w3id.org: each thing leads to its file."""
    rules = ["# Rules for w3id.org: each thing leads to its page or data.", "RewriteEngine on"]
    for type, ending in _TYPES:
        rules.append(f"RewriteCond %{{HTTP_ACCEPT}} {type}")
        rules.append(f"RewriteRule ^(id|scheme)/(.+)$ {base}$1/$2.{ending} [R=303,L]")
    rules += [
        f"RewriteRule ^(id|scheme)/(.+)$ {base}$1/$2.html [R=303,L]",
        "RewriteCond %{HTTP_ACCEPT} text/turtle",
        f"RewriteRule ^dataset$ {base}downloads/void.ttl [R=303,L]",
        f"RewriteRule ^ns$ {base}terms.html [R=303,L,NE]",
        f"RewriteRule ^(dataset)?$ {base}data.html [R=303,L]",
    ]
    return ("\n".join(rules) + "\n").encode()
