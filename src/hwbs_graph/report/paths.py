"""How two things are connected: chains of statements, each with what it rests on.

The graph is the plan as people read it: theme, objective, action and partner, what bears on
which determinant, what became of what, who answers for it. Type, status, basis, document and
plan are left out: they join everything to everything, and explain nothing.

Out of scope: finding the two things (`names`), and everything known of one thing (`briefing`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, TypedDict

from hwbs_graph.data import bundled
from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.report.marked_answers import list_over, name_over
from hwbs_graph.report.path_graph import build_graph, find_grounds
from hwbs_graph.report.wrapping import wrap
from hwbs_graph.store import Engine
from hwbs_graph.text import count, parse_whole

if TYPE_CHECKING:
    import networkx


class Step(TypedDict):
    """A step of a path: from one thing to another, what links them, and what that rests on.

    A name is short, and where it can be one to be typed; a label is whole.
    """

    iri: str
    label: str
    name: str
    relation: str
    other: str
    otherLabel: str
    otherName: str
    basis: str
    confidence: str
    reason: str
    document: str
    line: int | None
    place: str
    printed: str


class Path(TypedDict):
    """A chain of statements."""

    steps: list[Step]


#: How two things are connected, ready for JSON; each end has iri, label and kind.
#: `plansOver` has the plans on the way whose period is over.
Sheet = TypedDict("Sheet", {"from": Row, "to": Row, "paths": list[Path], "plansOver": list[Row]})


def explain(engine: Engine, start: Thing, end: Thing, most: int = 3) -> Sheet:
    """Return up to `most` chains of statements from one thing to another, ready for JSON.

    Fewer steps come first, then the firmer basis, then the path that avoids hubs: the least sum of
    the logarithms of the degrees on the way. Raises UsageError for one thing given twice,
    NothingFoundError where no chain connects the two.
    """
    import networkx

    if start.iri == end.iri:
        raise UsageError(f"Both names mean “{start.label}”; give two different things.")
    graph = build_graph(engine)
    found: list[list[str]] = []
    if start.iri in graph and end.iri in graph and networkx.has_path(graph, start.iri, end.iri):
        chains = networkx.shortest_simple_paths(graph, start.iri, end.iri, weight="cost")
        found = list(islice(chains, most))
    if not found:
        raise NothingFoundError(
            f"No chain of statements connects “{start.label}” with “{end.label}”; "
            "hwbs show says what each is linked to."
        )
    named = _name_things(engine, {iri for chain in found for iri in chain})
    used = [graph.edges[pair]["link"] for chain in found for pair in pairwise(chain)]
    grounds = find_grounds(engine, {row["said"] for row in used})
    return {
        "from": start._asdict(),
        "to": end._asdict(),
        "paths": [{"steps": list(_list_steps(graph, chain, named, grounds))} for chain in found],
        "plansOver": list_over(engine, [*named]),
    }


def _name_things(engine: Engine, iris: Collection[str]) -> dict[str, dict[str, str]]:
    """Return label and name of each; a name is short, and where it can be one to be typed."""
    named = {iri: {"label": shorten(iri), "name": shorten(iri)} for iri in iris}
    rows = run_named(engine, "internal/names-on-a-path", thing=sorted(iris))
    for iri, own in groupby(rows, key=lambda row: row["thing"]):
        row = next(own)
        if row["code"]:
            name = (row["kind"] or (row["under"] + " ").lstrip()) + row["code"]
        else:
            name = f"{row['under']} {row['short'] or row['label']}".lstrip()
        named[iri] = {"label": row["label"], "name": name}
    return named


def _list_steps(
    graph: "networkx.Graph[str]",
    chain: Sequence[str],
    named: Mapping[str, Row],
    grounds: Mapping[str, Row],
) -> Iterator[Step]:
    for one, other in pairwise(chain):
        row = graph.edges[one, other]["link"]
        row = row | grounds[row["said"]]
        relation = bundled.registry().relations[row["kind"]]
        words = relation.forward if row["start"] == one else relation.backward
        yield Step(
            iri=one,
            label=named[one]["label"],
            name=named[one]["name"],
            relation=words + (f" ({row['type']})" if relation.is_statement and row["type"] else ""),
            other=other,
            otherLabel=named[other]["label"],
            otherName=named[other]["name"],
            basis=row["basis"],
            confidence=row["confidence"],
            reason=row["reason"],
            document=row["document"],
            line=parse_whole(row["line"]) or None,
            place=row["place"],
            printed=row["printed"],
        )


def records(sheet: Sheet) -> list[Row]:
    """Return the sheet of `explain` as rows of plain text: one for each step of each path."""
    return [
        {"path": str(number), "step": str(place)}
        | {key: "" if value is None else str(value) for key, value in step.items()}
        for number, path in enumerate(sheet["paths"], 1)
        for place, step in enumerate(path["steps"], 1)
    ]


def text(sheet: Sheet, width: int = 80) -> str:
    """Return the sheet of `explain` as text for a terminal `width` columns wide."""
    lines: list[str] = []
    wordings: dict[str, str] = {}
    for number, path in enumerate(sheet["paths"], 1):
        lines.append(f"{number}. {count(len(path['steps']), 'step')}")
        for step in path["steps"]:
            said = (
                f"{step['name']} -- {step['relation']} -- {step['otherName']} [{_word_basis(step)}]"
            )
            lines += wrap(said, width, 3)
            quoted = f"“{step['printed']}” ({step['place']})" if step["printed"] else step["reason"]
            lines += wrap(quoted, width, 7, 0, most=3)
            wordings |= {step["name"]: step["label"], step["otherName"]: step["otherLabel"]}
        lines.append("")
    lines += [line for row in sheet["plansOver"] for line in wrap(f"Plan: {name_over(row)}", width)]
    lines += [
        line
        for name, label in wordings.items()
        if label not in name
        for line in wrap(f"{name}: {label}", width)
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _word_basis(step: Step) -> str:
    sure = f", confidence {step['confidence']}" if step["confidence"] else ""
    source = f", {step['document']} line {step['line']}" if step["document"] else ""
    return (step["basis"] or "no source given") + sure + source
