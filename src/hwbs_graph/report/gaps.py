"""What a plan leaves open: determinants without action, actions and objectives without partners.

Out of scope: where the records come from (`measure_inputs`).
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from operator import itemgetter
from statistics import median

from hwbs_graph.grouping import Row
from hwbs_graph.report.involvements import Records, build_pair, collect_values, label_partners
from hwbs_graph.text import count

#: What `find_gaps` looks for, by the kind of thing it finds.
GAPS = {
    "determinant": "determinant without action",
    "action": "action without a VCSE partner",
    "objective": "objective with few partners",
    "partner": "partners never working together",
}


def count_coverage(
    determinants: Records, themes: Records, touched: Records, addressed: Records
) -> list[Row]:
    """Return determinants by themes: how many elements of a theme bear on a determinant.

    A count, not normalised; an element under two themes counts in both. `touched` has theme,
    determinant and elements, `addressed` the determinants that an action, or an objective with
    actions, bears on. `gap` marks what nothing, or no action, bears on.
    """
    counts = {(row["determinant"], row["theme"]): row["elements"] for row in touched}
    acted = {row["determinant"] for row in addressed}
    rows = []
    for row in determinants:
        cells = {each["column"]: counts.get((row["determinant"], each["theme"])) for each in themes}
        named = {key: row[key] for key in ("layerLabel", "determinant", "determinantLabel")}
        rows.append(named | {key: cell or "0" for key, cell in cells.items()})
        unacted = "no action" if any(cells.values()) else "nothing"
        rows[-1]["gap"] = "" if row["determinant"] in acted else unacted
    return rows


def find_gaps(
    determinants: Records,
    addressed: Records,
    actions: Records,
    objectives: Records,
    involvements: Records,
) -> list[Row]:
    """Return what a plan leaves open, a row for each gap of the four kinds in `GAPS`.

    Counts, not normalised. A VCSE partner is an involvement with `vcse`. Few partners means no
    more than the lower quartile of the plan's objectives, and fewer than their median.
    """
    acted = {row["determinant"] for row in addressed}
    helped = {row["action"] for row in involvements if row["vcse"]}
    untouched = [row for row in determinants if row["determinant"] not in acted]
    unhelped = [row for row in actions if row["action"] not in helped]
    found = [_build_gap("determinant", row, row["layerLabel"]) for row in untouched]
    found += [_build_gap("action", row, f"{row['themeLabel']} {row['code']}") for row in unhelped]
    found += _find_few_partners(objectives, involvements)
    return found + _find_never_together(involvements)


def _find_few_partners(objectives: Records, involvements: Records) -> Iterator[Row]:
    partners = collect_values(involvements, "objective", "partner")
    numbered = ((len(partners[row["objective"]]), row) for row in objectives)
    sized = sorted(numbered, key=itemgetter(0))
    sizes = [size for size, _ in sized]
    for size, row in sized:
        if size <= sizes[(len(sizes) - 1) // 4] and size < max(median(sizes), 1):
            detail = f"{row['themeLabel']} {row['code']}: {count(size, 'partner')}"
            yield _build_gap("objective", row, detail)


def _find_never_together(involvements: Records) -> list[Row]:
    """Return pairs that share no action: first those whose smaller partner has most actions."""
    labels = label_partners(involvements)
    actions = collect_values(involvements, "partner", "action")
    apart = [
        ([len(actions[one]), len(actions[other])], one, other)
        for one, other in combinations(labels, 2)
        if actions[one].keys().isdisjoint(actions[other])
    ]
    apart.sort(key=lambda each: sorted(each[0]), reverse=True)
    return [
        _build_gap("partner", build_pair(labels, one, other), _word_sizes(*sizes))
        for sizes, one, other in apart
    ]


def _word_sizes(one: int, other: int) -> str:
    """Return "1 action each", or "5 and 3 actions"."""
    each = count(other, "action")
    return f"{each} each" if one == other else f"{one} and {each}"


def _build_gap(kind: str, row: Mapping[str, str], detail: str) -> Row:
    found = {"gap": GAPS[kind], "thing": row[kind], "thingLabel": row[f"{kind}Label"]}
    return found | {key: row.get(key, "") for key in ("other", "otherLabel")} | {"detail": detail}
