"""Things without an IRI, as other people's files have them, end no command in a traceback."""

import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, parse, serialize
from support import SMALL

from hwbs_graph import load, names, network
from hwbs_graph.api import Graph
from hwbs_graph.checks.unnamed_things import find_unnamed_things
from hwbs_graph.data import bundled, corpus
from hwbs_graph.errors import UsageError
from hwbs_graph.model.vocabulary import RDF, TERMS
from hwbs_graph.store import Embedded, Engine, open_disk_store
from hwbs_graph.write.export import WRITERS

KINDS = (
    "Action",
    "Ambition",
    "DeterminantLink",
    "Division",
    "Involvement",
    "Partner",
    "Passage",
    "PlanObjective",
    "Rationale",
    "Theme",
    "Vision",
)


def write_unnamed(folder: Path, kind: str) -> Path:
    """Write the small plans as a file in which the things of one class have no IRI."""
    quads = [quad for path in SMALL for quad in parse(path=path, format=RdfFormat.TURTLE)]
    things = [
        q.subject for q in quads if q.predicate == RDF.type and str(q.object) == f"<{TERMS}{kind}>"
    ]
    assert things
    nodes = {thing: BlankNode(f"n{number}") for number, thing in enumerate(things)}
    changed = [
        Quad(nodes.get(q.subject, q.subject), q.predicate, nodes.get(q.object, q.object))
        for q in quads
    ]
    path = folder / f"{kind}.ttl"
    serialize((quad.triple for quad in changed), output=str(path), format=RdfFormat.TURTLE)
    return path


def open_unnamed(folder: Path, kind: str) -> Engine:
    base = [*corpus.vocabulary_files(), write_unnamed(folder, kind)]
    return Embedded(corpus.open_store(base=base[:-1], extra=base[-1:]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_unnamed_things_is_written_whole(kind: str, tmp_path: Path) -> None:
    engine = open_unnamed(tmp_path, kind)
    known = bundled.registry().kinds
    if any(f"{TERMS}{kind}" in each.classes for each in known):
        (found,) = find_unnamed_things(engine)
        assert re.match(r"\d+ [\w ]+ (has|have) no IRI; give each one", found.message)
    assert len(network.project_plan(engine, None)) > 1
    for format in ("graphml", "gexf", "stratml"):
        assert WRITERS[format].write(engine)


@pytest.mark.parametrize("kind", ["Action", "Division", "Theme"])
def test_unnamed_things_are_loaded_into_a_store(kind: str, tmp_path: Path) -> None:
    told = load.load(tmp_path / "s", [write_unnamed(tmp_path, kind)]).warnings
    assert "no IRI; give each one" in told[0]
    stored = open_disk_store(tmp_path / "s")
    count = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{TERMS}{kind}> }}"
    assert stored.select(count) == open_unnamed(tmp_path, kind).select(count)
    assert len(names.list_names(stored)) > 10


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [("Action", "Lag every loft", "action"), ("Division", "Homes", "partner")],
)
def test_the_name_of_an_unnamed_thing_is_answered_with_the_cure(
    kind: str, name: str, told: str, tmp_path: Path
) -> None:
    load.load(tmp_path / "s", [write_unnamed(tmp_path, kind)])
    for engine in (open_unnamed(tmp_path, kind), open_disk_store(tmp_path / "s")):
        with pytest.raises(UsageError, match=f"unnamed node.* give the {told} an IRI"):
            names.find(engine, name, told)


def test_a_question_about_an_unnamed_partner_is_no_traceback(tmp_path: Path) -> None:
    graph = Graph(open_unnamed(tmp_path, "Division"))
    with pytest.raises(UsageError, match="give the partner an IRI"):
        graph.ask("which actions involve Homes?")


def test_an_unnamed_plan_is_told_to_have_an_iri(tmp_path: Path) -> None:
    engine = open_unnamed(tmp_path, "ActionPlan")
    for format in ("graphml", "gexf", "stratml"):
        with pytest.raises(UsageError, match="“Alpha action plan 2030” is an unnamed node"):
            WRITERS[format].write(engine)
