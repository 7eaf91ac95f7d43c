"""What a person says of how a plan is read: which sheet, page and column is what.

    sheets: {Start Well: {header: 3}, Lookups: leave out}
    columns: {Outcome: objective, Ref: code, Level: leave out, Who: ask (lead)}
    headings: {1: leave out, 2: theme}
    colours: {"00B050": on track}
    rag: {Amber: some risk}
    split: {Planning and Building Control: one, Police and Mind: [Police, Mind]}

`hwbs import` writes the columns that it found to `mapping.yaml`; one that is to be asked about
stays so until a person writes its role.

Out of scope: what the columns of a plan are called (`plan_words`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hwbs_graph.errors import DataError, UsageError
from hwbs_graph.intake.column_roles import ROLES, Column
from hwbs_graph.intake.parts import Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.plan_words import fold, read_words, split_sides
from hwbs_graph.intake.readers.limits import UnreadableError

MAPPING_FILE = "mapping.yaml"
_MEMBERS = ("sheets", "columns", "headings", "colours", "rag", "split", "read")
_LEAVE, _ASK = "leave out", "ask"
#: The word for a role in a mapping -> the role.
_WORDS = {**{role: role for role in ROLES}, "persons": "persons", "part": "part", _LEAVE: "leave"}
_HEADING_LEVELS, _HEADING_ROLES = "123456", ("theme", "objective", _LEAVE)
_PAGE = re.compile(r"(?:.*: )?page (\d+)\b")
_HEAD = (
    "# Which column is what. Roles: {roles}.\n"
    "# A column that says “ask” is a question; write its role instead, then hwbs update.\n"
)


class Choices(NamedTuple):
    """What was chosen; `columns` map a folded heading to a role, `headers` a sheet to a row from 1.

    `steps` map a folded word, or a colour as RRGGBB in small letters, to how far an action has got.
    `headings` map the level of a heading, as “2”, to `theme`, `objective` or `leave`. `splits` map
    printed words to the names of the bodies that they stand for, one or several.
    With `sheets` only those are read, but never those `left_out`. `pages` are the first and last.
    """

    columns: Mapping[str, str] = {}
    headers: Mapping[str, int] = {}
    left_out: Sequence[str] = ()
    sheets: Sequence[str] = ()
    pages: tuple[int, int] | None = None
    with_hidden: bool = False
    steps: Mapping[str, str] = {}
    headings: Mapping[str, str] = {}
    splits: Mapping[str, Sequence[str]] = {}

    def name_columns(self, columns: Iterable[Column]) -> list[Column]:
        """Return columns with the roles that were chosen, which are sure."""
        return [
            column._replace(role=role, is_sure=True)
            if (role := self.columns.get(fold(column.heading)))
            else column
            for column in columns
        ]

    def find_header(self, table: Table) -> int | None:
        """Return the row of headings that was chosen for the sheet of a table, from 0."""
        row = self.headers.get(table.sheet)
        return None if row is None else row - 1

    def select(self, document: Document, path: Path) -> Document:
        """Return what of a document was chosen. Raises UnreadableError for a sheet it has not."""
        names = {table.sheet for table in document.tables if table.sheet}
        if missing := next((each for each in self.sheets if each not in names), None):
            offer = ", ".join(sorted(names)) or "none"
            raise UnreadableError(path, f"it has no sheet “{missing}” to read; it has: {offer}")
        blocks: list[Paragraph | Table] = []
        left_out = list(document.left_out)
        for block in document.blocks:
            if isinstance(block, Table) and self._leaves(block.sheet):
                left_out.append(LeftOut(f"sheet “{block.sheet}”", "it was not chosen", block.sheet))
            else:
                blocks += self._cut(block)
        return document._replace(blocks=tuple(blocks), left_out=tuple(left_out))

    def _leaves(self, sheet: str) -> bool:
        return sheet in self.left_out or bool(self.sheets and sheet and sheet not in self.sheets)

    def _cut(self, block: Paragraph | Table) -> list[Paragraph | Table]:
        """Return a block without what stands on other pages."""
        if self.pages is None:
            return [block]
        if isinstance(block, Paragraph):
            return [block] if self._is_chosen(block.place) else []
        cells = tuple(cell for cell in block.cells if self._is_chosen(cell.place))
        return [block._replace(cells=cells)] if cells else []

    def _is_chosen(self, place: str) -> bool:
        found = _PAGE.match(place)
        return not (found and self.pages) or self.pages[0] <= int(found[1]) <= self.pages[1]


def read_pages(text: str) -> tuple[int, int] | None:
    """Return the first and last page of “3-9” or “4”; None of "". Raises UsageError."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,4})(?:[-–](\d{1,4}))?", text.strip())
    pages = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= pages[0] <= pages[1]:
        raise UsageError(f"--pages takes a page or a span such as 3-9, not “{text[:40]}”.")
    return pages


def read_mapping(path: Path) -> Choices:
    """Return what a mapping file says. Raises UsageError, PathError, and DataError."""
    from hwbs_graph.data.plain_values import load_file

    given = load_file(path, "Mappings")
    if not isinstance(given, Mapping) or not given.keys() <= set(_MEMBERS):
        raise DataError(f"{path}: it may hold {', '.join(_MEMBERS)}, and nothing else.")
    columns = {
        fold(str(heading)): role
        for heading, word in _require_map(path, given, "columns").items()
        if (role := _read_role(path, str(heading), word))
    }
    sheets = _require_map(path, given, "sheets")
    left_out = [str(name) for name, said in sheets.items() if said == _LEAVE]
    headers = {
        str(name): _read_header(path, str(name), said)
        for name, said in sheets.items()
        if said != _LEAVE
    }
    splits = {
        str(words): _read_split(path, str(words), said)
        for words, said in _require_map(path, given, "split").items()
    }
    steps, headings = _read_steps(path, given), _read_headings(path, given)
    chosen = Choices(columns, headers, left_out, steps=steps, headings=headings, splits=splits)
    return _read_parts(path, given, chosen)


def _read_parts(path: Path, given: Mapping[str, Any], chosen: Choices) -> Choices:
    """Return the choices with which parts of a document are read: sheets, pages, hidden ones."""
    parts = _require_map(path, given, "read")
    sheets = parts.get("sheets", [])
    if not parts.keys() <= {"sheets", "pages", "hidden"} or not isinstance(sheets, list):
        raise DataError(f"{path}: “read” may hold a list of sheets, pages such as 3-9, and hidden.")
    return chosen._replace(
        sheets=[str(each) for each in sheets],
        pages=read_pages(str(parts.get("pages", ""))),
        with_hidden=parts.get("hidden") is True,
    )


def _read_headings(path: Path, given: Mapping[str, Any]) -> dict[str, str]:
    """Return what the levels of headings stand for."""
    roles = {}
    for level, said in _require_map(path, given, "headings").items():
        if str(level) not in _HEADING_LEVELS or said not in _HEADING_ROLES:
            offer = ", ".join(_HEADING_ROLES)
            why = f"level “{level}” cannot be “{said}”; levels are 1 to 6, and each is {offer}"
            raise DataError(f"{path}: headings: {why}.")
        roles[str(level)] = _WORDS[said]
    return roles


def _read_split(path: Path, words: str, said: Any) -> list[str]:
    """Return the bodies that printed words stand for: the words, their sides, or those listed."""
    names = [words] if said == "one" else said if isinstance(said, list) else []
    if said in ("two", "several"):
        names = [side for side in split_sides(words) if side]
    if names and all(isinstance(each, str) and fold(each) in fold(words) for each in names):
        return names
    why = f"“{words[:60]}” takes one, several, or a list of names as they are printed in it"
    raise DataError(f"{path}: split: {why}.")


def _read_steps(path: Path, given: Mapping[str, Any]) -> dict[str, str]:
    """Return what a person says that colours and words mean for the progress of an action."""
    known = read_words()["progress"]
    steps = {}
    for member in ("colours", "rag"):
        for printed, step in _require_map(path, given, member).items():
            if not isinstance(printed, str) or step not in known:
                why = f"“{printed}” cannot be “{step}”; give one of: {', '.join(known)}"
                raise DataError(f"{path}: {member}: {why}, and put the colour or word in quotes.")
            steps[fold(printed)] = step
    return steps


def is_as_read(chosen: Choices, columns: Mapping[str, str]) -> bool:
    """Say whether a mapping says of each column what was read of it."""
    words = {fold(heading): _WORDS.get(word) for heading, word in columns.items()}
    roles = {heading: role for heading, role in words.items() if role}
    others = (chosen.headers, chosen.left_out, chosen.steps, chosen.headings, chosen.splits)
    return not any(others) and dict(chosen.columns) == roles


def _require_map(path: Path, given: Mapping[str, Any], key: str) -> Mapping[Any, Any]:
    value = given.get(key) or {}
    if not isinstance(value, Mapping):
        raise DataError(f"{path}: “{key}” is no list of names and values; write NAME: VALUE lines.")
    return value


def _read_role(path: Path, heading: str, word: Any) -> str | None:
    if isinstance(word, str) and (word in _WORDS or word.split(" ")[0] == _ASK):
        return _WORDS.get(word)
    offer = ", ".join([*_WORDS, _ASK])
    raise DataError(f"{path}: column “{heading[:60]}” cannot be “{word}”; give one of: {offer}.")


def _read_header(path: Path, sheet: str, said: Any) -> int:
    row = said.get("header") if isinstance(said, Mapping) and len(said) == 1 else None
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        why = f"sheet “{sheet[:60]}” takes “leave out” or “header: ROW”"
        raise DataError(f"{path}: {why}, where the first row is 1.")
    return row


def describe_columns(columns: Iterable[Column]) -> dict[str, str]:
    """Return heading -> word for its role, of columns that were read; an unsure one is to ask."""
    words = {role: word for word, role in _WORDS.items()}
    return {
        column.heading: words[column.role]
        if column.is_sure and column.role in words
        else f"{_ASK} ({column.role})"
        if column.role in words
        else _ASK
        for column in columns
        if column.heading and column.role != "mark"
    }


def write_mapping(columns: Mapping[str, str], chosen: Choices | None = None) -> bytes:
    """Return the mapping file of columns as `describe_columns` gives them, with what was chosen."""
    import yaml

    chosen = chosen or Choices()
    sheets: dict[str, Any] = {name: {"header": row} for name, row in chosen.headers.items()}
    sheets |= dict.fromkeys(chosen.left_out, _LEAVE)
    names = {role: word for word, role in _WORDS.items()}
    said = {
        "sheets": sheets,
        "columns": {**columns},
        "headings": {int(level): names[role] for level, role in chosen.headings.items()},
        "rag": {**chosen.steps},
        "split": {
            words: "one" if list(each) == [words] else list(each)
            for words, each in chosen.splits.items()
        },
    }
    parts = {
        "sheets": [*chosen.sheets],
        "pages": "{}-{}".format(*chosen.pages) if chosen.pages else "",
        "hidden": chosen.with_hidden,
    }
    said["read"] = {name: value for name, value in parts.items() if value}
    kept = {name: value for name, value in said.items() if value or name == "columns"}
    text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)
    return (_HEAD.format(roles=", ".join(_WORDS)) + text).encode("utf-8")
