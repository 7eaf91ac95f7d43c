"""Days, months, quarters and years: what a person writes, and how one of the ontology reads.

A date of a plan is `2027-03-31`, `2027-03`, `2027-Q1` or `2027`. A quarter is one of the calendar
year, so quarter 3 of 2026/27, a financial year that begins in April, is `2026-Q4`.

Out of scope: which property holds a date (the ontology), and comparing two (`rules/last-day.rq`).
"""

import re
from functools import cache

#: Not of `calendar`, whose months are those of the machine's language.
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_BY_NAME = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_BY_NAME |= {name[:3]: number for name, number in _BY_NAME.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_BY_NAME, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_FINANCIAL = _YEAR + r" ?[/–-] ?(?P<next>\d\d|\d{4})"
_QUARTER = r"(?:q(?:uarter)? ?(?P<quarter>[1-4])|(?P<ordinal>first|second|third|fourth) quarter)"
_ORDINALS = ("first", "second", "third", "fourth")
_LEADING = r"(?:(?:by|before) )?(?:the )?(?:end of )?(?:the )?"
#: As text: a look-up, which reads no date, does not wait for nine expressions to be compiled.
_FORMS = (
    _YEAR + r"-(?P<month_number>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?",
    _YEAR + r"-?q(?P<quarter>[1-4])",
    r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? " + _MONTH + ",? " + _YEAR,
    r"(?P<day>\d\d?)/(?P<month_number>\d\d?)/" + _YEAR,
    _MONTH + r"(?: (?P<day>\d\d?)(?:st|nd|rd|th)?,)? " + _YEAR,
    _QUARTER + ",?(?: of)? " + _FINANCIAL,
    _QUARTER + ",?(?: of)? " + _YEAR,
    _FINANCIAL,
    _YEAR,
)


def read_date(words: str) -> str | None:
    """Return a date as the ontology writes it: from “March 2027”, `2027-03` or “Q3 2026/27”.

    A financial year is given by the month in which it ends. None where the words are no date, or
    one that is in no calendar.
    """
    folded = " ".join(words.casefold().split())
    for form in _compile_forms():
        if match := form.fullmatch(folded):
            return _write_date({key: each for key, each in match.groupdict().items() if each})
    return None


@cache
def _compile_forms() -> list[re.Pattern[str]]:
    return [re.compile(_LEADING + form) for form in _FORMS]


def _write_date(found: dict[str, str]) -> str | None:
    year = int(found["year"])
    if "next" in found and int(found["next"][-2:]) != (year + 1) % 100:
        return None
    if "quarter" in found or "ordinal" in found:
        return _write_quarter(found, year)
    if "next" in found:
        return f"{year + 1}-03"
    month = _BY_NAME[found["month"]] if "month" in found else int(found.get("month_number", 0))
    if "day" in found:
        return _write_day(year, month, int(found["day"]))
    return f"{year}-{month:02}" if month else str(year)


def _write_quarter(found: dict[str, str], year: int) -> str:
    quarter = int(found.get("quarter") or _ORDINALS.index(found["ordinal"]) + 1)
    if "next" not in found:
        return f"{year}-Q{quarter}"
    return f"{year + 1}-Q1" if quarter == 4 else f"{year}-Q{quarter + 1}"


def _write_day(year: int, month: int, day: int) -> str | None:
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_last_day(written: str) -> str:
    """Return the last day of a date that the ontology writes: `2027-03-31` for `2027-03`."""
    year, _, part = written.partition("-")
    if len(written) == len("2027-03-31"):
        return written
    from calendar import monthrange

    month = 3 * int(part[1]) if part.startswith("Q") else int(part or 12)
    return f"{year}-{month:02}-{monthrange(int(year), month)[1]}"


def find_first_day(written: str) -> str:
    """Return the first day of a date that the ontology writes: `2027-03-01` for `2027-03`."""
    year, _, part = written.partition("-")
    if len(written) == len("2027-03-31"):
        return written
    month = 3 * int(part[1]) - 2 if part.startswith("Q") else int(part or 1)
    return f"{year}-{month:02}-01"


def word_date(written: str) -> str:
    """Return a date in words, “March 2027”; what is none is returned as it is."""
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-(\d\d))?))?", written)
    if not match:
        return written
    year, quarter, month, day = match.groups()
    if quarter:
        return f"quarter {quarter} of {year}"
    name = f"{MONTHS[int(month) - 1]} {year}" if month else year
    return f"{int(day)} {name}" if day else name
