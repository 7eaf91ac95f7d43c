"""Steps of one's own for Present: a TOML, JSON or YAML file becomes steps, or one clear sentence.

A person writes such a file, with names in it, and shows it to an audience. So it is checked when
the page is made, and whatever the page would quietly leave out is an error.

Out of scope: the steps a page has without a file, and how names are found (`step_names`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from hwbs_graph.data.plain_values import load_file
from hwbs_graph.errors import AmbiguousError, DataError, HwbsError, NotFoundError, UsageError
from hwbs_graph.store import Engine
from hwbs_graph.text import html_text
from hwbs_graph.view.address import LISTS, LONGEST, ROOM_WORDS, WORDS, write_address
from hwbs_graph.view.labels import visible_line
from hwbs_graph.view.pictures import list_pictures
from hwbs_graph.view.present.step_names import KEYS, STATE, StepNames

MOST_STEPS = 200
LONGEST_TEXT = 400
CANDIDATES = 6

Words = list[tuple[str, str]]


def read_steps(path: Path, engine: Engine, graph: Any) -> list[dict[str, str]]:
    """Return the steps that the file at `path` lists, each `{title, sentence, hash}`.

    `graph` is what the page draws, as `network.project_record` makes it; names are found in it.
    Raises UsageError for an unknown ending, PathError for a file that cannot be read, and
    DataError, with the number of the step, for what cannot be shown.
    """
    entries = _list_entries(load_file(path, "Steps"), path.name)
    names, steps = StepNames(engine, graph), []
    for number, entry in enumerate(entries, 1):
        try:
            steps.append(_read_step(entry, names))
        except HwbsError as error:
            raise DataError(f"{path.name}, step {number}: {_as_clause(error)}") from None
    return steps


def _list_entries(content: Any, name: str) -> Sequence[Any]:
    if isinstance(content, Mapping) and [*content] == ["steps"]:
        content = content["steps"]
    if not isinstance(content, list):
        cure = "write a list of steps, each with a “title”, or put the list under “steps”"
        raise DataError(f"{name} holds no list of steps; {cure}.")
    if not content:
        raise DataError(f"{name} lists no step; write at least one, with a “title”.")
    if len(content) > MOST_STEPS:
        raise DataError(f"{name} lists {len(content)} steps; keep it to {MOST_STEPS} or fewer.")
    return content


def _read_step(entry: Any, names: StepNames) -> dict[str, str]:
    if not isinstance(entry, Mapping):
        raise UsageError(f"a step is written as “title: ...” and so on, not as {_describe(entry)}")
    for key in entry:
        if key not in KEYS:
            names.find_word(str(key), "key")
            raise NotFoundError("key", str(key), [str(key).lower()])
    if "title" not in entry:
        raise UsageError("it has no “title”; add one")
    return {
        "title": _read_text(entry, "title"),
        "sentence": _read_text(entry, "sentence") if "sentence" in entry else "",
        "hash": _write_hash(entry, names),
    }


def _write_hash(entry: Mapping[Any, Any], names: StepNames) -> str:
    stated = [word for word in STATE if word in entry]
    if "link" in entry and stated:
        raise UsageError(f"it has a “link” and also “{stated[0]}”; give one or the other")
    words = _check_link(entry, names) if "link" in entry else _resolve_names(entry, names)
    hash = write_address(words)
    if len(hash) > LONGEST:
        raise UsageError("its address is too long for the page; name fewer things")
    return hash


def _resolve_names(entry: Mapping[Any, Any], names: StepNames) -> Words:
    first = list_pictures()[0].word
    view = names.find_word(_read_text(entry, "view"), "view") if "view" in entry else first
    plan = names.find_plan(_read_text(entry, "plan")) if "plan" in entry else names.model.start
    across = {picture.word for picture in list_pictures() if picture.across}
    place = None if view in across else plan
    words = [("view", view), ("plan", names.plan_keys[plan])]
    for word in STATE[len(words) :]:
        words += [(word, names.find_value(word, text, place)) for text in _texts_of(entry, word)]
    return list(dict.fromkeys(words))


def _texts_of(entry: Mapping[Any, Any], word: str) -> list[str]:
    """Return what an entry gives for a word; only a few may be a list."""
    if word not in entry:
        return []
    if word not in LISTS or not isinstance(entry[word], list):
        return [_read_text(entry, word)]
    if not entry[word]:
        raise UsageError(f"its “{word}” is an empty list; name a {word}, or leave the line out")
    return [_read_text({word: text}, word) for text in entry[word]]


def _check_link(entry: Mapping[Any, Any], names: StepNames) -> Words:
    """Return the words of a copied link; the file it leads to may have lain anywhere."""
    _, mark, text = _read_text(entry, "link", LONGEST).partition("#")
    if not mark:
        raise UsageError("its “link” has no “#”; copy it with “Copy link”, or write “#view=...”")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_STEPS)
    except ValueError:
        raise UsageError("its “link” has too many words; copy it again from the page") from None
    words = [pair for pair in pairs if pair[0] not in ROOM_WORDS]
    for number, (word, value) in enumerate(words):
        if word not in WORDS or (word not in LISTS and word in dict(words[:number])):
            raise UsageError(f"its “link” has “{_shorten(word)}”, which is unknown or there twice")
        if not names.holds(word, value):
            miss = "which this record does not hold; copy it again from the page"
            raise UsageError(f"its “link” has the {word} “{_shorten(value)}”, {miss}")
    return words


def _read_text(entry: Mapping[Any, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    value = entry[key]
    if not isinstance(value, str):
        how = "put it in quotation marks" if isinstance(value, int | float) else "write words"
        raise UsageError(f"its “{key}” is {_describe(value)}, not text; {how}")
    text = visible_line(html_text(value), len(value) + 1)
    if not text:
        raise UsageError(f"its “{key}” is empty; write something, or leave the line out")
    if len(value) > longest:
        raise UsageError(f"its “{key}” has {len(value)} characters; keep it to {longest}")
    return text


def _describe(value: Any) -> str:
    kinds = {bool: "yes or no", int: "a number", float: "a number", list: "a list", str: "text"}
    return "empty" if value is None else kinds.get(type(value), "something else")


def _shorten(text: str) -> str:
    return visible_line(html_text(text), 60)


def _as_clause(error: HwbsError) -> str:
    if isinstance(error, NotFoundError):
        miss = f"there is no {error.kind} “{_shorten(error.name)}”"
        near = " or ".join(map(_shorten, error.suggestions))
        return f"{miss}; did you mean {near}?" if near else f"{miss}."
    if isinstance(error, AmbiguousError):
        listed = [f"“{_shorten(path)}” for {_shorten(label)}" for path, label in error.candidates]
        more = ["..."] if len(listed) > CANDIDATES else []
        choices = ", ".join(listed[:CANDIDATES] + more)
        return f"“{_shorten(error.name)}” names {len(listed)} things; give one of: {choices}."
    return f"{error}."
