"""How soon the view of the whole record can be used, and how soon it answers a click.

Opens the view in Chromium beside an empty page. Machines are noisy: compare the ratios of one run.

    python bench/view.py [RUNS]
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from hwbs_graph import network
from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded
from hwbs_graph.view import render_view

#: Milliseconds until the browser has a page that asks for nothing.
LOADED = "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
#: Milliseconds until the view can be used, of which it takes note itself.
USABLE = "hwbsView.readyAfter"
#: Milliseconds from a click until all that follows from it is laid out.
CLICK = """() => {
  const before = performance.now();
  document.querySelector("#panel button.item").click();
  document.querySelector("#panel h2").getBoundingClientRect();
  return performance.now() - before;
}"""


def measure(page: Any, path: Path, ready: str, runs: int, *questions: str) -> list[float]:
    """Return the median answer to each question, over `runs` openings that wait for `ready`."""
    answers = []
    for _ in range(runs):
        page.goto("about:blank")
        page.goto(path.as_uri())
        page.locator(ready).wait_for(state="attached")
        answers.append([page.evaluate(question) for question in questions])
    return [statistics.median(column) for column in zip(*answers, strict=True)]


def compare(runs: int, folder: Path) -> dict[str, float]:
    """Return what is compared, by name, in milliseconds."""
    empty, view = folder / "empty.html", folder / "view.html"
    empty.write_text("<!DOCTYPE html><title>Empty</title>", "utf-8")
    view.write_text(render_view(network.project_record(Embedded(corpus.open_store()))), "utf-8")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as engine:
        page = engine.chromium.launch(executable_path=path, args=["--no-sandbox"]).new_page()
        [loaded] = measure(page, empty, "html", runs, LOADED)
        usable, answered = measure(page, view, "html[data-ready]", runs, USABLE, CLICK)
    return {"empty page": loaded, "view usable": usable, "click answered": answered}


def main() -> None:
    """Print one line a figure: milliseconds, and the ratio to the empty page."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        times = compare(runs, Path(folder))
    for name, milliseconds in times.items():
        print(f"{milliseconds:8.1f} ms  {milliseconds / times['empty page']:6.2f} x  {name}")


if __name__ == "__main__":
    main()
