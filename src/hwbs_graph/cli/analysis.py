"""Measuring and explaining: `analyse` and `path`."""

import re
import shutil
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.cli.common import (
    RECORD,
    ROW_FORMATS,
    Command,
    FormatName,
    OutputPath,
    Quiet,
    Source,
    choose_format,
    emit,
    open_engine,
    reading,
    tell,
)
from hwbs_graph.errors import NothingFoundError, UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.report import measures
from hwbs_graph.report.measure_inputs import RECORDS

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

#: With more partners and actions than this, python-igraph takes over where it is installed.
LARGE = 2000


class Measure(NamedTuple):
    """A measure as a person asks for it; its docstring has formula, normalisation and source.

    `needs` names the records it takes (see `RECORDS`), `section` the column by which its table is
    cut up; with `backend`, networkx can hand the work to another library.
    """

    run: Callable[..., list[Row]]
    finds: str
    needs: tuple[str, ...] = ("involvements",)
    section: str = ""
    backend: bool = False


#: Every measure by name, in the order of the help; help, dispatch and tests read this table.
MEASURES = {
    "bridges": Measure(
        measures.bridges,
        "partners by betweenness (Freeman 1977), with the themes each joins",
        backend=True,
    ),
    "co-working": Measure(
        measures.co_working,
        "pairs of partners by shared actions, Jaccard, and weight (Newman 2001)",
        backend=True,
    ),
    "communities": Measure(
        measures.communities,
        "groups of partners that work together (Louvain), with their modularity",
        section="community",
        backend=True,
    ),
    "coverage": Measure(
        measures.coverage,
        "determinants by themes: how many elements bear on each, with gaps marked",
        ("determinants", "themes", "touched", "addressed"),
        "layerLabel",
    ),
    "gaps": Measure(
        measures.gaps,
        "what no action, no VCSE partner, few partners or no pair of partners covers",
        ("determinants", "addressed", "actions", "objectives", "involvements"),
        "gap",
    ),
    "overlap": Measure(
        measures.overlap, "the actions that two partners share, and who else is on each"
    ),
}


@reading
def analyse(
    measure: Annotated[
        str | None, typer.Argument(metavar="MEASURE", help=f"One of: {', '.join(MEASURES)}.")
    ] = None,
    things: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHICH", help=f"Two partners, or a gap: {', '.join(measures.GAPS)}."
        ),
    ] = None,
    plan: Annotated[str | None, typer.Option(help="Else the only plan with actions.")] = None,
    backend: Annotated[
        str | None, typer.Option(metavar="NAME", help="A networkx backend, or igraph.")
    ] = None,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Measure who works with whom, and what a plan leaves open.

    Without a measure, the measures there are, with the source of each.
    """
    from hwbs_graph import names, network

    format = choose_format(format, output, ROW_FORMATS)
    if measure is None:
        rows = [{"measure": name, "finds": each.finds} for name, each in MEASURES.items()]
        emit(_rendered(rows, format), output)
        return
    chosen = _chosen(measure, things or [], backend)
    engine = open_engine(source)
    found = network.choose_plan(engine, names.find(engine, plan, "plan").iri if plan else None)
    if measure == "bridges" and backend is None:
        backend = _faster(RECORDS["involvements"](engine, found["plan"]), quiet)
    rows = _run(engine, chosen, found["plan"], things or [], backend)
    if not rows:
        raise NothingFoundError(f"{measure} finds nothing in the {found['label']} (see --plan).")
    emit(_cut(rows, chosen.section) if format == "table" else _rendered(rows, format), output)


@reading
def path(
    start: Annotated[str, typer.Argument(metavar="A", help="Name, code or IRI of one thing.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Name, code or IRI of the other.")],
    most: Annotated[int, typer.Option(metavar="N", min=1, max=10, help="How many to show.")] = 3,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """How two things are connected.

    Statement by statement, each with its basis, source and words; the shortest explanation
    first, then what a document states before what an editor judged.
    """
    import json

    from hwbs_graph import names
    from hwbs_graph.report import paths

    format = choose_format(format, output, ROW_FORMATS)
    engine = open_engine(source)
    sheet = paths.explain(engine, names.find(engine, start), names.find(engine, end), most)
    if format == "table":
        emit(paths.text(sheet, min(shutil.get_terminal_size((80, 24)).columns, 100)), output)
    elif format == "json":
        emit(json.dumps(sheet, ensure_ascii=False, indent=2) + "\n", output)
    else:
        emit(_rendered(paths.records(sheet), format), output)


def _chosen(name: str, things: list[str], backend: str | None) -> Measure:
    """Return the measure, once what was given with it fits. Raises UsageError before any work."""
    measure = MEASURES.get(name)
    if measure is None:
        raise UsageError(f"There is no measure “{name}”; give one of: {', '.join(MEASURES)}.")
    if backend and not measure.backend:
        able = ", ".join(each for each, other in MEASURES.items() if other.backend)
        raise UsageError(f"{name} only counts; --backend is for: {able}.")
    if name == "overlap" and len(things) != 2:
        raise UsageError("overlap takes two partners; put a name with spaces in quotation marks.")
    if name == "gaps" and not set(things) <= set(measures.GAPS):
        raise UsageError(f"gaps takes {', '.join(measures.GAPS)}, or nothing for all four.")
    if things and name not in ("overlap", "gaps"):
        raise UsageError(f"{name} takes nothing more; leave out “{things[0]}”.")
    return measure


def _run(
    engine: "Engine", measure: Measure, plan: str, things: list[str], backend: str | None
) -> list[Row]:
    """Ask for the records that a measure needs, and hand them to it."""
    from hwbs_graph import names

    given: dict[str, object] = {need: RECORDS[need](engine, plan) for need in measure.needs}
    if measure.backend:
        given["backend"] = backend
    if measure.run is measures.overlap:
        one, other = (names.find(engine, each, "partner").iri for each in things)
        given |= {"partner": one, "other": other}
    rows = measure.run(**given)
    kept = {measures.GAPS[each] for each in things} if measure.run is measures.gaps else None
    return [row for row in rows if not kept or row["gap"] in kept]


def _faster(involvements: list[Row], quiet: bool) -> str | None:
    """Choose python-igraph for a large graph, where it is installed, and say so."""
    from importlib.util import find_spec

    nodes = {row[key] for row in involvements for key in ("partner", "action")}
    if len(nodes) <= LARGE or find_spec("igraph") is None:
        return None
    tell(f"{len(nodes)} partners and actions: computed by python-igraph.", quiet)
    return "igraph"


def _rendered(rows: list[Row], format: str) -> bytes:
    from hwbs_graph.query.results import from_records
    from hwbs_graph.write.rows import render

    number = re.compile(r"\d+(\.\d+)?|").fullmatch
    # A code may look like a number and is none.
    measured = [key for key in rows[0] if key != "code" and all(number(row[key]) for row in rows)]
    return render(from_records(rows, list(rows[0]), measured), format)


def _cut(rows: list[Row], section: str) -> bytes | str:
    """Return a table for each value of `section`, or one table where it is none."""
    from hwbs_graph.text import heading
    from hwbs_graph.write.rows import table

    if not section:
        return _rendered(rows, "table")
    # A thing is shown by its label, and the modularity of a division once.
    hidden = {section, "modularity", *(key for key in rows[0] if f"{key}Label" in rows[0])}
    parts = [f"modularity: {rows[0]['modularity']}\n"] if "modularity" in rows[0] else []
    for value, group in groupby(rows, key=lambda row: row[section]):
        part = list(group)
        shown = [key for key in rows[0] if key not in hidden and any(row[key] for row in part)]
        # A count of nothing stands out as an empty cell.
        cells = [[row[key] if row[key] != "0" else "" for key in shown] for row in part]
        parts.append(table(list(map(heading, shown)), cells, [f"{heading(section)}: {value}"]))
    return "\n".join(parts)


COMMANDS = {
    "analyse": Command(analyse, "hwbs analyse bridges"),
    "path": Command(path, 'hwbs path "Minds 3c" "priority 16"'),
}
