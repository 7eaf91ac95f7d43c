"""Writes cells, and the rows of a table, as HTML: they are most of a site, and a macro is slow.

Out of scope: everything else of a page, which the templates write.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import Markup, escape

from hwbs_graph.web.pages.result_table import Cell

if TYPE_CHECKING:
    from jinja2.runtime import Context


@pass_context
def link_cell(context: "Context", cell: Cell) -> Markup:
    """Return what a cell shows; it leads to its page where the site or server has one."""
    return Markup(_write_cell(cell, context["address"]))


@pass_context
def write_table_rows(context: "Context", rows: Iterable[Sequence[Cell]]) -> Markup:
    """Return rows of a table; figures stand to the right."""
    address = context["address"]
    return Markup(
        "\n".join(f"<tr>{''.join(_write_data(cell, address) for cell in row)}</tr>" for row in rows)
    )


def _write_data(cell: Cell, address: Callable[[str], str]) -> str:
    figure = ' class="figure"' if cell.is_figure else ""
    return f"<td{figure}>{_write_cell(cell, address)}</td>"


def _write_cell(cell: Cell, address: Callable[[str], str]) -> str:
    found = address(cell.link) if cell.link else ""
    if not found:
        return str(escape(cell.text))
    elsewhere = "" if cell.link.startswith("/") else ' rel="noreferrer"'
    return f'<a href="{escape(found)}"{elsewhere}>{escape(cell.text or "(no name)")}</a>'
