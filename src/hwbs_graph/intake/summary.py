"""A draft in a few lines: what was read, what was left out, and what a person must decide.

Out of scope: the questions one by one.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from hwbs_graph.text import count, truncate

_SHOWN = 8
_LONGEST = 150


def summarise(draft: dict[str, Any], names: str) -> str:
    """Return what was read of the files `names`, as lines for a terminal."""
    actions, questions = draft["actions"], draft["questions"]
    themes = {action["theme"] for action in actions} - {None}
    bodies = {
        each["printed"]
        for action in actions
        for role in ("lead", "partners")
        for each in action[role]
    }
    several = sum(len(question["decides"]) > 1 for question in questions)
    verb = "decides" if several == 1 else "decide"
    weight = f", {several} of which {verb} more than one action" if several else ""
    lines = [
        f"Read {names}: “{draft['plan']['title']}”, {count(len(actions), 'action')} in"
        f" {count(len(themes), 'theme')}, {count(len(bodies), 'name')}.",
        f"{count(len(questions), 'question')}{weight}.",
        *_list_some("Asked", [f"({each['kind']}) {each['text']}" for each in questions]),
        *_list_some("Left out", _group_left_out(draft)),
    ]
    return "\n".join(lines) + "\n"


def _group_left_out(draft: dict[str, Any]) -> list[str]:
    found = Counter(f"{each['what']}: {each['why']}" for each in draft["left_out"])
    return [text if times == 1 else f"{text} ({times} times)" for text, times in found.items()]


def _list_some(heading: str, texts: list[str]) -> list[str]:
    if not texts:
        return []
    more = len(texts) - _SHOWN
    shown = [f"  {truncate(text, _LONGEST)}" for text in texts[:_SHOWN]]
    return [f"{heading}:", *shown, *([f"  and {more} more"] if more > 0 else [])]


def describe_nothing(draft: dict[str, Any], names: str) -> str:
    """Return a sentence for files in which nothing could be a plan: what was seen in them."""
    seen = _group_left_out(draft)
    told = f"; seen: {'; '.join(seen[:_SHOWN])}" if seen else ""
    return f"No actions found in {names}{told}."


def describe_folder(folder: Path, plan: str, refused: list[tuple[str, str]]) -> str:
    """Return what was written, which names were refused, and the next command."""
    lines = [f"Draft: {folder / 'graph' / plan}.ttl; questions: {folder / 'review.xlsx'}."]
    listing = f"hwbs list actions --graph {folder} --only"
    if refused:
        shown = ", ".join(f"“{name}” ({place})" for name, place in refused[:_SHOWN])
        lines.append(f"Not in the graph, as their words stand nowhere in the text: {shown}.")
    return "\n".join([*lines, f"Next: hwbs review {folder}", f"Then: {listing}", ""])
