"""What the tests of the view share: screens, hostile words, and what may not overlap."""

import itertools
from pathlib import Path
from typing import Any

BASE = "https://w3id.org/hwbs/id/"
SIZES = [(1024, 768), (1366, 768), (1920, 1080)]

HOSTILE = (
    "<script>window.harmed = 1</script>",
    "</script><script>window.harmed = 2</script>",
    "\"><img src=x onerror='window.harmed = 3'>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202ereversed\u202c \u2066left open",
    "zero\u200bwidth\ufeff",
    "line\u2028and\u2029paragraph",
    "<!-- <script>",
    "a" * 10_000,
    "long words " * 900,
    "\ud800 lone \x00 null \x1b",
    "javascript:window.harmed = 4",
    "__proto__",
    "&lt;b&gt;&amp;",
    "",
)


def look_at(page: Any, view: str) -> None:
    """Choose a picture from the menu, as a person does."""
    if page.locator("#look").is_visible():
        page.click("#look")
    page.click(f"[data-view={view}]")


def show_only(page: Any) -> None:
    """Open the row of filters, as a person does."""
    if page.locator("#filters").is_hidden():
        page.click("#show-only")


def printed(opened: Any, folder: Path) -> Any:
    """Return the pages the browser prints, as pypdf reads them."""
    from pypdf import PdfReader

    path = folder / "printed.pdf"
    opened.page.pdf(path=path, prefer_css_page_size=True)
    return PdfReader(path).pages


def overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the pairs of boxes that share a pixel."""
    return [
        (a["text"], b["text"])
        for a, b in itertools.combinations(boxes, 2)
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]
