"""Rows of a ragged text table whose cells stand in other columns than those they belong to.

A text made of a page may lose the empty cells before a row. Its cells then tell by their form where
they belong: by the numbering of the column, or by being lists. A person confirms each such row.

Out of scope: tables whose cells have places of their own, as in a workbook.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from hwbs_graph.grouping import group_pairs
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Cell
from hwbs_graph.intake.plan_tables import PlanTable

_FORMS = {"letter": r"\(?[a-z][.)]\s", "number": r"\d{1,2}[.)]\s"}


def find_form(cell: Cell) -> str:
    """Return the form of a cell: numbered by letters or numbers, a list, or none of these."""
    for form, pattern in _FORMS.items():
        if re.match(pattern, cell.text):
            return form
    return "list" if len(cell.lines) > 1 else ""


def align_plans(plans: Mapping[int, PlanTable]) -> dict[int, PlanTable]:
    """Return the plans with the cells of each shifted row in the columns of their form.

    All tables of a document together tell which column has which form.
    """
    if not any(plan.grid.table.is_ragged for plan in plans.values()):
        return dict(plans)
    roles = _find_roles(list(plans.values()))
    return {
        number: _align_rows(plan, roles) if plan.grid.table.is_ragged else plan
        for number, plan in plans.items()
    }


def _find_roles(plans: list[PlanTable]) -> dict[str, str]:
    """Return form -> the role of the columns in which most cells of that form stand."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for plan in plans:
        roles = {column.number: column.role for column in plan.columns}
        for cell in _list_body(plan):
            found[find_form(cell)][roles.get(cell.column, "")] += 1
    return {form: roles.most_common(1)[0][0] for form, roles in found.items() if form}


def _list_body(plan: PlanTable) -> list[Cell]:
    return [cell for cell in plan.grid.table.cells if cell.row > plan.header and cell.lines]


def _align_rows(plan: PlanTable, roles: dict[str, str]) -> PlanTable:
    homes = {
        form: plan.list_columns(role)[0].number
        for form, role in roles.items()
        if role in ("action", "objective", "partners", "lead") and plan.list_columns(role)
    }
    rows = group_pairs((cell.row, cell) for cell in _list_body(plan))
    moved = {row for row, cells in rows.items() if _is_shifted(cells, homes)}
    table = plan.grid.table
    cells = [_move(cell, homes) if cell.row in moved else cell for cell in table.cells]
    grid = Grid(table._replace(cells=tuple(cells)))
    return plan._replace(grid=grid, moved=frozenset(moved))


def _is_shifted(cells: list[Cell], homes: dict[str, int]) -> bool:
    forms = [(find_form(cell), cell.column) for cell in cells]
    return any(form in homes and homes[form] != column for form, column in forms if form != "list")


def _move(cell: Cell, homes: dict[str, int]) -> Cell:
    return cell._replace(column=homes.get(find_form(cell), cell.column))
