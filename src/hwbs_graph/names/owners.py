"""Names that are said with the board, the plan or the council that a thing belongs to.

“Public Health in Elmstead”, “Elmstead Public Health” and “Public Health (Elmstead HWB)” are one
body, though a public health team stands in many plans. Both parts must be names in full; a body
that works for several boards belongs to each.

Out of scope: names that stand alone (`names`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.names.index import Thing, normalise
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine

#: What may stand between the name of a thing and what it belongs to.
_BETWEEN = ("in", "of", "at", "for", "from")
#: What a board, a plan or a council is called after its place, which need not be said.
_AFTER_PLACE = """action and borough board care city committee council county district health hwb
integrated joint local metropolitan partnership plan strategy the town tracker unitary well being
wellbeing to"""
_GENERIC = frozenset(_AFTER_PLACE.split())
#: Things that are asked about at once: a server refuses a query that is too long.
_ASKED = 30
#: More words than this are no name.
_MOST_WORDS = 30


def find_owned(
    engine: Engine, wanted: str, find_bearers: Callable[[Collection[str]], dict[str, set[str]]]
) -> set[str]:
    """Return the IRIs of what a normalised name means that also names what it belongs to.

    `find_bearers` returns who carries each of some normalised names.
    """
    splits = list(_split_owner(wanted))
    bearers = find_bearers({name for name, _ in splits}) if splits else {}
    said = group_pairs((iri, owner) for name, owner in splits for iri in bearers.get(name, ()))
    if not said:
        return set()
    return {
        row["thing"]
        for row in _list_owners(engine, said)
        if any(form in said[row["thing"]] for form in _list_forms(row["name"]))
    }


def tell_apart(engine: Engine, things: Iterable[Thing]) -> dict[str, str]:
    """Return for each of several things of one kind and label what only it belongs to.

    It is "" where there is nothing.
    """
    groups = group_pairs(((thing.kind, thing.label), thing) for thing in things)
    same = [group for group in groups.values() if len(group) > 1]
    iris = [thing.iri for group in same for thing in group]
    owners = group_pairs((row["thing"], row["label"]) for row in _list_owners(engine, iris))
    told = {}
    for group in same:
        for thing in group:
            others = {o for t in group if t is not thing for o in owners.get(t.iri, ())}
            alone = [owner for owner in owners.get(thing.iri, ()) if owner not in others]
            told[thing.iri] = min(alone, key=lambda owner: (len(owner), owner), default="")
    return told


def _list_owners(engine: Engine, things: Collection[str]) -> Iterator[Row]:
    """Yield a row for each name of what each of some things belongs to."""
    for batch in _cut_batches(things):
        pairs = run_named(engine, "internal/owners", thing=batch)
        owners = {row["owner"] for row in pairs}
        named = group_rows(
            (
                row
                for some in _cut_batches(owners)
                for row in run_named(engine, "internal/owner-names", owner=some)
            ),
            "owner",
        )
        for pair in pairs:
            yield from (pair | row for row in named.get(pair["owner"], ()))


def _cut_batches(iris: Iterable[str]) -> Iterator[list[str]]:
    """Yield sorted IRIs, as many at a time as a query may name."""
    ordered = sorted(iris)
    for start in range(0, len(ordered), _ASKED):
        yield ordered[start : start + _ASKED]


def _split_owner(wanted: str) -> Iterator[tuple[str, str]]:
    """Yield each way to cut a normalised name in two: the name of a thing, and of its owner."""
    words = [word.strip(",;()[]") for word in wanted.split()]
    words = [word for word in words if word]
    for cut in range(1, len(words)) if len(words) <= _MOST_WORDS else ():
        before, after = words[:cut], words[cut:]
        if after[0] in _BETWEEN:
            after = after[1:]
            yield from [(" ".join(before), " ".join(after))] if after else []
            continue
        yield " ".join(before), " ".join(after)
        yield " ".join(after), re.sub(r"'s?$", "", " ".join(before))


def _list_forms(name: str) -> Iterator[str]:
    """Yield a name as it is compared: whole, and without the words that follow the place."""
    words = normalise(name).split()
    yield " ".join(words)
    if all(map(_is_generic, words)):  # it names no place
        return
    while _is_generic(words[-1]):
        words.pop()
        yield " ".join(words)


def _is_generic(word: str) -> bool:
    return word in _GENERIC or re.fullmatch(r"\d{4}(/\d{2,4})?", word) is not None
