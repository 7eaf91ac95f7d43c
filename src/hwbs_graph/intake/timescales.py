"""Dates and periods as plans print them: what is one, and the start and the end that follow.

Only what is certain is derived; “ongoing” and “TBC” stay as printed.

Out of scope: dates of progress (`progress_steps`).
"""

import re

from hwbs_graph.model.dates import read_date

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WELSH = r"(ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
_LOOSE = re.compile(
    rf"\b({_MONTH}|{_WELSH}|q[1-4]|(19|20)\d\d|spring|summer|autumn|winter|quarter(ly)?|annual(ly)?"
    r"|ongoing|on-going|monthly|weekly|tbc|tba|year \d|years? \d|immediate|short|medium|long"
    r"|parhaus|blynyddol|term|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{4}|complete[d]?|continuous)\b"
)
_BY = r"(?:by|before|until|no later than|to|end|end of|by end of|by the end of|due|completed by)"
_FROM = r"(?:from|starting|start|begins?|commencing|starting in|since)"
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


def is_timescale(text: str) -> bool:
    """Say whether words are a date, a period, or what stands for one."""
    words = text.casefold()
    return bool(_LOOSE.search(words)) and len(words.split()) <= 8


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
        if last and (first or (first := _lend_year(found[1], last))):
            return first, last
    return None, _read_day(words)


def _translate(text: str) -> str:
    for welsh, english in _WELSH_MONTHS.items():
        text = re.sub(rf"(?i)\b{welsh}\b", english, text)
    return re.sub(r"(?i)^erbyn\b", "by", text)


def _lend_year(words: str, last: str) -> str | None:
    """Return a month that goes before a full date of the same year, as in “April to June 2026”."""
    found = _read_day(f"{words} {last[:4]}")
    return found if found and found <= last else None


def _read_day(words: str) -> str | None:
    words = words.strip(" .,;")
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{2})", words):
        words = f"{found[1]}/{found[2]}/20{found[3]}"
    if found := re.fullmatch(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", words):
        words = f"{found[1]}/{found[2]}/{found[3]}"
    if found := re.fullmatch(r"(0?[1-9]|1[0-2])/((?:19|20)\d\d)", words):
        return f"{found[2]}-{int(found[1]):02}"
    if found := re.fullmatch(rf"(?i){_MONTH}[ -]'?’?(\d\d)", words):
        words = f"{found[1]} 20{found[2]}"
    words = re.sub(r"(?i)^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ", "", words)
    return read_date(words)
