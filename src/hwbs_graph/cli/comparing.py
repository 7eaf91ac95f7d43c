"""Two plans beside each other: `compare`."""

import shutil
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hwbs_graph.cli.common import (
    RECORD,
    ROW_FORMATS,
    Command,
    FormatName,
    OutputPath,
    Quiet,
    Source,
    choose_format,
    done,
    emit,
    open_engine,
    reading,
    tell,
)
from hwbs_graph.grouping import Row
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.report.comparison import Comparison, Side

_PLAN_HELP = "Name, code or path of a plan, such as leicester-2019 or “Leicester 2022”."
#: What stands below the heading of a section that needs a word.
_SAID = {
    "ambitions": "By theme family; those in one family are set beside each other, not matched.",
    "visions": "Each as its document words it.",
    "figures": "Each with its document and line.",
    "themes": "By family, with the objectives each holds.",
    "not compared": "The record aligns these with nothing in the other plan. That is silence: "
    "it does not say that they were dropped.",
}
#: Listed one by one; of what surrounds them, examples or reasons, only the number is told.
_PROMISES = (
    *("action plan objective", "lettered objective", "priority", "sub-priority"),
    *("focus area", "action", "stretch target"),
)


@reading
def compare(
    one: Annotated[str, typer.Argument(metavar="PLAN", help=_PLAN_HELP)],
    other: Annotated[str, typer.Argument(metavar="PLAN", help="The plan to compare it with.")],
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Two plans beside each other.

    What continued, moved, is new or was dropped, with reason and basis; ambitions, visions,
    figures and themes side by side; and what the record does not compare. A strategy covers
    the action plan that delivers it.
    """
    from hwbs_graph.report import comparison

    format = choose_format(format, output, ROW_FORMATS)
    found = comparison.compare(open_engine(source), one, other)
    emit(_written(found, format), output)
    if not found.linked:
        ends = f"“{found.earlier.label}” and “{found.later.label}”"
        tell(f"The record has nothing between {ends}; it only sets them side by side.", quiet)
    done(found.linked)


def _written(found: "Comparison", format: str) -> str | bytes:
    if format == "table":
        return text(found, min(shutil.get_terminal_size((80, 24)).columns, 100))
    if format == "json":
        import json

        return json.dumps(_as_json(found), ensure_ascii=False, indent=2) + "\n"
    from hwbs_graph.query.results import from_records
    from hwbs_graph.report.comparison import COLUMNS
    from hwbs_graph.write.rows import render

    return render(from_records(found.records(), COLUMNS), format)


def _as_json(found: "Comparison") -> dict[str, Any]:
    """Return the two plans and one object for each section, an empty one included."""

    def plan(side: "Side") -> dict[str, Any]:
        year = side.year or None
        return {"iri": side.iri, "label": side.label, "year": year, "covers": sorted(side.plans)}

    return {
        "earlier": plan(found.earlier),
        "later": plan(found.later),
        "ordered": found.ordered,
        "sections": [
            {
                "section": name,
                "count": len(rows),
                "rows": [{key: row[key] for key in row if key != "section"} for row in rows],
            }
            for name, rows in found.sections.items()
        ],
    }


def text(found: "Comparison", width: int = 80) -> str:
    """Return the comparison for a terminal `width` columns wide, its empty sections named last."""
    lines: list[str] = []
    for word, side in zip(_words(found), (found.earlier, found.later), strict=True):
        also = ", with the action plan that delivers it" if len(side.plans) > 1 else ""
        lines += _wrap(f"{word}: {side.label}{also}", width, 0)
    for name, rows in found.sections.items():
        if rows:
            lines += ["", f"{name.capitalize()} ({len(rows)})"]
            lines += _wrap(_SAID.get(name, ""), width, 2)
            lines += _section(found, name, rows, width)
    if empty := [name for name, rows in found.sections.items() if not rows]:
        lines += ["", *_wrap(f"Nothing was found for: {', '.join(empty)}.", width, 0)]
    return "\n".join(lines) + "\n"


def _words(found: "Comparison") -> tuple[str, str]:
    return ("Earlier", "Later") if found.ordered else ("First", "Second")


def _section(found: "Comparison", name: str, rows: list[Row], width: int) -> Iterator[str]:
    if name == "not compared":
        for side, key in ((found.earlier, "earlier"), (found.later, "later")):
            yield from _silent(side, [row for row in rows if row[key]], key, width)
    elif name in _SAID:
        yield from _beside(rows, width, _words(found))
    else:
        yield from _aligned(rows, width)


def _aligned(rows: list[Row], width: int) -> Iterator[str]:
    """Write each element once, with all that it was aligned to."""
    for _, group in groupby(rows, lambda row: row["earlierIri"] or row["laterIri"]):
        for number, row in enumerate(group):
            if not number:
                yield from _wrap(row["earlier"] or row["later"], width, 2)
            if row["earlier"] and row["later"]:
                arrow = "↔" if row["section"] == "shared topic" else "→"
                yield from _wrap(f"{arrow} {row['later']}", width, 4)
            sure = f"confidence {row['confidence']}" if row["confidence"] else ""
            grounds = ", ".join(part for part in (row["basis"], sure) if part)
            yield from _wrap(f"{row['reason']} [{grounds}]".strip(), width, 6)


def _beside(rows: list[Row], width: int, words: tuple[str, str]) -> Iterator[str]:
    """Write what stands side by side, one below the other, as 80 columns hold no two texts."""
    for topic, group in groupby(rows, lambda row: row["topic"]):
        pairs = list(group)
        if topic:
            yield f"  {topic[0].upper()}{topic[1:]}"
        if pairs[0]["section"] != "figures":
            # All of one plan, then all of the other: nobody matched one ambition with one.
            yield from _sides(pairs, words, width)
            continue
        for row in pairs:
            kind = row["reason"] or "recorded as a contradiction"
            yield from _wrap(f"{kind[0].upper()}{kind[1:]}.", width, 4)
            yield from _sides([row], words, width)


def _sides(rows: list[Row], words: tuple[str, str], width: int) -> Iterator[str]:
    for word, key in zip(words, ("earlier", "later"), strict=True):
        for row in rows:
            source = row[f"{key}Source"] if row["section"] != "themes" else ""
            if row[key]:
                shown = f"{word}: {row[key]}{f' ({source})' if source else ''}"
                yield from _wrap(shown, width, 4)


def _silent(side: "Side", rows: list[Row], key: str, width: int) -> Iterator[str]:
    """Write what is not compared of one plan: how many of each kind, and each promise."""
    if not side.elements:
        yield from _wrap(f"{side.label}: the record holds no element of this plan.", width, 2)
    if not rows:
        return
    yield from _wrap(side.label, width, 2)
    kinds = sorted({row["kind"] for row in rows}, key=lambda kind: (_rank(kind), kind))
    for kind in kinds:
        alone = [row for row in rows if row["kind"] == kind]
        yield f"    {len(alone)} of {count(len(side.of(kind)), kind)}"
        for row in alone if kind in _PROMISES else ():
            why = f" [{row['reason']}]" if row["reason"] else ""
            yield from _wrap(f"{row[key]}{why}", width, 6)


def _rank(kind: str) -> int:
    return _PROMISES.index(kind) if kind in _PROMISES else len(_PROMISES)


def _wrap(text: str, width: int, indent: int) -> list[str]:
    first, rest = " " * indent, " " * (indent + 2)
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


COMMANDS = {
    "compare": Command(compare, "hwbs compare leicester-2019 leicester-2022"),
}
