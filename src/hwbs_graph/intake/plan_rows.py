"""From the rows of a plan to records: bands, merged cells, repeated headings, rows that go on.

Out of scope: headings outside the table (`levels`), and names (`bodies`).
"""

import re
from typing import Any

from hwbs_graph.intake.column_roles import Column
from hwbs_graph.intake.levels import Levels, find_level, strip_level
from hwbs_graph.intake.outlines import list_said, read_outline
from hwbs_graph.intake.parts import Cell, LeftOut
from hwbs_graph.intake.plan_tables import PlanTable, fold_headings, is_repeated_header
from hwbs_graph.intake.plan_words import fold, is_ditto
from hwbs_graph.intake.records import Printed, PrintedMeasure, Record, Update, part_enumerator

_NOTE = re.compile(
    r"(?i)(note|notes|source|key|nb|total|totals|footnote)\b\s*[:.)-].*|totals?|[*†‡]+\s*\w.{8,}"
)
_TOTAL = re.compile(r"(?i)(?:grand |sub-?)?totals?|cyfanswm")
_EXAMPLE = re.compile(r"(?i)(e\.g\.?|example|for example|sample|\[example\]|\(example\))[\s:].*")
_LISTED = ("timescale", "start", "due")


class RowReader:
    """Reads the rows of one plan from top to bottom."""

    def __init__(self, plan: PlanTable, levels: Levels) -> None:
        self.plan, self.levels = plan, levels
        self.records: list[Record] = []
        self.left_out: list[LeftOut] = []
        self.carried: dict[str, list[tuple[str, Record]]] = {}
        self.above: dict[str, str] = {}
        self.last: Cell | None = None
        self.filtered = 0
        #: Actions that fill their rows alone, each with the number of records up to it.
        self.alone: list[tuple[Cell, int]] = []
        #: A row that is a level -> the bodies that it names, and the records below it.
        self.of_levels: dict[Cell, tuple[list[str], list[Record]]] = {}
        self.headings = fold_headings(plan)
        self.outline = read_outline(plan)
        (self.action,) = plan.list_columns("action")[:1]

    def read(self) -> list[Record]:
        """Return the records, in order."""
        for row in self.plan.grid.numbers:
            if row > self.plan.header:
                self.read_row(row)
        return self.records

    def read_row(self, row: int) -> None:
        cells = self.plan.grid.rows[row]
        worded = self.plan.grid.list_row(row)
        faulty = [cell for cell in cells.values() if cell.fault]
        if (not worded and not faulty) or is_repeated_header(self.headings, cells):
            return
        action = cells.get(self.action.number)
        if row in self.outline.levels:
            self.leave_level(row)
            return
        is_note = len(worded) == 1 and bool(_NOTE.fullmatch(worded[0].text))
        if row in self.outline.over and not is_note:
            self.go_below(self.outline.over[row])
        elif len(worded) == 1 and self.read_single(worded[0], row):
            return
        self.note_levels(cells, row)
        if action is None or not action.lines:
            self.read_without_action(cells, worded, faulty, row)
        elif action is self.last:
            self.add_cells(self.records[-1], cells, row)
        elif self.goes_on(action, row):
            self.last = action
            self.records[-1].action += f" {action.text}"
            self.go_on(cells, worded, row)
        elif _TOTAL.fullmatch(worded[0].text):
            self.left_out.append(LeftOut("a row of totals", "it is no action", action.place))
        elif _EXAMPLE.fullmatch(action.text):
            self.left_out.append(LeftOut("an example row", "it only shows how", action.place))
        else:
            self.last = action
            self.start_records(action, cells, row)
            if len(worded) == 1:
                self.alone.append((action, len(self.records)))

    def leave_level(self, row: int) -> None:
        """Take a row that others stand below for a level; what it says of bodies is asked about."""
        cell = self.plan.grid.rows[row][self.action.number]
        if bodies := list_said(self.plan, row, ("lead", "partners")):
            self.of_levels[cell] = (bodies, [])
        for said in list_said(self.plan, row, ("measure", "status", "update")):
            why = "it is said of a row that others stand below"
            self.left_out.append(LeftOut(f"“{said[:60]}”", why, cell.place))

    def go_below(self, over: tuple[Cell, ...]) -> None:
        """Go below the rows of an outline; a level between theme and objective is named."""
        self.levels.enter_outline([each.text for each in over])
        for cell in over:
            if strip_level(cell.text) not in (self.levels.theme, self.levels.objective):
                self.leave_band(cell, cell.text)

    def read_single(self, cell: Cell, row: int) -> bool:
        """Take a row of one cell for a band, a note or a level; say whether it was one."""
        if _NOTE.fullmatch(cell.text):
            self.left_out.append(
                LeftOut(f"“{cell.text[:60]}”", "a note below the table", cell.place)
            )
            return True
        wide = cell.columns > max(1, len(self.plan.grid.columns) // 2)
        starts = cell.column == self.plan.grid.columns[0] or cell.column <= self.action.number
        level = find_level(cell.text)
        if cell.rows > 1 and not wide:
            return False
        if wide or (level and starts) or (starts and cell.column != self.action.number):
            column = self.find_column(cell.column)
            if not wide and column and column.role in ("theme", "objective"):
                return False
            self.levels.enter_band(cell.text, level)
            over = (self.levels.theme, self.levels.objective, strip_level(cell.text))
            if over[2] not in over[:2] and cell.text not in over[:2]:
                self.leave_band(cell, cell.text)
            self.above.clear()
            return True
        return False

    def leave_band(self, cell: Cell, text: str) -> None:
        """Name, once, words over actions that are neither their theme nor their objective."""
        left = LeftOut(f"“{text[:60]}”", "a third level, or a plain heading", cell.place)
        if left not in self.left_out:
            self.left_out.append(left)

    def find_column(self, number: int) -> Column | None:
        return next((each for each in self.plan.columns if each.number == number), None)

    def note_levels(self, cells: dict[int, Cell], row: int) -> None:
        """Remember the theme and objective of a row, for rows below that leave them empty."""
        for role in ("theme", "objective"):
            words = [
                cell.text
                for column in self.plan.list_columns(role)
                if (cell := cells.get(column.number)) and _says(cell)
            ]
            if words:
                if role == "theme" and self.above.get("theme") != words[0]:
                    self.above.pop("objective", None)
                # Of two columns of a level, the first has its name and the other its number.
                self.above[role] = " ".join(dict.fromkeys(words))

    def find_words(self, role: str, cells: dict[int, Cell], row: int) -> str:
        columns = self.plan.list_columns(role)
        own = [cells.get(column.number) for column in columns]
        if columns and not any(cell and _says(cell) for cell in own) and self.above.get(role):
            carried = self.carried.setdefault(columns[0].heading, [])
            carried.append((self.above[role], self.records[-1]))
        return self.above.get(role, "") if columns else ""

    def read_without_action(
        self, cells: dict[int, Cell], worded: list[Cell], faulty: list[Cell], row: int
    ) -> None:
        """A row without wording goes on with the one above, or only names a level."""
        roles = {column.role for column in self.plan.columns if cells.get(column.number) in worded}
        if faulty and self.action.number in {cell.column for cell in faulty}:
            place = faulty[0].place
            doubt = ("row", f"The action is a {faulty[0].fault}; what does it say?", place)
            if self.records:
                self.records[-1].doubts.append(doubt)
            self.left_out.append(LeftOut("a row", faulty[0].fault, place))
        elif roles & {"lead", "partners", "timescale", "measure", "status", "update"}:
            self.go_on(cells, worded, row)
        elif not roles <= {"theme", "objective"}:
            shown = " | ".join(cell.text for cell in worded)
            self.left_out.append(
                LeftOut(f"“{shown[:60]}”", "a row without action", worded[0].place)
            )

    def goes_on(self, action: Cell, row: int) -> bool:
        """Say whether a wording that begins small ends the one above, whose row a page parts."""
        if not self.records or not action.text[0].islower() or part_enumerator(action.text)[0]:
            return False
        codes = (
            self.plan.grid.rows[row].get(each.number) for each in self.plan.list_columns("code")
        )
        coded = any(cell and cell.lines for cell in codes)
        before = self.records[-1].action
        return not coded and before[0].isupper() and not before.endswith((".", "!", "?"))

    def go_on(self, cells: dict[int, Cell], worded: list[Cell], row: int) -> None:
        shown = " | ".join(cell.text for cell in worded)
        if not self.records:
            self.left_out.append(
                LeftOut(f"“{shown[:60]}”", "a row without action", worded[0].place)
            )
            return
        record = self.records[-1]
        self.add_cells(record, cells, row)
        question = f"The row “{shown[:200]}” is read as part of “{record.action}”."
        record.doubts.append(("row", f"{question} Is it?", worded[0].place))

    def start_records(self, action: Cell, cells: dict[int, Cell], row: int) -> None:
        wrapped = self.plan.grid.table.wrapped
        for part, text in enumerate(parts := self.part_action(action, cells)):
            record = Record(text, action.place)
            self.records.append(record)
            for cell in self.outline.over.get(row, ()):
                if cell in self.of_levels:
                    self.of_levels[cell][1].append(record)
            self.add_cells(record, cells, row, (part, len(parts)) if len(parts) > 1 else None)
            self.note_hidden(record, row)
            if not record.code:
                record.code, record.action = part_enumerator(record.action)
                _join_code(record)
        numbered = _count_numbered(action.lines) > 1
        if len(parts) == 1 and (numbered or (not wrapped and _holds_several(action))):
            kind = "numbered lines" if numbered else "lines"
            doubt = f"“{action.text}” holds several {kind}: one action or several?"
            record.doubts.append(("split", doubt, action.place))

    def part_action(self, action: Cell, cells: dict[int, Cell]) -> list[str]:
        """Return the actions of a cell: several only where another cell is numbered likewise."""
        several = _count_numbered(action.lines)
        if several == len(action.lines) > 1 and any(
            _count_numbered(cell.lines) == several == len(cell.lines)
            for cell in cells.values()
            if cell is not action
        ):
            return [_strip_number(line) for line in action.lines]
        return [action.text]

    def note_hidden(self, record: Record, row: int) -> None:
        why = self.plan.grid.table.hidden_rows.get(row)
        if row in self.plan.moved:
            doubt = f"The cells of “{record.action}” stand in other columns: are they read rightly?"
            record.doubts.append(("row", doubt, record.place))
        self.filtered += why == "filter"
        if why == "hand":
            doubt = (
                f"The row of “{record.action}” is hidden in the file: does it belong to the plan?"
            )
            record.doubts.append(("row", doubt, record.place))

    def add_cells(
        self, record: Record, cells: dict[int, Cell], row: int, part: tuple[int, int] | None = None
    ) -> None:
        """Add what the other cells of a row say to a record."""
        record.theme = record.theme or self.find_words("theme", cells, row) or self.levels.theme
        record.objective = (
            record.objective or self.find_words("objective", cells, row) or self.levels.objective
        )
        if not record.theme and find_level(record.objective) == "theme":
            record.theme, record.objective = record.objective, ""
        is_lead = self.says_lead(cells)
        for column in self.plan.columns:
            cell = cells.get(column.number)
            if column.role == "partners" and is_lead:
                column = column._replace(role="lead")
            if cell and (cell.lines or cell.fill or cell.fault):
                own = cell if part is None else _take_part(cell, *part)
                self.add_cell(record, column, own)

    def says_lead(self, cells: dict[int, Cell]) -> bool:
        """Say whether the column of parts says that the body of this row leads."""
        parts = [cells.get(column.number) for column in self.plan.list_columns("part")]
        return any(each and re.fullmatch("l|lead", fold(each.text)) for each in parts)

    def add_cell(self, record: Record, column: Column, cell: Cell) -> None:
        if cell.fault and column.role not in ("leave", "persons", "unknown"):
            doubt = f"The cell below “{column.heading}” is a {cell.fault}: what does it say?"
            record.doubts.append(("row", doubt, cell.place))
        if not column.is_sure:
            record.unsure_roles.add(column.role)
        wrapped = self.plan.grid.table.wrapped
        if column.role in ("lead", "partners") and cell.lines:
            printed = Printed(cell.lines, cell.place, wrapped)
            kept: list[Printed] = getattr(record, column.role)
            if printed not in kept:
                kept.append(printed)
        elif column.role == "code" and cell.lines and not record.code:
            record.code = cell.text
        elif column.role in _LISTED and cell.lines:
            _add_new(getattr(record, column.role), cell.text)
        elif column.role == "measure" and cell.lines:
            for line in [cell.text] if wrapped else cell.lines:
                record.add_measure(PrintedMeasure(column.heading, line, cell.place))
        elif column.role in ("status", "update"):
            update = Update(column.heading, cell.text, cell.fill, cell.place)
            if cell.lines or (column.role == "status" and cell.fill):
                _add_new(getattr(record, column.role), update)
        elif column.role == "mark" and cell.lines:
            record.marks.append((column.heading, cell.text, cell.place))


def _says(cell: Cell) -> bool:
    """Say whether a cell has words of its own, and none for what stands above."""
    return bool(cell.lines) and not is_ditto(cell.text)


def _holds_several(cell: Cell) -> bool:
    """Say whether the lines of a cell may be a wording each: none goes on with the one before."""
    begins = all(len(line.split()) > 1 and not line[0].islower() for line in cell.lines)
    return len(cell.lines) > 1 and begins


def _add_new(kept: list[Any], value: Any) -> None:
    if value not in kept:
        kept.append(value)


def _join_code(record: Record) -> None:
    """Complete a letter with the number that the objective begins with: “1.” and “a)” is 1a."""
    found = re.fullmatch(r"(\d{1,2})[.)]\s+(\S.*)", record.objective)
    if found and re.fullmatch(r"[a-z]", record.code):
        record.code, record.objective = f"{found[1]}{record.code}", found[2]


def _count_numbered(lines: tuple[str, ...]) -> int:
    return sum(bool(re.match(r"(\(?(\d{1,2}|[a-z])[.)]|[•▪●❖◦*–-])\s", line)) for line in lines)


def _strip_number(line: str) -> str:
    return re.sub(r"^\(?(\d{1,2}|[a-z])[.)]\s+", "", line)


def _take_part(cell: Cell, part: int, of: int) -> Cell:
    """Return the line of a numbered cell that goes with the same number of the action."""
    if len(cell.lines) == of == _count_numbered(cell.lines):
        return cell._replace(lines=(_strip_number(cell.lines[part]),))
    return cell
