"""What people changed by hand in the graph of a board, kept from one making of it to the next.

`edits.rdfp` of the folder holds it as an RDF Patch: a line for each statement that was added (`A`)
or deleted (`D`). Three ways meet in a merge: the graph as it was made, as a person left it, and as
it is made now. What both the person and the new reading changed is a conflict, never overwritten.

Out of scope: when the graph is made, and where its files are (`board_folder`).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from hwbs_graph.data.turtle import find_comment, parse_turtle, serialize
from hwbs_graph.errors import PathError
from hwbs_graph.model.vocabulary import PREFIXES, TERMS, shorten

EDITS_FILE = "edits.rdfp"
#: Which side of a conflict counts, if a person says so.
SIDES = ("hand", "edition")
#: Of what a new document changes everywhere, a person who deletes a thing thinks nothing.
_OF_THE_DOCUMENT = {
    NamedNode(PREFIXES["prov"] + "wasQuotedFrom"),
    NamedNode(TERMS + "statedIn"),
    NamedNode(TERMS + "printedOrder"),
}
_SHOWN, _LONGEST = 3, 90
#: Subject -> predicate -> its statements.
_Index = dict[Any, dict[NamedNode, set[Triple]]]


class Edits(NamedTuple):
    """The statements that people added to a graph, and those that they deleted."""

    added: frozenset[Triple] = frozenset()
    removed: frozenset[Triple] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def apply(self, text: str) -> str:
        """Return the canonical Turtle of a graph with the edits in it."""
        if not self:
            return text
        return serialize((_parse(text) - self.removed) | self.added)

    def drop_settled(self, text: str) -> "Edits":
        """Return the edits without those that a graph, as it is made now, has anyway."""
        if not self:
            return self
        made = _parse(text)
        return Edits(self.added - made, self.removed & made)

    def write(self) -> bytes:
        """Return the edits as an RDF Patch."""
        lines = [f"A {each} ." for each in self.added] + [f"D {each} ." for each in self.removed]
        return "".join(f"{line}\n" for line in sorted(lines)).encode("utf-8")

    def tell(self) -> dict[str, list[str]]:
        """Return the statements as short texts: {"added": [...], "removed": [...]}."""
        return {name: sorted(map(_show, each)) for name, each in self._asdict().items()}


NO_EDITS = Edits()


class Conflict(NamedTuple):
    """What a person and the new reading both changed: of a thing, and of which predicate.

    Without a predicate it is the whole thing, which one of the two deleted.
    """

    subject: Any
    verb: NamedNode | None

    def concerns(self, statement: Triple) -> bool:
        """Say whether a statement is part of what both changed."""
        return self.subject in (statement.subject, statement.object) and (
            self.verb in (None, statement.predicate)
        )


def read_edits(path: Path) -> Edits:
    """Return the edits of a file, none where there is no file. Raises PathError."""
    if not path.is_file():
        return Edits()
    found: dict[str, list[str]] = {"A": [], "D": []}
    try:
        for line in filter(None, path.read_text("utf-8").split("\n")):
            found[line[:1]].append(line[1:])
        added, removed = (
            frozenset(quad.triple for quad in parse("\n".join(each), format=RdfFormat.N_TRIPLES))
            for each in found.values()
        )
    except (KeyError, ValueError, SyntaxError):
        why = "each line must be A or D, and a statement; put it back, or delete it and its edits"
        raise PathError(path, why) from None
    return Edits(added, removed)


def find_edits(made: str, own: str, path: Path) -> Edits:
    """Return what a person changed in a graph that was made.

    Raises PathError where something would be lost, and TurtleSyntaxError.
    """
    before, after = _parse(made), set(parse_turtle(own, str(path)))
    if line := find_comment(own):
        why = f"the comment in line {line} would be lost; make it an rdfs:comment of a thing"
        raise PathError(path, why, "write")
    if any(isinstance(term, BlankNode) for each in after for term in (each.subject, each.object)):
        raise PathError(path, "a thing in it has no address; give it one, as in <...>", "write")
    return Edits(frozenset(after - before), frozenset(before - after))


def carry_edits(edits: Edits, before: str, after: str, path: Path, side: str = "") -> Edits:
    """Return the edits of a graph as they count for the one that is made now.

    `side` says which counts in a conflict, of SIDES. Raises PathError, with the conflicts, where
    there are some and nobody says.
    """
    if not edits or before == after:
        return edits
    merge = _Merge(edits, _parse(before), _parse(after))
    conflicts = [*merge.list_conflicts()]
    if conflicts and not side:
        raise PathError(path, _word_conflicts(conflicts, merge), "write")
    if side == "edition":
        return merge.give_way(conflicts)
    return merge.insist(conflicts)


class _Merge:
    """A graph as it was made, as a person left it, and as it is made now."""

    def __init__(self, edits: Edits, before: set[Triple], after: set[Triple]) -> None:
        self.edits = edits
        self.before, self.after = _index(before), _index(after)
        self.own = _index((before - edits.removed) | edits.added)
        subjects: set[Any] = {each.subject for each in edits.added | edits.removed}
        self.changed = sorted(subjects, key=str)

    def list_conflicts(self) -> Iterator[Conflict]:
        """Yield what both sides changed, and did not change alike."""
        for subject in self.changed:
            was, own, now = (each.get(subject, {}) for each in (self.before, self.own, self.after))
            if (was and not now and own) or (was and not own and now and _differ(was, now)):
                yield Conflict(subject, None)
            elif own:
                for verb in sorted(was.keys() | own.keys() | now.keys(), key=str):
                    values = [each.get(verb, set()) for each in (was, own, now)]
                    if values[1] not in (values[0], values[2]) and values[0] != values[2]:
                        yield Conflict(subject, verb)
        lost: set[Any] = self.before.keys() - self.after.keys() - set(self.changed)
        for named in sorted({e.object for e in self.edits.added} & lost, key=str):
            yield Conflict(named, None)

    def give_way(self, conflicts: Iterable[Conflict]) -> Edits:
        """Return the edits without those that the new reading touches."""
        kept = [*conflicts]
        rest = (
            frozenset(each for each in side if not any(c.concerns(each) for c in kept))
            for side in self.edits
        )
        return self.delete_whole(Edits(*rest))

    def insist(self, conflicts: Iterable[Conflict]) -> Edits:
        """Return the edits with whatever makes the new graph as the person left it."""
        added, removed = set(self.edits.added), set(self.edits.removed)
        for subject, verb in conflicts:
            own, now = self.own.get(subject, {}), self.after.get(subject, {})
            for each in [verb] if verb else own.keys() | now.keys():
                added |= own.get(each, set()) - now.get(each, set())
                removed |= now.get(each, set()) - own.get(each, set())
        return self.delete_whole(Edits(frozenset(added), frozenset(removed)))

    def delete_whole(self, edits: Edits) -> Edits:
        """Return the edits with all that the new reading says of things that a person deleted."""
        gone = {each.subject for each in edits.removed} - self.own.keys()
        again = {each for subject in gone for each in _list(self.after.get(subject, {}))}
        return edits._replace(removed=edits.removed | again)


def _parse(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def _index(statements: Iterable[Triple]) -> _Index:
    found: _Index = {}
    for each in statements:
        found.setdefault(each.subject, {}).setdefault(each.predicate, set()).add(each)
    return found


def _list(said: dict[NamedNode, set[Triple]]) -> Iterator[Triple]:
    for statements in said.values():
        yield from statements


def _differ(was: dict[NamedNode, set[Triple]], now: dict[NamedNode, set[Triple]]) -> bool:
    """Say whether more is said otherwise than where a thing is printed."""
    left = [{key: each[key] for key in each.keys() - _OF_THE_DOCUMENT} for each in (was, now)]
    return left[0] != left[1]


def _word_conflicts(conflicts: list[Conflict], merge: _Merge) -> str:
    shown = "; ".join(_word_conflict(each, merge) for each in conflicts[:_SHOWN])
    more = f"; and {len(conflicts) - _SHOWN} more" if len(conflicts) > _SHOWN else ""
    cure = "say --prefer hand or --prefer edition, or write the one that counts into the file"
    return f"by hand and by the new reading was changed: {shown}{more}; {cure}"


def _word_conflict(conflict: Conflict, merge: _Merge) -> str:
    subject, verb = conflict
    name = shorten(subject.value)
    if verb is None:
        gone = subject not in merge.after
        return f"{name} ({'no longer read' if gone else 'deleted by hand'})"
    sides = [each.get(subject, {}).get(verb, set()) for each in (merge.own, merge.after)]
    own, now = (" and ".join(sorted(_tell(e.object) for e in side)) for side in sides)
    return f"{name} {shorten(verb.value)}, {own or 'nothing'} by hand and {now or 'nothing'} now"


def _show(statement: Triple) -> str:
    subject, verb, value = statement
    return f"{shorten(subject.value)} {shorten(verb.value)} {_tell(value)}"


def _tell(value: Any) -> str:
    """Return a value as people read it."""
    return shorten(value.value) if isinstance(value, NamedNode) else f"“{value.value[:_LONGEST]}”"
