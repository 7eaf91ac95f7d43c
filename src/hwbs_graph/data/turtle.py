"""Canonical Turtle: one text for one set of statements, easy to review and to diff.

Subjects in natural order (`warmth-2` before `warmth-10`), `a` first, one predicate a
line, values sorted, only the prefixes in use. A data file equals its own canonical
text, so a diff shows changed facts and nothing else.

Out of scope: comments below the head of a file (they would be lost, so the file is
refused instead), and which blank nodes need no name (`unnamed_nodes`).
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.data.nesting import check_triple_terms
from hwbs_graph.data.rdf_reader import explain_syntax
from hwbs_graph.data.unnamed_nodes import UnnamedNodes
from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import PREFIXES, RDF, is_local, prefix_of, split

_TYPE, _STRING = RDF.type.value, PREFIXES["xsd"] + "string"
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
#: So many IRIs, of the many that a long text names, are kept as they are written.
_MOST_WRITTEN = 1 << 14
#: An IRI that a prefix may shorten: its namespace, and what `is_local` takes.
_SHORTENED = re.compile(r"(.*[/#])([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)\Z")
#: A node is written on one line if what is said of it is no longer.
_SHORT = 80
_DIGITS = re.compile(r"([0-9]+)")
#: What stands before a number of so many digits, when texts are sorted.
_MARKS = [f"\0{chr(length)}" for length in range(32)]
#: What is said of a subject: a predicate and its object.
Said = tuple[NamedNode, Any]
#: The IRIs of predicates, each with the places of its values.
_Ordered = list[tuple[str, list[int]]]


class _Notation:
    """How one text writes its terms: the prefixes a user declared, and those in use.

    `unnamed` are the blank nodes that are written where they are used.
    """

    def __init__(self, name: str, own: Mapping[str, str], unnamed: UnnamedNodes) -> None:
        self.name, self.unnamed = name, unnamed
        # The longest namespace fits best.
        self.own = sorted(own.items(), key=lambda pair: (-len(pair[1]), pair))
        self.used: dict[str, str] = {}
        #: Namespace -> its usual prefix, where that is in use already.
        self.settled: dict[str, str] = {}
        #: The predicates, as they are written.
        self.verbs = {_TYPE: "a"}
        #: The predicates of a subject, as they are said -> in their order.
        self.ordered: dict[tuple[NamedNode, ...], _Ordered] = {}
        #: IRI -> how it is written, of those that were written last.
        self.written: dict[str, str] = {}


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
    if (line := find_comment("\n".join(body))) is not None:
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
    begun = (triple for triple in triples if not unnamed.is_written_elsewhere(triple.subject))
    groups = group_pairs((each.subject, (each.predicate, each.object)) for each in begun)
    return serialize_subjects(groups, groups.__getitem__, _Notation(name, own or {}, unnamed))


def serialize_subjects(
    subjects: Iterable[Any],
    list_said: Callable[[Any], Sequence[Said]],
    notation: _Notation | None = None,
) -> str:
    """Return canonical Turtle for what `list_said` gives of each subject, one at a time.

    So nothing needs to hold all the statements of a long plan at once. Raises DataError on a
    quoted triple.
    """
    notation = notation or _Notation("the data", {}, UnnamedNodes((), "the data"))
    unnamed = notation.unnamed
    blocks = []
    for subject in sorted(subjects, key=partial(_order_term, unnamed)):
        # Before the subject: who is written first has the prefix that two namespaces would share.
        said = _write_statements(list_said(subject), notation, "    ").strip()
        begins = "[]" if unnamed.holds(subject) else _write_term(subject, notation)
        blocks.append(f"{begins} {said} .\n")
    used = notation.used
    prefixes = "".join(f"@prefix {key}: <{used[key]}> .\n" for key in sorted(used))
    return "\n".join([prefixes, *blocks])


def _write_statements(said: Sequence[Said], notation: _Notation, margin: str) -> str:
    """Return what is said of one subject, a line for each predicate and each further value."""
    lines, verbs = [], notation.verbs
    for verb, places in _order(tuple([verb for verb, _ in said]), notation):
        value = said[places[0]][1]
        if len(places) == 1 and not isinstance(value, BlankNode):
            after = _write_term(value, notation)
        else:
            after = _write_values({said[place][1] for place in places}, notation, margin)
        lines.append(f"{margin}{verbs.get(verb) or _write_verb(verb, notation)} {after}")
    return " ;\n".join(lines)


def _write_values(values: Iterable[object], notation: _Notation, margin: str) -> str:
    """Return the values of one predicate in their order, a line for each.

    Of one unnamed node the order is asked for, too, as it finds out whether nodes stand too deep.
    """
    ordered = sorted(values, key=partial(_order_term, notation.unnamed))
    shown = [_write_term(value, notation, margin) for value in ordered]
    return f",\n{margin}    ".join(shown)


def _write_verb(iri: str, notation: _Notation) -> str:
    """Return a predicate, of which a text has few."""
    notation.verbs[iri] = _write_iri(iri, notation)
    return notation.verbs[iri]


def _order(verbs: tuple[NamedNode, ...], notation: _Notation) -> _Ordered:
    """Return the predicates of a subject, its class first, each with where its values stand.

    Most subjects of a text have the predicates of others.
    """
    if (found := notation.ordered.get(verbs)) is None:
        places = group_pairs((verb.value, place) for place, verb in enumerate(verbs))
        found = [(verb, places[verb]) for verb in sorted(places, key=_begin_with_class)]
        if len(notation.ordered) < _MOST_WRITTEN:
            notation.ordered[verbs] = found
    return found


@lru_cache(1 << 16)
def natural_key(text: str) -> str:
    """Sort key by which `warmth-2` stands before `warmth-10`.

    Digits are those of ASCII: a footnote mark is none. Of two numbers the longer is the larger, so
    each stands behind a mark for its length, below every letter. It is kept, as a graph names each
    of its things many times.
    """
    folder, slash, name = text.rpartition("/")
    return _mark_numbers(folder) + slash + "".join(_mark_parts(name))


@lru_cache(1 << 10)
def _mark_numbers(folder: str) -> str:
    return "".join(_mark_parts(folder))


def _mark_parts(text: str) -> list[str]:
    parts = _DIGITS.split(text)
    parts[1::2] = [
        _MARKS[len(each)] + each
        if each[0] != "0" and len(each) < len(_MARKS)
        else _mark_length(each)
        for each in parts[1::2]
    ]
    return parts


def _mark_length(number: str) -> str:
    digits = number.lstrip("0")
    return f"\0{chr(min(len(digits), sys.maxunicode))}{digits}"


def _split_head(text: str) -> tuple[list[str], list[str]]:
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end], lines[end:]


def find_comment(text: str) -> int | None:
    """Return the line of the first comment, counted from 1; None where there is none."""
    for match in _TOKEN.finditer(text):
        if match[0].startswith("#"):
            return text.count("\n", 0, match.start()) + 1
    return None


def _order_term(unnamed: UnnamedNodes, term: object) -> tuple[str, str]:
    if isinstance(term, NamedNode):
        text = str(term)
        return natural_key(text), text
    # Two nodes of which the same is said stay two.
    return natural_key(unnamed.sort_key(term)), str(term)


def _begin_with_class(verb: str) -> str:
    return "" if verb == _TYPE else verb


def _write_term(term: object, notation: _Notation, margin: str = "") -> str:
    if isinstance(term, NamedNode):
        return notation.written.get(iri := term.value) or _write_iri(iri, notation)
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
    own = notation.unnamed.list_statements(node)
    said = [(each.predicate, each.object) for each in own]
    inner = f"{margin}    "
    written = _write_statements(said, notation, inner)
    flat = written.replace(f" ;\n{inner}", " ; ").strip()
    if "\n" not in flat and len(flat) <= _SHORT:
        return f"[ {flat} ]" if said else "[]"
    return f"[\n{written}\n{margin}]"


def _write_iri(iri: str, notation: _Notation) -> str:
    """Return an IRI as the text writes it, the same wherever it stands."""
    if len(notation.written) >= _MOST_WRITTEN:
        notation.written.clear()
    notation.written[iri] = written = _shorten(iri, notation)
    return written


def _shorten(iri: str, notation: _Notation) -> str:
    if (found := _SHORTENED.match(iri)) and (known := notation.settled.get(found[1])):
        return f"{known}:{found[2]}"
    usual, local = split(iri)
    used, own = notation.used, [pair for pair in notation.own if iri.startswith(pair[1])]
    for prefix, namespace in [(prefix_of(usual), usual), *own]:
        local = iri[len(namespace) :]
        # `id/alignment/` and `scheme/alignment/` would share a prefix; the second is written out.
        if prefix is not None and is_local(local) and used.get(prefix, namespace) == namespace:
            used[prefix] = namespace
            if prefix == prefix_of(usual):
                notation.settled[usual] = prefix
            return f"{prefix}:{local}"
    return str(NamedNode(iri))


def _write_literal(literal: Literal, notation: _Notation) -> str:
    written = str(literal)
    if written[-1] != ">":  # words end with a quotation mark, or with their language
        return written
    datatype = literal.datatype.value
    if datatype in _BARE and _BARE[datatype].match(literal.value):
        return literal.value
    return f"{Literal(literal.value)}^^{_write_iri(datatype, notation)}"
