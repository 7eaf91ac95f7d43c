"""The manual as pages: the same text as `hwbs docs`, with links that lead from page to page.

Out of scope: which pages there are, and their words (`data.manual`).
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from hwbs_graph.data import manual
from hwbs_graph.write.markdown_html import render_markdown

#: Where the manual stands, and the media types of its pictures.
ROOT, PICTURE_TYPES = "/docs", {".png": "image/png", ".svg": "image/svg+xml"}


class ManualView(NamedTuple):
    """A page of the manual: its title, its part, and the HTML of what it says."""

    title: str
    part: str
    html: Markup


def page_address(page: manual.ManualPage) -> str:
    """Return the address of a page on a server."""
    return ROOT if page.name == manual.INDEX else f"{ROOT}/{page.name}"


def build_manual_page(page: manual.ManualPage, address: Callable[[str], str]) -> ManualView:
    """Return a page; `address` turns addresses of the server into those that links need."""

    def resolve(target: str) -> str:
        return _find_address(page, target, address)

    html = render_markdown(manual.read_page(page), resolve)
    return ManualView(page.title, page.part, Markup(html))


def _find_address(page: manual.ManualPage, target: str, address: Callable[[str], str]) -> str:
    """Return where a link of a page leads, "" for a file that no page shows."""
    if target.startswith(("http://", "https://", "#")):
        return target
    path, mark, anchor = target.partition("#")
    file = Path(os.path.normpath(page.path.parent / path))
    linked = {each.path: page_address(each) for each in manual.list_pages()}
    if file in linked and (led := address(linked[file])):
        return f"{led}{mark}{anchor}"
    return address(f"{ROOT}/{file.name}") if file.name in list_pictures() else ""


def list_pictures() -> dict[str, Path]:
    """Return the pictures of the manual by name."""
    folder = manual.list_pages()[0].path.parent
    return {path.name: path for path in sorted(folder.iterdir()) if path.suffix in PICTURE_TYPES}
