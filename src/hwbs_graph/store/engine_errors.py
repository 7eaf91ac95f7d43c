"""What an engine says is wrong, as a sentence for the person who asked.

Out of scope: running a query (`embedded`, `remote`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hwbs_graph.errors import QueryError, StoreError
from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.store.lexer import find_odd_character, find_slashed_name


@contextmanager
def query_errors(name: str, text: str = "") -> Iterator[None]:
    """Turn whatever the engine raises, at once or while its results are read, into QueryError.

    What says that a store is damaged becomes StoreError.
    """
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(name, text, str(error)) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise explain_damage(error) or QueryError(name, str(error)) from None
    except BaseException as error:
        # A panic of the engine is no Exception: ORDER BY over values of several types can do it.
        if type(error).__name__ != "PanicException":
            raise
        raise QueryError(
            name, f"the engine failed ({error}); if the query has ORDER BY, order by STR(?x)"
        ) from None


def explain_damage(error: Exception) -> StoreError | None:
    """Return what the engine means if it says that a store on disk is damaged, else None."""
    said = str(error)
    if not re.match(r"Corruption\b|IO error\b", said):
        return None
    found = re.search(r"(?:\bin|read:) (\S.*?)[/\\][^/\\]+\.sst\b", said)
    path = Path(found[1]) if found else Path("the folder")
    return StoreError(path, f"it is damaged; make it again: hwbs load {path} FILE")


def _syntax_error(name: str, text: str, why: str) -> QueryError:
    match = re.search(r"error at (\d+):(\d+)", why)
    if not match:
        return QueryError(name, why)
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    before, rest = at[: column - 1], at[column - 1 :].strip()
    said = (
        _engine_reason(why)
        or _explain_odd(text)
        or _explain_slash(text)
        or _explain_token(text, before, rest)
    )
    return QueryError(name, said, line, column)


#: What the engine hides among the signs it expected, and in other words what it means.
_ENGINE_REASONS = {
    "variable that is unbound": "a variable after SELECT is neither in GROUP BY nor inside "
    "an aggregate such as COUNT(?x)",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY; "
    "name the variables",
    "Duplicated variable name in SELECT": "SELECT gives the same variable twice",
    "IRI parsing failed": "the IRI in angle brackets before this point is not well formed",
}


def _engine_reason(why: str) -> str:
    """Return the engine's own reason, where the query is no grammar's fault, else nothing."""
    return next((meant for hidden, meant in _ENGINE_REASONS.items() if hidden in why), "")


def _explain_odd(text: str) -> str:
    """Name a character that only looks like SPARQL; the engine points behind it."""
    found = find_odd_character(text)
    return f"{found} is no part of SPARQL; write it anew on the keyboard" if found else ""


def _explain_slash(text: str) -> str:
    """Say how to write a name such as id:partner/housing, in which the engine sees a path."""
    name = find_slashed_name(text)
    prefix, _, rest = name.partition(":")
    declared = re.search(rf"(?i)\bprefix\s+{re.escape(prefix)}:\s*<([^<>\s]*)>", text)
    if not name or not declared:
        return ""
    return f"a / cannot stand in the prefixed name “{name}”; write <{declared[1]}{rest}>"


def _explain_token(text: str, before: str, rest: str) -> str:
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
