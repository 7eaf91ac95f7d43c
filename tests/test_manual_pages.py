"""The manual as pages: of a server, and as files that open anywhere; no link is dead."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import pytest
from browsing import violations
from starlette.requests import Request
from support import Hwbs

from hwbs_graph.data import manual
from hwbs_graph.web import app
from hwbs_graph.web.problem import Problem
from hwbs_graph.write.markdown_html import render_markdown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hwbs_graph.web.publishing.manual_files import write_manual

    target = tmp_path_factory.mktemp("manual") / "pages"
    write_manual(target)
    return target


def test_every_link_and_picture_of_the_manual_leads_to_a_file_and_a_place_in_it(
    folder: Path,
) -> None:
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    assert {f"{page.name}.html" for page in manual.list_pages()} < pages.keys()
    dead = []
    for name, text in pages.items():
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            file, _, anchor = target.partition("#")
            if target.startswith(("https://", "http://", "mailto:", "data:")):
                continue
            known = pages.get(file or name, "") if anchor else (folder / file).is_file()
            if not known or (anchor and f'id="{unquote(anchor)}"' not in cast(str, known)):
                dead.append((name, target))
    assert dead == []
    assert "view.png" in pages["readme.html"]
    asked = re.compile(r'(?:src|stylesheet" href)="([^"]*)"')
    loaded = {address for text in pages.values() for address in asked.findall(text)}
    assert [each for each in loaded if ":" in each] == []


def test_a_page_says_what_its_markdown_says_and_runs_nothing_of_it() -> None:
    text = "# A & B\n\n## A, b\n\n## A, b\n\n<script>x()</script> [gone](x.md) [here](y.md#z)\n\n"
    text += "```\n<b>\n```\n\n| a | b |\n|-|-|\n| c | d |\n\n[bad](javascript:x)"
    html = render_markdown(text, lambda target: target if target.startswith("y") else "")
    assert '<h2 id="a-b">' in html
    assert '<h2 id="a-b-1">' in html
    assert "<script>" not in html
    assert "javascript" not in re.sub(r"\[bad\]\(.*?\)", "", html)
    assert 'gone <a href="y.md#z">here</a>' in html
    assert '<pre tabindex="0"><code>&lt;b&gt;\n</code></pre>' in html
    assert 'tabindex="0">\n<table>' in html
    assert html.rstrip().count("</div>") == 1


def ask(**path: str) -> Any:
    scope = {"type": "http", "method": "GET", "path_params": path, "headers": []}
    # In a thread: a browser of another test may have a loop in this one.
    with ThreadPoolExecutor(1) as threads:
        shown = app.show_manual(Request(scope), cast(Any, None))
        return threads.submit(lambda: asyncio.run(cast(Any, shown))).result()


def test_a_server_shows_the_index_a_page_and_a_picture_and_refuses_others() -> None:
    assert b'href="/docs/your-board"' in ask().body
    assert b"Harrowmere" in ask(name="your-board").body
    picture = ask(name="view.png")
    assert (picture.media_type, picture.body[:4]) == ("image/png", b"\x89PNG")
    for name in ("void.ttl", "../README.md", "generate.py"):
        with pytest.raises(Problem):
            ask(name=name)


def test_the_manual_has_no_barrier(folder: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    found = []
    for name in ("index", "readme", "scale"):
        page.goto((folder / f"{name}.html").as_uri())
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    page.close()
    assert found == []


def test_the_manual_is_written_by_a_command_and_not_over_something_else(
    hwbs: Hwbs, folder: Path, tmp_path: Path
) -> None:
    run = hwbs("docs", "--html", folder)
    assert (run.code, "index.html" in run.err) == (0, True)
    (tmp_path / "mine.txt").write_text("mine")
    assert hwbs("docs", "--html", tmp_path).code == 2
