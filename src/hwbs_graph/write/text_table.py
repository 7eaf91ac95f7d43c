"""A table of plain text that fits the terminal.

Out of scope: what the cells say, and colour.
"""

import shutil
import textwrap
from collections.abc import Sequence
from io import StringIO

from hwbs_graph.write.text_grid import draw_plain_grid


def draw_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], captions: Sequence[str] = ()
) -> str:
    """Return rows as a table; `captions` stand above it, a line each.

    Long cells wrap at spaces. Where not even the longest words fit beside each other, each row
    is written below its first cell instead.
    """
    width = shutil.get_terminal_size((80, 24)).columns
    columns = list(zip(headers, *rows, strict=True))
    words = [
        max(len(word) for cell in column for word in cell.split() or [""]) for column in columns
    ]
    fits = sum(words) + 3 * len(words) <= width
    body = _draw_grid(headers, rows, width) if fits else _stack_rows(headers, rows, width)
    above = "".join(f"{line}\n" for text in captions for line in textwrap.wrap(text, width))
    return f"{above}\n{body}" if above else body


def _stack_rows(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    lines: list[str] = []
    for first, *others in rows:
        lines += textwrap.wrap(first, width) or [""]
        for header, cell in zip(headers[1:], others, strict=True):
            if cell:
                text = f"{header}: {cell}"
                lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _draw_grid(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    right = [
        bool(rows) and all(row[at].lstrip("-").isdecimal() for row in rows if row[at])
        for at in range(len(headers))
    ]
    columns = list(zip(headers, *rows, strict=True))
    if not columns:
        return "\n"
    return draw_plain_grid(columns, right, width) or draw_rich_grid(columns, right, width)


def draw_rich_grid(columns: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> str:
    """Return columns as a grid, whatever signs stand in them; see `draw_plain_grid`."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    head, *rows = zip(*columns, strict=True)
    for text, numeric in zip(head, right, strict=True):
        drawn.add_column(Text(text), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    out = StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
