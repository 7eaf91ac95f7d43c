"""A table as rows and columns in which a merged cell stands wherever it reaches.

Out of scope: what a row or a column means.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from hwbs_graph.intake.parts import Cell, Table

#: A merged cell reaches no further than a plan does.
_FURTHEST = 20_000


class Grid:
    """The rows of a table that hold anything; hidden columns are left out."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = sorted(
            {cell.column for cell in table.cells if cell.lines or cell.fill or cell.fault}
            - set(table.hidden_columns)
        )

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Row number -> column number -> the cell that stands there or reaches there."""
        used = sorted({cell.row for cell in self.table.cells if _holds(cell)})
        rows: dict[int, dict[int, Cell]] = {row: {} for row in used}
        hidden = set(self.table.hidden_columns)
        for cell in self.table.cells:
            if cell.column in hidden:
                continue
            if cell.rows == cell.columns == 1:  # most are of one place
                if cell.row in rows:
                    rows[cell.row].setdefault(cell.column, cell)
                continue
            reached, across = self.list_reached(cell, used)
            for row in reached:
                if row in rows:
                    for column in across:
                        rows[row].setdefault(column, cell)
        return rows

    def list_reached(self, cell: Cell, used: list[int]) -> tuple[Sequence[int], Sequence[int]]:
        """Return the rows, of those that are `used`, and the columns that a cell reaches."""
        down: Sequence[int] = (cell.row,)
        across: Sequence[int] = (cell.column,)
        if cell.rows > 1:
            last = cell.row + min(cell.rows, _FURTHEST)
            down = used[bisect_left(used, cell.row) : bisect_left(used, last)]
        if cell.columns > 1:
            last = cell.column + cell.columns
            across = [column for column in self.columns if cell.column <= column < last]
        return down, across

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows that hold anything, in order."""
        return list(self.rows)

    def list_row(self, row: int) -> list[Cell]:
        """Return the cells of a row that hold words, each once, in order."""
        cells = self.rows[row]
        shown = (cells[column] for column in self.columns if column in cells)
        return _list_once(shown)

    def list_column(self, column: int, after: int) -> list[Cell]:
        """Return the cells of a column below a row that hold words, each once."""
        below = (
            cells[column] for row, cells in self.rows.items() if row > after if column in cells
        )
        return _list_once(below)


def _list_once(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that hold words, each once, though it reaches to several places."""
    return list({id(cell): cell for cell in cells if cell.lines}.values())


def _holds(cell: Cell) -> bool:
    return bool(cell.lines or cell.fill or cell.fault)
