"""Rows that stand over the rows below them: by their outline number, their level or an indent.

Programs for projects write so (1, 1.1, 1.1.2), and people who indent. A row with rows below it is
a level and no action; what has none below it is an action.

Out of scope: levels that a heading, a band or a column names (`levels`, `plan_rows`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.intake.parts import Cell
from hwbs_graph.intake.plan_tables import PlanTable
from hwbs_graph.intake.plan_words import fold_words, matches

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
#: What a row that is only a level does not say, unless a program for projects adds it up.
_OF_ACTIONS = ("lead", "partners", "timescale", "start", "due", "measure", "status", "update")
_FEWEST = 2


class Outline(NamedTuple):
    """Row -> the wordings that stand over it, the topmost first; and the rows that are levels."""

    over: Mapping[int, tuple[Cell, ...]]
    levels: frozenset[int]


NO_OUTLINE = Outline({}, frozenset())


def read_outline(plan: PlanTable) -> Outline:
    """Return the outline of a plan, empty where its rows stand side by side."""
    (action,) = plan.list_columns("action")[:1]
    cells = plan.grid.rows
    rows = [
        row
        for row in plan.grid.numbers
        if row > plan.header and (cell := cells[row].get(action.number)) and cell.lines
    ]
    if len(rows) <= _FEWEST:
        return NO_OUTLINE
    is_named, depths = _measure(plan, rows, action.number)
    if len(set(depths)) < 2:
        return NO_OUTLINE
    outline = _stack(rows, depths, [cells[row][action.number] for row in rows])
    are_bare = not any(list_said(plan, row, _OF_ACTIONS) for row in outline.levels)
    return outline if is_named or are_bare else NO_OUTLINE


def _measure(plan: PlanTable, rows: list[int], action: int) -> tuple[bool, list[int]]:
    """Return how deep each row stands, and whether the plan calls it an outline itself."""
    cells = plan.grid.rows
    for column in plan.columns:
        texts = [cell.text if (cell := cells[row].get(column.number)) else "" for row in rows]
        if matches("outline", "depth", fold_words(column.heading)):
            if all(re.fullmatch(r"[0-9]", text) for text in texts):
                return True, [int(text) for text in texts]
        elif column.role == "code" and (depths := _count_parts(texts)):
            return matches("outline", "number", fold_words(column.heading)), depths
    return False, [cells[row][action].indent for row in rows]


def _count_parts(codes: list[str]) -> list[int]:
    """Return the depth of each outline number, empty unless all are, each below one that is there.

    A plan whose actions are 1.1 and 1.2, without a row 1, has no outline.
    """
    if not all(_NUMBER.fullmatch(code) for code in codes):
        return []
    known = {*codes}
    deep = [code for code in codes if "." in code.removesuffix(".0")]
    if not deep or not all(code.rpartition(".")[0] in known for code in deep):
        return []
    return [code.count(".") for code in codes]


def _stack(rows: list[int], depths: list[int], cells: list[Cell]) -> Outline:
    over: dict[int, tuple[Cell, ...]] = {}
    levels: set[int] = set()
    path: list[tuple[int, Cell]] = []
    for place, (row, depth, cell) in enumerate(zip(rows, depths, cells, strict=True)):
        while path and path[-1][0] >= depth:
            path.pop()
        over[row] = tuple(each for _, each in path)
        if place + 1 < len(rows) and depths[place + 1] > depth:
            levels.add(row)
            path.append((depth, cell))
    return Outline(over, frozenset(levels))


def list_said(plan: PlanTable, row: int, roles: Sequence[str]) -> list[str]:
    """Return what a row says in the columns of some roles."""
    cells = plan.grid.rows[row]
    return [
        cells[column.number].text
        for column in plan.columns
        if column.role in roles and column.number in cells and cells[column.number].lines
    ]
