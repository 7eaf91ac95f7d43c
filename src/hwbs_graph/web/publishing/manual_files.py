"""The manual as files: in the site of a graph, or alone.

Out of scope: what stands on its pages (`pages.manual_pages`), and the folder (`site_folder`).
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from hwbs_graph.data import manual
from hwbs_graph.web.branding import Branding
from hwbs_graph.web.pages.manual_pages import (
    ROOT,
    build_manual_page,
    list_pictures,
    page_address,
)
from hwbs_graph.web.pages.rendering import static_file
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.web.publishing.site_folder import open_site

_STYLE, _STATEMENT = "static/style.css", "accessibility.html"


def name_manual(names: FileNames, folder: str = "docs/") -> None:
    """Name the file of each page of the manual, and of each picture."""
    for page in manual.list_pages():
        names.add(page_address(page), f"{folder}{page.name}.html")
    for name in list_pictures():
        names.add(f"{ROOT}/{name}", f"{folder}{name}")


def list_manual_files(maker: PageMaker) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each page of the manual, and of each picture."""
    for page in manual.list_pages():
        file = maker.names.find(page_address(page))
        view = build_manual_page(page, partial(maker.names.lead, file))
        yield file, maker.render(file, "manual", page=view)
    for name, path in list_pictures().items():
        yield maker.names.find(f"{ROOT}/{name}"), path.read_bytes()


def write_manual(target: Path) -> int:
    """Write the manual alone into a folder; return its number of files. Raises PathError."""
    maker = PageMaker(FileNames(), Branding("The manual of hwbs"))
    name_manual(maker.names, "")
    maker.names.alias("/", maker.names.find(ROOT))
    for address, name in (("/static/style.css", _STYLE), ("/accessibility", _STATEMENT)):
        maker.names.add(address, name)
    with open_site(target) as folder:
        for name, data in list_manual_files(maker):
            folder.write(name, data)
        folder.write(_STYLE, static_file("style.css") or b"")
        folder.write(_STATEMENT, maker.render(_STATEMENT, "accessibility"))
        folder.finish({})
        return folder.size
