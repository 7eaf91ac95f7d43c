"""The page of `hwbs review --page`: answers by keyboard, barriers for nobody, and no other site."""

import shutil
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
import uvicorn
from browsing import arriving, barriers, lend
from starlette.testclient import TestClient
from support import import_plan

from hwbs_graph.cli.review_list import keep_decisions
from hwbs_graph.intake.board_folder import open_folder
from hwbs_graph.intake.review_desk import By
from hwbs_graph.web.review_page import build_review_page

PLAN = """# Marlow Vale Action Plan 2026-2029

| Ref | Action | Lead | Partners | By when |
|-|-|-|-|-|
| 1a | Insulate <b>200</b> lofts | Housing | Energy Agency; JCP | March 2027 |
| 1b | Check boilers each autumn | Fire Service | Planning & Building Control | Ongoing |
| 1c | Open warm rooms | Libraries | Planning & Building Control | TBC |
"""
BY = By("an officer", "2026-11-28")


class Desk(NamedTuple):
    """A folder, and a client of its page with the address of that."""

    folder: Path
    client: TestClient
    address: str

    def find(self, words: str) -> str:
        questions = open_folder(self.folder).reading.draft["questions"]
        (found,) = [each["id"] for each in questions if words in each["text"]]
        return str(found).removeprefix("question/")

    def post(self, data: dict[str, Any], **headers: str) -> Any:
        return self.client.post(self.address, data=data, headers=headers, follow_redirects=False)

    def answers(self) -> list[str]:
        return [each.answer for each in open_folder(self.folder).decisions]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return import_plan(tmp_path_factory.mktemp("board"), PLAN)


@pytest.fixture
def desk(imported: Path, tmp_path: Path) -> Desk:
    folder = Path(shutil.copytree(imported, tmp_path / "marlow-vale"))
    application, token = build_review_page(folder, BY, partial(keep_decisions, BY))
    return Desk(folder, TestClient(application, base_url="http://127.0.0.1:8000"), f"/{token}/")


def test_an_answer_is_kept_for_the_ticked_actions_and_leads_to_the_next_question(
    desk: Desk,
) -> None:
    page = desk.client.get(desk.address)
    assert page.headers["cache-control"] == "no-store"
    assert "script-src" not in page.text
    assert "Insulate &lt;b&gt;200&lt;/b&gt; lofts" in page.text
    key, other = desk.find("Planning"), desk.find("JCP")
    listed = [each["id"] for each in open_folder(desk.folder).reading.draft["actions"]]
    form = {"question": key, "answer": "split", "shown": listed[1:], "keep": listed[1:2]}
    done = desk.post(form)
    assert (done.status_code, done.headers["location"]) == (303, f"{desk.address}#q-{other}")
    (kept,) = open_folder(desk.folder).decisions
    assert (kept.answer, kept.who, kept.left_out) == ("split", "an officer", (listed[2],))
    desk.post({"question": other, "answer": "names", "names": "JCP = Jobcentre Plus", "why": "so"})
    assert "Undo the last answer" in desk.client.get(desk.address).text
    desk.post({"undo": "1"})
    desk.post({"certain": "1"})
    assert desk.answers() == ["split", "JCP = Jobcentre Plus", "2", "yes"]


def test_what_cannot_be_kept_is_said_on_the_page_and_nothing_is(desk: Desk) -> None:
    key = desk.find("Planning")
    for form, told in (
        ({"question": key, "answer": "names", "names": "Parks; Play"}, "“Parks” is not in"),
        ({"question": key}, "No answer is chosen"),
        ({"question": key, "answer": "one", "shown": "a"}, "No action is ticked"),
        ({"question": "zz", "answer": "yes"}, "No question is “zz”"),
        ({"undo": "1"}, "so nothing is undone"),
    ):
        refused = desk.post(form)
        assert refused.status_code == 400
        assert told in refused.text
    assert desk.client.post(desk.address, content=b"a" * 1_000_001).status_code == 413
    assert desk.client.post(desk.address, content=b"a=\xff").status_code in (303, 400)
    assert desk.answers() == []


def test_no_other_site_name_or_address_gets_in(desk: Desk) -> None:
    form = {"question": desk.find("Planning"), "answer": "one"}
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert desk.post(form, **headers).status_code == 404
    assert desk.post(form, host="evil.example").status_code == 421
    for address in ("/", "/x/", f"{desk.address[:-2]}/", f"{desk.address[:-2]}/style.css"):
        assert desk.client.get(address).status_code == 404
    assert desk.answers() == []
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert desk.post(form, **own).status_code == 303


@pytest.fixture
def address(imported: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The page, served to a browser."""
    folder = Path(shutil.copytree(imported, tmp_path / "marlow-vale"))
    application, token = build_review_page(folder, BY, partial(keep_decisions, BY))
    # It listens before the server runs: no browser comes too early, and no port is lost to another.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield folder, f"http://127.0.0.1:{listener.getsockname()[1]}/{token}/"
        server.should_exit = True
        thread.join()


def test_a_person_without_a_mouse_answers_and_meets_no_barrier(
    address: tuple[Path, str], browser: Any
) -> None:
    folder, url = address
    with lend(browser) as page:
        page.goto(url)
        assert barriers(page) == []
        size = page.viewport_size
        page.set_viewport_size({"width": 375, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        page.set_viewport_size(size)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.focus("section input[type=radio]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        with arriving(page):
            page.keyboard.press("Enter")
        page.wait_for_load_state()
        assert page.locator("[role=status]").inner_text().startswith("1 of")
        assert barriers(page) == []
    assert [each.answer for each in open_folder(folder).decisions] == ["one"]
