"""A TOML, JSON or YAML file as plain lists, mappings and values.

A list of steps or what a folder says of its board needs no more. No key may stand twice, as the
first would be lost without a word; YAML may hold no tag and no alias, which could stand for
millions of words.

Out of scope: what the values mean (`board`, and the steps of a view).
"""

import json
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hwbs_graph.data import files
from hwbs_graph.errors import DataError, UsageError

MOST_BYTES = 1_000_000


class _FaultError(Exception):
    """What is wrong with a text; `line` and `column` count from 1, 0 when unknown."""

    def __init__(self, why: str, line: int = 0, column: int = 0) -> None:
        super().__init__(why.rstrip("."))
        self.place = f", line {line}, column {column}" if line else ""


def load_file(path: Path, holds: str) -> Any:
    """Return what the file at `path` says; `holds` is a word for that, in the plural.

    Raises UsageError for an unknown ending, PathError where it cannot be read, DataError with
    the place where it does not parse.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        endings = ", ".join([*READERS][:-1]) + " or " + [*READERS][-1]
        raise UsageError(f"{holds} are read from a file that ends in {endings}, not {path.name}.")
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise DataError(f"{path.name} is larger than one megabyte; shorten it.")
    try:
        return reader(files.read_text(path))
    except _FaultError as fault:
        raise DataError(f"{path.name}{fault.place}: {fault}.") from None
    except RecursionError:
        raise DataError(f"{path.name} is nested too deeply; write one after the other.") from None
    except ValueError:  # a date such as 2019-99-99, or a number of ten thousand digits
        cure = "put it in quotation marks"
        raise DataError(f"{path.name} holds a date or number that is none; {cure}.") from None


def _read_toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _FaultError(_lower_first(str(error))) from None


def _read_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique_keys)
    except json.JSONDecodeError as error:
        raise _FaultError(_lower_first(error.msg), error.lineno, error.colno) from None


def _unique_keys(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise _FaultError(_there_twice(key))
        mapping[key] = value
    return mapping


def _read_yaml(text: str) -> Any:
    import yaml

    class PlainLoader(yaml.SafeLoader):
        """Safe YAML that has no alias, anchor or tag, and no key twice in a mapping."""

        def fetch_alias(self) -> None:
            why = f"“{self.peek()}” names or repeats another place; write the words out"
            raise _FaultError(why, *_place(self.get_mark()))

        fetch_anchor = fetch_tag = fetch_alias

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: set[str] = set()
            for key, _ in node.value:
                if str(key.value) in seen:
                    raise _FaultError(_there_twice(str(key.value)), *_place(key.start_mark))
                seen.add(str(key.value))
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(text, PlainLoader)
    except yaml.MarkedYAMLError as error:
        why = " ".join(f"{error.context or ''} {error.problem or 'it is not YAML'}".split())
        raise _FaultError(why, *_place(error.problem_mark)) from None
    except yaml.YAMLError as error:
        why = getattr(error, "reason", None) or "it is not YAML"
        raise _FaultError(f"{why}; write plain text in UTF-8") from None


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _there_twice(key: str) -> str:
    return f"“{key[:60]}” is there twice; keep one"


#: The endings of such a file, and what reads each.
READERS: dict[str, Callable[[str], Any]] = {
    ".toml": _read_toml,
    ".json": _read_json,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
}
