"""Tells a drawn page where each thing has a page of its own: on a server, or in a site.

Out of scope: the link, which `scripts/page/own-page.js` makes.
"""

from hwbs_graph.model.vocabulary import BASE
from hwbs_graph.text import html_text

_START = '<html lang="en">'


def lead_to_pages(html: str, folder: str, ending: str) -> str:
    """Return a drawn page whose panel leads to `folder`, the path of a thing and `ending`."""
    told = f'data-pages-of="{BASE}" data-pages="{html_text(folder)}"'
    marked = f'<html lang="en" {told} data-page-ending="{html_text(ending)}">'
    return html.replace(_START, marked, 1)
