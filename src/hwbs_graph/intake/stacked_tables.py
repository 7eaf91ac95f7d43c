"""Tables that stand below one another on one sheet, parted where other headings begin.

Out of scope: headings that are repeated, which part nothing (`plan_rows`).
"""

from collections.abc import Iterator

from hwbs_graph.intake.column_roles import count_roles, name_roles
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Cell, Document, Paragraph, Table
from hwbs_graph.intake.plan_words import fold_words

_FEWEST_ROLES = 3
_LONGEST_HEADING = 60


def part_tables(document: Document) -> Document:
    """Return a document in which each stacked table is one of its own."""
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        blocks += [block] if isinstance(block, Paragraph) else _part(block)
    return document._replace(blocks=tuple(blocks))


def _part(table: Table) -> list[Table]:
    grid = Grid(table)
    starts = [0, *_find_starts(grid)]
    if len(starts) == 1:
        return [table]
    ends = [*starts[1:], max(grid.numbers) + 1]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        cells = tuple(cell for cell in table.cells if start <= cell.row < end)
        parts.append(table._replace(cells=cells))
    return parts


def _find_starts(grid: Grid) -> Iterator[int]:
    """Yield the row at which each further table starts: its title, or its headings."""
    before: set[str] = set()
    gap, last = 0, -1
    for row in grid.numbers:
        if row > last + 1:
            gap = row
        last = row
        words = _read_headings(grid, row)
        if words and before and len(words & before) * 2 < len(words):
            yield max(gap, 1) if row - gap <= 3 else row
        before = words or before


def _read_headings(grid: Grid, row: int) -> set[str]:
    """Return the folded headings of a row, empty if it is none of headings."""
    cells = grid.list_row(row)
    if not _are_headings(cells) or len(count_roles(cells)) < _FEWEST_ROLES:
        return set()
    if any(len(cell.text) > _LONGEST_HEADING for cell in cells):
        return set()
    return {fold_words(cell.text) for cell in cells}


def _are_headings(cells: list[Cell]) -> bool:
    """Say whether two thirds of the cells name a role; of other rows few cells are looked at.

    Short ones come first, as they take the least time and most often repeat.
    """
    unknown = 0
    for cell in sorted(cells, key=lambda each: len(each.lines[0])):
        unknown += not name_roles(cell.text)
        if unknown * 3 > len(cells):
            return False
    return True
