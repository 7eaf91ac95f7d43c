"""The written page, read without a browser."""

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx
import pytest

import hwbs_graph.view
from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.view import list_columns, render_view, write_view
from hwbs_graph.write.html_policy import SELF, build_policy

#: Elements and attributes through which a page fetches something.
FETCHING = {"src", "srcset", "data", "poster", "action", "background", "ping"}


class Read(HTMLParser):
    """What a test needs of a page: tags, scripts, styles, metas."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        """Note the text of scripts and styles."""
        if self._open:
            self.raw.append((*self._open, data))

    def handle_endtag(self, tag: str) -> None:
        """Forget the open script."""
        self._open = None

    def texts(self, tag: str, kind: str | None = None) -> list[str]:
        """Return the texts of all `tag` whose type is `kind`."""
        return [text for name, attrs, text in self.raw if name == tag and attrs.get("type") == kind]

    def count(self, tag: str) -> int:
        """Return how often `tag` starts."""
        return sum(name == tag for name, _ in self.tags)


def data_of(html: str) -> Any:
    """Return the page's data block as the browser reads it."""
    block = Read(html).texts("script", "application/octet-stream")[0]
    return json.loads(unpack(block))


def unpack(block: str) -> str:
    """Return the text that a block of the page carries packed."""
    return gzip.decompress(base64.b64decode(block)).decode()


def digest(text: str) -> str:
    """Return the policy's word for a script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_public_face_is_true() -> None:
    names = hwbs_graph.view.__all__
    assert len(set(names)) == len(names)  # ruff holds their order
    assert all(hasattr(hwbs_graph.view, name) for name in names)


def test_the_data_block_holds_every_node_and_link(plan: Any) -> None:
    data = data_of(render_view(plan))
    assert (len(data["nodes"]), len(data["edges"])) == (110, 322)
    assert {node["iri"] for node in data["nodes"]} == set(plan)
    assert [column["kind"] for column in data["columns"]] == [
        "theme",
        "objective",
        "action",
        "partner",
    ]


def test_partners_keep_their_links_sources_and_basis(plan: Any) -> None:
    data = data_of(render_view(plan))
    [suggested] = [edge for edge in data["edges"] if edge["provenance"] == "suggested"]
    assert suggested["curator"] == "The record’s keeper"
    assert suggested["sources"][0]["document"] == "Action plan 2019"


def test_the_policy_allows_exactly_the_scripts_and_style_on_the_page(plan: Any) -> None:
    read = Read(render_view(plan))
    policy = next(a["content"] for t, a in read.tags if t == "meta" and "http-equiv" in a) or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    engine = unpack(read.texts("script", "application/octet-stream")[-1])
    run = [engine, *read.texts("script")]
    assert rules["script-src"].split() == [digest(text) for text in run]
    assert "@license" in engine[:1000]
    assert rules["style-src"].split() == [digest(text) for text in read.texts("style")]
    assert len(run) == 2
    assert "unsafe" not in policy


def test_no_tag_fetches_anything(plan: Any) -> None:
    read = Read(render_view(plan))
    fetched = [(t, k, v) for t, attrs in read.tags for k, v in attrs.items() if k in FETCHING]
    links = [attrs["href"] for _, attrs in read.tags if "href" in attrs]
    assert fetched == []
    assert sorted(map(str, links)) == ["#main", "data:,"]
    assert "@import" not in "".join(read.texts("style"))
    assert "url(" not in "".join(read.texts("style"))


def test_the_page_has_no_inline_handler_or_style_attribute(hostile: Any) -> None:
    read = Read(render_view(hostile))
    bad = [(t, k) for t, attrs in read.tags for k in attrs if k.startswith("on") or k == "style"]
    assert bad == []


def test_the_page_is_smaller_than_seven_tenths_of_a_megabyte(plan: Any) -> None:
    assert len(render_view(plan).encode()) < 700_000


def test_rendering_twice_gives_the_same_bytes(plan: Any) -> None:
    assert render_view(plan) == render_view(plan)


def test_the_list_is_readable_without_script(plan: Any) -> None:
    html = render_view(plan)
    read = Read(html)
    assert (read.count("h1"), read.count("h2"), read.count("h3")) == (1, 5, 19)
    assert read.count("table") == 19
    assert sum("data-node" in attrs and tag == "tr" for tag, attrs in read.tags) == 51
    assert "Action plan 2019, INVOLVING, 6th, line" in html
    assert "<i>(suggested)</i>" in html


def test_every_table_heading_has_a_scope(plan: Any) -> None:
    headings = [attrs for tag, attrs in Read(render_view(plan)).tags if tag == "th"]
    assert headings
    assert all("scope" in attrs for attrs in headings)


def test_an_empty_plan_says_so_in_a_sentence() -> None:
    html = render_view(networkx.DiGraph())
    assert "There is nothing to show" in html
    assert Read(html).count("table") == 0


@pytest.mark.parametrize("missing", ["theme", "objective", "action", "partner"])
def test_a_plan_without_one_kind_shows_the_others(plan: Any, missing: str) -> None:
    kinds = networkx.get_node_attributes(plan, "kind")
    plan.remove_nodes_from([node for node, kind in kinds.items() if kind == missing])
    html = render_view(plan)
    data = data_of(html)
    assert missing not in [column["kind"] for column in data["columns"]]
    counted = {n["kind"] for n in data["nodes"] if n.get("leaf")}
    assert counted == {"objective" if missing == "action" else "action"}
    listed = {int(str(a["data-node"])) for _, a in Read(html).tags if "data-node" in a}
    headings = {n["id"] for n in data["nodes"] if n["kind"] != "partner"}
    assert headings <= listed


def test_what_no_heading_leads_to_is_still_listed() -> None:
    graph: Any = networkx.DiGraph(title="Loose ends")
    graph.add_node("x/theme", kind="theme", label="A theme")
    graph.add_node("x/action", kind="action", label="An action under no objective", code="1a")
    graph.add_node("x/partner", kind="partner", label="A partner of no action")
    html = render_view(graph)
    assert "Actions under no heading" in html
    assert "Partners without a link" in html
    assert "A partner of no action</bdi></li>" in html


def test_a_kind_without_a_column_is_refused_by_name() -> None:
    graph: Any = networkx.DiGraph()
    graph.add_node("x", kind="budget", label="Money")
    with pytest.raises(ValueError, match="no column for 'budget'"):
        render_view(graph)


def test_every_column_can_be_drawn() -> None:
    graph: Any = networkx.DiGraph()
    columns = list_columns()
    for column in columns:
        graph.add_node(f"x/{column.kind}", kind=column.kind, label=column.singular)
    drawn = data_of(render_view(graph))["columns"]
    assert [each["kind"] for each in drawn] == [column.kind for column in columns]


def test_partners_stand_near_the_actions_that_name_them() -> None:
    graph: Any = networkx.DiGraph()
    for index in range(4):
        graph.add_node(f"x/a{index}", kind="action", label="a", code=f"{index}a", order=index)
    for name, actions in {"low": [3], "hub": [0, 1, 2, 3], "high": [0]}.items():
        graph.add_node(f"x/{name}", kind="partner", label=name)
        graph.add_edges_from((f"x/a{index}", f"x/{name}") for index in actions)
    nodes = [n for n in data_of(render_view(graph))["nodes"] if n["kind"] == "partner"]
    assert [n["name"] for n in sorted(nodes, key=lambda n: n["rank"])] == ["high", "hub", "low"]


def test_themes_are_coloured_by_order_and_partners_not(plan: Any) -> None:
    nodes = data_of(render_view(plan))["nodes"]
    themes = {node["label"]: node["hue"] for node in nodes if node["kind"] == "theme"}
    assert themes == {
        "Healthy Places": 1,
        "Healthy Minds": 2,
        "Healthy Start": 3,
        "Healthy Lives": 4,
        "Healthy Ageing": 5,
    }
    assert {node["hue"] for node in nodes if node["kind"] == "partner"} == {0}


def test_no_two_themes_of_a_plan_have_one_colour_and_another_plan_s_keep_theirs() -> None:
    graph: Any = networkx.DiGraph(plans=[{"iri": "x/p"}, {"iri": "x/q"}])
    for number, family in enumerate((1, 1, 2, 3, 4, 5, 6)):
        words = {"kind": "theme", "label": f"T{number}", "familyOrder": family, "family": "f"}
        graph.add_node(f"x/{number}", plan="x/p", order=number, **words)
    graph.add_node("x/other", plan="x/q", kind="theme", label="O", familyOrder=1, family="f")
    hues = {node["label"]: node["hue"] for node in data_of(render_view(graph))["nodes"]}
    assert hues.pop("O") == 1
    assert len(set(hues.values())) == 7
    assert {hues["T0"], hues["T1"]} == {1, 6}
    assert [hues[f"T{number}"] for number in range(2, 6)] == [2, 3, 4, 5]


def test_a_basis_that_is_not_stated_is_never_drawn_as_printed() -> None:
    graph: Any = networkx.DiGraph()
    graph.add_node("x/t", kind="theme", label="T")
    stated = ("stated in document", "stated elsewhere", "curated judgement")
    bases = (*stated, "inferred by rule", "?", "__proto__")
    for number, basis in enumerate(bases):
        graph.add_node(f"x/{number}", kind="objective", label="O")
        graph.add_edge("x/t", f"x/{number}", basis=basis)
    data = data_of(render_view(graph))
    provenances = [edge["provenance"] for edge in data["edges"]]
    assert provenances[:3] == ["printed", "printed", "suggested"]
    assert set(provenances[3:]) == {"inferred"}


def test_a_page_is_written_under_no_name_that_says_something_else(
    plan: Any, tmp_path: Path
) -> None:
    with pytest.raises(
        UsageError, match=r"^A page cannot be written as “v\.pdf”; end it in \.html"
    ):
        write_view(plan, tmp_path / "v.pdf")
    assert list(tmp_path.iterdir()) == []


def test_writing_gives_utf8_with_plain_newlines_and_leaves_nothing_beside(
    plan: Any, tmp_path: Path
) -> None:
    path = tmp_path / "plan.html"
    path.write_text("old")
    write_view(plan, path)
    content = path.read_bytes()
    assert content.decode("utf-8") == render_view(plan)
    assert b"\r" not in content
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.html"]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_beside(
    plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.html"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PathError, match=r"Cannot write .*plan\.html"):
        write_view(plan, path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.html"]


def test_importing_the_room_loads_neither_pyvis_nor_networkx() -> None:
    check = (
        "import sys, hwbs_graph.view; "
        "print([m for m in ('pyvis', 'networkx', 'jinja2', 'IPython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_imports_no_ipython_and_leaves_none_behind() -> None:
    check = (
        "import sys, networkx; from hwbs_graph.view import render_view;"
        " len(render_view(networkx.DiGraph()));"
        " print([m for m in sys.modules if m.partition('.')[0] == 'IPython']);"
        " import pyvis.network as used; shown = used.IFrame('page.html', width=1, height=1);"
        " import IPython.display as real; print(type(shown) is real.IFrame, real.__file__ != '')"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nTrue True\n"


def test_an_ipython_that_runs_already_is_left_alone() -> None:
    check = (
        "import sys, networkx, IPython.display as real; from hwbs_graph.view import render_view;"
        " len(render_view(networkx.DiGraph())); import pyvis.network as used;"
        " print(used.IFrame is real.IFrame, sys.modules['IPython.display'] is real)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"


def test_the_scripts_stay_small() -> None:
    folder = Path(hwbs_graph.view.__file__).parent / "scripts"
    sizes = {path.name: len(path.read_text().splitlines()) for path in folder.rglob("*.js")}
    assert len(sizes) > 30
    assert max(sizes.values()) <= 200


def test_no_script_makes_elements_from_text() -> None:
    folder = Path(hwbs_graph.view.__file__).parent / "scripts"
    risky = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    )
    found = [path.name for path in folder.rglob("*.js") if risky.search(path.read_text())]
    assert found == []


def test_a_policy_allows_nothing_that_it_is_not_told_to() -> None:
    assert build_policy(script_src=SELF, form_action=SELF) == (
        "default-src 'none'; base-uri 'none'; form-action 'self'; script-src 'self'"
    )
