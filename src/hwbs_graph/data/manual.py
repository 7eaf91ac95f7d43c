"""The pages about `hwbs`: which there are, in which order, and what each says, in Markdown.

`docs/index.md` lists them: a heading is a part of the manual, a line of a list is a page. A wheel
holds the files where a checkout has them, seen from one another.

Out of scope: how a page is shown (`write.markdown_html`, `cli.docs`).
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.data import bundled

#: The page that lists the others, and the files that a page may show.
INDEX, PICTURES = "index", (".png", ".svg")
_PART = re.compile(r"## (.+)")
_LINE = re.compile(r"- \[([^\]]+)\]\(([^)]+\.md)\): (.+)")


class ManualPage(NamedTuple):
    """A page: its name, such as `your-board`, its title, its part of the manual, what it tells."""

    name: str
    title: str
    part: str
    summary: str
    path: Path


class Finding(NamedTuple):
    """Where words stand: the page, the heading above them, and the line."""

    page: str
    heading: str
    line: str


@cache
def list_pages() -> tuple[ManualPage, ...]:
    """Return every page in the order of the index, which comes first.

    Raises DataError where the folder is missing.
    """
    path = bundled.folder("docs") / f"{INDEX}.md"
    pages = [ManualPage(INDEX, "The pages about hwbs", "", "What there is to read.", path)]
    part = ""
    for line in path.read_text("utf-8").splitlines():
        if head := _PART.fullmatch(line):
            part = head[1]
        elif found := _LINE.fullmatch(line):
            target = Path(os.path.normpath(path.parent / found[2]))
            name = target.stem.lower()
            pages.append(ManualPage(name, found[1], part, found[3], target))
    return tuple(pages)


def find_page(name: str) -> ManualPage | None:
    """Return the page of a name or a title, in any case; None if there is none."""
    wanted = name.casefold().removesuffix(".md")
    named = (page for page in list_pages() if wanted in (page.name, page.title.casefold()))
    return next(named, None)


def read_page(page: ManualPage) -> str:
    """Return the Markdown of a page. Raises OSError where its file is gone."""
    return page.path.read_text("utf-8")


def find_words(words: str) -> list[Finding]:
    """Return each line of a page that holds all the words, in any case, page by page."""
    wanted = words.casefold().split()
    found = []
    for page in list_pages():
        heading = page.title
        for line in filter(None, map(str.strip, read_page(page).splitlines())):
            if line.startswith("#"):
                heading = line.lstrip("# ")
            if all(word in line.casefold() for word in wanted):
                found.append(Finding(page.name, heading, line))
    return found


def list_examples() -> dict[str, bytes]:
    """Return the files of the examples by their path in the folder. Raises DataError."""
    folder = bundled.folder("examples")
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
