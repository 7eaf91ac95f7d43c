"""The measures by name: what each needs, how it is run over one plan, and how its table is cut.

Out of scope: the measures themselves (`measures`), and their records (`measure_inputs`).
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.report import gaps, measures
from hwbs_graph.report.measure_inputs import INPUTS
from hwbs_graph.text import heading

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

#: With more partners and actions than this, python-igraph takes over where it is installed.
LARGE = 2000


class Measure(NamedTuple):
    """A measure as a person asks for it; its docstring has formula, normalisation and source.

    `needs` names the records it takes (see `INPUTS`), `section` the column by which its table is
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
        measures.rank_bridges,
        "partners by betweenness (Freeman 1977), with the themes each joins",
        backend=True,
    ),
    "co-working": Measure(
        measures.pair_partners,
        "pairs of partners by shared actions, Jaccard, and weight (Newman 2001)",
        backend=True,
    ),
    "communities": Measure(
        measures.find_communities,
        "groups of partners that work together (Louvain), with their modularity",
        section="community",
        backend=True,
    ),
    "coverage": Measure(
        gaps.count_coverage,
        "determinants by themes: how many elements bear on each, with gaps marked",
        ("determinants", "themes", "touched", "addressed"),
        "layerLabel",
    ),
    "gaps": Measure(
        gaps.find_gaps,
        "what no action, no VCSE partner, few partners or no pair of partners covers",
        ("determinants", "addressed", "actions", "objectives", "involvements"),
        "gap",
    ),
    "overlap": Measure(
        measures.find_overlap, "the actions that two partners share, and who else is on each"
    ),
}


def choose_measure(name: str, things: Sequence[str], backend: str | None) -> Measure:
    """Return the measure, once what was given with it fits. Raises UsageError before any work."""
    measure = MEASURES.get(name)
    if measure is None:
        raise UsageError(f"There is no measure “{name}”; give one of: {', '.join(MEASURES)}.")
    if backend and not measure.backend:
        able = ", ".join(each for each, other in MEASURES.items() if other.backend)
        raise UsageError(f"{name} only counts; --backend is for: {able}.")
    if name == "overlap" and len(things) != 2:
        raise UsageError("overlap takes two partners; put a name with spaces in quotation marks.")
    if name == "gaps" and not set(things) <= set(gaps.GAPS):
        raise UsageError(f"gaps takes {', '.join(gaps.GAPS)}, or nothing for all four.")
    if things and name not in ("overlap", "gaps"):
        raise UsageError(f"{name} takes nothing more; leave out “{things[0]}”.")
    return measure


def run_measure(
    engine: "Engine", measure: Measure, plan: str, things: Sequence[str], backend: str | None
) -> list[Row]:
    """Query the records that a measure needs, and run it on them.

    `things` are two partners for overlap, or the gaps to keep. Raises what `recognise` raises.
    """
    from hwbs_graph.names.recognition import recognise

    given: dict[str, object] = {need: INPUTS[need](engine, plan) for need in measure.needs}
    if measure.backend:
        given["backend"] = backend
    if measure.run is measures.find_overlap:
        one, other = (recognise(engine, each, "partner").iri for each in things)
        given |= {"partner": one, "other": other}
    rows = measure.run(**given)
    kept = {gaps.GAPS[each] for each in things} if measure.run is gaps.find_gaps else None
    return [row for row in rows if not kept or row["gap"] in kept]


def count_nodes(engine: "Engine", plan: str) -> int:
    """Return the number of partners and actions of a plan that involve each other."""
    involvements = INPUTS["involvements"](engine, plan)
    return len({row[key] for row in involvements for key in ("partner", "action")})


def cut_table(rows: list[Row], section: str) -> list[tuple[str, list[Row]]]:
    """Return a caption and the shown cells of each value of `section`.

    A thing is shown by its label, and a count of nothing is an empty cell.
    """
    hidden = {section, "modularity", *(key for key in rows[0] if f"{key}Label" in rows[0])}
    parts = []
    for value, group in groupby(rows, key=lambda row: row[section]):
        part = list(group)
        shown = [key for key in rows[0] if key not in hidden and any(row[key] for row in part)]
        cells = [{key: row[key] if row[key] != "0" else "" for key in shown} for row in part]
        parts.append((f"{heading(section)}: {value}", cells))
    return parts
