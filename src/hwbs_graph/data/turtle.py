"""Canonical Turtle: one text for one set of statements, easy to review and to diff.

Subjects in natural order (`warmth-2` before `warmth-10`), `a` first, one predicate a
line, values sorted, only the prefixes in use. A data file equals its own canonical
text, so a diff shows changed facts and nothing else.

Out of scope: comments below the head of a file (they would be lost, so the file is
refused instead), and which blank nodes need no name (`unnamed_nodes`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.data.nesting import check_triple_terms
from hwbs_graph.data.rdf_reader import explain_syntax
from hwbs_graph.data.unnamed_nodes import UnnamedNodes
from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.grouping import group_pairs
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
#: A node is written on one line if what is said of it is no longer.
_SHORT = 80
_DIGITS = re.compile(r"([0-9]+)")


class _Notation:
    """How one text writes its terms: the prefixes a user declared, and those in use.

    `unnamed` are the blank nodes that are written where they are used.
    """

    def __init__(self, name: str, own: Mapping[str, str], unnamed: UnnamedNodes) -> None:
        self.name, self.unnamed = name, unnamed
        # The longest namespace fits best.
        self.own = sorted(own.items(), key=lambda pair: (-len(pair[1]), pair))
        self.used: dict[str, str] = {}


def parse_turtle(text: str, name: str) -> list[Triple]:
    """Parse Turtle `text`; `name` is the file named in the error.

    Raises TurtleSyntaxError with line and column.
    """
    return _parse(text, name)[0]


def _parse(text: str, name: str) -> tuple[list[Triple], Mapping[str, str]]:
    """Return the statements and the prefixes that the text declares."""
    check_triple_terms(name, text.encode("utf-8", "surrogatepass"))
    try:
        parser = parse(text, format=RdfFormat.TURTLE)
        return [quad.triple for quad in parser], parser.prefixes
    except SyntaxError as error:
        line, start = error.lineno, error.offset
        why = str(error.msg)
        if line is not None and start is not None:
            said = text.split("\n")[line - 1 : line]
            why = explain_syntax(why, "".join(said), start, error.end_offset or start)
        raise TurtleSyntaxError(name, why, line, start) from None


def canonicalise(text: str, name: str) -> str:
    """Return the canonical Turtle for the statements in `text`, keeping its head comments.

    Raises DataError where rewriting would lose something, as a comment further down.
    """
    triples, own = _parse(text, name)
    head, body = _split_head(text)
    if (line := _find_comment("\n".join(body))) is not None:
        raise DataError(
            f"{name}, line {len(head) + line}: a comment here would be lost; "
            "move it to the head of the file or make it an rdfs:comment."
        )
    written = serialize(triples, name, own, UnnamedNodes(set(triples), name))
    return "".join(f"{line}\n" for line in head) + ("\n" if head else "") + written


def serialize(
    triples: Iterable[Triple],
    name: str = "the data",
    own: Mapping[str, str] | None = None,
    unnamed: UnnamedNodes | None = None,
) -> str:
    """Return canonical Turtle for `triples`, with a user's `own` prefixes beside the usual ones.

    Blank nodes are written by their names, but for those that are `unnamed`. Raises DataError on a
    quoted triple.
    """
    unnamed = unnamed or UnnamedNodes((), name)
    notation = _Notation(name, own or {}, unnamed)
    begun = {triple for triple in triples if not unnamed.is_written_elsewhere(triple.subject)}
    groups = group_pairs((triple.subject, triple) for triple in begun)
    blocks = []
    for subject in sorted(groups, key=partial(_order_term, unnamed)):
        # Before the subject: who is written first has the prefix that two namespaces would share.
        said = _write_statements(_order(groups[subject], unnamed), notation, "    ").strip()
        begins = "[]" if unnamed.holds(subject) else _write_term(subject, notation)
        blocks.append(f"{begins} {said} .\n")
    used = notation.used
    prefixes = "".join(f"@prefix {key}: <{used[key]}> .\n" for key in sorted(used))
    return "\n".join([prefixes, *blocks])


def _write_statements(ordered: Iterable[Triple], notation: _Notation, margin: str) -> str:
    """Return what is said of one subject, a line for each predicate and each further value."""
    return " ;\n".join(
        f"{margin}{'a' if predicate == RDF.type else _write_iri(predicate.value, notation)} "
        + f",\n{margin}    ".join(_write_term(triple.object, notation, margin) for triple in same)
        for predicate, same in groupby(ordered, key=lambda triple: triple.predicate)
    )


@lru_cache(1 << 16)
def natural_key(text: str) -> tuple[tuple[int, int | str, str], ...]:
    """Sort key by which `warmth-2` stands before `warmth-10`.

    Digits are those of ASCII: a footnote mark is none. Of two numbers the longer is the larger.
    It is kept, as a graph names each of its things many times.
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


def _order_term(unnamed: UnnamedNodes, term: object) -> tuple[object, ...]:
    # Two nodes of which the same is said stay two.
    return natural_key(unnamed.sort_key(term)), str(term)


def _order(said: Iterable[Triple], unnamed: UnnamedNodes) -> Iterator[Triple]:
    """Yield what is said of one subject, by predicate, its class first, then by object.

    Only where a predicate has several objects are they compared, which takes long; of one unnamed
    node the key is made too, as it finds out whether nodes stand too deep.
    """
    by_predicate = group_pairs((triple.predicate.value, triple) for triple in said)
    for predicate in sorted(by_predicate, key=lambda iri: "" if iri == RDF.type.value else iri):
        same = by_predicate[predicate]
        if len(same) > 1 or isinstance(same[0].object, BlankNode):
            same.sort(key=lambda triple: _order_term(unnamed, triple.object))
        yield from same


def _write_term(term: object, notation: _Notation, margin: str = "") -> str:
    if isinstance(term, NamedNode):
        return _write_iri(term.value, notation)
    if isinstance(term, Literal):
        return _write_literal(term, notation)
    if not isinstance(term, BlankNode):
        why = "has a quoted triple, which Turtle 1.1 cannot hold; N-Triples can."
        raise DataError(f"{notation.name} {why}")
    return _write_unnamed(term, notation, margin) if notation.unnamed.holds(term) else str(term)


def _write_unnamed(node: BlankNode, notation: _Notation, margin: str) -> str:
    """Return a node and what is said of it, on one line where it is short."""
    items = notation.unnamed.list_items(node)
    if items is not None:
        return f"( {' '.join(_write_term(item, notation, margin) for item in items)} )"
    said = [*_order(notation.unnamed.list_statements(node), notation.unnamed)]
    inner = f"{margin}    "
    written = _write_statements(said, notation, inner)
    flat = written.replace(f" ;\n{inner}", " ; ").strip()
    if "\n" not in flat and len(flat) <= _SHORT:
        return f"[ {flat} ]" if said else "[]"
    return f"[\n{written}\n{margin}]"


def _write_iri(iri: str, notation: _Notation) -> str:
    used = notation.used
    for prefix, namespace in _list_prefixes(iri, notation):
        local = iri[len(namespace) :]
        # `id/alignment/` and `scheme/alignment/` would share a prefix; the second is written out.
        if is_local(local) and used.get(prefix, namespace) == namespace:
            used[prefix] = namespace
            return f"{prefix}:{local}"
    return str(NamedNode(iri))


def _list_prefixes(iri: str, notation: _Notation) -> Iterator[tuple[str, str]]:
    """Yield the prefixes that could shorten an IRI: the usual one, then a user's own."""
    namespace, _ = split(iri)
    if (prefix := prefix_of(namespace)) is not None:
        yield prefix, namespace
    yield from (pair for pair in notation.own if iri.startswith(pair[1]))


def _write_literal(literal: Literal, notation: _Notation) -> str:
    datatype = literal.datatype.value
    if datatype in _BARE and _BARE[datatype].match(literal.value):
        return literal.value
    if literal.language or datatype == PREFIXES["xsd"] + "string":
        return str(literal)
    return f"{Literal(literal.value)}^^{_write_iri(datatype, notation)}"
