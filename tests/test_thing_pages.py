"""The pages, made without a server: the answer, the way to it, how we know, and the first page."""

import html
import json
import re
from pathlib import Path

import pytest
from support import BOARDS, PLANS, open_small

from hwbs_graph.checks.document_texts import read_texts
from hwbs_graph.data import corpus
from hwbs_graph.model.vocabulary import SCHEMES, THINGS, shorten
from hwbs_graph.names import list_names
from hwbs_graph.network import project_record
from hwbs_graph.query.results import run_named
from hwbs_graph.report.plan_outline import read_outline
from hwbs_graph.store import Embedded, Engine
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.print.v8_layout import make_drawings
from hwbs_graph.web.pages import facts
from hwbs_graph.web.pages.document_text import find_context, mark_lines
from hwbs_graph.web.pages.home import HomeFacts, build_home, gather_home
from hwbs_graph.web.pages.pieces import Library
from hwbs_graph.web.pages.plan_pieces import list_contents
from hwbs_graph.web.pages.questions import answer_question
from hwbs_graph.web.pages.rendering import render_page
from hwbs_graph.web.pages.result_table import from_labelled_rows
from hwbs_graph.web.pages.thing import ThingPage, build_page
from hwbs_graph.web.urls import page_url


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_small(*PLANS)


def shorten_key(iri: str) -> str:
    """Return an IRI as an address of the view has it."""
    return iri.removeprefix("https://w3id.org/hwbs/")


def describe(engine: Engine, key: str) -> ThingPage:
    iri = key if key.startswith("http") else THINGS + key
    return build_page(facts.describe_thing(engine, iri), page_url)


def read_words(page: ThingPage) -> str:
    """What a reader sees of a page, each piece on a line; without its foot for programs."""
    text = render_page("thing", page=page, here=page_url(page.iri), nonce="").decode()
    shown = text.partition("<main")[2].partition('<section class="formats"')[0]
    return html.unescape(re.sub(r"\s*<[^>]+>\s*", "\n", shown))


def test_an_action_says_where_it_stands_who_is_named_and_then_how_we_know(engine: Engine) -> None:
    page = describe(engine, "alpha-2030/action/company-1a")
    assert [cell.text for cell in page.crumbs] == ["Action plan 2030", "Company", "1"]
    assert page.crumbs[1].link.endswith("/theme/company")
    assert page.kind == "action 1a"
    assert page.title == "Open a café - Alpha action plan 2030"
    assert [cell.text for cell in dict(page.told)["with"]] == ["Neighbours", "Homes"]
    words = read_words(page)
    assert words.index("Neighbours") < words.index("How do we know?")
    assert words.index("How do we know?") < words.index("Where it is printed")


def test_a_partner_s_page_begins_with_the_words_of_the_sheet_that_the_view_draws(
    engine: Engine,
) -> None:
    pytest.importorskip("py_mini_racer")
    things = {each.thing for each in list_names(engine)}
    partners = {each.iri for each in things if each.kind == "partner"}
    model = read_model(project_record(engine))
    told = {
        f"#view=sheet&plan={shorten_key(share.plan)}&select={shorten_key(iri)}": (iri, share)
        for iri in sorted(partners)
        for share in facts.describe_thing(engine, iri)["shares"]
    }
    assert len(told) > 9
    drawings = make_drawings(model, "A4", [*told])
    for (iri, share), drawing in zip(told.values(), drawings, strict=True):
        assert share.sentence == drawing.finding
        assert share.sentence in " ".join(describe(engine, iri).lead)
        heads = " ".join(section.title.text for section in describe(engine, iri).sections)
        drawn = [
            " ".join(line["text"] for line in each["lines"]) for each in drawing.layout["cells"]
        ]
        assert all(f"({sums})" in heads for sums in share.sums.values())
        # The sheet gathers under the highest heading, the page under the nearest theme.
        sums = {found[1] for words in drawn if (found := re.search(r": (\d+ of .*)", words))}
        assert sums == {*share.sums.values()} or share.label.startswith(("Gamma", "Delta"))
        met = f"Named together with ({len(share.company)})"
        assert not share.company or (met in heads and met in drawn)


def test_a_partner_is_told_in_the_words_of_the_command_line(engine: Engine) -> None:
    page = describe(engine, "partner/stoves")
    assert page.lead[0] == "1 action under 1 objective in 1 theme, with 1 other partner."
    assert page.has_sheet
    (objective,) = page.sections[0].items
    (action,) = objective.below
    assert action.passages
    assert action.passages[0].document.link.startswith("/id/document/")


def test_a_plan_of_any_shape_is_told_from_top_to_bottom(engine: Engine) -> None:
    gamma = read_outline(engine, f"{THINGS}gamma-2029", "Gamma")
    rota = next(each for each in gamma.elements.values() if "rota" in each.label)
    above = [each.label for each in gamma.find_above(rota.iri)]
    assert above[:3] == ["Starting out", "Room to play", "Every child has a field"]
    words = read_words(describe(engine, "gamma-2029"))
    places = [words.index(each) for each in (*above, rota.label)]
    assert places == sorted(places)
    # An action under two outcomes stands under both.
    assert words.partition("All that is recorded")[0].count("Hold bedtime clinics") == 2
    delta = read_words(describe(engine, "delta-2028"))
    assert "June 2028, printed “by June 2028”" in delta
    assert "Red (off track)" in delta


def test_what_stands_under_itself_by_mistake_ends(engine: Engine) -> None:
    outline = read_outline(engine, f"{THINGS}gamma-2029", "Gamma")
    one, two, *_ = outline.elements
    turned = outline._replace(below={one: [two], two: [one]})
    assert [each.iri for each in turned.find_above(two)] == [two, one]
    library = Library({}, page_url)
    (section,) = list_contents(turned, one, library)
    assert [each.cell.link for each in section.items] == [page_url(two)]
    assert section.items[0].below == ()


def test_the_page_of_a_document_leads_to_what_was_taken_from_each_line(engine: Engine) -> None:
    page = describe(engine, "document/D2")
    anchors = [each.anchor for each in page.readings if each.anchor]
    assert len(anchors) == len(set(anchors)) > 1
    assert any(each.things for each in page.readings)
    lines = [int(each.line) for each in page.readings]
    assert lines == sorted(lines)


def test_a_passage_stands_marked_in_its_text_where_the_documents_are_at_hand(
    tmp_path: Path,
) -> None:
    board = BOARDS[0]
    engine = Embedded(corpus.open_store([board], corpus.vocabulary_files()))
    texts = read_texts(engine, board / "documents")
    (document,) = texts
    rows = run_named(engine, "internal/passages-of-document", document=document)
    action = next(row for row in rows if row["thing"].endswith("/coats"))
    page = build_page(facts.describe_thing(engine, action["thing"]), page_url, texts)
    (cited, *_) = [each for each in page.passages if each.printed == action["printedText"]]
    whole = " ".join(f"{cited.before} {cited.printed} {cited.after}".split())
    assert whole.strip("…") in " ".join(" ".join(texts[document]).split())
    assert cited.before
    shown = render_page("thing", page=page, here=page_url(page.iri), nonce="").decode()
    assert f"<mark><q>{html.escape(cited.printed)}</q></mark>" in shown
    # The page of the document has every line, every passage marked, and leads back.
    own = build_page(facts.describe_thing(engine, document), page_url, texts)
    path, _, anchor = cited.document.link.partition("#")
    (line,) = [each for each in own.readings if each.anchor == anchor]
    assert path == page_url(document)
    assert page_url(action["thing"]) in [cell.link for cell in line.things]
    told = {each.line: "".join(piece.text for piece in each.pieces) for each in own.readings}
    lines = texts[document]
    assert told == {str(at): text for at, text in enumerate(lines, 1) if text.strip()}
    for row in rows:
        (held,) = [each for each in own.readings if each.line == row["line"]]
        assert any(row["printedText"] in p.text for p in held.pieces if p.is_quoted)
        assert held.things
    # A file that is not the one that was read shows nothing, and the page says so.
    (tmp_path / "plan.txt").write_text("\n".join(lines) + "\nmore", "utf-8")
    assert read_texts(engine, tmp_path) == {}
    assert "is not kept here" in read_words(
        build_page(facts.describe_thing(engine, document), page_url)
    )


def test_passages_that_overlap_are_one_mark_and_a_wrong_place_marks_nothing() -> None:
    def row(column: int, words: str) -> dict[str, str]:
        told = {"passage": f"p{column}", "line": "2", "column": str(column)}
        return {**told, "printedText": words}

    rows = [row(1, "Warm homes"), row(6, "homes for all"), row(3, "nowhere")]
    (line,) = mark_lines(["", "Warm homes for all, soon"], rows, {})
    assert [tuple(each) for each in line.pieces] == [
        ("Warm homes for all", True),
        (", soon", False),
    ]
    assert find_context(["a", "b c d"], "2", "c") == ("a b", "d")
    long = find_context([f"{'x ' * 200}here{' y' * 200}"], "1", "here")
    assert all(len(each) <= 161 and "…" in each for each in long)
    for number, words in (("9", "c"), ("0", "c"), ("two", "c"), ("2", "z"), ("2", "")):
        assert find_context(["a", "b c d"], number, words) == ("", "")


def test_no_page_shows_a_compact_address(engine: Engine) -> None:
    kinds = {name.thing.kind: name.thing.iri for name in list_names(engine)}
    shown = set()
    for iri in (*kinds.values(), f"{SCHEMES}determinant/housing"):
        page = describe(engine, iri)
        words = set(read_words(page).split("\n"))
        address = render_page("thing", page=page, here="/", nonce="").decode()
        paths = re.findall('href="(/(?:id|scheme)/[^"#?]+)"', address)
        ends = {shorten(page_url(iri)), *(shorten(f"{THINGS}{path[4:]}") for path in paths)}
        shown |= words & ends
    assert len(kinds) > 15
    assert not shown


def test_the_first_page_names_boards_plans_topics_and_questions_that_are_answered(
    engine: Engine,
) -> None:
    home = build_home(gather_home(engine), page_url)
    plans = {item.cell.text for section in home.boards for item in section.items}
    assert {"Gamma health plan 2029", "Alpha action plan 2030"} <= plans
    assert "Alpha Board" in {section.title.text for section in home.boards}
    assert [cell.link for cell in home.topics if cell.text == "Housing"] == [
        "/scheme/determinant/housing"
    ]
    assert home.bodies[0].told[0][1][0].text.endswith(" actions")
    assert len(home.questions) == 4
    assert not [each for each in home.questions if answer_question(engine, each).refusal]
    assert build_home(HomeFacts((), (), (), ""), page_url).questions == ()


def test_a_table_for_people_has_words_for_heads_and_for_things_without_a_label() -> None:
    thing = {"type": "uri", "value": f"{THINGS}beta-2035/action/warm-1"}
    number = {"type": "literal", "value": "12"}
    names = ["element", "actionCount"]
    rows = {"bindings": [{"element": thing, "actionCount": number}]}
    table = from_labelled_rows(json.dumps({"head": {"vars": names}, "results": rows}).encode())
    assert table.headings == ("Element", "Action count")
    ((one, two),) = table.rows
    assert (one.text, one.link) == ("action warm 1", "/id/beta-2035/action/warm-1")
    assert (one.is_figure, two.is_figure) == (False, True)
