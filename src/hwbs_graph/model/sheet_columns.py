"""The columns of a plan sheet: the workbook to fill in, what an export writes and an import reads.

Out of scope: writing the workbook (`write`), and reading it (`intake`).
"""

from typing import NamedTuple

from hwbs_graph.grouping import Row


class SheetColumn(NamedTuple):
    """A column: its key in files of a program, its heading, its width, and what stands below it."""

    key: str
    heading: str
    width: int
    holds: str


#: The sheets of the workbook, in order.
ABOUT, PLAN, NAMES, HOW_TO = "About", "Plan", "Names", "How to"

#: A row without an action adds to the action above it: a further objective, or an update.
PLAN_COLUMNS = (
    SheetColumn("code", "Code", 10, "the number or code that the plan prints, if any"),
    SheetColumn("theme", "Theme", 24, "the theme, priority or goal, if the plan has any"),
    SheetColumn("objective", "Objective", 30, "the objective or outcome, if the plan has any"),
    SheetColumn("action", "Action", 50, "what will be done, in the words of the plan"),
    SheetColumn("lead", "Lead", 26, "who leads, one name a line (Alt+Enter)"),
    SheetColumn("partners", "Partners", 30, "who else takes part, one name a line"),
    SheetColumn("roles", "Other roles", 26, "one a line, as “sponsor: Name” or “funder: Name”"),
    SheetColumn("timescale", "Timescale", 18, "by when, as printed: “by March 2027”, “ongoing”"),
    SheetColumn("start", "Start", 12, "a date such as 2026-04, 2026-Q2 or 2026-04-30"),
    SheetColumn("due", "Due", 12, "a date, likewise"),
    SheetColumn(
        "measure", "Measures", 34, "one a line; “[KPI] wording” says what the plan calls it"
    ),
    SheetColumn("status", "Status", 14, "how it stands, from the list"),
    SheetColumn(
        "printed", "Status as printed", 14, "the word or colour of the plan, such as Amber"
    ),
    SheetColumn("update", "Progress", 40, "what is reported"),
    SheetColumn("as_of", "As of", 12, "the date that the progress speaks of"),
    SheetColumn("id", "Id", 20, "leave it as it is; new actions have none"),
)
ABOUT_COLUMNS = (
    SheetColumn("what", "About", 20, ""),
    SheetColumn("value", "Fill in", 60, ""),
)
#: What the sheet About holds, in order: heading -> key.
ABOUT_ROWS = {"Title": "title", "Board": "body", "Period": "period", "Status": "status"}
NAMES_COLUMNS = (
    SheetColumn("name", "Name", 40, "a name in Lead, Partners or Other roles"),
    SheetColumn("abbreviation", "Abbreviation", 24, "other spellings of it, one a line"),
    SheetColumn("kind", "Kind", 24, "what kind of body it is, from the list"),
    SheetColumn("code", "Code", 14, "its code of the Organisation Data Service, if any"),
)
#: How an action may stand, and a plan.
PROGRESS = ("not started", "on track", "some risk", "off track", "complete", "stopped")
STATUSES = ("draft", "consultation", "adopted", "proposed", "superseded", "withdrawn")
#: An action that begins so only shows how to fill in a row.
EXAMPLE = "Example: "


class PlanSheet(NamedTuple):
    """A plan as the sheets hold it: each is rows of text by the keys of its columns."""

    about: Row
    actions: list[Row]
    names: list[Row]
