"""The program knows no board: no name, theme, code or place of the record stands in it.

The names come from the record, so the test grows with it. The texts are the string literals of
`src/`, docstrings among them, the queries, the general shapes and rules, the templates and the
scripts.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.query import catalogue
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Names that any board has, and words that are no name where the program says them.
GENERIC = {
    "Action plan": "what such a plan is called",
    "Adult Social Care": "a service of every council with social care",
    "HWB": "short for the next",
    "Health and Wellbeing Board": "what such a board is called",
    "Housing": "a service of every council",
    "Public Health": "a service of every council with public health",
    "Start": "begins sentences",
}
#: A name is at least so long: a code such as “1a” is no name.
SHORTEST = 3
#: The kinds whose names a board chooses; determinants, families and statuses are code lists.
KINDS = (
    "action",
    "board or subgroup",
    "document",
    "objective",
    "partner",
    "plan",
    "priority",
    "theme",
)


def read_literals(path: Path) -> Iterator[str]:
    """The string literals of a module; those of its f-strings in their parts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def read_texts() -> Iterator[tuple[str, str]]:
    """Where the program says something, and what it says."""
    source = ROOT / "src" / "hwbs_graph"
    for path in sorted(source.rglob("*.py")):
        yield path.name, "\n".join(read_literals(path))
    others = [
        *(ROOT / "queries").rglob("*.rq"),
        *(ROOT / "ontology" / "rules").rglob("*.rq"),
        ROOT / "ontology" / "shapes.ttl",
        ROOT / "ontology" / "kinds.ttl",
        *source.rglob("*.j2"),
        *(path for path in source.rglob("*.js") if ".bundle" not in path.name),
    ]
    for path in others:
        yield path.name, path.read_text("utf-8")


def list_known(record: Engine) -> set[str]:
    """The names of the record's own things, and its places: a plan's short label without year."""
    kinds = [kind for kind in bundled.registry().named if kind in KINDS]
    assert len(kinds) == len(KINDS)
    found = {name.text for name in names.list_names(record, kinds)}
    shorts = {row["short"] for row in run_named(record, "internal/drawn-plans")}
    places = {re.sub(r"\s+\d{4}.*$|\s+(City )?Council$", "", short) for short in shorts | found}
    return {text for text in found | places if len(text) >= SHORTEST}


def find_known(known: set[str], text: str) -> set[str]:
    """The names that stand in a text as whole words."""
    inside = {name for name in known if name in text}
    return {n for n in inside if re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)}


def test_no_name_of_the_record_stands_in_the_program(record: Engine) -> None:
    known = list_known(record)
    assert {"Leicester", "Leicestershire", "leicester-2019", "Minds", "S002"} <= known
    assert len(known) > 300
    own = known - {*GENERIC}
    told = {place: found for place, text in read_texts() if (found := find_known(own, text))}
    assert told == {}


@pytest.mark.parametrize("text", ["e.g. Leicester 2019 Places", "“Minds 3c”", "id/leicester-2019/"])
def test_a_name_that_is_put_in_would_be_found(text: str, record: Engine) -> None:
    assert find_known(list_known(record), text)


def test_each_generic_name_is_one_of_the_record_that_the_program_says(record: Engine) -> None:
    texts = [text for _, text in read_texts()]
    known = list_known(record)
    for name in GENERIC:
        assert name in known
        assert any(name in text for text in texts)


def find_years(query: catalogue.NamedQuery) -> set[str]:
    """The years in what a query says it answers; an example of a parameter may have one."""
    said = " ".join((query.summary, query.description, *query.asks))
    return set(re.findall(r"\b(?:19|20)\d\d\b", said))


def test_no_query_says_a_year_as_each_board_has_its_own() -> None:
    queries = [*catalogue.all_queries()]
    assert len(queries) > 90
    assert {query.name: years for query in queries if (years := find_years(query))} == {}


def test_a_year_in_a_wording_would_be_found() -> None:
    query = catalogue.load("compare/continuity")
    wording = "what changed between 2019 and 2022"
    assert find_years(query._replace(asks=(*query.asks, wording))) == {"2019", "2022"}
