"""The plans of many boards as one page: families of themes against plans, darker with more.

A national record is too much to carry whole, so the page holds counts only, and for each plan a
link to its page or, where there is none, the command that draws it. It is a table that is
there without JavaScript; a small script narrows and sorts it.

Out of scope: counting (`network.count_families`), and the picture of one plan (`page`).
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hwbs_graph import names
from hwbs_graph.grouping import group_pairs
from hwbs_graph.text import html_text
from hwbs_graph.view.ordering import HUES
from hwbs_graph.view.page import content_policy, own_style
from hwbs_graph.view.page.script_joiner import join_scripts
from hwbs_graph.write import templates

#: Least objectives for each depth of colour; depthOf in record/coverage.js has the same.
DEPTHS = (1, 2, 4, 7)
#: What may stand between double quotes in any shell; another name cannot be copied as a command.
SAFE = re.compile(r"[A-Za-z0-9:/._~#?=+,@-]+")


@dataclass(frozen=True)
class Family:
    """One column; `hue` is 1 to 5, or 0 for the themes of no family."""

    name: str
    hue: int


@dataclass(frozen=True)
class Cell:
    """How much a plan has in a family; `words` is what the cell shows."""

    words: str
    count: int
    depth: int
    hue: int


@dataclass(frozen=True)
class BoardRow:
    """One plan of a board; `families` counts those it has something in.

    `link` leads to its picture; without one, `command` draws it.
    """

    board: str
    plan: str
    cells: tuple[Cell, ...]
    families: int
    command: str
    link: str


def render_boards(
    rows: Iterable[Mapping[str, Any]],
    title: str = "Health and wellbeing plans of many boards",
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the complete HTML text for `rows`, each what one plan holds in one family.

    A row has board, plan (IRI), title, short, family, familyOrder, themes, objectives and actions,
    as `network.count_families` gives them; they are shown board by board in the order they come in.
    `links` are relative addresses of pictures by the IRI of the plan.
    """
    from markupsafe import Markup

    environment = templates.build_environment(__package__)
    families, plans = _tabulate(list(rows), links or {})
    script, style = f"{join_scripts('boards.js')};", own_style()
    return environment.get_template("boards.html.j2").render(
        title=html_text(title),
        families=families,
        rows=plans,
        linked=bool(links),
        boards=len({row.board for row in plans}),
        policy=content_policy((script,), style),
        script=Markup(script),
        style=Markup(style),
    )


def _tabulate(
    rows: list[Mapping[str, Any]], links: Mapping[str, str]
) -> tuple[tuple[Family, ...], list[BoardRow]]:
    orders = {
        html_text(row.get("family") or ""): row.get("familyOrder") or math.inf for row in rows
    }
    known = sorted(orders, key=lambda name: (name == "", orders[name], name))
    families = tuple(Family(name, _choose_hue(orders[name]) if name else 0) for name in known)
    by_plan = group_pairs((str(row["plan"]), row) for row in rows)
    plans = [_make_row(iri, own, families, links.get(iri, "")) for iri, own in by_plan.items()]
    return families, sorted(plans, key=lambda row: row.board.casefold())


def _choose_hue(order: float) -> int:
    return 0 if math.isinf(order) else (int(order) - 1) % HUES + 1


def _make_row(
    iri: str, rows: list[Mapping[str, Any]], families: tuple[Family, ...], link: str
) -> BoardRow:
    by_family = {html_text(row.get("family") or ""): row for row in rows}
    cells = tuple(_make_cell(by_family.get(family.name), family) for family in families)
    plan = html_text(rows[0].get("short") or rows[0].get("title") or iri)
    path = names.to_path(iri)
    return BoardRow(
        board=html_text(rows[0].get("board") or rows[0].get("title") or plan),
        plan=plan,
        cells=cells,
        families=sum(bool(cell.words) for cell in cells),
        command=f'hwbs view --plan "{path}"' if SAFE.fullmatch(path) else "",
        link=link,
    )


def _make_cell(row: Mapping[str, Any] | None, family: Family) -> Cell:
    count = int(row["objectives"]) if row else 0
    words = str(count) if count else "theme" if row and row["themes"] else ""
    return Cell(words, count, sum(count >= least for least in DEPTHS), family.hue)
