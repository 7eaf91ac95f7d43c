"""The workbook of a plan sheet: About, Plan, Names and How to, for an officer to fill in.

Headings stay in sight, cells are text, and what comes from a list is offered as one.

Out of scope: which plan it holds (`export`), and reading it back (`intake`).
"""

from collections.abc import Sequence

from hwbs_graph.grouping import Row
from hwbs_graph.model.sheet_columns import (
    ABOUT,
    ABOUT_COLUMNS,
    ABOUT_ROWS,
    EXAMPLE,
    HOW_TO,
    NAMES,
    NAMES_COLUMNS,
    PLAN,
    PLAN_COLUMNS,
    PROGRESS,
    PlanSheet,
    SheetColumn,
)
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

_EXAMPLES: list[Row] = [
    {
        "code": "1a",
        "theme": "Warm homes",
        "objective": "Nobody is cold at home",
        "action": f"{EXAMPLE}insulate the lofts of 200 homes",
        "lead": "Housing",
        "partners": "Energy Agency\nPublic Health",
        "timescale": "by March 2027",
        "due": "2027-03",
        "measure": "200 lofts\n[KPI] Number of homes too cold in winter",
        "status": "on track",
        "update": "120 lofts are done.",
        "as_of": "2026-10",
    },
    {"status": "some risk", "update": f"{EXAMPLE}an update of the same action", "as_of": "2026-Q2"},
    {"action": f"{EXAMPLE}an action of which no more is known"},
]
_STEPS = (
    "Fill in the sheets About and Plan, one row an action. Leave empty what is not printed.",
    "Write one name a line in a cell; Alt+Enter begins a new line. Nothing is taken for two names.",
    "A row without an action belongs to the action above it: a further theme and objective, or"
    " another report of progress.",
    f"Rows that begin with “{EXAMPLE.strip()}” are left out; overwrite or delete them.",
    "Names is for abbreviations and kinds; a name that stands there need not be explained again.",
    "Then: hwbs import FILE.xlsx --board FOLDER. It asks nothing about columns.",
)


def write_plan_workbook(sheet: PlanSheet, kinds: Sequence[str]) -> bytes:
    """Return the bytes of the workbook; `kinds` are offered as kinds of body.

    The same plan gives the same bytes.
    """
    about = [[heading, sheet.about.get(key, "")] for heading, key in ABOUT_ROWS.items()]
    how = [[column.heading, column.holds] for column in (*PLAN_COLUMNS, *NAMES_COLUMNS)]
    how += [["Kind of body", kind] for kind in kinds]
    # Excel takes a long list of choices only from cells.
    first = len(_STEPS) + len(how) - len(kinds) + 2
    sheets = [
        WorkbookSheet(ABOUT, _list_headings(ABOUT_COLUMNS), about, is_form=True),
        WorkbookSheet(
            PLAN,
            _list_headings(PLAN_COLUMNS),
            _list_cells(PLAN_COLUMNS, sheet.actions or _EXAMPLES),
            choices={"Status": PROGRESS},
            faded=0 if sheet.actions else len(_EXAMPLES),
            is_form=True,
        ),
        WorkbookSheet(
            NAMES,
            _list_headings(NAMES_COLUMNS),
            _list_cells(NAMES_COLUMNS, sheet.names),
            choices={"Kind": f"='{HOW_TO}'!$B${first}:$B${first + len(kinds) - 1}"},
            is_form=True,
        ),
        WorkbookSheet(HOW_TO, {"Step or column": 24, "What to do": 90}, [*_number(_STEPS), *how]),
    ]
    return write_workbook(sheets, sheet.about.get("title", "") or "Plan sheet")


def _list_headings(columns: Sequence[SheetColumn]) -> dict[str, int]:
    return {column.heading: column.width for column in columns}


def _list_cells(columns: Sequence[SheetColumn], rows: Sequence[Row]) -> list[list[str]]:
    return [[row.get(column.key, "") for column in columns] for row in rows]


def _number(steps: Sequence[str]) -> list[list[str]]:
    return [[str(number), step] for number, step in enumerate(steps, 1)]
