"""Plans whose period is over: what the plan prints of its time, against the day it is asked.

“2022 to 2027” ends with 2027, “April 2023 to March 2026” with that March, and “2023/24”, a
financial year, with March 2024. Words that name no end, such as “from 2022”, have none. Today is
that of the machine, or of SOURCE_DATE_EPOCH where the same bytes must come again.

Out of scope: the dates of actions (`hwbs:targetDate`).
"""

import os
import re
import time
from collections.abc import Iterable

from hwbs_graph.model.dates import MONTHS, find_last_day
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: Plans that are asked about one by one; of more, all are asked.
_MOST = 50
_MONTHS = [name[:3].lower() for name in MONTHS]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*"
#: A day, a month or a year, as printed or as in ISO 8601; `tail` is the second year of two.
_DATE = (
    rf"(?<!\d)(?P<year>\d{{4}})-(?P<number>0[1-9]|1[0-2])(?!\d)(?:-(?P<day>\d\d))?"
    rf"|(?:(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?{_MONTH} )?(?<!\d)(?P<words>\d{{4}})(?!\d)"
    r"(?:\s?(?P<joint>[-–/])\s?(?P<tail>\d\d)(?!\d))?"
)
_OPEN = r"\b(onwards?|ongoing|from|since|after|tbc|present)\b|[-–/]\s*(\.\.)?\s*$"


def find_today() -> str:
    """Return today as an ISO date."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit() and len(given) < 12:
        return time.strftime("%Y-%m-%d", time.gmtime(int(given)))
    return time.strftime("%Y-%m-%d")


def find_end(period: str) -> str:
    """Return the last day of a period as an ISO date; "" where its words name no end."""
    words = period.strip().lower()
    found = [*re.finditer(_DATE, words, re.ASCII)]
    if not found or (re.search(_OPEN, words) and len(found) < 2):
        return ""
    return find_last_day(_write_date(found[-1]))


def _write_date(last: "re.Match[str]") -> str:
    """Return a date as the ontology writes it; a month of a financial year is that of its end."""
    if last["year"]:
        return "-".join(filter(None, (last["year"], last["number"], last["day"])))
    year = last["words"]
    if last["tail"]:
        year = year[:2] + last["tail"]
        if last["joint"] == "/" and int(year) == int(last["words"]) + 1:
            return f"{year}-03"
    if not last["month"]:
        return year
    month = f"{year}-{_MONTHS.index(last['month']) + 1:02}"
    return f"{month}-{int(last['before']):02}" if last["before"] else month


def find_over(
    engine: Engine, plans: Iterable[str] | None = None, today: str = ""
) -> dict[str, str]:
    """Return the plans whose period is over: the IRI, and the period as printed or its last day.

    A plan without a period has that of the strategy it delivers. `plans` are those in question,
    all without it.
    """
    today, over = today or find_today(), {}
    asked = [] if plans is None else sorted({*plans} - {""})
    if plans is not None and not asked:
        return {}
    # A server refuses a query that is too long.
    bound = {"plan": asked} if 0 < len(asked) <= _MOST else {}
    for row in run_named(engine, "internal/plan-periods", **bound):
        own = (row["lastDay"], row["temporal"])
        stated = own if any(own) else (row["strategyLastDay"], row["strategyTemporal"])
        last_day = stated[0] or find_end(stated[1])
        if last_day and last_day < today:
            over[row["plan"]] = stated[1] or f"until {stated[0]}"
    return over


def word_over(period: str) -> str:
    """Return what is said of a plan whose period is over."""
    return f"period over: {period}"
