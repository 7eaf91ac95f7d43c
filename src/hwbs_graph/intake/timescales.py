"""Dates and periods as plans print them: what is one, and the start and the end that follow.

Only what is certain is derived; “ongoing” and “TBC” stay as printed.

Out of scope: dates of progress (`progress_steps`).
"""

import re
from functools import lru_cache

from hwbs_graph.model.dates import read_date

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WELSH = r"(ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_LOOSE = re.compile(
    rf"\b({_MONTH}|{_WELSH}|q[1-4]|(19|20)\d\d|spring|summer|autumn|winter|quarter(ly)?|annual(ly)?"
    r"|ongoing|on-going|monthly|weekly|tbc|tba|year \d|years? \d|immediate|short|medium|long"
    r"|parhaus|blynyddol|term|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{4}|complete[d]?|continuous)\b"
)
_DATED = re.compile(rf"(?i)\b(?:(?:19|20)\d\d|q[1-4]|quarter [1-4]|\d\d/\d\d|{_MONTH} ?\d\d)\b")
_BY = r"(?:by(?: the)? end of|end of|by|before|until|no later than|to|end|due|completed by)"
_FROM = r"(?:from|starting|start|begins?|commencing|starting in|since)"
#: A year, or a financial year of two or four figures, at the end of words.
_YEARS = re.compile(r"(?:(?:19|20)\d\d|\b\d\d)(?: ?[/–-] ?(?:\d{4}|\d\d))?$|(?:19|20)\d\d$")
_QUARTER = r"q(?:uarter|tr)? ?[1-4]|(?:first|second|third|fourth) quarter"
_WELSH_MONTHS = {
    "ionawr": "January",
    "chwefror": "February",
    "mawrth": "March",
    "ebrill": "April",
    "mai": "May",
    "mehefin": "June",
    "gorffennaf": "July",
    "awst": "August",
    "medi": "September",
    "hydref": "October",
    "tachwedd": "November",
    "rhagfyr": "December",
}
_WELSH_WORDS = re.compile(rf"(?i)\b{_WELSH}\b")


def holds_date(text: str) -> bool:
    """Say whether words hold a year, a quarter or a month, so that a date should follow of them."""
    return bool(_DATED.search(_translate(text)))


def is_timescale(text: str) -> bool:
    """Say whether words are a date, a period, or what stands for one."""
    words = text.casefold()
    return bool(_LOOSE.search(words)) and len(words.split()) <= 8


#: A plan repeats its dates.
@lru_cache(4_096)
def read_span(text: str) -> tuple[str | None, str | None]:
    """Return the start and the end that printed words give, as `2026-03-31` or `2026-03`."""
    words = " ".join(_translate(text).split()).strip(" .")
    if found := re.fullmatch(rf"(?i){_FROM} (.+)", words):
        start, end = read_span(found[1])
        return (start, end) if start and end and start != end else (start or end, None)
    if found := re.fullmatch(rf"(?i){_BY} (?:the )?(.+)", words):
        return None, _read_day(found[1])
    if found := re.fullmatch(r"(?i)(.+?)\s*(?:–|—|-| to | until )\s*(.+)", words):
        first, last = _read_day(found[1]), _read_day(found[2])
        if last and (first or (first := _lend_year(found[1], found[2]))):
            return first, last
    return None, _read_day(words)


def _translate(text: str) -> str:
    english = _WELSH_WORDS.sub(lambda found: _WELSH_MONTHS[found[0].lower()], text)
    return re.sub(r"(?i)^erbyn\b", "by", english)


def _lend_year(words: str, last: str) -> str | None:
    """Return a month that goes before a full date of the same year, as in “April to June 2026”."""
    printed = _YEARS.search(last)
    found = _read_day(f"{words} {printed[0]}") if printed else None
    return found if found and found <= (_read_day(last) or "") else None


def _write_years(words: str) -> str:
    """Return words with a quarter before its year, and a financial year in full: Q3 2026/27."""
    plain = re.sub(r"(?i)[()]|\b(?:fy|financial year) ?(?=\d)", " ", words)
    plain = re.sub(r"(?i)^ *(?:(?:by )?(?:the )?end of )?(?:the )?", "", plain)
    plain = " ".join(re.sub(r"(?i)\bqtr\b", "Q", plain).split())
    if found := re.fullmatch(rf"(?i)(\d[\d /–-]*?)[, -]*({_QUARTER})", plain):
        plain = f"{found[2]} {found[1]}"
    found = re.fullmatch(rf"(?i)((?:{_QUARTER}),?(?: of)? )?(\d\d) ?[/–-] ?(\d\d)", plain)
    follows = found and int(found[3]) == int(found[2]) + 1
    if found and follows and (found[1] or int(found[2]) > 12):
        return f"{found[1] or ''}20{found[2]}/{found[3]}"
    return plain


def _read_day(words: str) -> str | None:
    words = re.sub(rf"(?i)^{_WEEKDAY}\.?,? (?=\d)", "", words.strip(" .,;"))
    words = _write_years(words)
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{2})", words):
        words = f"{found[1]}/{found[2]}/20{found[3]}"
    if found := re.fullmatch(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", words):
        words = f"{found[1]}/{found[2]}/{found[3]}"
    if found := re.fullmatch(r"(0?[1-9]|1[0-2])/((?:19|20)\d\d)", words):
        return f"{found[2]}-{int(found[1]):02}"
    if found := re.fullmatch(rf"(?i){_MONTH}[ -]'?’?(\d\d)", words):
        words = f"{found[1]} 20{found[2]}"
    return read_date(words)
