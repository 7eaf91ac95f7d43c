"""Reads a plan sheet: the workbook of `hwbs template`, whose columns are known and not guessed.

Each line of a cell of names is one name. What is no date, no role or no name is a question.

Out of scope: plans that a board published in a form of its own (`plan_finding`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from hwbs_graph.intake.draft import Action, Draft
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Cell, Document, Table
from hwbs_graph.intake.persons import list_persons
from hwbs_graph.intake.plan_words import fold, is_blank
from hwbs_graph.intake.progress_steps import find_progress
from hwbs_graph.intake.records import PrintedBody, PrintedMeasure, PrintedPart
from hwbs_graph.intake.timescales import read_span
from hwbs_graph.model.dates import read_date
from hwbs_graph.model.sheet_columns import (
    ABOUT,
    ABOUT_ROWS,
    EXAMPLE,
    HOW_TO,
    NAMES,
    NAMES_COLUMNS,
    PLAN,
    PLAN_COLUMNS,
    PROGRESS,
    STATUSES,
    SheetColumn,
)
from hwbs_graph.text import file_stem

#: Headings that tell a plan sheet from another workbook with sheets of these names.
_FEWEST = 8
_ROLE = re.compile(r"(?P<role>[\w -]+?)(?: \((?P<printed>.+?)\))?: (?P<name>\S.*)")
_ROLES = (
    "lead",
    "involved",
    "supporting",
    "sponsor",
    "champion",
    "co-chair",
    "commissioner",
    "funder",
)
_MEASURE = re.compile(r"(?:\[(?P<kind>[^\]]+)\] )?(?P<text>.+)")
_ID = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
#: The label of a kind of body -> its name in the code list.
KINDS = {
    "NHS commissioner": "nhs-commissioner",
    "NHS provider": "nhs-provider",
    "VCSE organisation": "vcse",
    "sector or group of many": "sector",
    **{
        label: label.replace(" ", "-")
        for label in (
            "citizen body",
            "council",
            "council division",
            "council post",
            "council service",
            "council team",
            "local enterprise partnership",
            "partnership group",
            "policing body",
            "programme or campaign",
            "research partnership",
            "university",
            "unresolved",
        )
    },
}
Row = dict[str, Cell]


def is_plan_sheet(document: Document) -> bool:
    """Say whether a workbook is a plan sheet, by its sheets and headings."""
    tables = {table.sheet: table for table in document.tables}
    if not {ABOUT, PLAN} <= tables.keys():
        return False
    known = {column.heading for column in PLAN_COLUMNS}
    headings = {cell.text for cell in tables[PLAN].cells if cell.row == 0}
    return "Action" in headings and len(known & headings) >= _FEWEST


def read_plan_sheet(document: Document, path: Path) -> Draft:
    """Return the draft of a plan sheet; its names are certain, as a person typed them apart."""
    tables = {table.sheet: table for table in document.tables}
    draft = Draft()
    draft.left_out += document.left_out
    for table in document.tables:
        if table.sheet not in (ABOUT, PLAN, NAMES, HOW_TO):
            draft.leave_out(f"sheet “{table.sheet}”", "a plan sheet has no such sheet", table.sheet)
    _read_about(draft, tables[ABOUT], path)
    if NAMES in tables:
        _read_names(draft, tables[NAMES])
    reader = SheetReader(draft)
    for row in _list_rows(draft, tables[PLAN], PLAN_COLUMNS):
        reader.read_row(row)
    return draft


def _list_rows(draft: Draft, table: Table, columns: tuple[SheetColumn, ...]) -> Iterator[Row]:
    """Yield the rows below the headings by the keys of their columns."""
    grid = Grid(table)
    known = {column.heading: column.key for column in columns}
    keys: dict[int, str] = {}
    for number, cell in grid.rows.get(0, {}).items():
        if cell.text in known:
            keys[number] = known[cell.text]
        elif cell.text:
            draft.leave_out(f"column “{cell.text}”", "a plan sheet has no such column", cell.place)
    for row in grid.numbers[1:]:
        cells = {keys[n]: cell for n, cell in grid.rows[row].items() if n in keys}
        for cell in cells.values():
            if cell.fault:
                draft.leave_out("a cell", f"it is a {cell.fault}", cell.place)
        if filled := {key: cell for key, cell in cells.items() if cell.lines}:
            yield filled


def _read_about(draft: Draft, table: Table, path: Path) -> None:
    grid = Grid(table)
    said = {
        cells[0].text: cells[1].text for row in grid.numbers if len(cells := grid.list_row(row)) > 1
    }
    about = {key: said.get(heading) for heading, key in ABOUT_ROWS.items()}
    title = about["title"] or re.sub(r"[_-]+", " ", path.stem).strip() or "plan"
    status = about["status"] if about["status"] in STATUSES else None
    if about["status"] and not status:
        offer = ", ".join(STATUSES)
        draft.leave_out(f"status “{about['status']}”", f"it is none of {offer}", ABOUT)
    key = file_stem(title, "plan")[:60].strip("-")
    draft.plan = {"key": key, "title": title, "body": about["body"]}
    draft.plan |= {"period": about["period"], "status": status}


def _read_names(draft: Draft, table: Table) -> None:
    for row in _list_rows(draft, table, NAMES_COLUMNS):
        if "name" not in row:
            continue
        texts = {key: cell.text for key, cell in row.items()}
        spellings = [*row["abbreviation"].lines] if "abbreviation" in row else []
        kind = texts.get("kind", "")
        if kind and kind not in KINDS:
            text = f"“{kind}” is no kind of body of the list: which is it?"
            draft.ask("name", text, texts["name"], row["kind"].place, [*KINDS])
        body = PrintedBody(
            spellings,
            kind if kind in KINDS else "",
            texts.get("code", ""),
            row["name"].place,
        )
        draft.details.bodies[fold(texts["name"])] = body


class SheetReader:
    """Reads the rows of the sheet Plan from top to bottom."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.ids: set[str] = set()

    def read_row(self, row: Row) -> None:
        """Read an action, or what a row without one adds to the action above."""
        first = next(iter(row.values()))
        if any(row[key].text.startswith(EXAMPLE) for key in ("action", "update") if key in row):
            self.draft.leave_out("an example row", "it only shows how", first.place)
        elif "action" in row:
            self.start_action(row)
        elif self.draft.actions:
            self.go_on(row, first)
        else:
            self.draft.leave_out(f"“{first.text[:60]}”", "a row without action", first.place)

    def start_action(self, row: Row) -> None:
        texts = {key: cell.text for key, cell in row.items()}
        key = self.find_id(row)
        action = Action(
            key,
            code=texts.get("code", ""),
            theme=texts.get("theme", ""),
            objective=texts.get("objective", ""),
            action=texts["action"],
            place=row["action"].place,
            timescale=texts.get("timescale", ""),
            start=self.read_day(row, "start", key),
            due=self.read_day(row, "due", key),
            measure=list(_list_measures(row)),
            status=texts.get("printed") or texts.get("status", ""),
        )
        self.draft.actions.append(action)
        if not (row.keys() & {"start", "due", "id"}):
            action.start, action.due = read_span(action.timescale)
        for column, kept in (("lead", action.lead), ("partners", action.partners)):
            kept += self.list_names(row[column], action) if column in row else []
        self.draft.details.parts[action.id] = [*self.list_parts(row, action)]
        self.add_update(row, action)

    def find_id(self, row: Row) -> str:
        """Return the id that the row has, or make one; two actions never share one."""
        given = row["id"].text if "id" in row else ""
        if _ID.fullmatch(given) and given not in self.ids:
            self.ids.add(given)
            return f"action/{given}"
        return self.draft.make_id("action", row["action"].text)

    def read_day(self, row: Row, key: str, action: str) -> str | None:
        """Return a date as the ontology writes it; another word is a question."""
        if key not in row:
            return None
        found = read_date(row[key].text)
        if found is None:
            text = f"“{row[key].text}” is no date: which day, month, quarter or year is it?"
            self.draft.ask("row", text, row[key].text, row[key].place, [], [action])
        return found

    def list_names(self, cell: Cell, action: Action) -> Iterator[dict[str, object]]:
        """Yield the name of each line; what may be a person is asked about."""
        for line in cell.lines:
            if is_blank(line):
                text = f"“{line}” is printed in place of a name: who is it?"
                self.draft.ask("name", text, line, cell.place, [], [action.id])
                continue
            certain = fold(line) in self.draft.details.bodies or not list_persons(line)
            if not certain:
                text = f"Is what stands in {cell.place} a body? Persons are never partners."
                self.draft.ask("name", text, "", cell.place, ["not a body"], [action.id])
                continue
            yield {"printed": line, "place": cell.place, "certain": True}

    def list_parts(self, row: Row, action: Action) -> Iterator[PrintedPart]:
        for line in row["roles"].lines if "roles" in row else ():
            found = _ROLE.fullmatch(line)
            if found and found["role"] in _ROLES:
                place = row["roles"].place
                yield PrintedPart(found["role"], found["printed"] or "", found["name"], place)
            else:
                text = f"“{line}” is no role and name: which part has whom?"
                self.draft.ask("role", text, line, row["roles"].place, [*_ROLES], [action.id])

    def go_on(self, row: Row, first: Cell) -> None:
        action = self.draft.actions[-1]
        if row.keys() & {"theme", "objective"}:
            pair = [row[key].text if key in row else "" for key in ("theme", "objective")]
            self.draft.details.placements.setdefault(action.id, []).append(pair)
        self.add_update(row, action)
        others = row.keys() - {"theme", "objective", "status", "printed", "update", "as_of"}
        for key in sorted(others):
            text = f"“{row[key].text}” stands in a row without an action: what does it belong to?"
            self.draft.ask("row", text, row[key].text, row[key].place, [], [action.id])

    def add_update(self, row: Row, action: Action) -> None:
        """Add what a row reports of progress, with its word and its text apart."""
        shown = next((row[key] for key in ("update", "printed", "status") if key in row), None)
        if shown is None:
            return
        status = row["status"].text if "status" in row else ""
        word = row["printed"].text if "printed" in row else ""
        step = status if status in PROGRESS else find_progress(status or word)
        update = {
            "as_of": self.read_day(row, "as_of", action.id),
            "text": "\n".join(shown.lines),
            "progress": step,
            "colour": None,
            "place": shown.place,
        }
        action.updates.append(update)
        word = word or ("" if status in PROGRESS else status)
        self.draft.details.printed.setdefault(action.id, []).append(word)


def _list_measures(row: Row) -> Iterator[PrintedMeasure]:
    for line in row["measure"].lines if "measure" in row else ():
        if found := _MEASURE.fullmatch(line):
            yield PrintedMeasure(found["kind"] or "", found["text"], row["measure"].place)
