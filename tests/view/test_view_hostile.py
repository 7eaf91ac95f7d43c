"""Words that try to run, to break the page or to pass for others, without a browser."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from hwbs_graph.text import html_text
from hwbs_graph.view import render_view
from hwbs_graph.view.address import short_keys
from hwbs_graph.view.labels import SHARED_NAME_LIMIT, distinguish, visible_line
from hwbs_graph.view.page.payload import compress

#: Any text, and text made of what browsers and templates act on.
ANY = st.text(st.characters(), max_size=40)
MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</script>",
            "<!--",
            "-->",
            "<script>",
            '"',
            "'",
            "&",
            "{{",
            "}}",
            "{%",
            "\u2028",
        ]
    ),
    max_size=6,
).map("".join)
WORDS = st.one_of(ANY, MARKUP)


class Tags(HTMLParser):
    """The tags of a page in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.names.append(tag)


def small_plan(text: str) -> Any:
    """Return one theme, objective, action and partner that all say `text`."""
    graph: Any = networkx.DiGraph(title=text, subtitle=text)
    source = {"document": text, "place": text, "line": 3, "printed": text}
    words = {"details": [(text, text)], "notes": [text], "sources": [source], "code": text}
    for kind in ("theme", "objective", "action", "partner"):
        graph.add_node(f"{text}/{kind}", kind=kind, label=text, short=text, **words)
    graph.add_edge(f"{text}/theme", f"{text}/objective", basis=text, sources=[source])
    graph.add_edge(f"{text}/objective", f"{text}/action", basis=text, sources=[source])
    graph.add_edge(f"{text}/action", f"{text}/partner", basis=text, sources=[source], reason=text)
    return graph


@settings(max_examples=30)
@given(WORDS)
def test_no_wording_changes_the_page_s_tags(text: str) -> None:
    tried = Tags(render_view(small_plan(text or "plain"))).names
    assert tried == Tags(render_view(small_plan("plain"))).names


@settings(max_examples=30)
@given(WORDS)
def test_every_wording_can_be_written_and_read_back(text: str) -> None:
    html = render_view(small_plan(text)).encode("utf-8").decode("utf-8")
    block = re.search(r'id="plan-data">([A-Za-z0-9+/=]*)</script>', html)
    assert block is not None
    assert {node["kind"] for node in unpacked(block[1])["nodes"]} == {
        "theme",
        "objective",
        "action",
        "partner",
    }


def unpacked(text: str) -> Any:
    """Return what a data block holds, as the browser reads it."""
    return json.loads(gzip.decompress(base64.b64decode(text, validate=True)))


@settings(max_examples=30)
@given(st.recursive(WORDS.map(html_text), lambda inner: st.lists(inner), max_leaves=20))
def test_script_data_comes_back_whole_and_is_inert_in_between(data: Any) -> None:
    text = compress(json.dumps(data))
    assert unpacked(text) == data
    assert compress(json.dumps(data)) == text
    assert re.fullmatch("[A-Za-z0-9+/=]+", text)


@given(ANY)
def test_clean_text_can_be_encoded_and_has_no_control_characters(text: str) -> None:
    cleaned = html_text(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", cleaned)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8))
def test_no_two_partners_ever_have_the_same_visible_name(names: list[tuple[str, str]]) -> None:
    shown = [name.casefold() for name in distinguish(names)]
    assert len(set(shown)) == len(names)
    assert all(shown)


def test_a_shared_short_name_gives_way_to_the_full_one() -> None:
    pairs = [("Adult Social Care", "Adult Social Care & Safeguarding"), ("Housing", "Housing")]
    assert distinguish([*pairs, ("Adult Social Care", "Adult Social Care & Commissioning")]) == [
        "Adult Social Care & Safeguarding",
        "Housing",
        "Adult Social Care & Commissioning",
    ]


def test_bodies_alike_in_everything_are_numbered() -> None:
    assert distinguish([("Same", "Same")] * 2 + [("", "same\u200b (1)")]) == [
        "Same (2)",
        "Same (3)",
        "same (1)",
    ]


@given(ANY)
def test_a_visible_name_hides_nothing_and_is_short_enough(text: str) -> None:
    shown = visible_line(text, SHARED_NAME_LIMIT)
    assert len(shown) <= SHARED_NAME_LIMIT
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", shown)


@given(st.lists(WORDS, unique=True, max_size=6))
def test_short_keys_are_as_distinct_as_the_iris(iris: list[str]) -> None:
    keys = short_keys(iris)
    assert len(set(keys)) == len(iris)
    assert all(iri.endswith(key) for iri, key in zip(iris, keys, strict=True))


def test_short_keys_drop_the_shared_folder_only() -> None:
    assert short_keys(["https://a/id/x/1", "https://a/id/x/12", "https://a/id/y"]) == [
        "x/1",
        "x/12",
        "y",
    ]


def test_a_script_address_never_becomes_a_link(hostile: Any) -> None:
    assert not re.search(r"""(?i)(href|src)\s*=\s*["']?\s*javascript:""", render_view(hostile))
