"""What the room says, in the page: written down, kept, downloaded, wiped and opened again."""

from collections.abc import Callable
from typing import Any

from browsing import violations

Open = Callable[..., Any]
HARM = "<img src=x onerror='window.harmed = 9'>"


def test_a_room_writes_keeps_downloads_wipes_and_reopens_its_notes(
    plan: Any, open_view: Open, tmp_path: Any
) -> None:
    opened = open_view(plan)
    page = opened.page
    page.evaluate("localStorage.clear()")
    opened.click_box("partner/housing")
    page.locator("#map-room").focus()
    page.keyboard.press("n")
    page.keyboard.type(f"Who leads? {HARM}")
    page.fill("#note-group", "Table 2")
    page.press("#note-text", "Enter")
    page.click(".note-form button:last-child")
    page.click(".note-form button:last-child")
    assert "2 votes" in page.inner_text(".room-notes")
    opened.reload()
    opened.follow("#view=room")
    told = "One note and two votes on one thing; most votes: Housing (2)."
    assert page.inner_text("#room .sum") == told
    assert HARM in page.inner_text("#room table")
    assert violations(page) == []
    saved = {}
    for name in ("CSV", "Turtle"):
        with page.expect_download() as waiting:
            page.click(f"#room button:has-text('{name}')")
        saved[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved[name])
    page.click("#room button:has-text('Wipe')")
    page.click("#ask button:has-text('Wipe all')")
    assert page.inner_text("#room .sum").startswith("Nothing has been noted")
    page.set_input_files("#note-files", [saved["Turtle"], saved["CSV"], saved["CSV"]])
    opened.wait_until(f"document.querySelector('#room .sum').textContent === '{told}'")
    page.click("#present")
    page.keyboard.press("ArrowLeft")
    last = int(page.inner_text("#step-number").split("/")[1])
    opened.follow(f"#step={last}")
    assert page.inner_text("#step-title") == "Open points"
    page.evaluate("localStorage.clear()")
    assert page.evaluate("window.harmed === undefined")
    assert opened.complaints == []
