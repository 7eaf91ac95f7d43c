"""Steps of one's own for Present: a YAML or JSON file becomes steps, or one clear sentence.

Such a file is written by a person with names in it, checked when the page is made and not in
front of an audience; so whatever the page would quietly leave out is an error here.

Out of scope: the steps a page has without a file (`steps`), the names (`stepnames`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from hwbs_graph.errors import AmbiguousError, DataError, HwbsError, NotFoundError, UsageError
from hwbs_graph.text import html_text
from hwbs_graph.view.address import LONGEST, ROOM_WORDS, SHOWN, VIEWS, WORDS, address
from hwbs_graph.view.labels import visible
from hwbs_graph.view.present.step_names import StepNames
from hwbs_graph.view.present.step_text import load
from hwbs_graph.view.records import Record

MOST_STEPS = 200
LONGEST_TEXT = 400
CANDIDATES = 6
#: What a step may say of the state it shows; `with` is left to copied links.
STATE = tuple(word for word in WORDS if word != "with")
KEYS = ("title", "sentence", "link", *STATE)
#: Pictures of several plans at once, in which a thing of any of them can be pointed at.
ACROSS = ("continuity", "families")

Words = list[tuple[str, str]]


def read_steps(path: Path, record: Record) -> list[dict[str, str]]:
    """Return the steps that the file at `path` lists, things named as `record` names them.

    Raises UsageError for an ending other than .yaml, .yml or .json, PathError for a file that
    cannot be read, and DataError, with the number of the step, for what cannot be shown.
    """
    listed = _listed(load(path), path.name)
    known, steps = StepNames(record), []
    for number, entry in enumerate(listed, 1):
        try:
            steps.append(_step(entry, known))
        except HwbsError as error:
            raise DataError(f"{path.name}, step {number}: {_clause(error)}") from None
    return steps


def _listed(content: Any, name: str) -> Sequence[Any]:
    if isinstance(content, Mapping) and [*content] == ["steps"]:
        content = content["steps"]
    if not isinstance(content, list):
        wanted = "write a list of steps, each with a “title”, or put the list under “steps:”"
        raise DataError(f"{name} holds no list of steps; {wanted}.")
    if not content:
        raise DataError(f"{name} lists no step; write at least one, with a “title”.")
    if len(content) > MOST_STEPS:
        raise DataError(f"{name} lists {len(content)} steps; keep it to {MOST_STEPS} or fewer.")
    return content


def _step(entry: Any, known: StepNames) -> dict[str, str]:
    if not isinstance(entry, Mapping):
        raise UsageError(f"a step is written as “title: ...” and so on, not as {_what(entry)}")
    for key in entry:
        if key not in KEYS:
            known.word(str(key), "key", KEYS)
            raise NotFoundError("key", str(key), [str(key).lower()])
    if "title" not in entry:
        raise UsageError("it has no “title”; add one")
    return {
        "title": _text(entry, "title"),
        "sentence": _text(entry, "sentence") if "sentence" in entry else "",
        "hash": _hash(entry, known),
    }


def _hash(entry: Mapping[Any, Any], known: StepNames) -> str:
    stated = [word for word in STATE if word in entry]
    if "link" in entry and stated:
        raise UsageError(f"it has a “link” and also “{stated[0]}”; give one or the other")
    words = _from_link(entry, known) if "link" in entry else _from_names(entry, known)
    hash = address(words)
    if len(hash) > LONGEST:
        raise UsageError("its address is too long for the page; name fewer things")
    return hash


def _from_names(entry: Mapping[Any, Any], known: StepNames) -> Words:
    given = {word: _text(entry, word) for word in STATE if word in entry and word != "theme"}
    view = known.word(given["view"], "view", VIEWS) if "view" in given else VIEWS[0]
    plan = known.plan(given["plan"]) if "plan" in given else known.record.start
    words: Words = [("view", view)]
    if known.plan_keys[plan]:
        words.append(("plan", known.plan_keys[plan]))
    if "show" in given:
        words.append(("show", known.word(given["show"], "choice for “show”", SHOWN)))
    place = None if view in ACROSS else plan
    for word in ("select", "only"):
        if word in given:
            words.append((word, known.thing(given[word], None, place).key))
    themes = [known.thing(name, known.themes, place).key for name in _themes(entry)]
    words += [("theme", key) for key in dict.fromkeys(themes)]
    for kind in ("partner", "determinant"):
        if kind in given:
            words.append((kind, known.thing(given[kind], kind, place).key))
    for word, choices in (("document", known.documents), ("basis", known.bases)):
        if word in given:
            words.append((word, known.word(given[word], word, choices)))
    return words


def _themes(entry: Mapping[Any, Any]) -> list[str]:
    themes = entry.get("theme", [])
    if "theme" not in entry or not isinstance(themes, list):
        return [_text(entry, "theme")] if "theme" in entry else []
    if not themes:
        raise UsageError("its “theme” is an empty list; name a theme, or leave the line out")
    return [_text({"theme": theme}, "theme") for theme in themes]


def _from_link(entry: Mapping[Any, Any], known: StepNames) -> Words:
    """Return the words of a copied link; the file it leads to may have lain anywhere."""
    _, mark, text = _text(entry, "link", LONGEST).partition("#")
    if not mark:
        raise UsageError("its “link” has no “#”; copy it with “Copy link”, or write “#view=...”")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_STEPS)
    except ValueError:
        raise UsageError("its “link” has too many words; copy it again from the page") from None
    words = [pair for pair in pairs if pair[0] not in ROOM_WORDS]
    for number, (word, value) in enumerate(words):
        if word not in WORDS or (word != "theme" and word in dict(words[:number])):
            raise UsageError(f"its “link” has “{_short(word)}”, which is unknown or there twice")
        if not _is_known(word, value, known):
            held = "which this record does not hold; copy it again from the page"
            raise UsageError(f"its “link” has the {word} “{_short(value)}”, {held}")
    return words


def _is_known(word: str, value: str, known: StepNames) -> bool:
    choices = {"view": VIEWS, "show": SHOWN}.get(word)
    return value in choices if choices else known.holds(word, value)


def _text(entry: Mapping[Any, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    value = entry[key]
    if not isinstance(value, str):
        how = "put it in quotation marks" if isinstance(value, int | float) else "write words"
        raise UsageError(f"its “{key}” is {_what(value)}, not text; {how}")
    text = visible(html_text(value), len(value) + 1)
    if not text:
        raise UsageError(f"its “{key}” is empty; write something, or leave the line out")
    if len(value) > longest:
        raise UsageError(f"its “{key}” has {len(value)} characters; keep it to {longest}")
    return text


def _what(value: Any) -> str:
    kinds = {bool: "yes or no", int: "a number", float: "a number", list: "a list", str: "text"}
    return "empty" if value is None else kinds.get(type(value), "something else")


def _short(text: str) -> str:
    return visible(html_text(text), 60)


def _clause(error: HwbsError) -> str:
    if isinstance(error, NotFoundError):
        said = f"there is no {error.kind} “{_short(error.name)}”"
        return (
            f"{said}; did you mean {_choice(error.suggestions)}?"
            if error.suggestions
            else f"{said}."
        )
    if isinstance(error, AmbiguousError):
        listed = [
            f"{_short(key)} ({_short(label)})" for key, label in error.candidates[:CANDIDATES]
        ]
        more = ", ..." if len(error.candidates) > CANDIDATES else ""
        count = len(error.candidates)
        return (
            f"“{_short(error.name)}” names {count} things; give one of: {', '.join(listed)}{more}."
        )
    return f"{error}."


def _choice(names: Sequence[str]) -> str:
    shown = [_short(name) for name in names]
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
