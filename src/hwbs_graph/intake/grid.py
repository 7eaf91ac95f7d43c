"""A table as rows and columns in which a merged cell stands wherever it reaches.

Out of scope: what a row or a column means.
"""

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
        for cell in self.table.cells:
            if cell.column in self.table.hidden_columns:
                continue
            down = range(cell.row, cell.row + min(cell.rows, _FURTHEST))
            reached = [cell.row] if cell.rows == 1 else [row for row in used if row in down]
            across = (
                [cell.column]
                if cell.columns == 1
                else [
                    column
                    for column in self.columns
                    if cell.column <= column < cell.column + cell.columns
                ]
            )
            for row in reached:
                for column in across:
                    if row in rows:
                        rows[row].setdefault(column, cell)
        return rows

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows that hold anything, in order."""
        return list(self.rows)

    def list_row(self, row: int) -> list[Cell]:
        """Return the cells of a row that hold words, each once, in order."""
        shown = (self.rows[row].get(column) for column in self.columns)
        return list(dict.fromkeys(cell for cell in shown if cell and cell.lines))

    def list_column(self, column: int, after: int) -> list[Cell]:
        """Return the cells of a column below a row that hold words, each once."""
        below = (cells.get(column) for row, cells in self.rows.items() if row > after)
        return list(dict.fromkeys(cell for cell in below if cell and cell.lines))


def _holds(cell: Cell) -> bool:
    return bool(cell.lines or cell.fill or cell.fault)
