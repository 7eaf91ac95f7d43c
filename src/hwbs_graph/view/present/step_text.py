"""A YAML or JSON file as plain lists, mappings and values, however it was written.

Only what a list of steps needs is taken: no tags, no aliases (which could stand for millions of
words), no deep nesting, no key twice, of which the first would be lost without a word.

Out of scope: what the values mean (`stepfile`).
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hwbs_graph.data import files
from hwbs_graph.errors import DataError, UsageError

MOST_BYTES = 1_000_000
DEEPEST = 8
#: What YAML says of a second document makes no sense alone.
DANGLING = "but found another document"


def load(path: Path) -> Any:
    """Return what the file at `path` says.

    Raises UsageError for an unknown ending, PathError where it cannot be read, DataError with
    line and column where it does not parse.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        endings = ", ".join([*READERS][:-1]) + " or " + [*READERS][-1]
        raise UsageError(f"Steps are read from a file that ends in {endings}, not {path.name}.")
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise DataError(f"{path.name} is larger than one megabyte; split it, or list fewer steps.")
    return reader(files.read_text(path).removeprefix("\ufeff"), path.name)


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _mapping(pairs, name))
    except json.JSONDecodeError as error:
        why = error.msg[:1].lower() + error.msg[1:]
        raise DataError(_at(name, error.lineno, error.colno, why)) from None
    except RecursionError:
        raise DataError(_too_deep(name)) from None
    except ValueError:
        raise DataError(f"{name} holds a number too long to be read; write it as text.") from None


def _mapping(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise DataError(f"{name}: {_twice(key)}.")
        mapping[key] = value
    return mapping


def _yaml(text: str, name: str) -> Any:
    import yaml

    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_depth_and_aliases(text, name, safe)
        loader = safe(text)
        try:
            node = loader.get_single_node()
            for twice in _repeated(node):
                raise DataError(_at(name, *_place(twice.start_mark), _twice(twice.value)))
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        told = (error.context, error.problem) if error.problem == DANGLING else (error.problem,)
        why = " ".join(" ".join(filter(None, told)).split()) or "it is not YAML"
        raise DataError(_at(name, *_place(error.problem_mark), why)) from None
    except yaml.YAMLError as error:
        why = str(getattr(error, "reason", "") or "it is not YAML")
        raise DataError(f"{name}: {why}; write plain text in UTF-8.") from None
    except ValueError:  # a date such as 2019-99-99, or a number of ten thousand digits
        raise DataError(
            f"{name} holds a date or number that is none; put it in quotation marks."
        ) from None


def _refuse_depth_and_aliases(text: str, name: str, loader: Any) -> None:
    """Raise DataError before anything is built: building is what such a file attacks."""
    import yaml

    depth = 0
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.AliasEvent):
            why = f"“*{event.anchor}” repeats another place; write the words out"
            raise DataError(_at(name, *_place(event.start_mark), why))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise DataError(_too_deep(name))


def _repeated(node: Any) -> Iterator[Any]:
    """Yield the keys that a mapping has twice."""
    if isinstance(getattr(node, "value", None), list):
        keys = set()
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _repeated(part)
            if isinstance(item, tuple) and isinstance(item[0].value, str):
                if item[0].value in keys:
                    yield item[0]
                keys.add(item[0].value)


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _at(name: str, line: int, column: int, why: str) -> str:
    return f"{name}, line {line}, column {column}: {why.rstrip('.')}."


def _twice(key: str) -> str:
    return f"“{key[:60]}” is there twice; keep one"


def _too_deep(name: str) -> str:
    return f"{name} is nested too deeply for a list of steps; write one step after the other."


#: The endings of a steps file, and what reads each.
READERS: dict[str, Callable[[str, str], Any]] = {".yaml": _yaml, ".yml": _yaml, ".json": _json}
