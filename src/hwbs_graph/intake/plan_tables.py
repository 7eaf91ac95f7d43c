"""Which tables of a document are plans: where their headings stand, and what each column is for.

Out of scope: what the rows say (`plan_rows`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hwbs_graph.intake.choices import Choices
from hwbs_graph.intake.column_roles import (
    ROLES,
    Column,
    assign_roles,
    count_roles,
    is_decoy_heading,
    name_roles,
)
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Cell, Table
from hwbs_graph.intake.plan_words import compile_words, fold_words

_FURTHEST_HEADER = 25
_NO_CHOICES = Choices()
#: Besides the action, a plan has a column of these.
_WITNESSES = {
    "lead",
    "partners",
    "who",
    "timescale",
    "due",
    "measure",
    "status",
    "update",
    "persons",
}
_LEVELS = {"theme", "objective", "outcome"}


class PlanTable(NamedTuple):
    """A table of actions: its grid, its columns, and the row below which the actions stand.

    `is_carried` says that it has no headings and goes on with those of the table before, `moved`
    which rows were set right.
    """

    grid: Grid
    columns: tuple[Column, ...]
    header: int
    is_carried: bool = False
    moved: frozenset[int] = frozenset()

    def list_columns(self, role: str) -> list[Column]:
        """Return the columns of a role, from left to right."""
        return [column for column in self.columns if column.role == role]


class OtherTable(NamedTuple):
    """A table that is no plan, and what it seems to be."""

    grid: Grid
    kind: str


def judge_table(
    table: Table, before: PlanTable | None, choices: Choices = _NO_CHOICES
) -> PlanTable | OtherTable:
    """Say whether a table is a plan; `before` is the plan that it may go on with."""
    grid = Grid(table)
    if not grid.rows:
        return OtherTable(grid, "an empty table")
    chosen = choices.find_header(table)
    header = _find_header(grid) if chosen is None else chosen
    if header is not None and header not in grid.rows:
        return OtherTable(grid, f"a table without headings in row {header + 1}")
    if header is None:
        return _carry_on(grid, before) or OtherTable(grid, _name_other(grid, grid.numbers[0]))
    headings, last = _join_headings(grid, header)
    below = {column: grid.list_column(column, last) for column in headings}
    columns = choices.name_columns(assign_roles(headings, below))
    roles = {column.role for column in columns}
    if "action" not in roles:
        columns = _guess_action(columns, below)
        roles = {column.role for column in columns}
    if not any(below.values()):
        return OtherTable(grid, "a table without rows")
    if "action" not in roles or not roles & (_WITNESSES | _LEVELS | {"mark"}):
        return OtherTable(grid, _name_other(grid, header))
    if _is_decoy(headings.values(), roles):
        return OtherTable(grid, _name_other(grid, header))
    if not _holds_wordings(columns, below):
        return OtherTable(grid, "a table whose actions are no wordings")
    return PlanTable(grid, tuple(columns), last)


def _find_header(grid: Grid) -> int | None:
    """Return the row whose cells name the most roles, if it names an action or several roles."""
    best, most = None, 0
    for row in grid.numbers[:_FURTHEST_HEADER]:
        cells = grid.list_row(row)
        roles = count_roles(cells)
        if len(cells) < 2 or len(roles) < 1 + ("action" not in roles or len(cells) < 3):
            continue
        score = len(roles) * 2 + ("action" in roles) * 3 - (len(cells) - sum(roles.values()))
        if score > most:
            best, most = row, score
    return best


def _join_headings(grid: Grid, header: int) -> tuple[dict[int, Cell], int]:
    """Return the heading of each column, and the last row of headings.

    A second row of headings stands below cells that are merged across it.
    """
    top = {number: cell for number, cell in grid.rows[header].items() if cell.lines}
    following = [row for row in grid.numbers if row > header][:1]
    if not following or not _is_second(grid, top, following[0]):
        return _join_above(grid, top, header), header
    under = grid.rows[following[0]]
    joined = dict(top)
    for number, cell in under.items():
        above = top.get(number)
        if cell.lines and cell is not above:
            words = cell.text if name_roles(cell.text) or not above else f"{above.text} {cell.text}"
            joined[number] = cell._replace(lines=(words,))
    return joined, following[0]


def _join_above(grid: Grid, top: dict[int, Cell], header: int) -> dict[int, Cell]:
    """Complete headings that say nothing with the merged cell above them."""
    earlier = [row for row in grid.numbers if row < header][-1:]
    if not earlier:
        return top
    above = grid.rows[earlier[0]]
    for number, cell in top.items():
        over = above.get(number)
        if over and 1 < over.columns < len(grid.columns) and not name_roles(cell.text):
            top[number] = cell._replace(lines=(f"{over.text} {cell.text}",))
    return top | {
        number: cell
        for number, cell in above.items()
        if number not in top and cell.lines and cell.columns == 1 and name_roles(cell.text)
    }


def _is_second(grid: Grid, top: dict[int, Cell], row: int) -> bool:
    spanning = any(1 < cell.columns < len(grid.columns) for cell in top.values())
    cells = [cell for cell in grid.list_row(row) if cell not in top.values()]
    short = bool(cells) and all(len(cell.text) <= 40 for cell in cells)
    deep = any(cell.rows > 1 for cell in top.values())
    named = sum(bool(name_roles(cell.text)) for cell in cells)
    return short and (spanning or deep) and named * 2 >= len(cells)


def _holds_wordings(columns: list[Column], below: dict[int, list[Cell]]) -> bool:
    """Say whether the column of actions holds words, and not only numbers or names of files."""
    texts = [
        cell.text for column in columns if column.role == "action" for cell in below[column.number]
    ]
    worded = [text for text in texts if len(re.findall(r"[^\W\d_]{2,}", text)) >= 2]
    return not texts or len(worded) * 2 >= len(texts)


def _guess_action(columns: list[Column], below: dict[int, list[Cell]]) -> list[Column]:
    """Take the one unknown column of sentences for the action, unsure, in a table with leads."""
    roles = {column.role for column in columns}
    if not roles & {"lead", "partners", "who"} or len(roles & (_WITNESSES | _LEVELS)) < 2:
        return columns
    lengths = {
        column.number: _mean_length(below[column.number])
        for column in columns
        if column.role in ("unknown", "objective", "measure")
    }
    best = max(lengths, key=lambda number: lengths[number], default=None)
    if best is None or lengths[best] < 15:
        return columns
    return [
        column._replace(role="action", is_sure=False) if column.number == best else column
        for column in columns
    ]


def _mean_length(cells: list[Cell]) -> float:
    return sum(len(cell.text) for cell in cells) / len(cells) if cells else 0.0


def _is_decoy(headings: object, roles: set[str]) -> bool:
    assert hasattr(headings, "__iter__")
    kinds: Counter[str] = Counter()
    for cell in headings:
        kinds.update(is_decoy_heading(cell.text))
    risky = kinds["risk register"] and not roles & {"partners", "timescale", "objective", "theme"}
    if kinds["risk register"] >= 2 or kinds["meeting"] >= 2 or risky:
        return True
    strong = roles & {"lead", "partners", "who", "timescale", "measure", "objective", "mark"}
    return max(kinds.values(), default=0) >= 2 and len(strong) < 2


def _carry_on(grid: Grid, before: PlanTable | None) -> PlanTable | None:
    """Return a table without headings as the rest of the plan before it, if it is as wide."""
    if before is None or len(grid.columns) < 3:
        return None
    if len(grid.columns) != len(before.grid.columns):
        return None
    moved = dict(zip(before.grid.columns, grid.columns, strict=True))
    columns = tuple(
        column._replace(number=moved[column.number])
        for column in before.columns
        if column.number in moved
    )
    return PlanTable(grid, columns, grid.numbers[0] - 1, is_carried=True)


def _name_other(grid: Grid, header: int) -> str:
    """Return what a table seems to be, by its headings."""
    kinds: Counter[str] = Counter()
    cells = grid.list_row(header)
    for cell in cells:
        kinds.update(is_decoy_heading(cell.text))
    if kinds and (kinds.most_common(1)[0][1] >= 2 or len(cells) <= 2):
        return f"a table of another kind ({kinds.most_common(1)[0][0]})"
    shown = ", ".join(f"“{cell.text[:30]}”" for cell in cells[:4])
    return f"a table without a column of actions ({shown})"


def fold_headings(plan: PlanTable) -> dict[int, str]:
    """Return the folded heading of each column, as `is_repeated_header` takes them."""
    return {column.number: fold_words(column.heading) for column in plan.columns}


def is_repeated_header(headings: Mapping[int, str], cells: dict[int, Cell]) -> bool:
    """Say whether a row repeats the headings; of another row few cells are looked at."""
    worded = [(number, cell) for number, cell in reversed(cells.items()) if cell.lines]
    same = 0
    for seen, (number, cell) in enumerate(worded):
        same += headings.get(number) == fold_words(cell.text)
        if (same + len(worded) - seen - 1) * 2 <= len(worded):
            return False
    return same >= 2


def list_unsure(plan: PlanTable) -> Iterator[Column]:
    """Yield the columns whose role a person must decide."""
    for column in plan.columns:
        if column.role in ("unknown", "mark") or (column.role in ROLES and not column.is_sure):
            yield column


def is_glossary(grid: Grid) -> int | None:
    """Return the row of headings of a table of abbreviations, None if it is none."""
    for row in grid.numbers[:3]:
        cells = grid.list_row(row)
        words = [fold_words(cell.text) for cell in cells]
        known = compile_words("decoys", "glossary")
        if len(cells) in (2, 3) and sum(bool(known.fullmatch(each)) for each in words) >= 2:
            return row
    return None
