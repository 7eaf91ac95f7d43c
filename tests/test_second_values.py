"""A second label, code, kind or council changes no count: one is chosen, and none is lost."""

import json
import random
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize
from support import SMALL, Hwbs, open_small

from hwbs_graph import checks, load, names, network
from hwbs_graph.data import bundled, corpus
from hwbs_graph.data.repeated_values import choose_values
from hwbs_graph.model.single_values import FURTHER, find_further
from hwbs_graph.model.vocabulary import PREFIXES, TERMS, THINGS, shorten
from hwbs_graph.query import catalogue, results
from hwbs_graph.store import Embedded, Engine, open_disk_store

LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
SHORT = NamedNode(TERMS + "shortLabel")
CODE = NamedNode(PREFIXES["skos"] + "notation")
TYPE = NamedNode(PREFIXES["rdf"] + "type")
UNIT = NamedNode(PREFIXES["org"] + "unitOf")
KIND = NamedNode(PREFIXES["org"] + "classification")
HOMES = NamedNode(THINGS + "partner/homes")
ELSEWHERE = NamedNode("https://zz.test/elsewhere")
#: It gives every statement there is.
EVERYTHING = "network/links-of-thing"
FILES = (*SMALL, *corpus.vocabulary_files())


def stated() -> Iterator[Triple]:
    for path in FILES:
        yield from (quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE))


#: Text and language of a second value, and the properties that get it.
Second = tuple[str, str | None, Collection[NamedNode]]


def second(value: object, text: str, language: str | None) -> object:
    """Another value beside one; codes of a list and bodies get one that sorts behind."""
    if not isinstance(value, Literal):
        return ELSEWHERE
    other = f"{text} {value.value}"
    return Literal(other, language=language) if language else Literal(other)


def beside(folder: Path, case: Second) -> Path:
    """A file with a second value for everything that has one of the properties."""
    text, language, properties = case
    more = {
        Triple(each.subject, each.predicate, second(each.object, text, language))  # type: ignore[arg-type]
        for each in stated()
        if each.predicate in properties
    }
    more.add(Triple(ELSEWHERE, LABEL, Literal("Elsewhere", language="en")))
    path = folder / "second.ttl"
    path.write_bytes(serialize(more, format=RdfFormat.TURTLE) or b"")
    return path


CASES: dict[str, Second] = {
    "a Welsh label beside each English one": ("A", "cy", [LABEL]),
    "a label in British English": ("A", "en-gb", [LABEL]),
    "a label without a language": ("A", None, [LABEL]),
    "another English label": ("zz", "en", [LABEL]),
    "two codes": ("0", None, [CODE]),
    "two short labels": ("A", "cy", [SHORT]),
    "two kinds of body, and two councils": ("", None, [KIND, UNIT]),
    "two of everything that is single": ("A", "cy", FURTHER),
}


def tell(engine: Engine, name: str) -> list[str]:
    answer = results.run_query(engine, catalogue.load(name).text, name=name)
    if isinstance(answer, results.Rows):
        return [repr(row) for row in answer.rows]
    assert isinstance(answer, results.Triples)
    return sorted(map(str, answer.triples))


tell_small = cache(tell)


@pytest.mark.parametrize("case", CASES)
def test_a_second_value_changes_no_answer_of_the_catalogue(
    case: str, small: Engine, tmp_path: Path
) -> None:
    engine = open_small(beside(tmp_path, CASES[case]))
    assert engine.size() > small.size() + 4
    for name in catalogue.query_names():
        if name != EVERYTHING:
            assert tell(engine, name) == tell_small(small, name), name
    assert len(tell(engine, EVERYTHING)) > len(tell_small(small, EVERYTHING))


#: Classes that a thing may have both of, and the list that names it once.
TWO_CLASSES = {
    "report/plans": ("Strategy", "ActionPlan"),
    "report/objectives": ("PlanObjective", "LetteredObjective"),
    "report/priorities": ("Priority", "SubPriority"),
    "report/subgroups": ("Board", "Subgroup"),
}


@pytest.mark.parametrize("name", TWO_CLASSES)
def test_a_list_names_a_thing_of_two_classes_once(name: str, small: Engine, tmp_path: Path) -> None:
    first, other = (NamedNode(TERMS + each) for each in TWO_CLASSES[name])
    more = [
        Triple(each.subject, TYPE, other)
        for each in stated()
        if each.predicate == TYPE and each.object == first
    ]
    assert more
    (tmp_path / "two.nt").write_bytes(serialize(more, format=RdfFormat.N_TRIPLES) or b"")
    assert tell(open_small(tmp_path / "two.nt"), name) == tell(small, name)


#: What may be named by two properties, and the list that names it once.
TWO_WAYS = {
    "trust/judgements": f"<{THINGS}agent/tester> <{LABEL.value}> 'tester'@en .",
    "report/partners": f"<{HOMES.value}> <{PREFIXES['org']}postIn> <{THINGS}partner/stoves> .",
}


@pytest.mark.parametrize("name", TWO_WAYS)
def test_a_list_names_once_what_two_properties_name(
    name: str, small: Engine, tmp_path: Path
) -> None:
    (tmp_path / "two.ttl").write_text(TWO_WAYS[name], "utf-8")
    assert tell(open_small(tmp_path / "two.ttl"), name) == tell(small, name)


def test_the_kind_and_the_label_of_what_has_several_are_the_same_in_every_run(
    tmp_path: Path,
) -> None:
    path, iri = tmp_path / "two.ttl", "https://ex.test/x"
    path.write_text(
        f"<{iri}> a <https://ex.test/C> , <{TERMS}Membership> , <{TERMS}Involvement> ; "
        f"<{PREFIXES['rdfs']}label> 'other' ; <{LABEL.value}> 'preferred' .",
        "utf-8",
    )
    assert names.find(open_small(path), iri) == names.Thing(iri, "involvement", "preferred")


def test_a_copy_of_a_server_has_one_value_chosen(small: Engine) -> None:
    store = Store()
    store.bulk_extend(small.snapshot())
    store.add(Quad(HOMES, LABEL, Literal("Cartrefi", language="cy"), NamedNode("urn:g")))
    before = len(tell(small, "report/actions-by-partner"))
    assert len(tell(Embedded(store), "report/actions-by-partner")) > before
    choose_values(store)
    assert tell(Embedded(store), "report/actions-by-partner") == tell(
        small, "report/actions-by-partner"
    )


def test_a_plan_in_welsh_alone_gives_as_many_rows(small: Engine, tmp_path: Path) -> None:
    for path in SMALL:
        text = path.read_text("utf-8").replace("@en", "@cy")
        (tmp_path / path.name).write_text(text, "utf-8")
    welsh = Embedded(corpus.open_store([tmp_path], base=corpus.vocabulary_files()))
    for name in catalogue.query_names():
        assert len(tell(welsh, name)) == len(tell(small, name)), name


@pytest.fixture(scope="module")
def double_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plans in a store, with a second value of everything that is single."""
    folder = tmp_path_factory.mktemp("double")
    load.load(folder / "s", [*SMALL, beside(folder, ("A", "cy", FURTHER))])
    return folder / "s"


def test_a_store_on_disk_chooses_as_memory_does(double_store: Path, small_store: Path) -> None:
    double, single = open_disk_store(double_store), open_disk_store(small_store)
    for name in catalogue.query_names():
        if name != EVERYTHING:
            assert tell(double, name) == tell(single, name), name


COMMANDS = [
    *(f"list {kind}" for kind in ("plans", "partners", "actions", "objectives", "determinants")),
    "list actions --partner Homes --theme Warmth --format json",
    "partner Homes",
    "partner Homes --format json",
    "path Stoves Neighbours",
    "path Stoves Damp",
    *(f"analyse {what}" for what in ("bridges", "gaps", "co-working")),
    "compare alpha-2030 beta-2035",
    "ask how+many+actions+involve+Homes?",
    "ask which+actions+involve+Homes? --format csv",
    *(f"export {format}" for format in ("graphml", "gexf", "stratml", "csv")),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_the_same_with_second_values(
    command: str, hwbs: Hwbs, double_store: Path, small_store: Path, tmp_path: Path
) -> None:
    arguments = [each.replace("+", " ") for each in command.split()]
    told = []
    for store in (small_store, double_store):
        run = hwbs(
            *arguments, *(["-o", tmp_path / "o"] * ("export" in arguments)), "--store", store
        )
        files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
        told.append((run.code, run.out, [path.read_bytes() for path in files]))
    assert told[0] == told[1]
    assert told[0][1] or told[0][2]


def test_the_view_shows_the_same_and_finds_a_thing_by_its_other_label(
    double_store: Path, small_store: Path
) -> None:
    double, single = (open_disk_store(store) for store in (double_store, small_store))
    mine, found = network.project_record(single), network.project_record(double)
    assert list(found.edges(data=True)) == list(mine.edges(data=True))
    for iri, data in mine.nodes(data=True):
        other = found.nodes[iri]
        assert {**other, "aliases": None} == {**data, "aliases": None}
        assert set(data.get("aliases", ())) <= set(other.get("aliases", ()))


@pytest.mark.parametrize(
    "name", ["Stoves", "A Homes", "A Warm Homes 1a", "A alpha-2030-action-plan"]
)
def test_a_thing_is_found_by_each_of_its_names(
    name: str, tmp_path: Path, double_store: Path
) -> None:
    memory = open_small(beside(tmp_path, ("A", "cy", FURTHER)))
    found = names.find(memory, name)
    assert not found.label.startswith("A ")
    assert names.find(open_disk_store(double_store), name) == found


def test_no_statement_of_a_file_is_lost_in_exports(
    hwbs: Hwbs, double_store: Path, tmp_path: Path
) -> None:
    given = set(stated()) | {
        quad.triple
        for quad in parse(path=double_store.parent / "second.ttl", format=RdfFormat.TURTLE)
    }
    for format in ("nt", "ttl", "trig", "jsonld"):
        path = tmp_path / f"all.{format}"
        assert hwbs("export", format, "-o", path, "--store", double_store).code == 0
        written = {Triple(*quad.triple) for quad in parse(path=path)}
        assert given <= written
        assert not any("hwbs/further#" in triple.predicate.value for triple in written)


def test_an_export_gives_the_same_answers_again(
    double_store: Path, hwbs: Hwbs, tmp_path: Path
) -> None:
    assert hwbs("export", "trig", "-o", tmp_path / "a.trig", "--store", double_store).code == 0
    load.load(tmp_path / "s", [tmp_path / "a.trig"])
    again = open_disk_store(tmp_path / "s")
    for name in ("report/partners", "report/actions-by-partner"):
        assert tell(again, name) == tell(open_disk_store(double_store), name)


def test_show_and_sparql_give_every_label(hwbs: Hwbs, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f'<{HOMES.value}> <{LABEL.value}> "Cartrefi"@cy .', "utf-8")
    own = (*SMALL, path)
    shown = hwbs("show", HOMES.value, *(each for file in own for each in ("--graph", file)))
    assert "pref label (further): Cartrefi" in shown.out
    query = (
        f"PREFIX further: <{PREFIXES['further']}> "
        f"SELECT ?l {{ <{HOMES.value}> <{LABEL.value}>|further:prefLabel ?l }}"
    )
    answer = results.run_query(open_small(path), query)
    assert isinstance(answer, results.Rows)
    assert {row["l"] for row in answer.text_rows()} == {"Homes", "Cartrefi"}


#: A second value, the severity, and the sentence.
TOLD = {
    '"Cartrefi"@cy': (
        "warning",
        "Of skos:prefLabel, answers use “Homes”@en and not “Cartrefi”@cy.",
    ),
    '"Abodes"@en': (
        "violation",
        "Of skos:prefLabel, answers use “Abodes”@en and not “Homes”@en: "
        "keep the one that is meant.",
    ),
}


@pytest.mark.parametrize("value", TOLD)
def test_check_says_which_value_counts(value: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"<{HOMES.value}> <{LABEL.value}> {value} .", "utf-8")
    found = [each for each in checks.run(open_small(path)) if each.rule == "second value"]
    assert [(each.severity, each.message) for each in found] == [TOLD[value]]
    assert found[0].focus == HOMES.value


def test_check_says_that_a_graph_loaded_elsewhere_counts_a_thing_twice(tmp_path: Path) -> None:
    store = Store()
    store.bulk_extend(open_small().snapshot())
    store.add(Quad(HOMES, LABEL, Literal("Cartrefi", language="cy"), NamedNode("urn:g")))
    (found,) = (each for each in checks.run(Embedded(store)) if each.rule == "second value")
    assert found.severity == "violation"
    assert "“Cartrefi”@cy, “Homes”@en, and every answer counts each" in found.message


VALUES = st.builds(
    lambda text, language: Literal(text, language=language) if language else Literal(text),
    st.text(max_size=3),
    st.sampled_from([None, "en", "en-gb", "en-us", "cy", "fr"]),
)


@given(st.lists(VALUES, min_size=1, max_size=6), st.randoms())
def test_one_value_counts_whatever_the_order(values: list[Literal], chance: random.Random) -> None:
    further = find_further(LABEL, values)
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert find_further(LABEL, shuffled) == further
    (counts,) = set(values) - set(further)
    assert set(further) | {counts} == set(values)
    filled = [value for value in values if value.value.strip()]
    if any(value.language == "en" for value in filled):
        assert counts.language == "en"
    elif any((value.language or "").startswith("en-") for value in filled):
        assert (counts.language or "").startswith("en-")
    elif any(not value.language for value in filled):
        assert counts.language is None


THINGS_WITH_LABELS = sorted({each.subject for each in stated() if each.predicate == LABEL}, key=str)
OTHERS = st.builds(Literal, st.text(max_size=4), language=st.sampled_from(["cy", "fr", "en-gb"]))


@settings(max_examples=8)
@given(st.dictionaries(st.sampled_from(THINGS_WITH_LABELS), st.lists(OTHERS, max_size=3)))
def test_no_further_labels_change_the_lists(
    small: Engine, more: dict[NamedNode, list[Literal]]
) -> None:
    store = Store()
    store.bulk_extend(small.snapshot())
    store.extend(
        Quad(thing, LABEL, label, NamedNode("urn:g"))
        for thing, own in more.items()
        for label in own
    )
    choose_values(store)
    for name in ("report/partners", "report/partner-responsibilities"):
        assert tell(Embedded(store), name) == tell(small, name)


#: What a shape asks for once, and each of which is a fact: a link between two things.
LINKS = """
    hwbs:absentFrom hwbs:action hwbs:body hwbs:deliversObjective hwbs:determinant hwbs:element
    hwbs:from hwbs:inTheme hwbs:mappedFrom hwbs:mappedTo hwbs:ofReview hwbs:partner
    hwbs:populationGroup hwbs:refersTo hwbs:reviewOf hwbs:sentenceOf hwbs:statedIn
    hwbs:subgroupOf hwbs:theme hwbs:to oa:hasSource org:organization
    prov:wasAttributedTo prov:wasQuotedFrom skos:inScheme
    """


def test_what_a_shape_asks_for_once_is_single_or_a_link() -> None:
    sh = PREFIXES["sh"]
    quads = list(parse(path=bundled.folder("ontology") / "shapes.ttl", format=RdfFormat.TURTLE))
    once = {quad.subject for quad in quads if quad.predicate.value == f"{sh}maxCount"}
    paths = {
        str(shorten(quad.object.value))
        for quad in quads
        if quad.predicate.value == f"{sh}path"
        and quad.subject in once
        and isinstance(quad.object, NamedNode)
    }
    assert paths <= {shorten(each.value) for each in FURTHER} | set(LINKS.split())
    assert len(paths) > 30


def test_a_theme_keeps_its_number_and_its_letter() -> None:
    number, letter = (
        Literal(text, datatype=NamedNode(TERMS + kind))
        for text, kind in (("1", "themeNumber"), ("A", "themeLetter"))
    )
    assert find_further(CODE, [number, letter]) == []
    assert find_further(CODE, [number, letter, Literal("0")]) == [Literal("0")]


def test_a_reader_of_json_gets_numbers_that_are_right(hwbs: Hwbs, double_store: Path) -> None:
    sheet = json.loads(hwbs("partner", "Homes", "--format", "json", "--store", double_store).out)
    assert sheet["partner"]["label"] == "Homes"
    assert sum(len(action["sources"]) for action in sheet["actions"]) == 3


@pytest.mark.parametrize("other", ["Ambition", "ApproachExpectation", "Example", "Vision"])
def test_an_element_of_two_classes_stands_in_one_row(other: str, tmp_path: Path) -> None:
    path = tmp_path / "two.ttl"
    objective = "https://w3id.org/hwbs/id/alpha-2030/objective/warmth-1"
    path.write_text(f"<{objective}> a <https://w3id.org/hwbs/ns#{other}> .", "utf-8")
    engines = open_small(), open_small(path)
    found, twice = (results.run_named(each, "report/elements") for each in engines)
    assert len(found) == len(twice)
    assert len([row for row in twice if row["element"] == objective]) == 1
