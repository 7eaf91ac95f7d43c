"""The briefing sheets: what they say, and that no name can break a file that carries it."""

import functools
import io
import itertools
import re
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from record_counts import CLASSES
from support import PLANS, SMALL, Hwbs, open_small

from hwbs_graph import load, names
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.write import briefing
from hwbs_graph.write.briefing import layout, silences
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.gathering import clean_texts
from hwbs_graph.write.briefing.markdown import escape_markdown

PARTNERS = CLASSES["Partner"]
ENDINGS = [".md", ".html", ".docx", ".pptx", ".xlsx"]
#: Names that a format could take for something else than text, and where they are written.
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example","click")',
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "markup": "</h1><script>alert(1)</script><img src=x onerror=alert(1)>",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; \"quoted\" 'twice'",
    "heading": "# Not a heading | two columns [link](javascript:alert(1)) `code` **bold** ~~no~~",
    "number": "1. Not a list",
    "long": "long " * 2000,
    "unbroken": "x" * 10_000,
    "control": "bell\x07 escape\x1b[31m null-ish\x01 tab\tline\nreturn\r",
    "turned": "abc\u202etxt.exe\u2066 \ufffe\uffff",
    "foreign": "Gwasanaeth Tai – ਰਿਹਾਇਸ਼ – سكن – 住房 🏠",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
}
CON = "con"  # a name that Windows keeps for itself


@pytest.fixture(scope="module")
def shared(record: Engine) -> briefing.SharedContent:
    return briefing.gather_shared(record)


@pytest.fixture(scope="module")
def housing(record: Engine, shared: briefing.SharedContent) -> Briefing:
    return briefing.gather_briefing(record, names.find(record, "Housing", "partner"), shared)


@pytest.fixture(scope="module")
def made(housing: Briefing) -> Callable[[str], bytes]:
    """Give the briefing of Housing in the format of an ending, written once."""
    return functools.cache(functools.partial(briefing.render, housing))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Turtle file of partners with hostile names, each named for an action of the small plan."""
    parts = [
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .",
        "@prefix org: <http://www.w3.org/ns/org#> .",
        "@prefix prov: <http://www.w3.org/ns/prov#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    ]
    for key, name in {**HOSTILE, CON: "Con"}.items():
        iri = f"<https://w3id.org/hwbs/id/partner/{key}>"
        text = "".join(f"\\U{ord(char):08X}" for char in name)
        parts += [
            f'{iri} a hwbs:Partner ; skos:prefLabel "{text}" ; skos:altLabel "alias {text}" ;',
            " org:classification <https://w3id.org/hwbs/scheme/partner-type/vcse> .",
            f"<urn:inv:{key}> a hwbs:Involvement ; hwbs:partner {iri} ;",
            " hwbs:action <https://w3id.org/hwbs/id/alpha-2030/action/warmth-1a> ;",
            " hwbs:involvementRole <https://w3id.org/hwbs/scheme/role/involved> ;",
            " hwbs:basis <https://w3id.org/hwbs/scheme/basis/stated-in-document> ;",
            " prov:wasQuotedFrom <https://w3id.org/hwbs/id/passage/i1> .",
        ]
    path = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    path.write_text("\n".join(parts), "utf-8")
    return path


@pytest.fixture(scope="module")
def hostile_sheets(hostile: Path) -> dict[str, Briefing]:
    engine = open_small(hostile)
    shared = briefing.gather_shared(engine)
    return {
        key: briefing.gather_briefing(
            engine, names.find(engine, f"partner/{key}", "partner"), shared
        )
        for key in HOSTILE
    }


class _Page(HTMLParser):
    """Reads a page as a browser would: tags with attributes, and the text of each heading."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data


def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def deck(data: bytes) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(data)).slides)


def read_slide(slide: Any) -> list[str]:
    """The texts of a slide, its title first and its notes last."""
    texts = []
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
        else:
            texts.append(shape.text_frame.text)
    return [*texts, slide.notes_slide.notes_text_frame.text]


def rows(page: Any) -> list[tuple[str, ...]]:
    return [tuple(cell or "" for cell in row) for row in page.iter_rows(values_only=True)]


def shown(data: bytes, ending: str) -> str:
    """All that a reader of the file sees, as text."""
    if ending == ".md":
        return data.decode("utf-8")
    if ending == ".html":
        return " ".join(text for texts in _Page(data).texts.values() for text in texts)
    if ending == ".docx":
        return " ".join(node.text or "" for node in word(data).element.iter(qn("w:t")))
    if ending == ".pptx":
        return " ".join(text for slide in deck(data) for text in read_slide(slide))
    return " ".join(cell for page in book(data) for row in rows(page) for cell in row)


def test_a_sheet_says_what_the_plans_ask_of_a_partner(housing: Briefing) -> None:
    assert (housing.name, housing.kind, housing.council) == (
        "Housing",
        "council division",
        "Leicester City Council",
    )
    assert housing.summary == "16 actions under 9 objectives in 4 themes, with 21 other partners."
    assert [action["code"] for action in housing.actions[:3]] == ["2a", "2b", "2c"]
    assert housing.documents == (
        "S002: The Joint Health and Wellbeing Strategy ACTION PLAN (draft)",
    )
    assert housing.version == "0.1.0"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", housing.date)
    assert [label for label, _ in housing.legend] == [
        "curated judgement",
        "inferred by rule",
        "said in workshop",
        "stated elsewhere",
        "stated in document",
    ]


def test_a_sheet_says_what_the_plan_leaves_open_what_is_due_and_with_whom(
    housing: Briefing,
) -> None:
    assert housing.silences[0] == "No lead is stated for any of 16 actions."
    assert housing.due == ()
    assert housing.companions[0] == "Public Health: 16 actions"
    engine = open_small(*PLANS)

    def gather(name: str) -> Briefing:
        return briefing.gather_briefing(engine, names.find(engine, name, "partner"))

    parks = gather("Delta Parks")
    assert parks.silences == (
        "No lead is stated for 1 of 2 actions: Lead a walk a week.",
        "No date is stated for 1 of 2 actions: Lead a walk a week.",
        "No measure is stated for any of 2 actions.",
    )
    assert parks.due == ("June 2028: Put benches in every park",)
    health = gather("Epsilon Public Health")
    assert (health.silences, health.companions) == ((), ("Schools in Epsilon: 1 action",))
    titles = [section.title for section in layout.lay_out(parks)]
    at = titles.index("What the plan does not say")
    assert titles[at : at + 2] == ["What the plan does not say", "What is due, and when"]


def test_one_date_for_all_actions_is_told(housing: Briefing) -> None:
    dated: Any = [{**action, "targetDate": "2021-03"} for action in housing.actions[:3]]
    bare = {"lead": {dated[0]["iri"]}}
    assert [*silences.list_silences(dated, bare)] == [
        "No lead is stated for 1 of 3 actions: Healthy Places 2a.",
        "All 3 actions have one date, March 2021.",
    ]
    assert [*silences.list_silences(dated[:1], {})] == []


def test_determinants_are_those_of_its_actions_and_objectives_each_with_its_basis(
    housing: Briefing,
) -> None:
    warm = [row for row in housing.determinants if row.name == "Warm homes"]
    assert [(row.theme, row.code) for row in warm] == [
        ("Healthy Places", "2"),
        ("Healthy Places", "2a"),
    ]
    assert {row.basis.partition(",")[0] for row in housing.determinants} == {
        "stated in document",
        "curated judgement",
    }
    for row in housing.determinants:
        assert row.printed if row.basis == "stated in document" else row.reason
    points = [
        point
        for section in layout.lay_out(housing)
        for point in section.points
        if point.startswith("Housing: ")
    ]
    assert points == [
        "Housing: Healthy Places 2a [curated judgement, confidence high]",
        "Housing: Healthy Places 2, 2b, 2c, 2d; Healthy Ageing 1, 1a, 1c [stated in document]",
    ]


def test_continuity_is_that_of_the_named_questions(record: Engine, housing: Briefing) -> None:
    mentions = run_named(record, "report/partner-responsibilities", partner=housing.iri)
    objectives = {row["objective"] for row in mentions}
    expected = {
        (row["objectiveLabel"], row["continuedByLabel"])
        for row in run_named(record, "compare/continued-objectives")
        if row["objective"] in objectives
    }
    kept = [row for row in housing.later if row.later_wording and row.outcome != "shifted"]
    found = {(row.wording, row.later_wording) for row in kept if row.element[-1].isdigit()}
    assert found == expected
    assert len(found) == 6
    dropped = [row.element for row in housing.later if row.outcome == "dropped"]
    assert dropped == [
        *("Healthy Places 2", "Healthy Places 2a", "Healthy Places 2b", "Healthy Places 2c"),
        *("Healthy Places 4b", "Healthy Ageing 1b"),
    ]


def test_an_objective_that_nothing_continues_is_said_once(record: Engine) -> None:
    sheet = briefing.gather_briefing(record, names.find(record, "LLEP", "partner"))
    lost = [row for row in sheet.later if row.element == "Healthy Lives 3"]
    assert [row.outcome for row in lost] == ["dropped"]
    open_ends = {row["code"] for row in run_named(record, "coverage/objectives-not-continued")}
    assert "3" in open_ends


def test_an_end_nobody_has_judged_is_told_as_such(small: Engine) -> None:
    engine = open_small()
    engine.snapshot().update(
        "DELETE WHERE { GRAPH ?g { <https://w3id.org/hwbs/id/alignment/dropped-1> ?p ?o } }"
    )
    sheet = briefing.gather_briefing(engine, names.find(engine, "Neighbours", "partner"))
    assert [row.outcome for row in sheet.later] == ["no priority continues it"]
    judged = briefing.gather_briefing(small, names.find(small, "Neighbours", "partner"))
    assert [row.outcome for row in judged.later] == ["dropped"]


def test_what_became_of_a_body_comes_with_its_source(small: Engine) -> None:
    sheet = briefing.gather_briefing(small, names.find(small, "Stove Society", "partner"))
    assert sheet.changes == (
        "Replaced, 2030-06-01: Replaced. Successors: Boiler Society. Source: Alpha Gazette.",
    )
    assert [section.title for section in layout.lay_out(sheet)][:2] == [
        "In short",
        "What became of this body",
    ]


def test_notes_on_other_partners_of_the_same_action_are_left_out(small: Engine) -> None:
    # The note is on the spelling of Neighbours in an action that Homes shares.
    neighbours = briefing.gather_briefing(small, names.find(small, "Neighbours", "partner"))
    homes = briefing.gather_briefing(small, names.find(small, "Homes", "partner"))
    assert [row.about for row in neighbours.notes] == ["the partner"]
    assert homes.notes == []


def test_a_partner_no_plan_names_still_has_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "idle.ttl"
    path.write_text(
        "<https://w3id.org/hwbs/id/partner/idle> a <https://w3id.org/hwbs/ns#Partner> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "Idle" .',
        "utf-8",
    )
    engine = open_small(path)
    sheet = briefing.gather_briefing(engine, names.find(engine, "Idle", "partner"))
    for ending in ENDINGS:
        # The title of a slide has no full stop.
        told = shown(briefing.render(sheet, ending), ending)
        assert "No action of a plan names this partner" in told, ending


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_says_the_same_things(made: Callable[[str], bytes], ending: str) -> None:
    text = shown(made(ending), ending)
    for part in (
        "Housing",
        "Deliver the Health Through Warmth Scheme",
        "S002 line 21, Healthy Places 2(a), INVOLVING, 1st",
        "Neighbourhood and Environmental Services",
        "Warm homes",
        "We will move towards being a carbon neutral city.",
        "Homelessness is not mentioned in the 2022 strategy.",
        "Housing stands first and sixth",
        "ACTION PLAN (draft)",
        "A passage of a source document says so.",
        "version 0.1.0, as of 2",
    ):
        assert part in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_record_gives_the_same_bytes(
    housing: Briefing, made: Callable[[str], bytes], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(ending)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 1, 126, 0))
    assert briefing.render(housing, ending) == first


def test_the_page_stands_alone_and_runs_nothing(made: Callable[[str], bytes]) -> None:
    data = made(".html")
    page = _Page(data)
    tags = [tag for tag, _ in page.tags]
    assert page.open == []
    assert dict(page.tags)["html"]["lang"] == "en-GB"
    assert tags.count("h1") == tags.count("main") == tags.count("style") == 1
    assert not {"script", "img", "iframe", "a", "form"} & set(tags)
    policy = next(given["content"] for _, given in page.tags if "http-equiv" in given)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("style-src").startswith("'sha256-")
    closed = dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
    assert rules == {**closed, "img-src": "data:"}
    assert [given["href"] for tag, given in page.tags if tag == "link"] == ["data:,"]
    assert "@page { size: A4;" in page.texts["style"][0]
    assert "url(" not in page.texts["style"][0]
    assert "@import" not in page.texts["style"][0]
    heads = [given["scope"] for tag, given in page.tags if tag == "th"]
    assert set(heads) == {"col", "row", "rowgroup"}
    assert tags.count("caption") == tags.count("table") == 5
    widths = {given["class"] for tag, given in page.tags if tag == "th" and "class" in given}
    assert all(f".{name} {{" in page.texts["style"][0] for name in widths)


def test_headings_of_the_page_go_down_one_level_at_a_time(made: Callable[[str], bytes]) -> None:
    levels = [int(tag[1]) for tag, _ in _Page(made(".html")).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_word_file_has_real_headings_lists_and_tables(
    housing: Briefing, made: Callable[[str], bytes]
) -> None:
    data = made(".docx")
    document = word(data)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= styles
    assert document.paragraphs[0].text == "Housing"
    assert len(document.tables) == 5
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    about = document.core_properties
    assert (about.title, about.author, about.language) == (
        "Housing: what the plans ask",
        "hwbs",
        "en-GB",
    )
    assert about.created.date().isoformat() == housing.date
    assert round(document.sections[0].page_width.mm) == 210


def test_the_spreadsheet_filters_wraps_and_keeps_its_headers_in_sight(
    housing: Briefing, made: Callable[[str], bytes]
) -> None:
    opened = book(made(".xlsx"))
    assert opened.sheetnames == ["Actions", "Determinants", "Quality notes", "Later plans", "About"]
    for page in opened:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page["A2"].alignment.wrap_text
    actions = rows(opened["Actions"])
    assert actions[0][:5] == ("Plan", "Theme", "Objective", "Code", "Action")
    assert len(actions) == 1 + 17  # 16 actions, one of which names Housing twice
    assert len(rows(opened["Later plans"])) == 1 + len(housing.later)


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_is_text_in_html(key: str, hostile_sheets: dict[str, Briefing]) -> None:
    sheet = hostile_sheets[key]
    page = _Page(briefing.render(sheet, ".html"))
    assert page.open == []
    assert page.texts["h1"] == [sheet.name]
    plain = _Page(briefing.render(sheet._replace(name="x", facts=("x",)), ".html"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_is_text_in_markdown(key: str, hostile_sheets: dict[str, Briefing]) -> None:
    sheet = hostile_sheets[key]
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(briefing.render(sheet, ".md").decode("utf-8"))
    heading = tokens[1]
    assert "".join(part.content for part in heading.children or []) == sheet.name
    kinds = {part.type for token in tokens for part in [token, *(token.children or [])]}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "em_open"}
    assert "strong_open" not in kinds


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_is_text_in_word(key: str, hostile_sheets: dict[str, Briefing]) -> None:
    sheet = hostile_sheets[key]
    document = word(briefing.render(sheet, ".docx"))
    assert document.paragraphs[0].text == sheet.name
    assert document.paragraphs[0].style.name == "Heading 1"
    assert document.core_properties.title == f"{sheet.name}: what the plans ask"[:255]
    assert not list(document.element.iter(qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink")))


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_is_text_in_a_spreadsheet(
    key: str, hostile_sheets: dict[str, Briefing]
) -> None:
    sheet = hostile_sheets[key]
    opened = book(briefing.render(sheet, ".xlsx"))
    cell = opened["About"]["B2"]
    assert cell.value == sheet.name
    for page in opened:
        for row in page.iter_rows():
            assert {each.data_type for each in row} <= {"s", "n"}
            assert all(each.hyperlink is None for each in row)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(housing: Briefing) -> None:
    sheet = housing._replace(name="y" * 40_000)
    value = book(briefing.render(sheet, ".xlsx"))["About"]["B2"].value
    assert len(value) == 32_767
    assert value.endswith("y…")


def test_characters_that_do_harm_are_replaced_everywhere() -> None:
    dirty: dict[str, Any] = {"a": ["b\x00c", ("d\n\te",)], "f": "g\u202eh", "n": 3}
    assert clean_texts(dirty) == {"a": ["b\ufffdc", ("d e",)], "f": "g\ufffdh", "n": 3}


@pytest.mark.parametrize(
    "text", ["- x", "+ x", "> x", "## x", "1) x", "===", "a_b_c", "<b>", "&gt;"]
)
def test_markdown_reads_escaped_text_as_itself(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    read = "".join(part.content for part in tokens[1].children or [])
    assert read == text


def test_two_plans_are_told_apart_in_the_headings(housing: Briefing) -> None:
    other = [action | {"plan": "Another plan"} for action in housing.actions[:1]]
    titles = [s.title for s in layout.lay_out(housing._replace(actions=housing.actions + other))]
    assert "Healthy Places (Another plan)" in titles


@pytest.fixture
def partners(hwbs: Hwbs) -> Callable[..., Any]:
    """Run `hwbs partners`."""
    return lambda *arguments: hwbs("partners", *arguments)


def test_every_partner_gets_a_file_named_after_its_iri(
    partners: Callable[..., Any], tmp_path: Path, record: Engine
) -> None:
    folder = tmp_path / "new" / "sheets"
    folder.mkdir(parents=True)
    (folder / "housing.md").write_text("an older sheet", "utf-8")
    (folder / "kept.txt").write_text("kept", "utf-8")
    run = partners("--briefings", folder, "--as", "md")
    assert (run.code, run.out) == (0, "")
    lines = run.err.splitlines()
    assert lines[0] == f"1/{PARTNERS}  Adult Skills and Learning Service"
    assert lines[-1] == f"Wrote {PARTNERS} briefing sheets to {folder}."
    expected = {row["partner"].rpartition("/")[2] for row in run_named(record, "report/partners")}
    written = {path.stem for path in folder.iterdir() if path.suffix == ".md"}
    assert written == expected
    assert sorted(path.name for path in folder.iterdir() if path.stem not in written) == [
        "kept.txt"
    ]
    assert b"older sheet" not in (folder / "housing.md").read_bytes()


def test_hostile_partners_get_files_too(
    partners: Callable[..., Any], tmp_path: Path, hostile: Path
) -> None:
    load.load(store := tmp_path / "store", [*SMALL, hostile])
    sheets = tmp_path / "sheets"
    run = partners("--briefings", sheets, "--as", "html", "--store", store)
    assert run.code == 0
    assert max(len(line) for line in run.err.splitlines()[:-1]) <= 80
    assert "\x1b" not in run.err
    assert (sheets / "partner-con.html").is_file()
    assert len(list(sheets.iterdir())) == 3 + len(HOSTILE) + 1


def test_quiet_says_nothing(
    partners: Callable[..., Any], small_store: Path, tmp_path: Path
) -> None:
    run = partners("--briefings", tmp_path, "--as", "xlsx", "--quiet", "--store", small_store)
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len([*tmp_path.glob("*.xlsx")]) == 3


def test_a_terminal_gets_one_line_that_moves_on(
    partners: Callable[..., Any],
    small_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run = partners("--briefings", tmp_path, "--as", "md", "--store", small_store)
    assert run.code == 0
    assert "\r\x1b[K3/3  " in run.err
    assert run.err.count("\n") == 1
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--briefings", "DIR", "--as", "pdf"), "end it in .md, .html, .docx, .pptx, .xlsx"),
        (("--briefings", "DIR", "--as", ""), "end it in .md, .html, .docx, .pptx, .xlsx"),
        (("--briefings", "DIR/file.txt/sub"), "Cannot write"),
        (("--briefings", "DIR/file.txt"), "Cannot write"),
        ((), "--briefings"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_written(
    partners: Callable[..., Any], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "file.txt").write_text("here", "utf-8")
    run = partners(*(argument.replace("DIR", str(tmp_path)) for argument in arguments))
    assert run.code == 2
    assert said in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_one_briefing_is_written_in_the_format_its_ending_tells(
    tmp_path: Path, hwbs: Hwbs, made: Callable[[str], bytes]
) -> None:
    path = tmp_path / "Housing.HTML"
    run = hwbs("partner", "housing", "--briefing", path)
    assert (run.code, run.out, run.err) == (0, "", f"Wrote {path}.\n")
    assert path.read_bytes() == made(".html")


@pytest.mark.parametrize(
    ("name", "file", "code", "said"),
    [
        ("Housing", "x.pdf", 2, "end it in .md, .html, .docx, .pptx, .xlsx"),
        ("Housing", "x", 2, "end it in"),
        ("Houzing", "x.docx", 1, "Did you mean “Housing”"),
        ("Housing", "missing/x.docx", 2, "Cannot write"),
    ],
)
def test_a_briefing_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, hwbs: Hwbs, name: str, file: str, code: int, said: str
) -> None:
    run = hwbs("partner", name, "--briefing", tmp_path / file)
    assert (run.code, run.out) == (code, "")
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


def test_file_names_are_safe_and_differ() -> None:
    iris = [
        "urn:a/Housing",
        "urn:b/housing",
        "urn:c/housing-2",
        "urn:x/..",
        "urn:x/a b%2F..\\c",
        "urn:x/" + "z" * 500,
        "urn:x/NUL",
        "urn:x/住房",
    ]
    found = briefing.name_files([Thing(iri, "partner", "x") for iri in iris])
    assert found == [
        "housing",
        "housing-2",
        "housing-2-2",
        "partner",
        "a-b-2f-c",
        "z" * 80,
        "partner-nul",
        "partner-2",
    ]


def test_a_word_file_is_a_sound_archive_without_a_clock(made: Callable[[str], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made(".docx"))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_briefing_without_a_file_is_printed_as_markdown(hwbs: Hwbs) -> None:
    small = ["--only", *(part for path in SMALL for part in ("--graph", path))]
    for arguments in (["--briefing", *small], [*small, "--briefing"], [*small, "--briefing", "-"]):
        told = hwbs("partner", "Homes", *arguments)
        assert told.code == 0, told.err
        assert told.out.startswith("# Homes\n")
        assert "Wrote" not in told.err


def test_each_slide_says_its_finding_and_holds_its_passages_in_the_notes(
    made: Callable[[str], bytes],
) -> None:
    slides = deck(made(".pptx"))
    notes = {read_slide(slide)[0]: read_slide(slide)[-1] for slide in slides}
    assert [*notes][:2] == [
        "Housing: 16 actions under 9 objectives in 4 themes, with 21 other partners",
        "Healthy Places: 6 actions, all with Public Health",
    ]
    places = notes["Healthy Places: 6 actions, all with Public Health"]
    assert "2a Deliver the Health Through Warmth Scheme" in places
    assert "“Housing” S002 line 21, Healthy Places 2(a), INVOLVING, 1st" in places
    assert "Healthy Start" not in places
    silent = notes["No lead is stated for any of 16 actions, and 2 more gaps"]
    assert silent.count("“Housing” S002 line ") == 17
    assert "Bears on 26 determinants of health by name, most often Housing (1 of 3)" in notes
    assert any(title.startswith("Of 25 objectives and actions, later plans") for title in notes)
    assert all("version 0.1.0, as of 2" in told for told in notes.values())


def test_what_has_no_room_goes_to_the_next_slide_and_long_words_to_the_notes(
    housing: Briefing,
) -> None:
    facts = ("fact " * 1000, *(f"fact {number}" for number in range(60)))
    slides = deck(briefing.render(housing._replace(name="n" * 10_000, facts=facts), ".pptx"))
    title, body, _, notes = read_slide(slides[0])
    assert title == "n" * 139 + "… (1 of 5)"
    assert len(body.splitlines()[0]) == 600
    assert facts[0] in notes
    told = [line for slide in slides[:5] for line in read_slide(slide)[1].splitlines()]
    assert told[1:] == [*facts[1:]]
    for slide in slides:
        for shape in slide.shapes:
            rows = shape.table.rows if shape.has_table else ()
            height = sum(row.height for row in rows) or shape.height
            assert shape.top + height <= 7.5 * 914_400


def list_headings(data: bytes, ending: str) -> list[str]:
    """The headings of a briefing in Markdown, HTML or Word, below its name."""
    if ending == ".md":
        return re.findall("(?m)^## (.*)$", data.decode("utf-8"))
    if ending == ".html":
        return _Page(data).texts["h2"]
    return [part.text for part in word(data).paragraphs if part.style.name == "Heading 2"]


def test_each_audience_reads_its_parts_alike_in_every_format(small: Engine) -> None:
    sheet = briefing.gather_briefing(small, names.find(small, "Homes", "partner"))
    ends = ["Sources", "How to read the basis of a link"]
    expected = {
        "scrutiny": [
            *("In short", "What the plans ask, and with whom", "What is due, and when"),
            "What later plans continue of these objectives and actions",
            *("What the plan does not say", *ends),
        ],
        "team": [
            *("In short", "What is due, and when", "What the plans ask, and with whom"),
            *("With whom it is shared", *ends),
        ],
        "board": [
            *("In short", "Counts", "Left to decide", "Due first", "With whom most is shared"),
            "Sources",
        ],
    }
    assert {*expected} == {*briefing.NAMED}
    for audience, headings in expected.items():
        made = sheet._replace(audience=audience)
        for ending in (".md", ".html", ".docx"):
            data = briefing.render(made, ending)
            assert list_headings(data, ending) == headings, (audience, ending)
            assert f"Held here, for {audience}: " in shown(data, ending)
        slides = shown(briefing.render(made._replace(facts=()), ".pptx"), ".pptx")
        assert "Homes: 3 actions under 2 objectives in 2 themes" in slides
        assert "Mend every boiler" in slides
        assert f"for {audience}: " in slides
        assert ("moved theme" in slides) == (audience != "team")


def test_a_board_reads_one_page_that_says_what_it_leaves_out(housing: Briefing) -> None:
    made = housing._replace(audience="board")
    (slide,) = deck(briefing.render(made, ".pptx"))
    title, left, right, *_, notes = read_slide(slide)
    assert title.startswith("Housing: 16 actions under 9 objectives")
    assert left.splitlines()[:2] == ["Counts", "• Healthy Places: 6 actions"]
    assert "• Basis: 16 stated in document" in left
    assert "• With a date: 0 of 16; with a measure: 0 of 16" in left
    assert "• Progress, as last told: none is told" in left
    assert "• No later plan continues 6 of 25: Healthy Places 2; Healthy Places 2a;" in left
    assert "• and 15 more, in the whole briefing" in right
    assert notes.count("“Housing” S002 line ") == 17
    many = made._replace(silences=(*("gap " * 500 for _ in range(50)),))
    points = [part.text for part in word(briefing.render(many, ".docx")).paragraphs]
    assert len(points) < 45
    assert max(map(len, points)) < 450


def test_the_progress_of_a_board_is_that_of_the_latest_date() -> None:
    engine = open_small(*PLANS)
    parks = briefing.gather_briefing(engine, names.find(engine, "Delta Parks", "partner"))
    text = briefing.render(parks._replace(audience="board"), ".md").decode("utf-8")
    assert "- Progress, as last told: 1 Green\n" in text
    assert "- With a date: 1 of 2; with a measure: 0 of 2\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--for", "board"), "add --briefing, with a FILE or without"),
        (("--briefing", "x.md", "--for", "bord"), "choose scrutiny, team, board. Did you mean"),
        (("--briefing", "x.xlsx", "--for", "team"), "holds every row for everybody"),
    ],
)
def test_an_audience_that_cannot_be_served_is_a_sentence(
    hwbs: Hwbs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs("partner", "Housing", *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


def test_slides_without_their_extra_are_a_sentence_before_any_work(
    hwbs: Hwbs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    run = hwbs("partner", "Housing", "--briefing", tmp_path / "x.pptx")
    assert (run.code, run.out) == (2, "")
    assert "A briefing as slides needs python-pptx, which is not installed" in run.err


def test_an_audience_is_chosen_on_the_command_line(hwbs: Hwbs, tmp_path: Path) -> None:
    small = ["--only", *(part for path in SMALL for part in ("--graph", path))]
    told = hwbs("partner", "Homes", "--briefing", "--for", "Board", *small)
    assert (told.code, told.err) == (0, "")
    assert "## Left to decide" in told.out
    run = hwbs("partners", "--briefings", tmp_path, "--as", "md", "--for", "team", *small)
    assert run.code == 0
    assert "## What is due" in (tmp_path / "homes.md").read_text("utf-8")
