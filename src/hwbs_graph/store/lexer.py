"""The words of a query as the engine's parser sees them: no strings, comments, IRIs or names.

What is refused is looked for here, so nothing may hide from it: the tokens are those of the
grammar (an IRI holds no brace, a name may hold an escaped quotation mark), and a keyword counts
even where it is glued to another.

Specification: https://www.w3.org/TR/sparql11-query/#grammar

Out of scope: whether the query is valid; the engine says.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

#: A string that never ends is taken whole, and words joined by dots and hyphens as one: the engine
#: takes neither, and a long row of them would else be searched again from each of its parts. What
#: is not ASCII stands in names alone, and is a letter here: accents of their own are no `\w`. Said
#: by what it is not, as a class of so many characters takes ten milliseconds to compile.
_TOKEN = r"""
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
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token that matters, words in capitals."""
    for match in re.finditer(_TOKEN, text, re.VERBOSE | re.DOTALL):
        kind = match.lastgroup or ""
        if kind == "word":
            yield kind, match[0].upper()
        elif kind not in ("comment", "string", "tag"):
            yield kind, match[0]


@lru_cache(maxsize=128)  # the named queries are asked again and again
def keywords(text: str) -> tuple[str, ...]:
    """Return the keywords of a query, in capitals."""
    return tuple(token for kind, token in tokens(text) if kind == "word")
