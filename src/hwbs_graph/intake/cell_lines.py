"""The lines of a cell that holds names: which of them go on, and the labels and parts of each.

Out of scope: the names in a line (`bodies`).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from hwbs_graph.intake.plan_words import compile_words
from hwbs_graph.intake.records import Printed

BULLET = re.compile(r"^\s*(?:[•▪●❖◦*·–-]|\(?\d{1,2}[.)]|[a-z]\))\s+")
LONGEST_NAME = 9
#: A plan repeats its lines: so many answers are kept.
_KEPT = 20_000
_LABELS = {"lead": "lead_words", "partners": "support_words", "other": "other_words"}


@lru_cache(_KEPT)
def part_line(line: str) -> tuple[tuple[str, bool], ...]:
    """Return the parts of a line at semicolons, each with whether it may be a name by itself."""
    parts = [part.strip(" .,") for part in BULLET.sub("", line).split(";")]
    return tuple(
        (part, bool(part) and "(" not in part and len(part.split()) <= LONGEST_NAME)
        for part in parts
    )


def join_lines(cell: Printed) -> tuple[list[str], bool]:
    """Return the lines of a cell that are lines, and whether a line break was judged.

    A line that ends in a comma or in `and`, or is followed by a small letter, goes on.
    """
    lines: list[str] = []
    judged = False
    for line in cell.lines:
        if lines and _goes_on(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        elif lines and cell.wrapped and not BULLET.match(line) and not lines[-1].endswith(";"):
            judged = True
            lines.append(line)
        else:
            lines.append(line)
    return lines, judged


@lru_cache(_KEPT)
def _goes_on(line: str, following: str) -> bool:
    if BULLET.match(following):
        return False
    open_bracket = line.count("(") > line.count(")")
    return open_bracket or bool(
        re.search(r"(,|\band|&|/|\+|\bof|\bfor|\bthe|-)$", line) or re.match(r"[a-z(&/]", following)
    )


@lru_cache(_KEPT)
def is_labelled(line: str) -> bool:
    """Say whether a label of a line gives what follows it another role."""
    return any(line != text for _, text in part_labels(line, ""))


@cache
def _compile_label() -> re.Pattern[str]:
    inner = "|".join(
        f"(?P<{kind}>(?:{compile_words('names', key).pattern}))" for kind, key in _LABELS.items()
    )
    return re.compile(rf"(?i)(?:^|(?<=[.;,)\n])\s*|(?<=\s))(?:{inner})\s*(?::|\s[–-])\s*")


def part_labels(line: str, role: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line that its own labels give another role: “Lead: X. Support: Y”."""
    found = list(_compile_label().finditer(line)) if re.search("[:–-]", line) else []
    if not found or line[: found[0].start()].strip(" .;,"):
        found = [each for each in found if each.start() == 0]
    if not found:
        yield role, line
        return
    ends = [*(each.start() for each in found[1:]), len(line)]
    for each, end in zip(found, ends, strict=True):
        own = next(kind for kind in _LABELS if each[kind])
        yield own, line[each.end() : end].strip(" .;,")
