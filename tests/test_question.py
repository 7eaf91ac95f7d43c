"""Plain English finds its query, or is refused: no word of a question is ever passed over."""

import csv
import shlex
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from record_examples import find_record_example
from support import Hwbs, open_small

from hwbs_graph import names
from hwbs_graph.errors import AmbiguousError, HwbsError, NotFoundError, NothingFoundError
from hwbs_graph.model.vocabulary import THINGS
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery, Parameter
from hwbs_graph.question import Phrasebook, Understood, question_key
from hwbs_graph.store import Engine

QUERIES = list(catalogue.all_queries())
WORDINGS = [(query, ask) for query in QUERIES for ask in query.asks]
#: Words that add nothing to a question, or that a wording may take in.
IDLE = "please thanks thank you many me us partner department organisation division body agency"


@pytest.fixture(scope="session")
def book(record: Engine) -> Phrasebook:
    return Phrasebook(record)


@pytest.fixture(scope="session")
def small_book(small: Engine) -> Phrasebook:
    return Phrasebook(small)


@pytest.fixture
def ask(hwbs: Hwbs) -> Hwbs:
    """Run `hwbs ask`."""
    return lambda *arguments: hwbs("ask", *arguments)


def things(understood: Understood) -> dict[str, str]:
    """What each parameter is bound to, below `id/`."""
    return {name: term.value.removeprefix(THINGS) for name, term in understood.terms.items()}


@cache
def meant(engine: Engine, kind: str, name: str) -> NamedNode | Literal:
    if kind == "text":
        return Literal(names.normalise(name))
    if kind == "date":
        return Literal(names.read_last_day(name))
    return NamedNode(names.find(engine, name, None if kind == "thing" else kind).iri)


@pytest.mark.parametrize("query", [query for query in QUERIES if query.asks], ids=lambda q: q.name)
def test_every_wording_with_its_example_is_understood_as_its_own_query(
    query: NamedQuery, book: Phrasebook, record: Engine
) -> None:
    for wording in query.asks:
        question, terms = wording, {}
        for parameter in query.parameters:
            slot = f"{{{parameter.name}}}"
            if slot in wording:
                example = find_record_example(query, parameter)
                question = question.replace(slot, example)
                terms[parameter.name] = meant(record, parameter.kind, example)
        understood = book.understand(question)
        assert understood.query.name == query.name, question
        assert understood.terms == terms, question
        assert set(understood.given) == set(terms), question


def shape(query: NamedQuery, wording: str, *, by_kind: bool) -> str:
    """A wording as it is compared, with the kinds of its slots or with a sign for any of them."""
    kinds = {each.name: each.kind if by_kind else "slot" for each in query.parameters}
    pieces = wording.format_map({name: f"\0{kind}\0" for name, kind in kinds.items()}).split("\0")
    return " ".join(f"<{p}>" if i % 2 else question_key(p) for i, p in enumerate(pieces)).strip()


def test_no_two_wordings_are_the_same_once_brought_to_one_form() -> None:
    found = Counter(shape(query, wording, by_kind=True) for query, wording in WORDINGS)
    assert {form for form, number in found.items() if number > 1} == set()
    assert len(found) >= 6 * len([query for query in QUERIES if query.family != "violation"])


def test_wordings_that_differ_in_a_slot_alone_take_kinds_that_exclude_each_other() -> None:
    kinds: dict[str, list[str]] = {}
    for query, wording in WORDINGS:
        slots = [each.kind for each in query.parameters if f"{{{each.name}}}" in wording]
        if len(slots) == 1:
            kinds.setdefault(shape(query, wording, by_kind=False), []).append(slots[0])
    shared = {form: found for form, found in kinds.items() if len(found) > 1}
    assert shared
    for form, found in shared.items():
        assert not {"thing", "text"} & set(found), form
        assert len(set(found)) == len(found), form


@pytest.mark.parametrize(
    ("question", "name", "bound"),
    [
        ("which actions involve Housing", "report/actions-by-partner", "partner/housing"),
        (
            "What is the sports service signed up to?",
            "report/actions-by-partner",
            "partner/sports-service",
        ),
        ("who works with LPT most", "report/co-working-partners", "LPT"),
        ("which objectives span multiple themes", "report/objectives-spanning-themes", ""),
        ("what does the plan do about loneliness", "report/touchpoints-of-determinant", "*"),
        ("what changed between the plans", "compare/continuity", ""),
        ("who is responsible for dying well", "report/responsibilities-by-body", "*"),
        ("which partners no longer exist", "report/bodies-that-changed", ""),
        (
            "how many actions leave out public health",
            "coverage/actions-without-partner",
            "partner/public-health",
        ),
    ],
)
def test_the_questions_that_people_ask_are_understood(
    question: str, name: str, bound: str, book: Phrasebook, record: Engine
) -> None:
    expected = {
        "LPT": {"partner": names.find(record, "LPT", "partner").iri},
        "*": {
            "determinant": names.find(record, "loneliness", "determinant").iri,
            "element": names.find(record, "Dying Well").iri,
        },
    }
    understood = book.understand(question)
    assert understood.query.name == name
    if not bound:
        assert understood.terms == {}
        return
    ((parameter, term),) = understood.terms.items()
    iris: Mapping[str, str] = expected.get(bound, {"partner": THINGS + bound})
    assert term.value == iris[parameter]


@pytest.mark.parametrize(
    "question",
    [
        "Which actions involve Housing?",
        "WHICH ACTIONS INVOLVE HOUSING",
        "what actions involve housing",
        "which action involves the Housing",
        "please tell me which actions involve Housing",
        "Can you please show me which actions involve Housing? Thank you!",
        "I’d like to know which actions involve “Housing”.",
        "what's Housing signed up to",
        "Whats Housing signed up to",
        "what is the Housing department signed up to",
        "what is the partner Housing signed up to",
        "tell me what Housing is signed up to",
        "which actions involve partner/housing",
        "which actions involve <https://w3id.org/hwbs/id/partner/housing>",
        "  which   actions\tinvolve\nHousing  ",
    ],
)
def test_dress_makes_no_difference(question: str, book: Phrasebook) -> None:
    understood = book.understand(question)
    assert understood.query.name == "report/actions-by-partner"
    assert things(understood) == {"partner": "partner/housing"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("which organizations no longer exist", "which organisations no longer exist"),
        ("don't", "do not"),
        ("Who’s on the board?", "who is on board"),
        ("cross-cutting objectives", "cross cutting objective"),
        ("the programs of neighbors", "programmes of neighbours"),
        ("all 5 themes", "all five themes"),
        ("Children's services", "children services"),
    ],
)
def test_two_ways_of_writing_come_to_one_form(one: str, other: str) -> None:
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("which actions involve Housing", "which actions do not involve Housing"),
        ("who is Housing", "what is Housing"),
        ("at most 2", "at least 2"),
        ("can", "can't"),
        ("plans", "planes"),
    ],
)
def test_what_differs_in_meaning_stays_apart(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who is involved", "report/partners"),
        ("who is on Minds 3(c)?", "report/partners-by-action"),
        ("links of Leicester 2019 Places", "network/theme-projection"),
        ("links of Lives 1d with their basis", "trust/statements-about-thing"),
        ("what is Staying Healthy Partnership responsible for", "report/responsibilities-by-body"),
        ("who sits on the Integration Executive", "report/members"),
        ("what must happen by 2021", "report/actions-with-date"),
        ("what is Finance responsible for", "report/actions-by-partner"),
        (
            "which actions involve neighborhood and environmental services",
            "report/actions-by-partner",
        ),
        (
            "which actions involve the Office of the Police and Crime Commission",
            "report/actions-by-partner",
        ),
        ("how many actions", "report/actions"),
        ("how many organisations work in all 5 themes", "report/partners-in-all-themes"),
    ],
)
def test_the_longest_wording_and_the_kind_of_the_name_decide(
    question: str, name: str, book: Phrasebook
) -> None:
    assert book.understand(question).query.name == name


@pytest.mark.parametrize(
    "question",
    [
        "which actions do not involve Housing",
        "which actions don't involve Housing?",
        "which actions never involve Housing",
        "actions without Housing",
        "how many actions do not name Housing",
    ],
)
def test_a_negation_is_answered_by_a_query_that_is_negative_itself(
    question: str, book: Phrasebook
) -> None:
    understood = book.understand(question)
    assert understood.query.name == "coverage/actions-without-partner"
    assert things(understood) == {"partner": "partner/housing"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("which actions involve anyone but Housing", "anyone but"),
        ("which actions involve everyone except Housing", "everyone except"),
        ("which actions involve Housing without Finance", "without Finance"),
        ("which actions involve Housing but not Finance", "but not Finance"),
        ("which actions do not not involve Housing", "not"),
        ("which actions don't leave out Public Health", "don't"),
        ("which objectives don't span multiple themes", "don't"),
        ("which priorities are not new", "not"),
        ("who never works with LPT", "never"),
        ("who is not responsible for dying well", "not"),
        ("nobody: which actions involve Housing", "nobody"),
        ("what hasn't changed between the plans", "hasn't"),
        ("which actions involve Housing before 2020", "before 2020"),
        ("which actions involve Housing since 2019", "since 2019"),
        ("in 2022 which objectives span multiple themes", "in 2022"),
        ("which objectives span multiple themes in Leicester", "in Leicester"),
        ("which actions involve Housing and Finance", "and Finance"),
        ("which actions involve only Housing", "only"),
        ("which actions involve Housing more than twice", "more than twice"),
        ("who works with LPT least", "least"),
        ("what changed between 2019 and 2022", "2019 2022"),
        ("which partners work in all 4 themes", "4"),
    ],
)
def test_words_left_over_are_named_and_nothing_is_answered(
    question: str, words: str, book: Phrasebook
) -> None:
    with pytest.raises(NothingFoundError) as caught:
        book.understand(question)
    first, *near = str(caught.value).splitlines()
    assert first.startswith(f"“{words}” was not understood, and leaving it out would ask something")
    assert len(near) == 3


@pytest.mark.parametrize(
    "question",
    [
        "which actions involve nobody",
        "which actions involve not Housing",
        "which actions involve non-Housing",
        "which actions involve -Housing",
        "which actions involve !Housing",
        "who is meant by not Housing",
        "which actions involve neither Housing nor Finance",
        "who is nobody",
    ],
)
def test_a_negation_in_the_place_of_a_name_is_never_dropped(
    question: str, book: Phrasebook
) -> None:
    with pytest.raises((NothingFoundError, NotFoundError)):
        book.understand(question)


def test_a_question_that_is_not_understood_gets_three_that_are(book: Phrasebook) -> None:
    with pytest.raises(NothingFoundError) as caught:
        book.understand("which of the actions would involve the people of Housing")
    first, *near = str(caught.value).splitlines()
    assert first.endswith("was not understood. The nearest questions that are understood:")
    assert "  which actions involve Housing" in near
    assert len({book.understand(question).query.name for question in near}) == 3


def test_nearest_to_a_negative_question_are_negative_ones(book: Phrasebook) -> None:
    assert book.nearest("which actions don't ever involve Housing")[0] == (
        "which actions do not involve Housing"
    )


def test_a_name_that_nothing_carries_gets_suggestions(book: Phrasebook) -> None:
    with pytest.raises(NotFoundError, match="No partner is called “Houzing”"):
        book.understand("which actions involve Houzing")
    with pytest.raises(NotFoundError, match="No partner is called “xyzzy”"):
        book.understand("which actions involve xyzzy")
    with pytest.raises(NotFoundError, match="another kind of thing \\(determinant\\)"):
        book.understand("which actions involve loneliness")
    with pytest.raises(NotFoundError, match="No thing is called “Staying Healthy Partnershp”"):
        book.understand("what is Staying Healthy Partnershp responsible for")


def test_a_name_that_several_things_carry_lists_them(book: Phrasebook) -> None:
    with pytest.raises(AmbiguousError, match="“3c” names 4 things"):
        book.understand("who is on 3c?")
    with pytest.raises(AmbiguousError, match="Housing \\(determinant\\)"):
        book.understand("where is Housing printed")


def test_two_queries_that_fit_equally_well_are_both_named(tmp_path: Path) -> None:
    twins = tmp_path / "twins.ttl"
    twins.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:p> a hwbs:Partner ; skos:prefLabel "Twin"@en .\n'
        '<urn:b> a hwbs:Board ; skos:prefLabel "Twin"@en .\n',
        "utf-8",
    )
    book = Phrasebook(open_small(twins))
    with pytest.raises(AmbiguousError) as caught:
        book.understand("what is Twin responsible for")
    assert {name for name, _ in caught.value.candidates} == {
        "report/actions-by-partner",
        "report/responsibilities-by-body",
    }


def test_a_slot_for_any_text_takes_nothing_from_a_longer_wording(record: Engine) -> None:
    text = NamedQuery(
        "report/a", "", "A?", parameters=(Parameter("x", "text", "y"),), asks=("who is {x}",)
    )
    action = NamedQuery(
        "report/b", "", "B?", parameters=(Parameter("x", "action", "y"),), asks=("who is on {x}",)
    )
    book = Phrasebook(record, [text, action])
    assert book.understand("who is it").query.name == "report/a"
    assert book.understand("who is on Minds 3c").query.name == "report/b"
    for question in ("who is on 3c", "who is on Mindz 3c", "who is on nothing", "who is not it"):
        with pytest.raises(HwbsError):
            book.understand(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?",
        "…",
        "please",
        "how many",
        "🙂",
        "which actions involve",
        "which actions involve 🙂",
        "which actions involve Housing 🙂",
        "which actions involve Housing ≠",
        "which actions involve שלום",
        "x" * 10_000,
        "which actions involve " + "Housing " * 1_250,
        "which actions involve " + "x" * 900,
        "do " * 60,
        "not " * 60,
        "which actions involve Housing" + "?" * 10_000,
        "which actions involve '; DROP ALL; --",
        'which actions involve "> } ; INSERT DATA { <urn:a> <urn:b> 1 } #',
        "SELECT ?s WHERE { ?s ?p ?o }",
        "which actions involve {partner}",
        "which actions involve ?partner",
        "which actions involve partner/housing> <urn:x",
        "which actions involve Housing\x00\x1b[2J",
        "what links to <urn:nothing at all>",
        "\udc80",
    ],
    ids=lambda text: repr(text[:30]),
)
def test_whatever_is_typed_is_refused_in_a_sentence(question: str, book: Phrasebook) -> None:
    with pytest.raises((NothingFoundError, NotFoundError)) as caught:
        book.understand(question)
    assert caught.value.exit_code == 1


def test_marks_of_direction_are_no_words(book: Phrasebook) -> None:
    understood = book.understand("\u202ewhich actions involve \u2067Housing\u2069")
    assert things(understood) == {"partner": "partner/housing"}


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_and_nothing_else(
    small_book: Phrasebook, text: str
) -> None:
    for question in (text, f"which actions involve {text}", f"who is meant by {text}"):
        try:
            understood = small_book.understand(question)
        except HwbsError as error:
            code = error.exit_code
        else:
            code = 0 if understood.query.asks else 2
        assert code in (0, 1)


@settings(max_examples=12)  # a refusal looks for near names among all of the record
@given(
    st.sampled_from(WORDINGS),
    st.text(st.characters(categories=["L", "N", "S"]), min_size=1, max_size=12),
    st.integers(0, 20),
)
def test_an_unknown_word_anywhere_never_leaves_the_answer_as_it_was(
    book: Phrasebook, chosen: tuple[NamedQuery, str], word: str, at: int
) -> None:
    query, wording = chosen
    known = {each for other in book.wordings for each in other.words} | set(IDLE.split())
    # What is written otherwise but comes to a known word, or to none, is no unknown word.
    assume(question_key(word) and known.isdisjoint(question_key(word).split()))
    examples = {each.name: find_record_example(query, each) for each in query.parameters}
    question = wording.format_map(examples)
    before = book.understand(question)
    words = question.split()
    words.insert(min(at, len(words)), word)
    after: Understood | HwbsError
    try:
        after = book.understand(" ".join(words))
    except HwbsError as error:
        after = error
    if isinstance(after, HwbsError):
        assert after.exit_code == 1
    else:
        assert (after.query.name, after.terms) != (before.query.name, before.terms)


def test_the_command_line_says_what_it_asked_and_that_can_be_pasted(ask: Hwbs, hwbs: Hwbs) -> None:
    run = ask("which actions involve Housing")
    assert run.code == 0
    assert run.err == 'asked with: hwbs query report/actions-by-partner partner="Housing"\n'
    program, *arguments = shlex.split(run.err.removeprefix("asked with: "))
    assert program == "hwbs"
    sentence, _, table = run.out.partition("\n\n")
    assert sentence == "Which actions involve a partner? (partner: Housing) 16 rows."
    assert hwbs(*arguments).out.partition("\n\n")[2] == table
    assert ask("which", "actions", "involve", "Housing").out == run.out
    assert ask("which actions involve Housing", "--quiet").err == ""


def test_a_name_with_marks_that_a_shell_reads_is_quoted_for_it(
    ask: Hwbs, hwbs: Hwbs, tmp_path: Path
) -> None:
    path = tmp_path / "marks.ttl"
    name = 'Say "$HOME" & `b`!c'
    path.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"<urn:p> a hwbs:Partner ; skos:prefLabel '{name}'@en .\n",
        "utf-8",
    )
    run = ask(f"who is {name}", "--graph", path)
    _, *arguments = shlex.split(run.err.removeprefix("asked with: "))
    assert arguments[-1] == f"partner={name}"
    queried = hwbs(*arguments, "--graph", path).out
    assert queried.partition("\n\n")[2] == run.out.partition("\n\n")[2]


def test_how_many_puts_the_count_on_top(ask: Hwbs) -> None:
    run = ask("How many actions leave out public health?")
    assert run.code == 0
    assert run.out.startswith("3 actions. Which actions leave out a partner? (partner: public")
    assert ask("how many actions involve British Red Cross").out.startswith("1 action. Which")
    assert ask("how many actions leave out PH", "--format", "markdown").code == 1
    markdown = ask("how many actions leave out Public Health", "--format", "markdown").out
    assert markdown.startswith("3 actions. Which")
    assert markdown.partition("\n\n")[2].startswith("| partner |")


def test_how_many_counts_things_once_and_otherwise_says_rows(ask: Hwbs) -> None:
    assert ask("how many partners have never met on an action").out.startswith("35 partners in ")
    # The column `partners` holds the numbers asked for: the rows are not to be counted.
    each = ask("how many partners does each action have").out
    assert each.startswith("How many partners does each action have? 51 rows.\n\n")
    assert " links. " in ask("how many partners bridge themes").out.partition("\n")[0]


@pytest.mark.parametrize("format", ["csv", "json", "tsv", "xml", "xlsx"])
def test_a_count_stays_out_of_what_a_machine_reads(
    format: str, ask: Hwbs, hwbs: Hwbs, tmp_path: Path
) -> None:
    target, same = tmp_path / f"asked.{format}", tmp_path / f"queried.{format}"
    run = ask("how many actions leave out Public Health", "--output", target)
    assert (run.code, run.out) == (0, "")
    assert run.err.splitlines()[1].startswith("3 actions. Which actions leave out a partner?")
    name = "coverage/actions-without-partner"
    assert hwbs("query", name, "partner=Public Health", "--output", same).code == 0
    if format == "csv":
        with target.open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == 1 + 3
    if format != "xlsx":
        assert target.read_bytes() == same.read_bytes()


def test_explain_prints_the_sparql_and_does_not_run_it(ask: Hwbs) -> None:
    run = ask("which actions involve Housing", "--explain")
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == '# hwbs query report/actions-by-partner partner="Housing"'
    assert lines[1] == "# ?partner is bound to <https://w3id.org/hwbs/id/partner/housing>"
    assert run.out.endswith(catalogue.load("report/actions-by-partner").text)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("which actions involve Housing before 2020", "“before 2020” was not understood"),
        ("which actions involve Houzing", "No partner is called “Houzing”"),
        ("who is on 3c", "“3c” names 4 things"),
        ("what is the meaning of life", "The nearest questions that are understood:"),
        ("", "The nearest questions that are understood:"),
        ("which actions involve Housing \x1b[2J", "The question holds a control character"),
    ],
)
def test_what_is_refused_ends_with_1_and_prints_no_answer(
    question: str, message: str, ask: Hwbs
) -> None:
    run = ask(question)
    assert (run.code, run.out) == (1, "")
    assert message in run.err
    assert "\x1b" not in run.err
    assert "asked with" not in run.err


def test_a_question_with_no_answer_says_so(ask: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "idle.ttl"
    path.write_text(
        "<urn:p> a <https://w3id.org/hwbs/ns#Partner> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "Idle" .',
        "utf-8",
    )
    run = ask("how many actions involve Idle", "--graph", path)
    assert run.code == 1
    assert run.out.startswith("0 actions. Which actions involve a partner? (partner: Idle)\n")
    assert run.err.endswith("Nothing found.\n")


def test_a_format_that_does_not_exist_is_refused_before_anything_is_read(ask: Hwbs) -> None:
    run = ask("which actions involve Housing", "--format", "dragon")
    assert (run.code, run.out) == (2, "")


@pytest.mark.parametrize(
    "question",
    [
        "how many departments are there",
        "which departments no longer exist",
        "how many actions has most partners",
        "which action has fewest partners",
    ],
)
def test_a_near_word_is_not_taken_for_the_word_meant(question: str, book: Phrasebook) -> None:
    with pytest.raises(NothingFoundError, match="nearest questions"):
        book.understand(question)


def test_an_answer_that_counts_is_not_counted_again(ask: Hwbs) -> None:
    assert ask("how many links are stated").out.partition("\n\n")[2].startswith("kind")
    assert ask("how many partners no longer exist").out.startswith("5 rows")


def test_an_unknown_name_gets_names_and_questions(ask: Hwbs) -> None:
    run = ask("which actions involve Housng")
    assert (run.code, run.out) == (1, "")
    assert "Did you mean “Housing”?" in run.err
    assert len(run.err.splitlines()) == 4


@pytest.mark.parametrize(
    ("question", "name"),
    [("which actions exclude Housing", "Housing"), ("who doesn't work with LPT", "LPT")],
)
def test_what_is_offered_is_about_the_name_that_was_asked(
    question: str, name: str, book: Phrasebook
) -> None:
    offered = book.nearest(question)
    assert sum(name in each for each in offered) >= 2
    for each in offered:
        book.understand(each)
