"""What a query uses of SPARQL: its keywords, where they stand, and the steps of its paths.

A trait is a word of a query ("MINUS"), two that follow each other ("COUNT DISTINCT", "COUNT
variable"), one inside another ("FILTER in OPTIONAL", "LIMIT in sub-select"), a sign of a path
("path +"), or "beyond ASCII" for a text with letters or quotes that ASCII does not have.

Out of scope: whether the query is valid; the engine says.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hwbs_graph.store.lexer import TOKEN

#: Behind the tokens that the lexer knows, the signs that make groups, expressions and paths.
_PIECE = re.compile(
    rf"{TOKEN} | (?P<skip>\^\^|\|\||&&) | (?P<mark>[{{}}()/|^*+?])", re.VERBOSE | re.DOTALL
)
_PATH_SIGNS = "/|^*+?"
_SUB_SELECT = "sub-select"
#: Words after which a star means every variable.
_BEFORE_ALL = ("SELECT", _SUB_SELECT, "DISTINCT", "REDUCED")


class _Group(NamedTuple):
    """What stands between braces: what it is, its words in order, and the groups inside."""

    roles: set[str]
    words: list[str]
    inner: "list[_Group]"


def find_traits(text: str) -> frozenset[str]:
    """Return every trait of a query."""
    return frozenset(_traits(_group(text), frozenset()))


def _traits(group: _Group, outside: frozenset[str]) -> Iterator[str]:
    around = outside | group.roles
    for word in group.words:
        yield word
        yield from (f"{word} in {role}" for role in around)
    for inner in group.inner:
        yield from _traits(inner, around)


def _group(text: str) -> _Group:
    """Return the query as groups in groups; signs of paths are words of their group."""
    opened = [_Group(set(), [], [])]
    within: list[bool] = []  # whether each open parenthesis holds an expression
    before = ""
    for match in _PIECE.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "comment":
            continue
        if kind == "word":
            before = _read_word(opened, piece.upper(), before)
            continue
        if kind == "variable" and before == "COUNT":
            opened[-1].words.append("COUNT variable")
        if kind == "string" and not piece.isascii():
            opened[-1].words.append("beyond ASCII")
        if piece == "{":
            _open(opened, before)
        elif piece == "}" and len(opened) > 1:
            opened.pop()
        elif piece == "(":
            within.append(bool(before) or any(within))
            continue  # the word before still stands before what follows
        elif piece == ")":
            within[-1:] = []
        elif (
            kind == "mark"
            and piece in _PATH_SIGNS
            and not any(within)
            and before not in _BEFORE_ALL
        ):
            opened[-1].words.append(f"path {piece}")
        before = ""
    return opened[0]


def _read_word(opened: list[_Group], word: str, before: str) -> str:
    """Note a word, and with the one before it; return what stands before the next piece."""
    group = opened[-1]
    if word == "SELECT" and len(opened) > 1:
        word = _SUB_SELECT
        group.roles.add(word)
    if word == "UNION" and group.inner:
        group.inner[-1].roles.add(word)
    group.words.extend([word, f"{before} {word}"] if before else [word])
    return "" if word == "A" else word


def _open(opened: list[_Group], before: str) -> None:
    group = _Group({before} if before else set(), [], [])
    opened[-1].inner.append(group)
    opened.append(group)
