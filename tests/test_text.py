"""Text that every room treats alike, and rows gathered by what they have in common."""

import re
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwbs_graph.grouping import group_pairs, group_rows
from hwbs_graph.text import (
    capitalise,
    count,
    file_stem,
    html_text,
    mark_unsafe,
    one_line,
    parse_number,
    strip_invisible,
    truncate,
    xml_line,
    xml_text,
)

#: Characters that do harm somewhere: controls, line ends, turns of direction, lone surrogates,
#: invisible marks, and codes that are no character.
HARMFUL = (
    "\x00\x07\x1b\x7f\x85\t\r\n\u200b\u200e\u2028\u202a\u202e\u2066\u2069\ud800\ufeff\ufffe\uffff"
)
ANY = st.lists(st.sampled_from(HARMFUL) | st.characters()).map("".join)


def test_counts_read_as_english() -> None:
    assert count(1, "sub-priority") == "1 sub-priority"
    assert count(2, "sub-priority") == "2 sub-priorities"
    assert count(0, "focus area") == "0 focus areas"
    assert count(1200, "day") == "1,200 days"


@given(ANY)
def test_a_marked_text_neither_moves_a_cursor_nor_turns_text_round(text: str) -> None:
    marked = mark_unsafe(text)
    assert len(marked) == len(text)
    controls = {char for char in marked if unicodedata.category(char) == "Cc"}
    assert controls <= {"\t", "\n"}
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", marked)


@given(ANY)
def test_one_line_is_one_line_and_loses_no_word(text: str) -> None:
    line = one_line(text)
    assert line.split(" ") == (text.split() or [""])
    assert len(line.splitlines()) <= 1


@given(ANY)
def test_xml_holds_what_was_cleaned_for_it_and_reads_it_back(text: str) -> None:
    cleaned = xml_text(text)
    assert (ElementTree.fromstring(f"<x>{escape(cleaned)}</x>").text or "") == cleaned
    assert xml_line(text) == one_line(cleaned)


@given(ANY)
def test_html_text_can_be_encoded_and_has_no_control_character(text: str) -> None:
    shown = html_text(text)
    assert len(shown) == len(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs")]
    assert html_text(None) == "None"


@given(ANY)
def test_nothing_invisible_steers_how_other_characters_are_drawn(text: str) -> None:
    assert not [char for char in strip_invisible(text) if unicodedata.category(char) == "Cf"]


@given(ANY, st.integers(1, 20))
def test_a_text_that_is_cut_says_so(text: str, limit: int) -> None:
    cut = truncate(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")


def test_a_capital_is_set_in_front_and_nowhere_else() -> None:
    assert capitalise("part of the NHS") == "Part of the NHS"
    assert capitalise("") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("-2.50", -2.5), ("+.5", 0.5), ("1.", 1), ("1e3", 1000), ("1E-2", 0.01)],
)
def test_numbers_are_read_as_xml_schema_writes_them(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "x", "INF", "NaN", "1_000", " 7", "7\n", "٣", "1e999", "9" * 400, "-", "0x1"]
)
def test_what_is_no_number_or_too_large_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(ANY)
def test_a_file_may_be_called_so_on_every_system(title: str) -> None:
    stem = file_stem(title, "plan")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9]", stem)
    assert len(stem) <= 80


@pytest.mark.parametrize("device", ["CON", "nul", "Com1", "LPT9"])
def test_a_file_is_not_called_after_a_device_of_windows(device: str) -> None:
    assert file_stem(device, "partner") == f"partner-{device.lower()}"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers())))
def test_groups_keep_every_value_in_its_order(pairs: list[tuple[int, int]]) -> None:
    groups = group_pairs(pairs)
    assert list(groups) == list(dict.fromkeys(key for key, _ in pairs))
    for key, values in groups.items():
        assert values == [value for other, value in pairs if other == key]


def test_rows_are_grouped_by_a_column() -> None:
    rows = [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}, {"a": "1", "b": "z"}]
    assert group_rows(rows, "a") == {"1": [rows[0], rows[2]], "2": [rows[1]]}
