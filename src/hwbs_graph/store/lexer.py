"""The tokens of a query as the engine's parser sees them, and what its keywords make of it.

Updates and SERVICE are detected here, so the lexer must match the grammar: an IRI holds no brace,
a name may hold an escaped quotation mark. A keyword counts even where it is glued to another.

Specification: https://www.w3.org/TR/sparql11-query/#grammar

Out of scope: whether the query is valid; the engine says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from hwbs_graph.errors import QueryError
from hwbs_graph.text import name_odd_character

#: The tokens that matter, as a pattern to be compiled with re.VERBOSE and re.DOTALL.
#: A string that never ends is one token, and so are words joined by dots and hyphens. The engine
#: takes neither, but the search would start again in each of their parts. Only names hold
#: characters beyond ASCII; all of them are letters here, as `\w` leaves out combining accents.
#: Negated class: listing the characters takes 10 ms to compile.
TOKEN = r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*(?:\"{3}|\"{0,2}\\?\Z)
             | '{3}(?:'{0,2}(?:[^'\\]|\\.))*(?:'{3}|'{0,2}\\?\Z)
             | "(?:[^"\\\n\r]|\\.)*"? | '(?:[^'\\\n\r]|\\.)*'?)
  | (?P<variable>[?$]{letter}+)
  | (?P<name>(?:(?![0-9]){letter}(?:{letter}|[.-])*)?:
             (?:{letter}|[.:%-]|\\[_~.!$&'()*+,;=/?\#@%-])*)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>(?![0-9]){letter}+(?:[.-]+{letter}+)*)
    """.replace("{letter}", r"[^\x00-/:-@\[-^`{-\x7f]")
#: The first word of an update. https://www.w3.org/TR/sparql11-update/
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
#: Brackets within brackets that no query of people's own making has; the engine's parser recurses.
_DEEPEST = 200
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
#: Patterns or conditions in one chain that no query has; the engine recurses along it too.
_LONGEST = 1000
_LINK = re.compile(
    r"[|&]{2}|[+*/!;]|\.\s|\b(?:AS|BIND|FILTER|GRAPH|MINUS|OPTIONAL|SELECT|UNION|VALUES)\b", re.I
)
#: What each link holds at least one of.
_LINKING = "|&+*/!;.", "AS BIND FILTER GRAPH MINUS OPTIONAL SELECT UNION VALUES"
#: The start of a text that is a query and no update; its other keywords are not looked for.
_START = re.compile(
    r"(?:\s|\#[^\n\r]*[\n\r]|(?:PREFIX\s+[\w.-]*:|BASE)\s*<[^<>]*>)*"
    r"(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.I,
)
#: FROM as a word: behind a letter or these signs it is the end of a name or variable.
_FROM = re.compile("(?<![A-Za-z:?$])FROM", re.I)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token that matters, words in capitals."""
    for match in re.finditer(TOKEN, text, re.VERBOSE | re.DOTALL):
        kind = match.lastgroup or ""
        if kind == "word":
            yield kind, match[0].upper()
        elif kind not in ("comment", "string", "tag"):
            yield kind, match[0]


def find_odd_character(text: str) -> str:
    """Name the first character outside strings, IRIs and comments that only looks like code."""
    kept = re.sub(TOKEN, _drop_quoted, text, flags=re.VERBOSE | re.DOTALL)
    return name_odd_character(kept)


def find_slashed_name(text: str) -> str:
    """Return the first prefixed name with a path behind it that no grammar takes, or ""."""
    kept = re.sub(TOKEN, _drop_quoted, text, flags=re.VERBOSE | re.DOTALL)
    named = re.finditer(r"(?<![\w:./-])[A-Za-z][\w-]*:[\w.-]+(?:/(?!a\b)[\w-]+)+(?![\w:])", kept)
    return next((match[0] for match in named), "")


def find_undeclared(text: str) -> set[str]:
    """Return the prefixes that a query uses and declares nowhere, without their colons."""
    used: set[str] = set()
    declared: set[str] = set()
    before = ""
    for kind, token in tokens(text):
        if kind == "name":
            (declared if before == "PREFIX" else used).add(token.partition(":")[0])
        before = token
    return used - declared


def _drop_quoted(match: re.Match[str]) -> str:
    return " " if match.lastgroup in ("comment", "iri", "string") else match[0]


@lru_cache(maxsize=128)  # the named queries are asked again and again
def keywords(text: str) -> tuple[str, ...]:
    """Return the keywords of a query, in capitals."""
    return tuple(token for kind, token in tokens(text) if kind == "word")


def is_plain(text: str) -> bool:
    """Say whether a text plainly is a query of the open graph alone; most are, and soon told.

    SERVICE stands nowhere in it, and FROM in no comment either, but at the end of names.
    """
    capitals = text.upper()
    return "SERVICE" not in capitals and not _FROM.search(text) and bool(_START.match(text))


def find_update(words: Iterable[str]) -> str:
    """Return the keyword that makes it an update, or "" for a query."""
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    return first if first in _UPDATES else ""


def query_form(words: Iterable[str]) -> str:
    """Return the form of a query by its keywords: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    return next((word for word in words if word in _FORMS), "SELECT")


def split_construct(text: str) -> tuple[str, str]:
    """Return what stands before CONSTRUCT, and what follows its template."""
    start, depth = -1, 0
    for match in re.finditer(rf"{TOKEN} | (?P<brace>[{{}}])", text, re.VERBOSE | re.DOTALL):
        word = match[0].upper() if match.lastgroup == "word" else ""
        if start < 0:
            start = match.start() if word == "CONSTRUCT" else -1
        elif depth == 0 and word in ("WHERE", "FROM"):  # the pattern is its own template
            return text[:start], text[match.start() :]
        elif match.lastgroup == "brace":
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                return text[:start], text[match.end() :]
    return text, ""


def reject_updates(words: Sequence[str], name: str) -> None:
    """Raise QueryError for what would change data or leave the machine."""
    if update := find_update(words):
        raise QueryError(name, f"{update} would change data, and hwbs only reads")
    if any("SERVICE" in word for word in words):
        raise QueryError(
            name, "SERVICE would ask another machine, and hwbs asks only its own graph"
        )


def reject_deep(text: str, name: str) -> None:
    """Raise QueryError for brackets so deep, or chains so long, that the engine would crash."""
    if sum(map(text.count, "([{")) <= _DEEPEST and _count_most_links(text) <= _LONGEST:
        return
    kept = re.sub(TOKEN, _drop_quoted, text, flags=re.VERBOSE | re.DOTALL)
    steps = (_BRACKETS[sign] for sign in kept if sign in _BRACKETS)
    if max(accumulate(steps), default=0) > _DEEPEST:
        raise QueryError(name, f"brackets stand more than {_DEEPEST} deep in each other")
    # A list in brackets, as of IN, is no chain.
    links = sum(1 for _ in _LINK.finditer(kept)) + re.sub(r"\([^()]*\)", "", kept).count(",")
    if links > _LONGEST:
        raise QueryError(
            name,
            f"it strings together more than {_LONGEST} patterns or conditions; ask in parts, or "
            "list values with VALUES or IN",
        )


def _count_most_links(text: str) -> int:
    """Return at least the number of links and commas of a text, without reading its tokens."""
    signs, words = _LINKING
    return sum(map(text.count, f"{signs},")) + sum(map(text.upper().count, words.split()))
