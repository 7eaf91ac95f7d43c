"""SPARQL results in JSON, as the servers of this world write them, made plain for our own library.

The standard lets a server add members; QLever sends `meta`, Comunica `metadata`. Our library takes
few of them, and takes a cut "yes or no" for whole, so what it refuses is read again here.

Specification: https://www.w3.org/TR/sparql11-results-json/

Out of scope: asking (`transport`), and what the rows mean (`query`).
"""

import json
import re
from typing import Any

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

#: How many rows there are, whatever was sent: QLever, in its member `meta`.
_TOTAL = b"result-size-total"
#: Members by which a server says that it failed in the middle.
_FAILED = ("error", "errors", "exception")
#: Members of a term that mean something; all others are ignored.
_OF_TERM = ("type", "value", "xml:lang", "its:dir", "datatype")
#: Where the rows end and further members follow, which are looked for in so many bytes.
_END_OF_ROWS = re.compile(rb"\]\s*\}\s*,")
_TAIL = 1 << 16


class ResultsError(ValueError):
    """Results that cannot be used; its text says why, without its subject."""


def normalise_results(body: bytes, whole: bool = True) -> bytes | bool:
    """Return the rows as our own library writes them, or yes or no.

    `whole` says that the query has no LIMIT: fewer rows than the server counted are then refused.
    Raises ResultsError. It never holds the results, which only this thread may free.
    """
    rows = _rewrite(body)
    if isinstance(rows, bytes) and _TOTAL not in body[:_TAIL] + body[-_TAIL:]:
        return rows
    rows, members = _split_members(body)
    if not isinstance(rows, bytes):
        members = _read_members(body)
        if "boolean" in members:
            return _read_boolean(members)
        rows = _rewrite(json.dumps(_keep_standard(members)).encode())
    _check_failure(members)
    if not isinstance(rows, bytes):
        raise ResultsError("sends SPARQL results that are broken")
    if whole:
        _check_total(rows, members)
    return rows


def normalise_xml(body: bytes) -> bytes | bool:
    """Return the rows of results in XML as JSON, or yes or no. Raises ResultsError."""
    # Our library takes XML without its end for whole.
    found = re.search(rb"</(\w+:)?sparql\s*>\s*\Z", body) and _rewrite(body, QueryResultsFormat.XML)
    if not isinstance(found, bytes | bool):
        raise ResultsError("sends SPARQL results that are broken")
    return found


def _rewrite(
    body: bytes, format: QueryResultsFormat = QueryResultsFormat.JSON
) -> bytes | bool | None:
    """Let our own library read and write results; None if it cannot."""
    try:
        results = parse_query_results(body, format=format)
        if isinstance(results, QueryBoolean):
            return bool(results)
        return results.serialize(format=QueryResultsFormat.JSON) or b""
    except (SyntaxError, ValueError, OSError):
        return None


def _split_members(body: bytes) -> tuple[bytes | bool | None, dict[str, Any]]:
    """Return the rows, and the members behind them; a large answer is then not read in Python."""
    ends = list(_END_OF_ROWS.finditer(body, max(0, len(body) - _TAIL)))
    for end in reversed(ends):
        try:
            members = json.loads(b"{" + body[end.end() :])
        except (ValueError, RecursionError):
            continue
        if not members.keys() & {"head", "results", "boolean"}:
            return _rewrite(body[: end.end() - 1] + b"}"), members
    return None, {}


def _read_members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body, object_pairs_hook=_refuse_repeats)
    except (ValueError, RecursionError):
        raise ResultsError("sends SPARQL results that are broken") from None
    if not isinstance(members, dict):
        raise ResultsError("sends SPARQL results that are broken")
    return members


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members


def _read_boolean(members: dict[str, Any]) -> bool:
    _check_failure(members)
    value = members["boolean"]
    if not isinstance(value, bool) or members.get("results"):
        raise ResultsError("sends SPARQL results that are broken")
    return value


def _keep_standard(members: dict[str, Any]) -> dict[str, Any]:
    """Return only what the standard knows. Raises ResultsError where it is not there."""
    try:
        rows = [
            {name: _keep_term(term) for name, term in row.items() if term is not None}
            for row in members["results"]["bindings"]
        ]
        return {"head": {"vars": members["head"]["vars"]}, "results": {"bindings": rows}}
    except (KeyError, TypeError, AttributeError, RecursionError):
        _check_failure(members)
        raise ResultsError("sends SPARQL results that are broken") from None


def _keep_term(term: dict[str, Any]) -> dict[str, Any]:
    """Return a term without members of the server's own; an empty language tag is none."""
    kept = {key: term[key] for key in _OF_TERM if term.get(key) or key == "value"}
    if kept["type"] == "bnode":  # Virtuoso's nodeID://b1 is no name that our library takes
        kept["value"] = "b" + kept["value"].encode().hex()
    if kept["type"] == "triple":
        kept["value"] = {part: _keep_term(each) for part, each in kept["value"].items()}
    return kept


def _check_failure(members: dict[str, Any]) -> None:
    said = next((members[key] for key in _FAILED if members.get(key)), None)
    if said is not None:
        text = said if isinstance(said, str) else json.dumps(said)
        raise ResultsError(f"failed in the middle of its answer: {' '.join(text.split())[:300]}")


def _check_total(rows: bytes, members: dict[str, Any]) -> None:
    meta = members.get("meta")
    total = meta.get(_TOTAL.decode()) if isinstance(meta, dict) else None
    if isinstance(total, int) and (found := _count_rows(rows)) < total:
        why = f"gave {found:,} of the {total:,} rows of its answer; raise the limit it has"
        raise ResultsError(why)


def _count_rows(rows: bytes) -> int:
    solutions = parse_query_results(rows, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return sum(1 for _ in solutions)
