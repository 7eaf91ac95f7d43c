"""Questions that no wording holds are composed of what they name, and never answered otherwise."""

import json
import os
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import RdfFormat, serialize
from rdflib import Graph
from support import PLANS, ROOT, SMALL, Hwbs, open_small

from hwbs_graph.errors import HwbsError, NothingFoundError
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES, THINGS
from hwbs_graph.question import Understood
from hwbs_graph.question.answering import read_question
from hwbs_graph.question.asking import Asker
from hwbs_graph.question.composing import compose
from hwbs_graph.question.cursor import NotRead
from hwbs_graph.question.echo import speak
from hwbs_graph.question.explanation import explain_reading
from hwbs_graph.question.facets import (
    AFTER,
    ANY_DATE,
    BEFORE,
    BY,
    DATE,
    FACETS,
    LEAD,
    WITHIN,
)
from hwbs_graph.question.joins import find_join, find_kind
from hwbs_graph.question.mentions import Mentions
from hwbs_graph.question.patterns import EXACT
from hwbs_graph.question.query_draft import Unclear, Unlinked
from hwbs_graph.question.replying import Reading, Reply, answer_reading
from hwbs_graph.question.stated_kinds import COMPARED, DATED, DUTY, WHEN
from hwbs_graph.question.value import (
    EVERY,
    JUDGED,
    LEADS,
    OWN,
    STATED,
    WORDS,
    Condition,
    Counted,
    Question,
)
from hwbs_graph.store import Engine

HWBS, SKOS = PREFIXES["hwbs"], PREFIXES["skos"]
Answers = Callable[[str], Reply]


@pytest.fixture(scope="session")
def asker(record: Engine) -> Asker:
    return Asker(record)


@pytest.fixture(scope="session")
def mentions(record: Engine) -> Mentions:
    return Mentions(record)


@pytest.fixture(scope="session")
def answer(asker: Asker) -> Answers:
    """Return the answer to a question that must be a composed one."""

    def answer_composed(text: str) -> Reply:
        asked = asker.ask(text)
        assert isinstance(asked, Reply), asked
        return asked

    return answer_composed


class Facts:
    """The links of the record, counted from its triples and not by a query."""

    def __init__(self, engine: Engine) -> None:
        self.links: dict[str, set[tuple[str, str]]] = {}
        for quad in engine.snapshot():
            pair = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
            self.links.setdefault(quad.predicate.value, set()).add(pair)

    def linked(self, name: str, thing: str) -> set[str]:
        """What is linked to a thing by one of our properties."""
        return {one for one, other in self.links[HWBS + name] if other == thing}

    def labels(self, name: str) -> set[tuple[str, str]]:
        """Things with their labels of one kind."""
        return self.links[SKOS + name]

    def things(self, name: str) -> set[str]:
        """The things of one of our classes."""
        type = f"{PREFIXES['rdf']}type"
        return {one for one, other in self.links[type] if other == HWBS + name}


@pytest.fixture(scope="session")
def facts(record: Engine) -> Facts:
    return Facts(record)


def first_column(reply: Reply) -> set[str]:
    return {next(iter(row.values())) for row in reply.rows.text_rows()}


HOUSING, FINANCE = f"{THINGS}partner/housing", f"{THINGS}partner/finance"
HEALTH = f"{THINGS}partner/public-health"
MINDS = f"{THINGS}leicester-2019/theme/minds"
PLACES = f"{THINGS}leicester-2019/theme/places"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("which actions involve Housing and Finance", "5 actions with Housing and Finance"),
        ("Which actions involve both Housing and Finance?", "5 actions with Housing and Finance"),
        ("finance but not housing, which actions", "2 actions with Finance without Housing"),
        ("how many of the actions name Public Health", "48 actions with Public Health"),
        ("partners for Lives 4a please", "9 partners on Lives 4a"),
        ("actions with fewer than 3 partners", "1 action with at most 2 partners"),
        ("which action has the most partners", "1 action with the most partners"),
        ("Is Finance in Places 2a?", "Yes: 1 action, namely Places 2a, with Finance"),
        ("is Finance in Minds 3c", "No: there is no action, namely Minds 3c, with Finance"),
        ("which actions with Housing are in Healthy Minds", "No action with Housing in Healthy"),
    ],
)
def test_an_answer_begins_with_what_was_asked_and_how_many(
    question: str, sentence: str, answer: Answers
) -> None:
    assert answer(question).sentence.startswith(sentence)


def test_conditions_are_those_of_an_independent_count(answer: Answers, facts: Facts) -> None:
    housing, finance = facts.linked("involves", HOUSING), facts.linked("involves", FINANCE)
    health, actions = facts.linked("involves", HEALTH), facts.things("Action")
    minds, places = facts.linked("withinTheme", MINDS), facts.linked("withinTheme", PLACES)
    expected = {
        "actions with Housing and Finance": housing & finance,
        "actions with Housing or Finance": housing | finance,
        "actions with Housing but not Finance": housing - finance,
        "actions with neither Housing nor Finance": actions - housing - finance,
        "actions in Healthy Places without Public Health": (actions & places) - health,
        "actions in Healthy Minds that do not involve Housing": (actions & minds) - housing,
        "actions with Public Health that are not in Healthy Places": (actions & health) - places,
        "all actions except those in Healthy Minds": actions - minds,
    }
    for question, found in expected.items():
        assert first_column(answer(question)) == found, question


def test_what_holds_through_the_objective_alone_is_counted_apart(
    answer: Answers, facts: Facts
) -> None:
    smoking = next(d for _, d in facts.links[HWBS + "addresses"] if d.endswith("/smoking"))
    direct = facts.linked("addresses", smoking) & facts.things("Action")
    delivers = facts.links[HWBS + "deliversObjective"]
    through = {a for a, o in delivers if o in facts.linked("addresses", smoking)} - direct
    stated = based(facts, smoking, "stated-in-document") & direct
    judged = based(facts, smoking, "curated-judgement") & direct
    assert stated | judged == direct
    told = answer("how many actions are about smoking")
    assert first_column(told) == stated
    assert f"{len(stated)} actions that address Smoking as stated" in told.sentence
    assert f" {len(judged)} more does so by judgement alone." in told.sentence
    assert told.sentence.endswith(f" {len(through)} more do so through the objective alone.")
    assert first_column(answer("actions that address smoking by judgement")) == judged
    assert "by judgement" in answer("actions about food insecurity").sentence
    assert "as stated" not in answer("actions about breastfeeding").sentence


def based(facts: Facts, determinant: str, basis: str) -> set[str]:
    """The elements linked to a determinant by statements on a basis."""
    ends = f"{SCHEMES}basis/{basis}"
    nodes = facts.linked("determinant", determinant) & facts.linked("basis", ends)
    return {element for node, element in facts.links[HWBS + "element"] if node in nodes}


def test_partners_are_reached_through_their_actions(answer: Answers, facts: Facts) -> None:
    involved = facts.links[HWBS + "involves"]
    minds = {partner for action, partner in involved if (action, MINDS) in within(facts)}
    others = {partner for action, partner in involved if (action, MINDS) not in within(facts)}
    partners = facts.things("Partner")
    assert first_column(answer("partners in Healthy Minds of 2019")) >= minds
    assert first_column(answer("partners that are not in Healthy Minds")) == partners - minds
    assert first_column(answer("partners only in Healthy Minds")) == minds - others
    topic = next(d for _, d in facts.links[HWBS + "addresses"] if d.endswith("/smoking"))
    smoking = based(facts, topic, "stated-in-document")
    on_smoking = {partner for action, partner in involved if action in smoking}
    assert first_column(answer("which partners are on actions that address smoking")) == on_smoking
    with_housing = {p for a, p in involved if (a, HOUSING) in involved} - {HOUSING}
    assert first_column(answer("partners of actions with Housing")) == with_housing


def within(facts: Facts) -> set[tuple[str, str]]:
    return facts.links[HWBS + "withinTheme"]


def test_counts_are_those_of_an_independent_count(answer: Answers, facts: Facts) -> None:
    involved = facts.links[HWBS + "involves"]
    number = dict.fromkeys(facts.things("Action"), 0)
    for action, _ in involved:
        number[action] += 1
    tests: tuple[tuple[str, Callable[[int], bool]], ...] = (
        ("exactly three partners", lambda n: n == 3),
        ("at least 7 partners", lambda n: n >= 7),
        ("more than 7 partners", lambda n: n > 7),
        ("fewer than 3 partners", lambda n: n < 3),
        ("the most partners", lambda n: n == max(number.values())),
        ("the fewest partners", lambda n: n == min(number.values())),
    )
    for words, fits in tests:
        found = {action for action, n in number.items() if fits(n)}
        assert first_column(answer(f"actions with {words}")) == found, words
    grouped = rows(answer("how many actions per theme"))
    assert "Healthy Minds (Leicester" in answer("how many partners does each theme have").sentence
    per_theme = {row["theme"]: int(row["number"]) for row in grouped}
    assert sum(per_theme.values()) == len(number)
    assert per_theme[MINDS] == len({a for a in number if (a, MINDS) in within(facts)})


def test_what_is_counted_is_of_its_kind_and_themes_without_any_are_not_the_fewest(
    answer: Answers, facts: Facts
) -> None:
    number: dict[str, int] = {}
    for action, theme in within(facts):
        number[theme] = number.get(theme, 0) + (action in facts.things("Action"))
    number = {theme: n for theme, n in number.items() if n}
    fewest = {theme for theme, n in number.items() if n == min(number.values())}
    assert first_column(answer("which theme has the fewest actions")) == fewest
    under = {theme for theme, n in number.items() if n < 10}
    assert first_column(answer("themes with fewer than 10 actions")) == under
    financed = {theme for a, theme in within(facts) if a in facts.linked("involves", FINANCE)}
    without = answer("which themes have no actions with Finance")
    assert first_column(without) == number.keys() - financed
    assert without.sentence.startswith("3 themes with no actions with Finance, of those that have")


def test_a_noun_of_several_classes_shows_each_that_has_any(
    answer: Answers, asker: Asker, facts: Facts
) -> None:
    with pytest.raises(NothingFoundError, match="may ask 3 things") as caught:
        asker.ask("priorities of the county strategy")
    for kind in ("CrossCuttingPriority", "LifeCoursePriority", "SubPriority"):
        found = facts.things(kind) & facts.linked("inPlan", f"{THINGS}leicestershire-2022")
        assert f"of the county strategy ({len(found)})" in str(caught.value), kind
    assert first_column(answer("sub-priorities of the county strategy")) == found
    assert first_column(answer("how many priorities of the city strategy")) == facts.things(
        "Priority"
    )


def test_every_theme_is_each_theme_of_a_plan_that_has_any(answer: Answers, facts: Facts) -> None:
    involved, objectives = facts.links[HWBS + "involves"], facts.things("LetteredObjective")
    themes = {theme for a, theme in within(facts) if a in facts.things("Action")}
    held = {p: {t for a, t in within(facts) if (a, p) in involved} for _, p in involved}
    everywhere = {partner for partner, own in held.items() if own == themes}
    assert first_column(answer("partners that appear in every theme")) == everywhere
    under = {o: {t for e, t in within(facts) if e == o} for o in objectives}
    found = {objective for objective, own in under.items() if own >= themes}
    assert first_column(answer("which objectives of 2019 are under all five themes")) == found
    assert answer("is Public Health in every theme").sentence.startswith("Yes")
    assert answer("is Finance in every theme").sentence.startswith("No")
    for wrong in (
        "is Housing not in every theme",
        "which partners with Housing are in every theme",
    ):
        with pytest.raises(HwbsError):
            answer(wrong)


def test_a_thing_is_named_by_its_words_and_a_plan_by_its_place(
    answer: Answers, asker: Asker, facts: Facts
) -> None:
    feeding = {p for a, p in facts.links[HWBS + "involves"] if a.endswith("action/start-2a")}
    assert first_column(answer("who is on the breastfeeding action")) == feeding
    priorities = facts.things("Priority") & facts.linked("inPlan", f"{THINGS}leicester-2022")
    assert first_column(answer("how many priorities of the city strategy")) == priorities
    assert first_column(answer("how many city priorities are there")) == priorities
    actions = facts.things("Action")
    assert first_column(answer("how many actions are in the city's plan")) == actions
    start = f"{THINGS}leicester-2019/theme/start"
    housed = facts.linked("involves", HOUSING) & facts.linked("withinTheme", start)
    for question in (
        "Housing's part in Healthy Start?",
        "What part does Housing play in Healthy Start?",
    ):
        assert first_column(answer(question)) == housed
    for wrong in ("who is on the smoking action", "who is on the zeppelin action"):
        with pytest.raises(HwbsError):
            asker.ask(wrong)


def test_kinds_of_body_dates_and_layers_are_those_of_an_independent_count(
    answer: Answers, asker: Asker, facts: Facts
) -> None:
    ends = f"{SCHEMES}partner-type/"
    bodies = facts.links[f"{PREFIXES['org']}classification"]
    partners, actions = facts.things("Partner"), facts.things("Action")
    charities = {p for p, kind in bodies if kind == f"{ends}vcse"} & partners
    health = {p for p, kind in bodies if kind.startswith(f"{ends}nhs-")} & partners
    involved = facts.links[HWBS + "involves"]
    helped = {a for a, p in involved if p in charities}
    dated = {a for a, _ in facts.links[HWBS + "targetDate"]} & actions
    housing = facts.linked("involves", HOUSING)
    expected = {
        "which charities does the action plan name": charities,
        "which partners are not charities": partners - charities,
        "which NHS bodies are in Healthy Minds": health
        & {p for a, p in involved if (a, MINDS) in within(facts)},
        "actions with a charity": helped,
        "charities' actions in Healthy Minds": helped & facts.linked("withinTheme", MINDS),
        "which actions involve Housing but no voluntary organisation": housing - helped,
        "how many of the actions have no date": actions - dated,
        "actions with Public Health due by 2021": dated & facts.linked("involves", HEALTH),
        "actions with Housing without a lead": housing,
    }
    for question, found in expected.items():
        assert found, question
        assert first_column(answer(question)) == found, question
    # A kind that is wider than the word asked for is said as what it is.
    assert "VCSE organisation" in answer("which charities does the action plan name").sentence
    assert "NHS bod" in answer("which NHS bodies are in Healthy Minds").sentence
    layer = f"{SCHEMES}determinant/layer-1-individual-lifestyle"
    narrower = {one for one, other in facts.links[SKOS + "broader"] if other == layer}
    stated = set[str]().union(*(based(facts, d, "stated-in-document") for d in narrower))
    assert first_column(answer("actions that address the layer lifestyle factors")) == (
        stated & actions
    )
    broad = answer("actions that address living and working conditions").sentence
    assert broad.endswith(" more do so by what is narrower.")
    assert answer("who is the lead for Places 2a").sentence == "No partner that leads Places 2a."
    assert answer("actions due before 2021").rows.size == 0
    for wrong in (
        *("what does the council do", "actions due", "who leads Healthy Minds"),
        *("actions due by 2021 or with Housing", "is Housing a charity"),
        *("actions not due by 2021", "which charities have no action in Healthy Minds"),
    ):
        with pytest.raises(HwbsError):
            asker.ask(wrong)


def test_a_second_question_about_the_same_is_answered_in_the_sentence(
    answer: Answers, facts: Facts
) -> None:
    told = answer("What's the plan for NEETs and who's responsible?")
    assert {row["code"] for row in rows(told)} == {"3c"}
    on_neet = {p for a, p in facts.links[HWBS + "involves"] if a.endswith("action/lives-3c")}
    labels = {label for iri, label in facts.links[SKOS + "prefLabel"] if iri in on_neet}
    assert set(told.sentence.partition("any plan: ")[2].rstrip(".").split("; ")) == labels
    told = answer("Who does the Leicester University team up with, and on what?")
    assert "1 action with University of Leicester, in any plan: Healthy Lives 2c" in told.sentence
    with pytest.raises(HwbsError):
        answer("What's the plan for zeppelins and who's responsible?")


def rows(reply: Reply) -> list[dict[str, str]]:
    return reply.rows.text_rows()


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("which actions with Housing are in Derby", "“in Derby”"),
        ("which actions did Housing and Finance propose", "“propose”"),
        ("which actions with Housing cost most", "“cost most”"),
        ("actions with Housing before 2020", "“before 2020”"),
    ],
)
def test_a_word_left_over_refuses_and_tells_what_was_understood(
    question: str, left: str, asker: Asker
) -> None:
    with pytest.raises(NothingFoundError, match="not understood") as caught:
        asker.ask(question)
    first, further = str(caught.value).split("\n")[:2]
    assert first.startswith("Understood: actions with Housing")
    assert re.fullmatch(r"  actions with Housing.* in Healthy Places \([1-9]\d*\)", further)
    assert all(word in first for word in left.strip("“”").split())


@pytest.mark.parametrize(
    "question",
    [
        "actions with Housing or in Healthy Minds",
        "actions without Housing and Finance",
        "actions with Housing and Finance or Public Health",
        "actions with only Housing and Finance",
        "actions not",
        "actions with",
        "actions with and Housing",
        "actions with both Housing",
        "which partners are not on actions with Housing in Healthy Minds",
        "how many",
        "3c with Housing",
        "actions with University Hospitals of Leicester",
        "which actions with Housing are in 3c",
        "actions with more than partners",
        "actions not without Housing",
        "We're only funding Healthy Minds. Which actions involve Housing?",
        "Housing's desk",
        "which actions with Housing are new",
        "busier",
        "actions about smoking not by judgement",
        "What is the plan for Housing?",
        "What part does smoking play in Healthy Lives?",
        "Which partner is in every action of Healthy Minds?",
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(question: str, asker: Asker) -> None:
    with pytest.raises(HwbsError):
        asker.ask(question)


def test_a_question_of_two_meanings_shows_both_with_their_counts(asker: Asker) -> None:
    with pytest.raises(NothingFoundError, match="may ask 2 things") as caught:
        asker.ask("which actions are down to Housing in Healthy Start")
    assert "actions with Housing in Healthy Start (3)" in str(caught.value)
    assert "actions that address Housing in Healthy Start (0)" in str(caught.value)


def test_a_year_of_two_documents_and_half_a_name_are_told_apart_not_taken_together(
    asker: Asker, answer: Answers, facts: Facts
) -> None:
    with pytest.raises(NothingFoundError, match="may ask 2 things") as caught:
        asker.ask("2019 objectives only in Healthy Lives")
    own = "objectives of Leicester Joint Health and Wellbeing Strategy 2019 itself"
    assert f"  {own} only in Healthy Lives (2)" in str(caught.value)
    lettered = facts.things("LetteredObjective") & facts.linked("inPlan", f"{THINGS}leicester-2019")
    assert first_column(answer(f"how many {own}")) == lettered
    with pytest.raises(NothingFoundError, match="may ask 2 things"):
        asker.ask("what is being done for pregnant women")
    with pytest.raises(HwbsError):
        asker.ask("overcrowding rates, all households and with kids")


def test_things_in_groups_are_listed_and_only_their_numbers_tallied(
    answer: Answers, facts: Facts
) -> None:
    housing = facts.linked("involves", HOUSING)
    listed = answer("Housing's actions theme by theme")
    assert first_column(listed) == housing
    places = len(housing & facts.linked("withinTheme", PLACES))
    for told in (listed, answer("Housing's actions theme by theme, just the numbers")):
        assert told.sentence.startswith(f"{len(housing)} actions with Housing per theme: ")
        assert f"{places} in Healthy Places" in told.sentence
    assert len(first_column(told)) == 5


def test_objectives_are_no_priorities_and_two_themes_are_either_or_both(
    asker: Asker, answer: Answers, facts: Facts
) -> None:
    objectives = facts.things("LetteredObjective") | facts.things("PlanObjective")
    housing = next(d for _, d in facts.links[HWBS + "addresses"] if d.endswith("/housing"))
    found = first_column(answer("how many objectives address the determinant Housing"))
    assert found == facts.linked("addresses", housing) & objectives
    with pytest.raises(NothingFoundError, match="may ask 2 things") as caught:
        asker.ask("actions in Healthy Minds and Healthy Places")
    assert "actions in both Healthy Minds and Healthy Places (0)" in str(caught.value)
    assert "actions in Healthy Minds or Healthy Places (22)" in str(caught.value)
    with pytest.raises(HwbsError):
        asker.ask("which partner is in every action of Healthy Minds")


@pytest.mark.parametrize("question", ["actions " * 61, "x" * 1001, "actions with Housing\x1b[2J"])
def test_a_text_that_is_no_question_is_refused_in_a_sentence(question: str, asker: Asker) -> None:
    with pytest.raises(NothingFoundError, match=r"^(A|The) question [^\n]+\.$"):
        asker.ask(question)


def test_what_is_typed_reaches_the_query_as_a_bound_term_alone(
    record: Engine, mentions: Mentions
) -> None:
    (reading,) = read_question("actions whose words hold “x'} DROP ALL”", mentions)
    assert "drop" not in reading.query.text.casefold()
    assert answer_reading(record, reading).rows.size == 0


KINDS = ["action", "partner", "objective", "theme", "priority", "sub-priority"]
TOLD = ["statement", "figure", "change between plans"]
NAMES = {
    "kind of body": ["charities", "NHS bodies", "universities"],
    "layer": ["layer living and working conditions", "layer lifestyle factors"],
    "partner": ["Housing", "Finance", "Public Health", "LPT", "Sports Service"],
    "theme": ["Healthy Minds", "Healthy Places", "Dying Well"],
    "determinant": ["Smoking", "Air quality", "Social isolation and loneliness"],
    "plan": ["Leicester 2019", "Leicester 2022"],
    "action": ["Minds 3c", "Lives 4a"],
}

WORDS_SAID = ["open spaces", "schools", "homelessness"]
COUNTS = [
    *(Counted("partner", sign, number) for sign in (">=", "<=", "=") for number in (0, 1, 2, 12)),
    *(Counted(kind, sign) for kind in ("partner", "action") for sign in ("most", "fewest")),
    Counted("action", ">=", 3),
    *(Counted("theme", EVERY, number) for number in (0, 5)),
]
FACTS = [
    Condition(DATE, (("",),), ("a date",), "all", ANY_DATE),
    *(
        Condition(DATE, (("2021",),), ("2021",), "all", link)
        for link in (BY, BEFORE, AFTER, WITHIN)
    ),
    Condition(LEAD, ((f"{SCHEMES}role/lead",),), ("a lead",), "all"),
]


@some.composite
def questions(draw: some.DrawFn, mentions: Mentions) -> Question:
    """A question of any form over the record, whose kinds can be joined."""
    asked = draw(some.sampled_from([*KINDS, *KINDS, *TOLD]))
    kinds = draw(some.lists(some.sampled_from(sorted(NAMES)), max_size=2, unique=True))
    conditions = []
    for kind in kinds:
        said = draw(some.lists(some.sampled_from(NAMES[kind]), min_size=1, max_size=2, unique=True))
        modes = ["any", "all", "none"] if len(said) > 1 else ["all", "none", "only"]
        marked = mentions.marks.find
        things = tuple(
            (marked(each, "any") if kind in FACETS else mentions.find(each))[kind] for each in said
        )
        said = [mentions.marks.say(kind, each) if kind in FACETS else each for each in said]
        links = ["link", *{"determinant": [STATED, JUDGED], "plan": [OWN]}.get(kind, [])]
        links += [LEADS] if (asked, kind) in (("action", "partner"), ("theme", "partner")) else []
        link = "same" if kind == asked and kind != "partner" else draw(some.sampled_from(links))
        modes = modes if link == "link" else ["all"]
        mode = "all" if link == "same" else draw(some.sampled_from(modes))
        conditions.append(Condition(kind, things, tuple(said), mode, link))
    if draw(some.booleans()):
        mark = draw(some.sampled_from(["", EXACT]))
        words = tuple(draw(some.lists(some.sampled_from(WORDS_SAID), min_size=1, unique=True)))
        conditions.append(
            Condition(
                WORDS, tuple((mark + w,) for w in words), words, "any" if words[1:] else "all"
            )
        )
    if draw(some.booleans()):
        fact = draw(some.sampled_from(FACTS))
        modes = ["all", "none"] if fact.link in ("link", ANY_DATE) else ["all"]
        conditions.append(fact._replace(mode=draw(some.sampled_from(modes))))
    counted = draw(some.none() | some.sampled_from(COUNTS))
    form = draw(some.sampled_from(["list", "count", "yes"]))
    return Question(form, asked, tuple(conditions), counted)


@settings(max_examples=int(os.environ.get("HWBS_EXAMPLES", "150")))
@given(data=some.data())
def test_what_is_said_is_understood_as_the_same_question(
    data: some.DataObject, mentions: Mentions
) -> None:
    question = data.draw(questions(mentions))
    try:
        compose(question)
    except (Unlinked, Unclear):
        return
    said = speak(question)
    readings = read_question(said, mentions)
    assert all(c["why"] for c in explain_reading(said, readings[0])["conditions"]), said
    assert [each.question.key for each in readings] == [question.key], said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("which actions mention schools", "5 actions whose words hold “schools”"),
        ("partners in Healthy Minds and nowhere else", "6 partners of actions only in Healthy"),
        ("CCG is missing from which theme", "1 theme whose actions are not with NHS Leicester"),
        ("Is there anything for Digital Transformation under Healthy Lives?", "Yes: 3 actions"),
        ("objective Q", "1 objective, namely objective Q"),
        ("actions with any charity or any university of Leicester 2019", "10 actions with any"),
        ("priority no 14?", "1 priority, namely priority 14"),
        ("actions with Planning but not Housing", "13 actions with Planning, Development and Tr"),
        ("Which tasks land on Finance's desk?", "7 actions with Finance"),
        (
            "In which parts of the plan has Finance no part?",
            "3 themes whose actions are not with F",
        ),
        ("Which bodies get only one mention?", "7 partners with exactly 1 action"),
        ("fewest partners", "1 action with the fewest partners"),
        ("what is the total number of actions with Housing", "16 actions with Housing"),
        ("Is the Red Cross involved in anything?", "Yes: 1 action with British Red Cross"),
        ("does any action come with a date attached", "Yes: 1 action with a date"),
        ("Which bodies are on every theme?", "1 partner in every theme"),
        ("What became of the Health Through Warmth scheme?", "2 changes between plans"),
        ("Who delivers Staying Healthy, Safe and Well?", "1 duty whose words hold “delivers”"),
        ("Is Finance or Housing the busier?", "1 partner with the most actions, namely Finance or"),
        ("Who is meant to deliver the warmth scheme?", "5 partners of actions whose words hold"),
        (
            "Smoking: do we have an action, and what is its wording?",
            "3 actions that address Smoking as stated",
        ),
        ("suicide appears in how many of the 2019 actions", "3 actions whose words hold “suicide”"),
        (
            "I'm meeting the Samaritans on Monday, what are they down for?",
            "1 action with Leicester S",
        ),
        ("We're preparing a report. Which actions involve Finance?", "7 actions with Finance"),
        ("which actions refer to open spaces", "2 actions whose words hold “open spaces”"),
        ("actions with Housing of the Leicester action plan", "16 actions with Housing of the Lei"),
    ],
)
def test_things_are_asked_for_by_words_codes_and_beginnings(
    question: str, sentence: str, answer: Answers
) -> None:
    assert answer(question).sentence.startswith(sentence)


def test_a_figure_is_found_by_every_word_of_the_question_or_not_at_all(answer: Answers) -> None:
    told = answer("How many people die by suicide in Leicester each year?")
    assert told.question.asked == "figure"
    assert all("suicide" in row["figureLabel"].casefold() for row in rows(told))
    (diagnosed,) = rows(answer("How many people have dementia in the city?"))
    assert diagnosed["figureLabel"].startswith("About 3,000 people")
    assert "in five" in rows(answer("How many households are overcrowded?"))[0]["figureLabel"]
    with pytest.raises(HwbsError):
        answer("How many people die by suicide in Nottingham each year?")


def test_what_the_documents_state_is_found_by_every_telling_word_or_not_at_all(
    answer: Answers,
) -> None:
    for question, words in (
        ("When did the online public engagement take place?", "November 2021 to January 2022"),
        ("What on earth is the Inverse Care Law?", "Inverse Care Law"),
        ("UHL nurse vacancies?", "650"),
        ("where are nurse vacancies mentioned", "650"),
        ("£11 billion - what's that for", "£11 billion"),
    ):
        told = answer(question)
        assert told.question.asked in ("statement", "dated thing")
        assert told.sentence.split()[1].startswith(("statement", "dated"))
        assert words in " ".join(" ".join(row.values()) for row in rows(told)), question
        assert all(row["printedAt"] for row in rows(told)), question


def test_a_place_and_a_plan_are_told_by_the_words_or_by_where_a_statement_stands(
    answer: Answers, asker: Asker
) -> None:
    for question, words, place in (
        ("Who chairs the steering group for the county review?", "Leicestershire County", "S004"),
        ("Which scrutiny committee holds the city's action plan to account?", "Scrutiny", "S000"),
        ("number of people with undiagnosed diabetes in the city", "30,529", "S000"),
    ):
        told = answer(question)
        assert told.rows.size <= 2
        for row in rows(told):
            assert words in " ".join(row.values())
            assert row["printedAt"].startswith(place)
    assert answer(question).sentence.endswith("“city” finds “leicester” too.")
    for wrong in (
        "number of people with undiagnosed diabetes in the county",
        "number of people with undiagnosed diabetes in Leicestershire",
        "Who chairs the steering group for the city review?",
        "Which scrutiny committee holds the county's action plan to account?",
        "Who chairs the Leicester Health and Wellbeing Board?",
    ):
        with pytest.raises(HwbsError):
            asker.ask(wrong)


def test_what_is_quoted_is_found_as_it_stands_and_other_words_are_said(
    answer: Answers, facts: Facts
) -> None:
    actions = facts.things("Action")
    texts = {a: label.casefold() for a, label in facts.links[SKOS + "prefLabel"] if a in actions}
    saying = {a for a, text in texts.items() if "school" in re.findall(r"\w+", text)}
    assert first_column(answer('which actions mention "school"')) == saying
    assert first_column(answer("which actions mention school")) > saying
    assert "“elderly” finds “older” too." in answer("which actions mention elderly").sentence


@pytest.mark.parametrize(
    "question",
    [
        "What is the population of Leicester?",
        "Who is the chair of the board?",
        "How many priorities in the county strategy are about dementia?",
        "How long do men live?",
        "What are the challenges?",
        "When did the board vote on nurse vacancies?",
        "What did Public Health cost?",
        "Who is responsible for mental health?",
        "How many nurses work at UHL?",
        "How many people live in Leicester?",
        "What share of adults are obese?",
        "When was the draft strategy endorsed?",
        "Why are older people isolated?",
        "Why was the county review held?",
        "Why is gambling in the plan?",
        "How many commitments are there in the county strategy?",
    ],
)
def test_what_no_document_states_is_no_answer(question: str, asker: Asker) -> None:
    with pytest.raises(HwbsError):
        asker.ask(question)


def test_why_is_told_by_the_reasons_that_a_plan_gives(answer: Answers) -> None:
    for question, reason in (
        ("Why does the plan bother about breastfeeding?", "Why Healthy Start 2"),
        ("Why is suicide prevention in the plan?", "Why Healthy Minds 3"),
        ("what is the reason for decent homes", "Why Healthy Places 2"),
    ):
        told = answer(question)
        assert [row["reasonLabel"] for row in rows(told)] == [reason]
        assert all(row["summary"] and row["printedAt"] for row in rows(told))


def test_what_became_of_something_is_told_by_the_changes_between_plans(answer: Answers) -> None:
    zone = "the ultra-low emission zone"
    for question in (
        f"what became of {zone}",
        f"What happened to {zone} between 2019 and 2022?",
        f"is {zone} still in the plan",
        f"Was {zone} dropped?",
        "what has become of Places 3c",
    ):
        told = answer(question)
        assert told.sentence.startswith("2 changes between plans"), question
        labels = [row["changeBetweenPlansLabel"] for row in rows(told)]
        assert labels == ["dropped", "not mentioned in Leicester strategy 2022-27"]
        assert all(row["reason"] and row["basisLabel"] for row in rows(told))
    for question in (
        "what became of zeppelins",
        "is Housing still in Places 2a",
        "is anything new",
    ):
        with pytest.raises(HwbsError):
            answer(question)


def test_a_word_that_no_text_holds_is_left_over_and_no_answer(asker: Asker) -> None:
    with pytest.raises(NothingFoundError, match="zeppelins"):
        asker.ask("which actions are about zeppelins")


def test_each_word_of_a_question_counts(mentions: Mentions) -> None:
    """A question with a word less or more is another question, or none."""
    questions = [
        "how many actions involve Housing and Finance in Healthy Lives",
        "partners only in Healthy Minds",
        "how many actions in Healthy Places have at least 3 partners",
        "actions in Healthy Ageing without Public Health",
        "which partner is in the most actions",
    ]
    for question in questions:
        (meant,) = {each.question.key for each in read_question(question, mentions)}
        tokens = mentions.read(question)
        for token in tokens:
            if token.word in ("which", "in", "is", "the", "have", "involve", "at", "how", "and"):
                continue
            less = question[: token.start] + question[token.end :]
            assert meant not in understand(less, mentions), less
        for more in ("not", "without", "Derby", "2022", "LPT", "fewer", "last"):
            assert meant not in understand(f"{question} {more}", mentions), more
            assert meant not in understand(f"{more} {question}", mentions), more


def understand(text: str, mentions: Mentions) -> set[object]:
    """The questions that a text may ask, none if it is refused."""
    try:
        return {each.question.key for each in read_question(text, mentions)}
    except (NotRead, Unlinked, Unclear):
        return set()


def test_plans_of_other_shapes_and_languages_are_asked_in_the_same_words() -> None:
    asker = Asker(open_small(*PLANS))
    for question, number in (
        ("which actions are with Epsilon Public Health and Schools in Epsilon", 1),
        ("actions in Clean air to breathe without Epsilon Public Health", 2),
        ("is Epsilon Lung Club in Swap old stoves", 1),
        ("how many actions in Cwmni da", 2),
        ("actions of Gamma 2029 without Gamma Greens", 2),
        ("how many actions per plan", 6),
        ("which partners are on actions of Delta 2028", 2),
        ("which pillars does Gamma 2029 have", 1),
        ("priorities of Gamma 2029", 1),
        ("how many outcomes are there", 2),
        ("actions that are complete", 1),
        ("actions that are not complete", 5),
        ("actions with Epsilon Public Health due in 2028", 1),
        ("actions due before 2028", 3),
        ("who leads Stop engines at the school gate", 1),
        ("actions of Epsilon 2027 with no lead", 2),
    ):
        asked = asker.ask(question)
        assert isinstance(asked, Reply), question
        assert len(first_column(asked)) == number, (question, asked.sentence, rows(asked))


def test_every_format_holds_the_answer_and_the_sentence_stays_beside_it(hwbs: Hwbs) -> None:
    question = "which actions involve Homes and Neighbours"
    small = [part for path in SMALL for part in ("--graph", path)]
    asked = ("ask", question, "--only", *small)
    table = hwbs(*asked)
    assert table.code == 0
    assert table.out.startswith("1 action with Homes and Neighbours")
    assert hwbs(*asked, "--format", "markdown").out.startswith("1 action with Homes")
    told = hwbs(*asked, "--format", "json")
    assert told.err.startswith("1 action with Homes and Neighbours")
    assert len(json.loads(told.out)["results"]["bindings"]) == 1
    assert "SELECT" in hwbs(*asked, "--explain").out


def test_an_explanation_tells_parts_joins_and_sparql_as_its_schema_says(
    hwbs: Hwbs, record: Engine
) -> None:
    schema = json.loads((ROOT / "src/hwbs_graph/question/explanation.schema.json").read_text())
    for question, layer in (
        ("which partners are in Healthy Minds and nowhere else", "composed"),
        ("which actions mention schools", "composed"),
        ('which actions mention "school"', "composed"),
        ("is Public Health in every theme", "composed"),
        ("actions that address smoking by judgement", "composed"),
        ("which actions involve Housing", "saved"),
    ):
        run = hwbs("ask", question, "--explain", "--format", "json")
        told = json.loads(run.out)
        assert set(told) == set(schema["required"]) == set(schema["properties"])
        assert told["layer"] == layer
        item = schema["properties"]["conditions"]["items"]
        assert all(set(each) == set(item["required"]) for each in told["conditions"])
        things = [thing for each in told["conditions"] for one in each["things"] for thing in one]
        assert all(thing == "school" or thing[0].isalpha() for thing in things)
        signs = schema["properties"]["counted"]["properties"]["comparison"]["enum"]
        assert (told["counted"] or {"comparison": signs[0]})["comparison"] in signs
        assert all(each["why"].endswith(".") for each in told["conditions"])
        assert record.select(told["sparql"])
    text = hwbs("ask", "which partners are in Healthy Minds and nowhere else", "--explain").out
    assert "# theme “Healthy Minds”: Partners are reached through actions" in text


def test_yes_and_no_are_answers_and_nothing_found_is_none(hwbs: Hwbs) -> None:
    small = ["--only", *(part for path in SMALL for part in ("--graph", path))]
    yes = hwbs("ask", "is Homes in Good Company 1a", *small)
    no = hwbs("ask", "is Stove Society in Good Company 1a", *small)
    none = hwbs("ask", "actions with Stove Society in Good Company", *small)
    assert (yes.code, yes.out[:4]) == (0, "Yes:"), yes.err
    sentence = "No: there is no action, namely Open a café, with Stove Society.\n"
    assert (no.code, no.out) == (0, sentence)
    assert none.code == 1
    assert none.out.startswith("No action with Stove Society in Good Company (1 action with Stove ")


def test_every_kind_that_can_be_joined_is_joined_in_one_way() -> None:
    assert find_join("action", "partner") == find_join("action", "partner")
    for asked, other, carrier in (
        ("action", "partner", ""),
        ("partner", "action", ""),
        ("partner", "theme", "action"),
        ("theme", "partner", "action"),
        ("objective", "theme", ""),
        ("partner", "partner", "action"),
    ):
        join = find_join(asked, other)
        assert join is not None
        assert join.carrier == carrier, (asked, other)
    assert find_join("determinant", "theme") is None
    assert find_kind("partner").linked_by == "hwbs:involves"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("young peoples council???", "2 actions with Young People's Council"),
        ("Outside Healthy Places, where does Planning have to contribute?", "8 actions with Plann"),
        ("Could you kindly tell me what Planning has got to deliver", "18 actions with Planning"),
        ("what is being done for carers in the action plan", "1 action for carers"),
        ("anything on schools", "5 actions whose words hold “schools”"),
        ("Leaving Public Health aside, who carries the most actions?", "1 partner with the most"),
        ("Which action has the longest list of partners?", "1 action with the most partners"),
        ("List the actions that have exactly three bodies against them", "8 actions with exactly"),
        ("Does the CCG ever act without Public Health beside it?", "No: there is no action with N"),
        ("where do Sport and Planning work on the same thing", "8 actions with Sports Service and"),
        ("Housing's actions broken down for each theme", "16 actions with Housing per theme: 4 "),
        ("which actions mention ultra low emission zone", "1 action whose words hold “ultra low"),
    ],
)
def test_what_people_say_around_a_name_changes_nothing_but_what_it_says(
    question: str, sentence: str, answer: Answers
) -> None:
    assert answer(question).sentence.startswith(sentence)


def test_a_name_left_aside_is_left_out_of_the_most(answer: Answers, facts: Facts) -> None:
    number: dict[str, int] = {}
    for _, partner in facts.links[HWBS + "involves"]:
        number[partner] = number.get(partner, 0) + 1
    del number[HEALTH]
    most = {partner for partner, n in number.items() if n == max(number.values())}
    assert first_column(answer("leaving Public Health aside, who has the most actions")) == most
    others = facts.things("Partner") - {HEALTH}
    assert first_column(answer("partners other than Public Health")) == others


def test_a_misspelt_noun_is_mended_and_said_and_other_words_never_are(
    asker: Asker, answer: Answers
) -> None:
    told = answer("which actoins are with Housing and Finance").sentence
    assert told.startswith("5 actions with Housing and Finance")
    assert told.endswith(" “actoins” was read as “actions”.")
    for wrong in (
        "which auctions are with Housing and Finance",
        "which actions are with Housing and Finanse",
        "which actions with Housing and Finance are in Derbyy",
        "who is delivering zeppelins",
        "Leaving Public Health, who carries the most actions?",
        "aside actions with Housing and Finance",
    ):
        with pytest.raises(HwbsError):
            asker.ask(wrong)


@pytest.mark.parametrize(
    "question",
    [
        "has anything been done on smoking",
        "what has Public Health done in Healthy Minds",
        "what is not being done about smoking",
        "what is nobody doing about smoking",
        "anything new on smoking",
    ],
)
def test_a_plan_tells_nothing_of_what_was_or_is_not_done(question: str, asker: Asker) -> None:
    with pytest.raises(HwbsError):
        asker.ask(question)


class Small(NamedTuple):
    """Plans of other shapes, once in memory and once in rdflib, with their names."""

    memory: Engine
    names: Mentions
    graph: Graph


@pytest.fixture(scope="module")
def small() -> Small:
    memory = open_small(*PLANS)
    triples = (quad.triple for quad in memory.snapshot())
    graph = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return Small(memory, Mentions(memory), graph)


def test_the_most_and_what_is_other_than_a_body_are_the_same_in_rdflib(small: Small) -> None:
    for question, number in (
        ("which action has the most partners", 4),
        ("partners with the most actions other than Gamma Greens", 1),
    ):
        (reading,) = read_question(question, small.names)
        mine = first_column(answer_reading(small.memory, reading))
        theirs = small.graph.query(explain_reading(question, reading)["sparql"])
        variable = next(iter(theirs.vars or ()))
        assert {str(row[variable]) for row in theirs.bindings} == mine
        assert len(mine) == number


def test_bodies_are_asked_for_by_words_of_their_names(
    answer: Answers, facts: Facts, mentions: Mentions
) -> None:
    named = {
        partner
        for name in ("prefLabel", "altLabel")
        for partner, label in facts.labels(name)
        if re.search(r"\bpolice\b", label.casefold()) and partner in facts.things("Partner")
    }
    linked = set().union(*(facts.linked("involves", each) for each in named))
    assert named
    assert linked
    assert first_column(answer("Which actions involve the police?")) == linked
    unlinked = facts.things("Action") - linked
    assert first_column(answer("Which actions do not involve the police?")) == unlinked
    reply = answer("Which actions involve the police?")
    assert "with any body named “police”" in reply.sentence
    (again,) = read_question(speak(reply.question), mentions)
    assert again.question.key == reply.question.key


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is involved in the ultra-low emission zone?", "partners of actions whose words hold"),
        ("Who helps with tenancies?", "6 partners of actions whose words hold “tenancies”"),
        ("Which actions involve employers?", "2 actions whose words hold “employers”"),
        ("Which actions involve schools?", "5 actions whose words hold “schools”"),
        ("Is Finance involved in improving air quality?", "No: there is no action with Finance"),
        ("Who is behind the warm homes scheme?", "5 partners of actions that address Warm homes"),
        ("Which actions does Leicestershire Cares support?", "4 actions with Leicestershire Cares"),
    ],
)
def test_words_behind_a_link_that_no_name_covers_are_those_of_actions(
    question: str, sentence: str, answer: Answers
) -> None:
    assert sentence in answer(question).sentence


@pytest.mark.parametrize(
    "question",
    [
        "Which actions involve the fire service?",
        "Which actions are in Nottingham?",
        "Which actions are in progress?",
        "Which partners work in Leicester?",
        "Which actions support Public Health?",
        "Which actions mention improving sleep?",
        "Who is involved in the hyperloop zone?",
    ],
)
def test_words_that_nothing_holds_or_that_say_too_little_are_refused(
    question: str, asker: Asker
) -> None:
    with pytest.raises(HwbsError):
        asker.ask(question)


def test_when_is_told_by_the_date_that_the_verb_asks_for_and_no_other(
    answer: Answers, facts: Facts, asker: Asker
) -> None:
    dcterms = PREFIXES["dcterms"]
    agreed = dict(facts.links[f"{dcterms}dateAccepted"])
    issued = dict(facts.links[f"{dcterms}issued"])
    assert agreed
    reply = answer("When was the county strategy approved?")
    assert first_column(reply) == set(agreed)
    assert all(date in reply.sentence for date in agreed.values())
    published = answer("When was the 2019 strategy published?")
    assert published.sentence.startswith("1 dated thing, namely the 2019 strategy, told by the dat")
    assert first_column(published) == {f"{THINGS}leicester-2019"} <= set(issued)
    ended = answer("When will the strategy review conclude?")
    assert "Review of the Leicestershire strategy, 2025, 2025-09" in ended.sentence
    # A date of publication is none of agreement.
    for question in ("When was the 2019 strategy approved?", "When did the Board scrap the zone?"):
        with pytest.raises(NothingFoundError):
            asker.ask(question)


def test_duties_are_told_by_their_verb_and_members_by_the_whole_list(
    answer: Answers, facts: Facts, asker: Asker
) -> None:
    told = dict(facts.links[f"{PREFIXES['dcterms']}description"])
    managed = {duty for duty in facts.things("Responsibility") if "Manages" in told[duty]}
    reply = answer("which body runs the 2019 strategy day to day")
    assert first_column(reply) == managed != set()
    assert "“runs” finds “manage”" in reply.sentence
    members = asker.ask("Who sits on the city's Health & Wellbeing Board these days?")
    assert isinstance(members, Understood)
    assert members.query.name == "report/members"
    for question in (
        "Who chairs the Leicester Health and Wellbeing Board?",
        "Who approved the county strategy?",
        "Who leads the 2022 strategy?",
    ):
        with pytest.raises(HwbsError):
            asker.ask(question)


def test_principles_and_examples_are_those_of_a_plan_and_a_theme(
    answer: Answers, facts: Facts
) -> None:
    plan, start = f"{THINGS}leicester-2022", f"{THINGS}leicester-2022/theme/start"
    principles = facts.things("GuidingPrinciple") & facts.linked("inPlan", plan)
    assert first_column(answer("the guiding principles of the 2022 strategy")) == principles
    examples = facts.things("Example") & facts.linked("withinTheme", start)
    assert first_column(answer("how many examples are in Healthy Start")) == examples != set()
    campaign = answer("Name of the suicide prevention campaign?")
    assert first_column(campaign) <= facts.things("Example")


def test_figures_are_found_by_their_measure_and_held_against_each_other(
    answer: Answers, facts: Facts, asker: Asker
) -> None:
    measured = facts.links[f"{HWBS}measuredBy"]
    for question in (
        "Do men or women spend more years with a poorer quality of life?",
        "How does Leicester compare with England for people under 25?",
    ):
        found = first_column(answer(question))
        measures = {measure for figure, measure in measured if figure in found}
        assert len(measures) == 1, question
        alike = {figure for figure, measure in measured if measure in measures}
        assert found == alike & facts.things("Claim")
        assert len(found) > 1, question
    gap = answer("What is the life expectancy gap for men?")
    assert "seven years longer" in str(gap.rows.text_rows())
    several = answer("How many people in Leicester have diabetes?")
    assert several.rows.size == 3
    for question in (
        "smoking rates",
        "What is the average age of residents?",
        "What is the budget of the Health Through Warmth Scheme?",
        "Depression compared with England",
        "Is the county's approach better than the city's?",
    ):
        with pytest.raises(HwbsError):
            asker.ask(question)


def test_what_only_questions_know_is_the_same_in_rdflib(small: Small) -> None:
    words = Condition(WORDS, (("cold",), ("homes",)), ("cold", "homes"))
    when = Condition(WHEN, ((f"{PREFIXES['dcterms']}temporal",),), ("the years",), "all", "same")
    beta = Condition(WORDS, (("beta",),), ("beta",))
    (bodies,) = read_question("actions with any body named “parks”", small.names)
    duty = Condition(WORDS, (("homes",),), ("homes",))
    for reading, number in (
        (bodies.question, 2),
        (Question("list", COMPARED, (words,)), 2),
        (Question("list", DATED, (beta, when)), 1),
        (Question("list", DUTY, (duty,)), 1),
    ):
        asked = Reading(reading, compose(reading))
        mine = first_column(answer_reading(small.memory, asked))
        theirs = small.graph.query(explain_reading("", asked)["sparql"])
        variable = next(iter(theirs.vars or ()))
        assert {str(row[variable]) for row in theirs.bindings} == mine
        assert len(mine) == number, reading


def test_progress_goes_by_the_words_of_the_field(small: Small) -> None:
    for words in ("complete", "delivered", "finished"):
        (reading,) = read_question(f"which actions are {words}", small.names)
        assert answer_reading(small.memory, reading).rows.size == 1


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Which actions are about play?", "1 action whose words hold “play”"),
        ("Why is breastfeeding encouraged?", "1 reason whose words hold “breastfeeding”"),
        ("What is the ambition of Healthy Ageing?", "3 ambitions in Healthy Ageing"),
        ("Which actions are carried out by universities?", "1 action with any university"),
        ("Does any action mention the cost of living?", "No: there is no action whose words hold"),
    ],
)
def test_names_that_are_verbs_too_and_what_is_mentioned_nowhere_are_told(
    question: str, sentence: str, answer: Answers
) -> None:
    assert answer(question).sentence.startswith(sentence)


def test_one_group_of_people_that_narrows_another_is_no_list_of_both(asker: Asker) -> None:
    with pytest.raises(NothingFoundError):
        asker.ask("What are we doing for young people who are NEET?")
