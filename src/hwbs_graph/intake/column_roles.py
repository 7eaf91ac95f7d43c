"""What the columns of a table are for: told by their headings, and by what stands below them.

Out of scope: which tables are plans (`plan_tables`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from hwbs_graph.intake.parts import Cell
from hwbs_graph.intake.plan_words import (
    compile_words,
    find_exact,
    fold,
    fold_words,
    holds_any,
    matches,
    read_words,
)
from hwbs_graph.intake.timescales import is_timescale, read_span

#: The roles of a column whose words go into the plan.
ROLES = (
    "code",
    "theme",
    "objective",
    "action",
    "lead",
    "partners",
    "timescale",
    "start",
    "due",
    "measure",
    "status",
    "update",
)
_TICK = re.compile(r"[x✓✔✗√●•*yls]|yes|lead|support|l/s|r|a|c|i")
#: A column beside the partners that gives the part of each.
_PART = re.compile(r"(role|part|involvement|type of involvement|role in action|lead or support)")
_LONGEST_HEADING = 90
_MOST_WORDS = 6


class Column(NamedTuple):
    """A column: its printed heading, its role, and whether the role is sure.

    The role is one of ROLES, or `persons`, `leave`, `mark` (a body as heading), `part` (of the
    body beside it) or `unknown`.
    """

    number: int
    heading: str
    role: str
    is_sure: bool
    place: str = ""


def name_roles(heading: str) -> list[str]:
    """Return the roles that a heading may have, the likeliest first; empty if none is known."""
    return [*_find_roles(heading)]


@lru_cache(4_096)
def _find_roles(heading: str) -> tuple[str, ...]:
    words = fold_words(heading)
    if not words or len(heading) > _LONGEST_HEADING:
        return ()
    if exact := find_exact("exact", words):
        return tuple(exact)
    within = read_words()["within"] if holds_any("within", words) else ()
    return tuple([role for role in within if compile_words("within", role).search(words)][:1])


def is_exact(heading: str) -> bool:
    """Say whether a heading is known as a whole, or holds a known word among few."""
    words = fold_words(heading)
    return bool(find_exact("exact", words)) or len(words.split()) <= _MOST_WORDS


def assign_roles(headings: Mapping[int, Cell], below: Mapping[int, list[Cell]]) -> list[Column]:
    """Return a column for each heading; `below` holds the cells under each."""
    found = {
        number: _narrow(name_roles(cell.text), below.get(number, []))
        for number, cell in headings.items()
    }
    found = _settle_codes(_settle_actions(found, headings), headings)
    found = _settle_outcomes(found)
    found = _settle_others(found, below)
    return [
        _make_column(number, headings[number], found[number], below.get(number, []))
        for number in found
    ]


def _make_column(number: int, cell: Cell, roles: list[str], below: list[Cell]) -> Column:
    role = roles[0] if roles else "unknown"
    sure = len(roles) == 1 and is_exact(cell.text)
    if role == "unknown" and _PART.fullmatch(fold_words(cell.text)) and _is_marked(below):
        return Column(number, cell.text, "part", True, cell.place)
    if role == "unknown" and _is_marked(below):
        role = "mark"
    return Column(number, cell.text, role, sure, cell.place)


#: Roles that what stands below the heading confirms or not.
_JUDGED = {"timescale", "due", "update", "theme", "leave", "measure"}


def _narrow(roles: list[str], below: list[Cell]) -> list[str]:
    """Choose among the roles that a heading may have by what stands below it."""
    if not _JUDGED & set(roles):
        return roles
    texts = [cell.text for cell in below if cell.lines]
    read_as_dates = "timescale" in roles or roles == ["due"]
    dated = read_as_dates and sum(map(is_timescale, texts)) > len(texts) / 2
    if "timescale" in roles and len(roles) > 1:
        return ["timescale"] if dated else [role for role in roles if role != "timescale"]
    if roles == ["timescale"] and texts and _read_like_actions(texts) and not dated:
        return ["action"]
    if roles == ["measure"] and texts and sum(map(_is_dated, texts)) * 2 >= len(texts):
        return ["timescale"]
    if roles == ["due"] and texts and not dated:
        return []
    if roles[:1] == ["update"] and texts and _read_like_status(texts):
        return ["status", "update"]
    if roles[:1] in (["theme"], ["leave"]) and texts and _rate(texts):
        return ["leave"]
    return roles


def _is_dated(text: str) -> bool:
    return any(read_span(text))


def _read_like_actions(texts: list[str]) -> bool:
    return sum(len(text.split()) for text in texts) / len(texts) >= 6


def _read_like_status(texts: list[str]) -> bool:
    known = sum(bool(find_exact("progress", fold_words(text))) for text in texts)
    return known > len(texts) * 0.6


def _rate(texts: list[str]) -> bool:
    return all(re.fullmatch(r"(very )?(high|medium|low|h|m|l|\d)", fold(text)) for text in texts)


def _is_marked(below: list[Cell]) -> bool:
    texts = [fold(cell.text) for cell in below]
    return bool(texts) and all(_TICK.fullmatch(text) for text in texts)


def _settle_actions(
    found: dict[int, list[str]], headings: Mapping[int, Cell]
) -> dict[int, list[str]]:
    """Leave one column as the action; the others are levels above it, or unsure details."""
    candidates = [number for number, roles in found.items() if "action" in roles]
    if not candidates:
        return _promote(found)
    best = min(candidates, key=lambda number: (_rank_action(headings[number].text), number))
    for number in candidates:
        if number != best:
            others = [role for role in found[number] if role != "action"]
            found[number] = others or ["unknown"]
    return found | {best: ["action"]}


def _settle_codes(
    found: dict[int, list[str]], headings: Mapping[int, Cell]
) -> dict[int, list[str]]:
    """Let an outline number be the code, where a program for projects counts the rows beside it."""
    codes = [number for number, roles in found.items() if roles[:1] == ["code"]]
    outline = [
        each for each in codes if matches("outline", "number", fold_words(headings[each].text))
    ]
    others = [each for each in codes if outline and each != outline[0]]
    return found | {number: ["leave"] for number in others}


def _rank_action(heading: str) -> int:
    words = fold_words(heading)
    order = ("action", "what (we will|will we) do", "activit", "by$", "task", "commitment")
    return next((rank for rank, each in enumerate(order) if re.match(each, words)), len(order))


def _promote(found: dict[int, list[str]]) -> dict[int, list[str]]:
    """Without an action, take the one column of details, or of what `we will` do, for it."""
    for role, limit in (("details", 1), ("objective", 1)):
        having = [number for number, roles in found.items() if role in roles]
        named = any({"lead", "partners", "who"} & set(roles) for roles in found.values())
        if len(having) == limit and named:
            return found | {having[0]: ["action", role]}
    return found


def _settle_outcomes(found: dict[int, list[str]]) -> dict[int, list[str]]:
    """An outcome left of the action is what it serves; to its right, how success shows."""
    action = next((number for number, roles in found.items() if roles[:1] == ["action"]), None)
    for number, roles in found.items():
        if "outcome" in roles and action is not None:
            measured = any(each == ["measure"] for each in found.values())
            found[number] = ["objective"] if number < action else ["measure"] * (not measured)
        elif "details" in roles:
            found[number] = ["unknown"] if roles[0] == "details" else roles
    return found


def _settle_others(
    found: dict[int, list[str]], below: Mapping[int, list[Cell]]
) -> dict[int, list[str]]:
    has = {role for roles in found.values() for role in roles[:1]}
    for number, roles in found.items():
        if roles[:1] == ["who"]:
            if "partners" in has and "lead" not in has:
                found[number] = ["lead"]
            elif "lead" in has and "partners" not in has:
                found[number] = ["partners"]
            else:
                found[number] = ["partners", "lead"]
        elif roles == ["due"] and "start" not in has:
            found[number] = ["timescale"]
        elif roles == ["status", "update"]:
            sole = not any(each == ["status"] for each in found.values())
            found[number] = ["status"] if sole else ["update"]
    return found


def describe_values(cells: Iterable[Cell]) -> list[str]:
    """Return the first three different values of a column."""
    values: dict[str, None] = {}
    for cell in cells:
        values[cell.text] = None
        if len(values) == 3:
            break
    return list(values)


def count_roles(cells: list[Cell]) -> Counter[str]:
    """Return the roles that the cells of one row could name as headings, each heading once."""
    roles = Counter[str]()
    for cell in cells:
        if named := name_roles(cell.text):
            roles[named[0]] += 1
    return roles


def is_decoy_heading(heading: str) -> set[str]:
    """Return the kinds of other tables that a heading belongs to."""
    words = fold_words(heading)
    return {kind for kind in read_words()["decoys"] if matches("decoys", kind, words)}
