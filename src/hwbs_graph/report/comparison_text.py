"""The text of a comparison: each section for a terminal, its empty sections named last.

Out of scope: what is compared (`comparison`), and other formats.
"""

from collections.abc import Iterator
from itertools import groupby

from hwbs_graph.data import bundled
from hwbs_graph.grouping import Row
from hwbs_graph.query.periods import word_over
from hwbs_graph.report.compared_plans import ComparedPlan
from hwbs_graph.report.comparison import Comparison
from hwbs_graph.report.likenesses import SUGGESTIONS
from hwbs_graph.report.wrapping import wrap
from hwbs_graph.text import capitalise, count

#: Stands below the heading of a section.
EXPLANATIONS = {
    SUGGESTIONS: "Alike by determinants or words. Nobody judged these; they are kept nowhere.",
    "ambitions": "By theme family; those in one family are set beside each other, not matched.",
    "visions": "Each as its document words it.",
    "figures": "Each with its document and line.",
    "themes": "By family, with the objectives each holds, or what else it holds.",
    "not compared": "The record aligns these with nothing in the other plan. That is silence: "
    "it does not say that they were dropped.",
}
#: What stands between two elements; → says that the later one follows the earlier.
ARROWS = {"shared topic": "↔", SUGGESTIONS: "≈"}


def render_text(found: Comparison, width: int = 80) -> str:
    """Return the comparison for a terminal `width` columns wide, its empty sections named last."""
    lines: list[str] = []
    for word, side in zip(name_sides(found), (found.earlier, found.later), strict=True):
        also = ", with the action plan that delivers it" if len(side.plans) > 1 else ""
        over = f" ({word_over(side.over)})" if side.over else ""
        lines += wrap(f"{word}: {side.label}{over}{also}", width, 0)
    for name, rows in found.sections.items():
        if rows:
            lines += ["", f"{name.capitalize()} ({len(rows)})"]
            lines += wrap(EXPLANATIONS.get(name, ""), width, 2)
            lines += _write_section(found, name, rows, width)
    if empty := [name for name, rows in found.sections.items() if not rows]:
        lines += ["", *wrap(f"Nothing was found for: {', '.join(empty)}.", width, 0)]
    return "\n".join(lines) + "\n"


def name_sides(found: Comparison) -> tuple[str, str]:
    """Return the words for the two plans."""
    return ("Earlier", "Later") if found.ordered else ("First", "Second")


def _write_section(found: Comparison, name: str, rows: list[Row], width: int) -> Iterator[str]:
    if name == "not compared":
        for side, key in ((found.earlier, "earlier"), (found.later, "later")):
            yield from _write_silence(side, [row for row in rows if row[key]], key, width)
    elif name in EXPLANATIONS and name != SUGGESTIONS:
        yield from _write_beside(rows, width, name_sides(found))
    else:
        yield from _write_alignments(rows, width)


def _write_alignments(rows: list[Row], width: int) -> Iterator[str]:
    """Write each element once, with all that it was aligned to."""
    for _, group in groupby(rows, lambda row: row["earlierIri"] or row["laterIri"]):
        for number, row in enumerate(group):
            if not number:
                yield from wrap(row["earlier"] or row["later"], width, 2)
            if row["earlier"] and row["later"]:
                arrow = ARROWS.get(row["section"], "→")
                yield from wrap(f"{arrow} {row['later']}", width, 4)
            sure = f"confidence {row['confidence']}" if row["confidence"] else ""
            grounds = ", ".join(part for part in (row["basis"], sure) if part)
            yield from wrap(f"{row['reason']} [{grounds}]".strip(), width, 6)


def _write_beside(rows: list[Row], width: int, words: tuple[str, str]) -> Iterator[str]:
    """Write what stands side by side, one below the other, as 80 columns hold no two texts."""
    for topic, group in groupby(rows, lambda row: row["topic"]):
        pairs = list(group)
        if topic:
            yield f"  {capitalise(topic)}"
        if pairs[0]["section"] != "figures":
            # All of one plan, then all of the other: nobody matched one ambition with one.
            yield from _write_sides(pairs, words, width)
            continue
        for row in pairs:
            kind = row["reason"] or "recorded as a contradiction"
            yield from wrap(f"{capitalise(kind)}.", width, 4)
            yield from _write_sides([row], words, width)


def _write_sides(rows: list[Row], words: tuple[str, str], width: int) -> Iterator[str]:
    for word, key in zip(words, ("earlier", "later"), strict=True):
        for row in rows:
            source = row[f"{key}Source"] if row["section"] != "themes" else ""
            if row[key]:
                shown = f"{word}: {row[key]}{f' ({source})' if source else ''}"
                yield from wrap(shown, width, 4)


def _write_silence(side: ComparedPlan, rows: list[Row], key: str, width: int) -> Iterator[str]:
    """Write what is not compared of one plan: how many of each kind, and each promise."""
    if not side.elements:
        yield from wrap(f"{side.label}: the record holds no element of this plan.", width, 2)
    if not rows:
        return
    yield from wrap(side.label, width, 2)
    promises = [kind for kind in bundled.registry().kinds if kind.promised]
    ranks = {word: rank for rank, kind in enumerate(promises) for word in kind.words}
    kinds = {row["kind"] for row in rows}
    for kind in sorted(kinds, key=lambda kind: (ranks.get(kind, len(ranks)), kind)):
        alone = [row for row in rows if row["kind"] == kind]
        yield f"    {len(alone)} of {count(len(side.select_kind(kind)), kind)}"
        for row in alone if kind in ranks else ():
            why = f" [{row['reason']}]" if row["reason"] else ""
            yield from wrap(f"{row[key]}{why}", width, 6)
