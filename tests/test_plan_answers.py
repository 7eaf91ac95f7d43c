"""Plans of other shapes: the answers to named questions, worked out by hand from the four plans.

Each file in `plans/answers/` has the columns that the shape of a plan changes, and a thing by the
last part of its IRI; `name.parameter=value.csv` is the answer to a question with a parameter.
"""

import csv
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from support import PLANS, ROOT

from hwbs_graph.data import corpus
from hwbs_graph.query import catalogue
from hwbs_graph.store import Embedded, Engine, Term

ANSWERS = ROOT / "tests" / "plans" / "answers"
FILES = sorted(path.relative_to(ANSWERS).as_posix() for path in ANSWERS.rglob("*.csv"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Embedded(corpus.open_store(PLANS, base=corpus.vocabulary_files()))


def read_name(file: str) -> tuple[str, dict[str, Term]]:
    """Return the question that a file answers, and what is given for its parameter."""
    name, _, given = file.removesuffix(".csv").partition(".")
    key, _, value = given.partition("=")
    thing = NamedNode(value) if ":" in value else Literal(value)
    return name, {key: thing} if given else {}


def shorten(value: str | None) -> str:
    """Return the last part of an IRI, and any other value as it is."""
    return (value or "").rpartition("/")[2] if (value or "").startswith("http") else value or ""


@pytest.mark.parametrize("file", FILES)
def test_a_question_has_the_answer_that_a_person_reads_in_the_plans(
    file: str, engine: Engine
) -> None:
    name, bindings = read_name(file)
    with Path(ANSWERS / file).open(encoding="utf-8", newline="") as opened:
        header, *expected = csv.reader(opened)
    rows = engine.select(catalogue.load(name).text, bindings, name)
    found = [[shorten(row.get(column)) for column in header] for row in rows]
    assert sorted(found) == sorted(expected)


def test_an_action_of_two_objectives_in_two_themes_has_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "omega.ttl"
    path.write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:p> a hwbs:Strategy ; skos:prefLabel 'Omega'@en .\n"
        + "".join(
            f"<urn:t{n}> a hwbs:Theme ; hwbs:inPlan <urn:p> ; skos:prefLabel 'Theme {n}'@en .\n"
            f"<urn:o{n}> a hwbs:PlanObjective ; hwbs:inPlan <urn:p> ; hwbs:inTheme <urn:t{n}> ;"
            f" skos:prefLabel 'Objective {n}'@en .\n"
            for n in (1, 2)
        )
        + "<urn:a> a hwbs:Action ; hwbs:inPlan <urn:p> ; skos:prefLabel 'Act'@en ;"
        " hwbs:deliversObjective <urn:o1>, <urn:o2> .\n",
        "utf-8",
    )
    engine = Embedded(corpus.open_store([path], base=corpus.vocabulary_files()))
    for name, upper in (("report/elements", "under"), ("report/actions", "objective")):
        rows = engine.select(catalogue.load(name).text)
        own = [(row[upper], row["theme"]) for row in rows if "urn:a" in row.values()]
        assert sorted(own) == [("urn:o1", "urn:t1"), ("urn:o2", "urn:t2")]
