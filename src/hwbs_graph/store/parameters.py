"""The text of a query: what it would do, where a parameter is bound, and what is wrong with it.

Nothing here parses SPARQL: it is enough to tell keywords and brackets from what only looks like
them, in strings, comments, IRIs and names.

Out of scope: running a query (`embedded`, `remote`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from hwbs_graph.errors import QueryError
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.store.lexer import UPDATES

Term = NamedNode | Literal
_Names = frozenset[str]
#: Where in a text values may stand, and of which variables; without any, of all.
_Place = tuple[int, _Names]
_ANY: _Names = frozenset()
#: What a variable is bound to: a term, or one of several.
Terms = Term | Sequence[Term]

#: Strings, comments, IRIs, prefix declarations, prefixed names and variables hold no keyword.
_NO_KEYWORD = (
    r'"{3}.*?"{3}|\'{3}.*?\'{3}|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\s]*>|#[^\n]*|(?i:\bprefix\s+[\w.-]*:|\bbase\b)|[\w.-]*:[\w.%-]*|[?$]\w+"
)
#: Compiled when the first query is asked, as it takes longer than importing this.
_TOKEN = rf"{_NO_KEYWORD}|[{{}}()]|(?P<word>[A-Za-z]+)"
#: A comment of its own line, where the values of a variable go.
_MARKER = r"(?m)^[ \t]*#\+ bind: (\w+)[ \t]*$"
#: The forms of a query, and what each gives.
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def _tokens(text: str) -> list[re.Match[str]]:
    """Return words, brackets and what is neither, without comments."""
    return [each for each in re.finditer(_TOKEN, text, re.DOTALL) if each[0][0] != "#"]


def reject_updates(found: Sequence[str], name: str) -> None:
    """Refuse what would change data or leave the machine; `found` are the query's keywords."""
    first = next((word for word in found if word not in ("PREFIX", "BASE")), "")
    if first in UPDATES:
        raise QueryError(name, f"{first} would change data, and hwbs only reads")
    if any("SERVICE" in word for word in found):
        raise QueryError(
            name, "SERVICE would ask another machine, and hwbs asks only its own graph"
        )


def query_form(found: Sequence[str]) -> str:
    """Return the form of a query by its keywords: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    return next((word for word in found if word in _FORMS), "SELECT")


def bind_parameters(text: str, bindings: Mapping[str, Terms]) -> str:
    """Return the query with its variables bound to terms, in the text that any engine takes.

    The terms are written by the engine's own library, escapes and all, at the start of the
    pattern that answers: as VALUES, or as a FILTER where the query itself makes the variable
    with AS. A VALUES clause behind the query means the same to the specification, but costs a
    server the answer for everything, and Virtuoso 7.2.5 does not filter by it. Branches of a UNION
    and sub-selects that give the variable get it, too, as no engine carries a value into them.

    Raises QueryError for a query without a pattern in braces.
    """
    if not bindings:
        return text
    terms = {name: " ".join(_listed(given)) for name, given in bindings.items()}
    marked = {match[1] for match in re.finditer(_MARKER, text)}
    if marked.issuperset(terms):
        return re.sub(_MARKER, lambda marker: _values(marker, terms), text)
    return _opened(text, bindings)


def _values(marker: re.Match[str], terms: Mapping[str, str]) -> str:
    """Return what replaces a marker: the values of its variable, or itself without any."""
    name = marker[1]
    return f"VALUES ?{name} {{ {terms[name]} }}" if name in terms else marker[0]


def _opened(text: str, bindings: Mapping[str, Terms]) -> str:
    """Return the query with the terms at the start of its patterns, where it has no markers."""
    made, places = _openings(text)
    terms = {name: _listed(given) for name, given in bindings.items()}
    values = {
        name: f"VALUES ?{name} {{ {' '.join(terms[name])} }}" for name in terms if name not in made
    }
    filters = [f"FILTER({_equal(name, terms[name])})" for name in terms if name in made]
    parts, at = [], 0
    for place, given in places:
        here = [values[name] for name in values if not given or name in given] + filters
        if here:
            parts += [text[at:place], *here]
            at, filters = place, []
    # On the same line, so that an error still counts lines as the file does.
    return " ".join([*parts, text[at:]])


@lru_cache(maxsize=128)  # the named queries are asked again and again
def _openings(text: str) -> tuple[frozenset[str], tuple[_Place, ...]]:
    """Return the variables that a query itself makes, and the places where values may stand."""
    made = frozenset(match[1] for match in re.finditer(r"(?i)\bAS\s+[?$](\w+)", text))
    tokens = _tokens(text)
    words = [token[0].upper() for token in tokens]
    opening = _pattern(words)
    places = [(opening, _ANY), *((branch, _ANY) for branch in _branches(words, opening))]
    places += _selects(tokens, words, opening + 1, _closing(words, opening), _ANY)
    return made, tuple(sorted((tokens[index].end(), names) for index, names in places))


def _listed(given: Terms) -> list[str]:
    return [str(given)] if isinstance(given, NamedNode | Literal) else [str(each) for each in given]


def _equal(name: str, terms: list[str]) -> str:
    return f"?{name} = {terms[0]}" if len(terms) == 1 else f"?{name} IN ({', '.join(terms)})"


def _branches(words: list[str], opening: int) -> Iterator[int]:
    """Yield which tokens open the branches of a UNION that stands in the pattern itself."""
    depth = 0
    for index in range(opening, _closing(words, opening) if "UNION" in words else opening):
        depth += {"{": 1, "}": -1}.get(words[index], 0)
        if words[index] == "{" and depth == 2 and words[index + 1] != "SELECT":
            end = _closing(words, index)
            if "UNION" in (words[index - 1], *words[end + 1 : end + 2]):
                yield index


def _selects(
    tokens: list[re.Match[str]], words: list[str], first: int, last: int, outer: _Names
) -> Iterator[tuple[int, _Names]]:
    """Yield which tokens open the patterns of sub-selects, and the variables each gives.

    Only variables that every select around it gives as well, as else they are others of the same
    name; and no sub-select that is cut off, as it would be cut off elsewhere.
    """
    index = first
    while index < last:
        if words[index] != "{" or words[index + 1] != "SELECT":
            index += 1
            continue
        end = _closing(words, index)
        opening = index + 1 + _pattern(words[index + 1 : end])
        closing = _closing(words, opening)
        given = _given(token[0] for token in tokens[index + 2 : opening])
        names = given & outer if outer else given
        if names and {"LIMIT", "OFFSET"}.isdisjoint(words[closing:end]):
            yield opening, names
            yield from _selects(tokens, words, opening + 1, closing, names)
        index = end


def _given(tokens: Iterable[str]) -> _Names:
    """Return the variables that a select gives as they are, by the tokens behind its first word."""
    depth, names = 0, set()
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token[0] in "?$" and not depth:
            names.add(token[1:])
    return frozenset(names)


def _pattern(words: list[str]) -> int:
    """Return which token is the brace that opens the pattern of a query."""
    depth, where, template = 0, False, "CONSTRUCT" in words
    for index, word in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        where = where or word == "WHERE"
        # The first brace of CONSTRUCT opens the template, and one in brackets an EXISTS.
        if word == "{" and not depth and (where or not template):
            return index
    raise QueryError("The query", "it has no WHERE { ... } in which a parameter could be bound")


def _closing(words: list[str], opening: int) -> int:
    """Return which token is the brace that closes the one at `opening`."""
    depth = 0
    for index in range(opening, len(words)):
        depth += {"{": 1, "}": -1}.get(words[index], 0)
        if not depth:
            return index
    return len(words)


@contextmanager
def query_errors(name: str, text: str = "") -> Iterator[None]:
    """Turn whatever the engine raises, at once or while its results are read, into QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(name, text, str(error)) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(name, str(error)) from None
    except BaseException as error:
        # A panic of the engine is no Exception: ORDER BY over values of several types can do it.
        if type(error).__name__ != "PanicException":
            raise
        raise QueryError(
            name, f"the engine failed ({error}); if the query has ORDER BY, order by STR(?x)"
        ) from None


def _syntax_error(name: str, text: str, why: str) -> QueryError:
    match = re.search(r"error at (\d+):(\d+)", why)
    if not match:
        return QueryError(name, why)
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    said = _meant(why) or _why(text, at[: column - 1], at[column - 1 :].strip())
    return QueryError(name, said, line, column)


#: What the engine hides among the signs it expected, and in other words what it means.
_MEANT = {
    "variable that is unbound": "a variable after SELECT is neither in GROUP BY nor inside "
    "an aggregate such as COUNT(?x)",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY; "
    "name the variables",
    "Duplicated variable name in SELECT": "SELECT gives the same variable twice",
    "IRI parsing failed": "the IRI in angle brackets before this point is not well formed",
}


def _meant(why: str) -> str:
    """Return the engine's own reason, where the query is no grammar's fault, else nothing."""
    return next((meant for hidden, meant in _MEANT.items() if hidden in why), "")


def _why(text: str, before: str, rest: str) -> str:
    """Say what is wrong: an undeclared prefix is the engine's commonest and least clear case."""
    used = re.search(r"([A-Za-z][\w-]*):[\w.-]*\Z", before.rstrip())
    declared = {match.lower() for match in re.findall(r"(?i)\bprefix\s+([\w-]*):", text)}
    if used and used[1].lower() not in declared:
        known = PREFIXES.get(used[1], "...")
        return (
            f"the prefix “{used[1]}:” is not declared; add PREFIX {used[1]}: <{known}> at the top"
        )
    return (
        f"“{rest[:40]}” is not expected here" if rest else "something is missing before this point"
    )
