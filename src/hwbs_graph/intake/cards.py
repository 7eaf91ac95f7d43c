"""Plans printed as cards: tables of a label and its value, with an action in each.

Out of scope: tables with a row of headings (`plan_tables`).
"""

import re
from collections.abc import Iterator

from hwbs_graph.intake.column_roles import name_roles
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.levels import Levels
from hwbs_graph.intake.parts import Cell, Paragraph, Table
from hwbs_graph.intake.plan_words import find_exact, fold_words
from hwbs_graph.intake.records import Printed, PrintedMeasure, Record, Update, part_enumerator

_NUMBERED = re.compile(r"(?P<label>.*?)\s*(?P<number>(?:no\.? ?|#)?[A-Z]{0,2}\d+(?:\.\d+)*[a-z]?)")
_LABELLED = re.compile(r"(?P<label>[^:]{2,40}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)
_FEWEST_ROLES = 2
#: So many rows tell whether a table is one of cards.
_MOST_ROWS = 60


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


def read_heading(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the number and the wording of a heading that is labelled as an action."""
    found = re.fullmatch(
        r"(?P<label>[^:–]{1,30}?)\s*(?::|\s[-–—])\s*(?P<value>\S.*)", paragraph.text
    )
    role, number = find_label(found["label"]) if found else ("", "")
    if found and role == "action" and number and len(found["value"].split()) > 1:
        return number, found["value"]
    return None


def read_cards(table: Table, levels: Levels, heading: Paragraph | None = None) -> list[Record]:
    """Return the actions of a table of labels and values; empty if it is none.

    `heading` is one above the table that is labelled as an action.
    """
    records: list[Record] = []
    roles: set[str] = set()
    if heading and (found := read_heading(heading)):
        words = Cell(0, 0, (found[1],), heading.place)
        records.append(_start(words, found[0], levels))
    waiting: list[tuple[str, Cell]] = []
    pairs = list(_list_pairs(Grid(table)))
    if len(pairs) * 10 < sum(bool(cell.lines) for cell in table.cells) * 3:
        return []
    for role, number, cell in pairs:
        roles.add(role)
        if role == "action":
            records.append(_start(cell, number, levels))
            for early, value in waiting:
                add_value(records[-1], early, value, table.wrapped)
            waiting.clear()
        elif records and role not in ("theme", "objective", "code"):
            add_value(records[-1], role, cell, table.wrapped)
        else:
            waiting.append((role, cell))
    worded = all(len(record.action.split()) > 1 for record in records)
    return records if worded and len(roles - {"action"}) >= _FEWEST_ROLES else []


def is_card(grid: Grid) -> bool:
    """Say whether the first cells of most rows are labels, an action among them."""
    rows = grid.numbers[:_MOST_ROWS]
    firsts = [cells[0] for row in rows if (cells := grid.list_row(row))]
    labels = [find_label(cell.text)[0] for cell in firsts]
    roles = {role for role in labels if role}
    sure = [cell for cell in firsts if find_exact("exact", fold_words(cell.text))]
    most = sum(map(bool, labels)) * 5 >= len(labels) * 3
    return "action" in roles and len(roles) >= 3 and most and len(sure) >= 2


def _start(cell: Cell, number: str, levels: Levels) -> Record:
    code, text = part_enumerator(cell.text)
    return Record(text, cell.place, number or code, levels.theme, levels.objective)


def _list_pairs(grid: Grid) -> Iterator[tuple[str, str, Cell]]:
    """Yield each labelled value: the role, the number in the label, and the cell of the value."""
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
                yield role, number, following
            elif found := _LABELLED.fullmatch(cell.text):
                role, number = find_label(found["label"])
                if role:
                    yield role, number, cell._replace(lines=(found["value"],))


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
