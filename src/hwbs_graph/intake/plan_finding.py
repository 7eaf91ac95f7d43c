"""Finds the plan in a document: its tables, cards or lists, and the draft that they give.

Out of scope: reading a file (`readers`), and writing the draft (`cli`).
"""

import re
from collections.abc import Iterable
from pathlib import Path

from hwbs_graph.intake import doubts
from hwbs_graph.intake.about import About, describe_plan, find_title_block
from hwbs_graph.intake.cards import is_card, list_over_cards, read_cards, read_heading
from hwbs_graph.intake.choices import Choices, describe_columns
from hwbs_graph.intake.draft import Action, Draft
from hwbs_graph.intake.glossary import read_glossary
from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.levels import Levels, find_level, is_plain
from hwbs_graph.intake.line_cards import gather_cards
from hwbs_graph.intake.lists import ListReader
from hwbs_graph.intake.naming import Namer, list_mentioned
from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.persons import count_persons
from hwbs_graph.intake.plan_rows import RowReader
from hwbs_graph.intake.plan_tables import PlanTable, is_glossary, judge_table
from hwbs_graph.intake.plan_words import fold, fold_words, matches
from hwbs_graph.intake.progress_steps import describe_status, describe_update, read_colour_key
from hwbs_graph.intake.reading_steps import OnStep, ignore_step, track_actions
from hwbs_graph.intake.records import Record
from hwbs_graph.intake.shifted_rows import align_plans
from hwbs_graph.intake.stacked_tables import part_tables
from hwbs_graph.intake.timescales import read_span
from hwbs_graph.text import count

_SAID_BEFORE = 12
_NO_CHOICES = Choices()


class Finder:
    """Finds the plan of one document."""

    def __init__(
        self, document: Document, path: Path, choices: Choices, on_step: OnStep = ignore_step
    ) -> None:
        self.document, self.path, self.choices = document, path, choices
        self.on_step = on_step
        self.draft = Draft()
        self.levels = Levels(choices.headings)
        self.title = find_title_block(document)
        self.records: list[Record] = []
        self.first: list[str] = []
        self.parts: list[LeftOut] = []
        self.decoys: dict[int, str] = {}
        self.heading: Paragraph | None = None
        self.heads = self.heads_before = 0
        #: Lines that are actions, as each stands over a card of labels.
        self.over_cards: dict[Paragraph, None] = {}
        #: A label that nothing explains -> its values, each with the records of its table.
        self.unknown_labels: dict[str, list[tuple[Cell, list[Record]]]] = {}
        self.read_rows: list[RowReader] = []
        self.is_listed = self.measured = self.over_themes = False
        self.plan_partners: list[Paragraph] = []

    def find(self) -> Draft:
        """Return the draft; it has no actions where nothing could be a plan."""
        self.draft.left_out += self.document.left_out
        plans = self.judge_tables()
        if not (plans or self.decoys):
            self.document = gather_cards(self.document)
            self.over_cards = dict.fromkeys(list_over_cards(self.document))
        self.read_blocks(plans)
        if self.records:
            self.draft.left_out += self.parts
        else:
            self.read_lists()
        about = describe_plan(self.document, self.path, self.first)
        if self.records and is_meeting(about.title):
            what = count(len(self.records), "action")
            self.draft.leave_out(what, "it is an action log of a meeting, by the title")
            self.records = []
        if self.document.by_position and not self.records:
            why = "the PDF has no tags and no ruled table of actions; its Word file would be read"
            self.draft.leave_out("the layout", why)
        self.describe(about)
        self.write_actions()
        return self.draft

    def judge_tables(self) -> dict[int, PlanTable]:
        """Return the plans by the number of their block; the other tables are left out by name."""
        plans: dict[int, PlanTable] = {}
        before: PlanTable | None = None
        heading = ""
        for number, block in enumerate(self.document.blocks):
            if isinstance(block, Paragraph):
                heading = block.text if block.level else heading
                continue
            if is_card(Grid(block)):
                continue
            judged = judge_table(block, before, self.choices)
            under = block.sheet or heading
            if isinstance(judged, PlanTable) and is_decoy(under):
                self.decoys[number] = f"it is no plan by its heading, “{under[:60]}”"
            elif isinstance(judged, PlanTable):
                plans[number] = before = self.settle_persons(judged)
        return align_plans(plans)

    def settle_persons(self, plan: PlanTable) -> PlanTable:
        """Leave out columns of persons; one of bodies under such a heading may be the lead."""
        columns = []
        leads = any(column.role in ("lead", "partners") for column in plan.columns)
        for column in plan.columns:
            if column.role not in ("persons", "lead", "unknown"):
                columns.append(column)
                continue
            texts = [cell.text for cell in plan.grid.list_column(column.number, plan.header)]
            persons = count_persons(texts)
            if persons and persons * 2 >= len(texts):
                columns.append(column._replace(role="persons"))
            elif column.role == "persons" and not leads and texts and not persons:
                columns.append(column._replace(role="lead", is_sure=False))
            else:
                columns.append(column)
        return plan._replace(columns=tuple(columns))

    def read_blocks(self, plans: dict[int, PlanTable]) -> None:
        sheets = {plan.grid.table.sheet for plan in plans.values()}
        self.over_themes = stand_over_themes(plans.values())
        for number, block in enumerate(self.document.blocks):
            if isinstance(block, Paragraph):
                self.read_paragraph(block)
            elif number in plans:
                self.read_plan(plans[number], len(sheets) > 1)
            elif number in self.decoys:
                self.draft.leave_out(block.sheet or block.place, self.decoys[number], block.place)
            elif not self.read_card(block):
                self.read_other(block)

    def read_card(self, table: Table) -> bool:
        """Read the cards of a table; say whether it has any."""
        records, unknown = read_cards(table, self.levels, self.heading)
        if not records:
            return False
        self.records += records
        self.heading = None
        for each in unknown:
            self.unknown_labels.setdefault(each.role, []).append((each.cell, records))
        return True

    def read_paragraph(self, paragraph: Paragraph) -> None:
        level = find_level(paragraph.text)
        if paragraph in self.over_cards or (paragraph.level and read_heading(paragraph)):
            self.heading = paragraph
            return
        self.heads += paragraph.level > 0
        if paragraph.level or (level and not paragraph.marker and len(paragraph.text) < 160):
            self.levels.enter_heading(paragraph, paragraph == self.title)
        elif names_part(paragraph.text):
            what = f"“{paragraph.text[:80]}”"
            self.parts.append(LeftOut(what, "it is said of no action", paragraph.place))

    def read_other(self, table: Table) -> None:
        judged = judge_table(table, None, self.choices)
        kind = "it is no plan" if isinstance(judged, PlanTable) else judged.kind
        name = f"sheet “{table.sheet}”" if table.sheet else table.place
        self.draft.leave_out(name, kind, table.place)
        texts = [cell.text for cell in table.cells if cell.lines]
        brief = table.sheet and len(texts) <= _SAID_BEFORE * 3 and is_glossary(Grid(table)) is None
        self.first += texts[:_SAID_BEFORE] if brief else []

    def read_plan(self, plan: PlanTable, by_sheet: bool) -> None:
        table = plan.grid.table
        named = by_sheet and not is_plain(table.sheet)
        if named and plan.list_columns("theme") and not self.over_themes:
            why = "a column names the theme"
            self.draft.leave_out(f"the name of sheet “{table.sheet}”", why, table.sheet)
            named = False
        self.levels.enter_table(table.sheet if named else "", self.goes_on(plan))
        plan = self.put_below_heading(plan)
        for row in plan.grid.numbers:
            if row < plan.header:
                self.read_above(plan, row)
        self.heads_before = self.heads
        reader = RowReader(plan, self.levels)
        self.records += reader.read()
        self.read_rows.append(reader)
        self.draft.left_out += reader.left_out
        self.draft.columns |= describe_columns(plan.columns)

    def put_below_heading(self, plan: PlanTable) -> PlanTable:
        """Let a heading be the theme, and a column of another level stand below it or be asked."""
        if not (self.levels.theme and plan.list_columns("theme")):
            return plan
        below = "unknown" if plan.list_columns("objective") else "objective"
        columns = [
            column._replace(role=below, is_sure=False) if column.role == "theme" else column
            for column in plan.columns
        ]
        return plan._replace(columns=tuple(columns))

    def goes_on(self, plan: PlanTable) -> bool:
        """Say whether a table has the columns of the one before it, and no heading between."""
        if not self.read_rows or plan.grid.table.sheet:
            return False
        before = self.read_rows[-1].plan
        between = self.heads > self.heads_before
        headings = [[column.heading for column in each.columns] for each in (before, plan)]
        return headings[0] == headings[1] and not between

    def read_above(self, plan: PlanTable, row: int) -> None:
        """Read a row above the headings: a level, or what the plan says of itself."""
        cells = plan.grid.list_row(row)
        for cell in cells:
            if level := find_level(cell.text):
                self.levels.enter_band(cell.text, level)
            else:
                self.first.append(cell.text)

    def read_lists(self) -> None:
        reader = ListReader(self.title, self.choices.headings)
        found = reader.read(self.document.paragraphs)
        records = found.records
        if len(records) == 1 and not _is_told(records[0]):
            what = f"“{records[0].action[:60]}”"
            self.draft.leave_out(what, "one line is no plan", records[0].place)
            records = []
        self.records, self.is_listed = records, bool(records)
        self.measured, self.plan_partners = found.measured, found.partners

    def describe(self, about: About) -> None:
        self.draft.plan = {name: value or None for name, value in about._asdict().items()}

    def write_actions(self) -> None:
        key = read_colour_key(self.document.tables)
        self.draft.glossary = read_glossary(self.document)
        namer = Namer(self.draft, self.records, self.draft.glossary, self.choices.splits)
        for record in track_actions(self.records, self.on_step):
            action = self.write_action(record, key)
            self.draft.actions.append(action)
            namer.name(record, action)
            doubts.ask_of_record(self.draft, record, action)
        namer.ask_kinds()
        mentioned = list(list_mentioned(self.draft.actions, namer.splitter))
        found = doubts.Found(
            self.draft,
            self.records,
            self.read_rows,
            self.document.by_position,
            self.is_listed,
            self.measured,
            self.plan_partners,
            [each.place for each in self.over_cards],
            self.unknown_labels,
        )
        doubts.ask_all(found, mentioned)

    def write_action(self, record: Record, key: dict[str, str]) -> Action:
        timescale = " – ".join(record.timescale or [*record.start, *record.due])
        start, due = read_span(timescale) if record.timescale else (None, None)
        if record.start:
            start = read_span(record.start[0])[1] or read_span(record.start[0])[0]
        if record.due:
            due = read_span(record.due[0])[1]
        shown = [describe_status(each, key) for each in record.status]
        return Action(
            self.draft.make_id("action", record.action),
            record.code,
            record.theme,
            record.objective,
            record.action,
            record.place,
            timescale,
            start,
            due,
            record.measure,
            "; ".join(each for each in shown if each),
            updates=[
                describe_update(each, key, self.choices.steps)
                for each in (*record.status, *record.update)
            ],
        )


def _is_told(record: Record) -> bool:
    """Say whether a record says more than its wording."""
    return bool(record.lead or record.partners or record.timescale or record.measure)


def is_meeting(title: str) -> bool:
    """Say whether a title is that of minutes."""
    words = fold_words(title)
    return any(matches("plan_titles", "meeting", part) for part in (words, words.split(" of ")[0]))


def names_part(text: str) -> bool:
    """Say whether a line gives a part in a whole theme, such as its sponsor."""
    label, mark, said = text.partition(":")
    words = fold_words(label)
    kinds = ("lead_words", "support_words", "other_words")
    ends = [words, words.split()[-1] if words else ""]
    return (
        bool(mark and said.strip())
        and len(words.split()) <= 4
        and any(matches("names", kind, each) for kind in kinds for each in ends)
    )


def is_decoy(heading: str) -> bool:
    """Say whether a heading or the name of a sheet says that no plan follows."""
    return matches("plain", "decoys", re.sub(r"^[\d ]+", "", fold_words(heading)))


def stand_over_themes(plans: Iterable[PlanTable]) -> bool:
    """Say whether the names of sheets stand over what a column of each calls the theme.

    Then no theme is on two sheets, some sheet has several, and none has the name of its sheet.
    """
    found = [(plan.grid.table.sheet, _list_themes(plan)) for plan in plans]
    themes = [theme for _, each in found for theme in each]
    apart = len(themes) == len(set(themes)) > len(found)
    return apart and not any(fold(sheet) in each for sheet, each in found)


def _list_themes(plan: PlanTable) -> set[str]:
    cells = (
        cell
        for column in plan.list_columns("theme")
        for cell in plan.grid.list_column(column.number, plan.header)
    )
    return {fold(cell.text) for cell in cells}


def find_plan(
    document: Document,
    path: Path,
    choices: Choices = _NO_CHOICES,
    on_step: OnStep = ignore_step,
) -> Draft:
    """Return the draft of the plan in a document; `path` lends its name to one without title."""
    return Finder(part_tables(document), path, choices, on_step).find()
