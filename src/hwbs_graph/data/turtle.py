"""Canonical Turtle: one text for one set of statements, easy to review and to diff.

Subjects in natural order (`lives-2` before `lives-10`), `a` first, one predicate a
line, values sorted, only the prefixes in use. A data file equals its own canonical
text, so a diff shows changed facts and nothing else.

Out of scope: blank nodes (nothing could link to them) and comments below the head of
a file (they would be lost, so the file is refused instead).
"""

import re
from collections.abc import Iterable
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.model.vocabulary import PREFIXES, RDF, is_local, prefix_of, split

_BARE = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    PREFIXES["xsd"] + "boolean": re.compile(r"(?:true|false)\Z"),
}
#: What may hold a "#" that opens no comment, and the comment itself.
_TOKEN = re.compile(
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|\'{3}(?:[^\'\\]|\\.|\'(?!\'\'))*\'{3}'
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^>\n]*>|\\.|#[^\n]*',
    re.DOTALL,
)
_DIGITS = re.compile(r"([0-9]+)")


def parse_turtle(text: str, name: str) -> list[Triple]:
    """Parse Turtle `text`; `name` is the file named in the error.

    Raises TurtleSyntaxError with line and column.
    """
    try:
        return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise TurtleSyntaxError(name, str(error.msg), error.lineno, error.offset) from None


def canonicalise(text: str, name: str) -> str:
    """Return the canonical Turtle for the statements in `text`, keeping its head comments.

    Raises DataError where rewriting would lose something: a comment further down, or a
    blank node.
    """
    triples = parse_turtle(text, name)
    head, body = _split_head(text)
    if (line := _find_comment("\n".join(body))) is not None:
        raise DataError(
            f"{name}, line {len(head) + line}: a comment here would be lost; "
            "move it to the head of the file or make it an rdfs:comment."
        )
    return "".join(f"{line}\n" for line in head) + ("\n" if head else "") + serialize(triples, name)


def serialize(triples: Iterable[Triple], name: str = "the data") -> str:
    """Return canonical Turtle for `triples`. Raises DataError on a blank node."""
    used: dict[str, str] = {}
    ordered = sorted(set(triples), key=_sort_key)
    blocks = []
    for subject, group in groupby(ordered, key=lambda triple: triple.subject):
        lines = [
            f"    {'a' if predicate == RDF.type else _write_iri(predicate.value, used)} "
            + ",\n        ".join(_write_term(triple.object, used, name) for triple in same)
            for predicate, same in groupby(group, key=lambda triple: triple.predicate)
        ]
        lines[0] = f"{_write_term(subject, used, name)} {lines[0].strip()}"
        blocks.append(" ;\n".join(lines) + " .\n")
    prefixes = "".join(f"@prefix {key}: <{used[key]}> .\n" for key in sorted(used))
    return "\n".join([prefixes, *blocks])


def natural_key(text: str) -> tuple[tuple[int, int | str, str], ...]:
    """Sort key by which `lives-2` stands before `lives-10`.

    Digits are those of ASCII: a footnote mark is none. Of two numbers the longer is the larger.
    """
    parts = _DIGITS.split(text)
    parts[1::2] = [part.lstrip("0") for part in parts[1::2]]
    return tuple((0, len(part), part) if i % 2 else (1, part, "") for i, part in enumerate(parts))


def _split_head(text: str) -> tuple[list[str], list[str]]:
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end], lines[end:]


def _find_comment(text: str) -> int | None:
    """Return the line of the first comment, counted from 1; None where there is none."""
    for match in _TOKEN.finditer(text):
        if match[0].startswith("#"):
            return text.count("\n", 0, match.start()) + 1
    return None


def _sort_key(triple: Triple) -> tuple[object, ...]:
    predicate = triple.predicate
    first = "" if predicate == RDF.type else predicate.value
    return natural_key(str(triple.subject)), first, natural_key(str(triple.object))


def _write_term(term: object, used: dict[str, str], name: str) -> str:
    if isinstance(term, NamedNode):
        return _write_iri(term.value, used)
    if isinstance(term, Literal):
        return _write_literal(term, used)
    if isinstance(term, BlankNode):
        raise DataError(f"{name} has a blank node; give it an IRI, so that others can link to it.")
    raise DataError(f"{name} has a quoted triple, which Turtle 1.1 cannot hold.")


def _write_iri(iri: str, used: dict[str, str]) -> str:
    namespace, local = split(iri)
    prefix = prefix_of(namespace)
    # `id/alignment/` and `scheme/alignment/` would share a prefix; the second is written out.
    if prefix is None or not is_local(local) or used.get(prefix, namespace) != namespace:
        return str(NamedNode(iri))
    used[prefix] = namespace
    return f"{prefix}:{local}"


def _write_literal(literal: Literal, used: dict[str, str]) -> str:
    datatype = literal.datatype.value
    if datatype in _BARE and _BARE[datatype].match(literal.value):
        return literal.value
    if literal.language or datatype == PREFIXES["xsd"] + "string":
        return str(literal)
    return f"{Literal(literal.value)}^^{_write_iri(datatype, used)}"
