"""Plans printed as cards: tables of a label and its value, with an action in each.

Out of scope: tables with a row of headings (`plan_tables`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hwbs_graph.intake.column_roles import name_roles
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.levels import Levels, find_level, is_plain
from hwbs_graph.intake.parts import Cell, Document, Paragraph, Table
from hwbs_graph.intake.plan_words import find_exact, fold_words
from hwbs_graph.intake.records import Printed, PrintedMeasure, Record, Update, part_enumerator

_NUMBERED = re.compile(r"(?P<label>.*?)\s*(?P<number>(?:no\.? ?|#)?[A-Z]{0,2}\d+(?:\.\d+)*[a-z]?)")
_LABELLED = re.compile(r"(?P<label>[^:]{2,40}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)
_FEWEST_ROLES = 2
#: What may stand above the action that it is said of.
_ABOVE = ("theme", "objective", "code")
#: So many rows tell whether a table is one of cards.
_MOST_ROWS = 60


class Pair(NamedTuple):
    """A labelled value: its role, the number in its label, and its cell; a band fills its row."""

    role: str
    number: str
    cell: Cell
    is_band: bool = False


def find_label(text: str) -> tuple[str, str]:
    """Return the role that a label names, and the number in it: “Action 3” is action and 3."""
    words = text.strip(" :")
    if roles := find_exact("exact", fold_words(words)):
        return _choose(roles), ""
    found = _NUMBERED.fullmatch(words)
    roles = find_exact("exact", fold_words(found["label"])) if found and found["label"] else []
    if found and "action" in roles:
        return "action", found["number"]
    if len(words.split()) <= 4 and (roles := name_roles(words)):
        return _choose(roles), ""
    return "", ""


def _choose(roles: list[str]) -> str:
    first = roles[0]
    return {"outcome": "measure", "who": "partners", "details": "", "due": "timescale"}.get(
        first, first
    )


def part_label(text: str) -> tuple[str, str]:
    """Return the label of a line and its value, both empty where it has none."""
    found = _LABELLED.fullmatch(text)
    return (found["label"], found["value"]) if found else ("", "")


def read_heading(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the number and the wording of a heading that is labelled as an action."""
    found = re.fullmatch(
        r"(?P<label>[^:–]{1,30}?)\s*(?::|\s[-–—])\s*(?P<value>\S.*)", paragraph.text
    )
    role, number = find_label(found["label"]) if found else ("", "")
    if found and role == "action" and number and len(found["value"].split()) > 1:
        return number, found["value"]
    return None


class CardReader:
    """Reads the cards of one table from top to bottom.

    A theme, objective or code stands above its action, or below it where the first one does. A row
    of one cell stands over all that follow, until the next.
    """

    def __init__(self, pairs: Sequence[Pair], levels: Levels, wrapped: bool) -> None:
        self.pairs, self.levels, self.wrapped = pairs, levels, wrapped
        self.records: list[Record] = []
        self.waiting: list[Pair] = []
        #: The theme and objective that stand over what follows.
        self.over: dict[str, Pair] = {}

    def read(self) -> list[Record]:
        """Return the actions, in order."""
        roles = [*(["action"] if self.records else []), *(pair.role for pair in self.pairs)]
        first = roles.index("action") if "action" in roles else len(roles)
        below = {role for role in _ABOVE if role in roles and roles.index(role) > first}
        for pair in self.pairs:
            if pair.role == "action":
                self.start(pair.cell, pair.number)
            elif self.records and (
                pair.role not in _ABOVE or (pair.role in below and not pair.is_band)
            ):
                add_value(self.records[-1], pair.role, pair.cell, self.wrapped)
            else:
                self.wait(pair)
        return self.records

    def start(self, cell: Cell, number: str) -> None:
        """Begin the card of an action."""
        code, text = part_enumerator(cell.text)
        record = Record(text, cell.place, number or code, self.levels.theme, self.levels.objective)
        self.records.append(record)
        for role, over in self.over.items():
            add_value(record, role, over.cell, self.wrapped)
            if not over.is_band and over not in self.waiting:
                why = f"“{text}” prints no {role} of its own: does it stand below"
                record.doubts.append(("row", f"{why} “{over.cell.text}”?", cell.place))
        for early in self.waiting:
            add_value(record, early.role, early.cell, self.wrapped)
        self.waiting.clear()

    def wait(self, pair: Pair) -> None:
        """Keep what stands above an action, a level also for those that follow."""
        self.waiting.append(pair)
        if pair.role == "theme":
            self.over.clear()
        if pair.role in ("theme", "objective"):
            self.over[pair.role] = pair


def read_cards(
    table: Table, levels: Levels, heading: Paragraph | None = None
) -> tuple[list[Record], list[Pair]]:
    """Return the actions of a table of labels and values, none if it is another one.

    Beside them stand the values whose labels nothing explains, each with its label.

    `heading` is a line above the table that is an action.
    """
    grid = Grid(table)
    pairs = list(_list_pairs(grid))
    if len(pairs) * 10 < sum(bool(cell.lines) for cell in table.cells) * 3:
        return [], []
    reader = CardReader(pairs, levels, table.wrapped)
    if heading and (found := name_action(heading)):
        reader.start(Cell(0, 0, (found[1],), heading.place), found[0])
    records = reader.read()
    worded = all(len(record.action.split()) > 1 for record in records)
    roles = {pair.role for pair in pairs} - {"action"}
    is_read = bool(records) and worded and len(roles) >= _FEWEST_ROLES
    return (records, list(_list_unknown(grid))) if is_read else ([], [])


def is_card(grid: Grid) -> bool:
    """Say whether the first cells of most rows are labels, an action among them."""
    rows = grid.numbers[:_MOST_ROWS]
    firsts = [cells[0] for row in rows if (cells := grid.list_row(row))]
    labels = [find_label(cell.text)[0] for cell in firsts]
    roles = {role for role in labels if role}
    sure = [cell for cell in firsts if find_exact("exact", fold_words(cell.text))]
    most = sum(map(bool, labels)) * 5 >= len(labels) * 3
    return "action" in roles and len(roles) >= 3 and most and len(sure) >= 2


def is_headless(grid: Grid) -> bool:
    """Say whether a table is a card of labels without an action, which stands above it then."""
    rows = [grid.list_row(row) for row in grid.numbers[:_MOST_ROWS]]
    labels = [find_label(cells[0].text.partition(":")[0])[0] for cells in rows if cells]
    roles = {role for role in labels if role}
    labelled = sum(map(bool, labels)) * 5 >= len(labels) * 3
    pairs = len(grid.columns) == 2 or all(":" in cells[0].text for cells in rows if cells)
    return pairs and labelled and len(roles) >= _FEWEST_ROLES and not roles & {"action", *_ABOVE}


def list_over_cards(document: Document) -> list[Paragraph]:
    """Return the lines of a document that are actions, as each stands over a card of labels.

    One line over one table may be anything.
    """
    pairs = pairwise(document.blocks)
    found = [
        above
        for above, block in pairs
        if isinstance(above, Paragraph) and isinstance(block, Table)
        if name_action(above) and not read_heading(above) and is_headless(Grid(block))
    ]
    return found if len(found) > 1 else []


def name_action(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the number and the wording of a line over a card, None if it names no action."""
    if labelled := read_heading(paragraph):
        return labelled
    code, text = part_enumerator(paragraph.text)
    number = paragraph.marker if paragraph.marker.strip("#•") else code
    is_wording = len(text.split()) > 1 and not text.endswith((".", ":"))
    return (number, text) if is_wording and not find_level(text) and not is_plain(text) else None


def _list_pairs(grid: Grid) -> Iterator[Pair]:
    """Yield each labelled value."""
    for row in grid.numbers:
        cells = grid.list_row(row)
        skip = False
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            if skip:
                skip = False
                continue
            role, number = find_label(cell.text)
            if role and following is not None:
                skip = True
                yield Pair(role, number, following)
            elif found := _LABELLED.fullmatch(cell.text):
                role, number = find_label(found["label"])
                if role:
                    own = cell._replace(lines=(found["value"],))
                    yield Pair(role, number, own, is_band=len(cells) == 1)


def _list_unknown(grid: Grid) -> Iterator[Pair]:
    """Yield each value beside words that are no known label, its label in place of its role."""
    for row in grid.numbers:
        cells = grid.list_row(row)
        words = [bool(find_label(cell.text)[0]) for cell in cells]
        if len(cells) == 2 and not any(words) and ":" not in cells[0].text.rstrip(" :"):
            yield Pair(cells[0].text.strip(" :"), "", cells[1])


def add_value(record: Record, role: str, cell: Cell, wrapped: bool) -> None:
    """Add what a label says to a record."""
    if role in ("lead", "partners"):
        getattr(record, role).append(Printed(cell.lines, cell.place, wrapped))
    elif role in ("timescale", "start", "due"):
        getattr(record, role).append(cell.text)
    elif role == "measure":
        for line in [cell.text] if wrapped else cell.lines:
            record.add_measure(PrintedMeasure("", line, cell.place))
    elif role in ("status", "update"):
        getattr(record, role).append(Update("", cell.text, cell.fill, cell.place))
    elif role in ("code", "theme", "objective") and cell.text:
        setattr(record, role, cell.text)
