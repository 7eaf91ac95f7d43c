"""From what a person types to the one thing meant: label, printed spelling, code or IRI.

Two names are the same when they agree after folding case, apostrophes, dashes, `&` and
spaces. Nothing else counts as the same: a near miss is suggested, never taken, because the
difference between two divisions may be one word. Of things of one name, the board or council that
is said with it decides (`owners`); else all are listed.

Out of scope: what is known of the thing found (`answer`, and the queries).
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from contextlib import suppress

from pyoxigraph import Literal, NamedNode

from hwbs_graph.data import bundled
from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.model.vocabulary import PREFIXES, SCHEMES, THINGS, shorten
from hwbs_graph.names.index import (
    Name,
    Thing,
    find_normalised,
    list_names,
    normalise,
    normalised_names,
)
from hwbs_graph.names.kept_names import LEAST, find_near, list_sentences, measure_likeness
from hwbs_graph.names.owners import find_owned, tell_apart
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine, Term, is_iri

__all__ = [
    "Name",
    "Thing",
    "bind_typed",
    "find",
    "find_owned",
    "list_names",
    "normalise",
    "normalised_names",
    "suggest",
    "to_path",
]

#: With more bearers of one name than this, all names are read; a query may not be too long.
_FEW = 100


def find(
    engine: Engine,
    text: str,
    kind: str | None = None,
    among: Container[str] | None = None,
    held: list[Name] | None = None,
) -> Thing:
    """Return the one thing that `text` names; `kind` is a word for one, None for any.

    With `among`, only things with one of these IRIs count. `held` are all names of that kind, where
    they were read before. Raises NotFoundError with the nearest names, AmbiguousError with the
    candidates, and UsageError for a kind that does not exist or a thing without an IRI.
    """
    kinds, iris = _choose_kinds(kind), _read_iris(text)
    if among is None and (thing := _find_by_iri(engine, text, iris, kinds)):
        return thing
    wanted = normalise(text)
    candidates = _find_candidates(engine, kinds, wanted, iris) if held is None else held
    names = _keep(list_names(engine, kinds) if candidates is None else candidates, among)
    matches = {
        name.thing.iri: name.thing
        for name in names
        if name.thing.iri in iris or (not name.possible and normalise(name.text) == wanted)
    }
    if len(matches) == 1:
        return _require_iri(next(iter(matches.values())), text)
    if matches:
        raise AmbiguousError(text, _list_choices(engine, matches.values()))
    if owned := _find_owned(engine, kinds, wanted, names, candidates is not None and held is None):
        if len(owned) == 1:
            return _require_iri(owned[0], text)
        raise AmbiguousError(text, _list_choices(engine, owned))
    for iri in iris if kind is None else ():
        if (among is None or iri in among) and (thing := _find_by_class(engine, iri)):
            return thing
    if candidates is not held:
        names = _list_near(engine, kinds, wanted, among)
    for name in names:  # a store keeps no forms of their names
        if not name.possible and normalise(name.text) == wanted:
            _require_iri(name.thing, text)
    near = suggest(wanted, names)
    raise NotFoundError(kind or "thing", text, near, _find_other_kind(engine, wanted, kind))


def _choose_kinds(kind: str | None) -> tuple[str, ...]:
    """Return a kind, or all of them for None. Raises UsageError for one that does not exist."""
    known = bundled.registry().named
    if kind is not None and kind not in known:
        raise UsageError(f"There is no kind “{kind}”; give one of: {', '.join(known)}.")
    return tuple(known) if kind is None else (kind,)


def _list_near(
    engine: Engine, kinds: tuple[str, ...], wanted: str, among: Container[str] | None
) -> list[Name]:
    """Return the names to suggest from: those that a store knows to be near, else all."""
    near = find_near(engine, kinds, wanted) if among is None else None
    return _keep(list_names(engine, kinds) if near is None else near, among)


def _require_iri(thing: Thing, text: str) -> Thing:
    """Return a thing. Raises UsageError for one that is an unnamed node."""
    if not is_iri(thing.iri):
        raise UsageError(
            f"“{text}” is the name of an unnamed node, of which nothing more can be asked; "
            f"give the {thing.kind} an IRI in the file it stands in."
        )
    return thing


def _list_choices(engine: Engine, things: Iterable[Thing]) -> list[tuple[str, str]]:
    """Return path and label of each thing, in the order of their kinds.

    Things of one label are told apart by what they belong to.
    """
    order = list(bundled.registry().named)
    ordered = sorted(things, key=lambda thing: (order.index(thing.kind), thing.iri))
    owners = tell_apart(engine, ordered)
    return [
        (
            to_path(each.iri),
            f"{each.label} ({', '.join(filter(None, (each.kind, owners.get(each.iri))))})",
        )
        for each in ordered
    ]


def _find_owned(
    engine: Engine, kinds: tuple[str, ...], wanted: str, names: list[Name], kept: bool
) -> list[Thing]:
    """Return what a name means that also says to whom it belongs.

    `names` are those to choose from; where a store has `kept` forms of names, they are asked for.
    """
    things: dict[str, Thing] = {}

    def find_bearers(wanted: Collection[str]) -> dict[str, set[str]]:
        some = _list_bearing(engine, kinds, wanted) if kept else names
        found: dict[str, set[str]] = {}
        for name in some:
            form = "" if name.possible else normalise(name.text)
            if form in wanted:
                things[name.thing.iri] = name.thing
                found.setdefault(form, set()).add(name.thing.iri)
        return found

    return [things[iri] for iri in sorted(find_owned(engine, wanted, find_bearers))]


def _list_bearing(engine: Engine, kinds: tuple[str, ...], wanted: Collection[str]) -> list[Name]:
    """Return the names of what carries one of some normalised names in a store that keeps them."""
    forms = [Literal(form) for form in sorted(wanted)]
    rows = run_named(engine, "internal/normalised", normalised=forms)
    return list_names(engine, kinds, [row["thing"] for row in rows])


def _find_candidates(
    engine: Engine, kinds: tuple[str, ...], wanted: str, iris: set[str]
) -> list[Name] | None:
    """Return the names of what carries the name or an IRI; None if all names must be read."""
    bearers = find_normalised(engine, wanted)
    if bearers is None or len(bearers) > _FEW:
        return None
    return list_names(engine, kinds, list(dict.fromkeys([*bearers, *_valid_iris(iris)])))


def _keep(names: list[Name], among: Container[str] | None) -> list[Name]:
    """Return the names of things with one of these IRIs, of all things without any given."""
    return names if among is None else [name for name in names if name.thing.iri in among]


def bind_typed(
    engine: Engine,
    query: NamedQuery,
    given: Mapping[str, str],
    find: Callable[[Engine, str, str | None], Thing] = find,
) -> dict[str, Term]:
    """Return the parameters of a query as terms: free text normalised, a date by its last day.

    Anything else is looked up with `find`.

    Raises UsageError for a parameter that the query does not have, and what `find` raises.
    """
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    for name in given:
        if name not in kinds:
            takes = ", ".join(kinds) or "none"
            raise UsageError(f"{query.name} has no parameter “{name}”; it takes: {takes}.")

    def find_term(kind: str, text: str) -> Term:
        if kind == "text":
            return Literal(normalise(text))
        if kind == "date":
            return Literal(read_last_day(text))
        return NamedNode(find(engine, text, None if kind == "thing" else kind).iri)

    return {name: find_term(kinds[name], text) for name, text in given.items()}


def read_last_day(text: str) -> str:
    """Return the last day of a date as a person writes it: `2027-03-31` for “March 2027”.

    Raises UsageError for what is no date.
    """
    from hwbs_graph.model.dates import find_last_day, read_date  # few look-ups give a date

    if written := read_date(text):
        return find_last_day(written)
    raise UsageError(
        f"“{text}” is no date: write a day, a month, a quarter or a year, such as 31 March 2027, "
        "2027-03, Q3 2026/27 or 2027."
    )


def _find_other_kind(engine: Engine, wanted: str, kind: str | None) -> str | None:
    """Return the kind of a thing that carries the name, where only `kind` was asked for."""
    if kind is None:
        return None
    known = bundled.registry().named
    candidates = _find_candidates(engine, tuple(known), wanted, set())
    names = list_names(engine) if candidates is None else candidates
    kinds = {
        name.thing.kind for name in names if not name.possible and normalise(name.text) == wanted
    }
    return next((kind for kind in known if kind in kinds), None)


def suggest(wanted: str, names: Iterable[Name], limit: int = 3) -> list[str]:
    """Return up to `limit` names nearest to the normalised text `wanted`, best first.

    Only names nearly as good as the best one count, so that a clear hit stands alone; of equal ones
    the first in the alphabet. For several things of one label their paths are suggested.
    """
    sentences = list_sentences()
    forms = [(normalise(name.text), name) for name in names if name.thing.kind not in sentences]
    scored = [(measure_likeness(wanted, form), form, name) for form, name in forms]
    scored.sort(key=lambda each: (-each[0], each[1], each[2].thing.iri))
    found: dict[str, str] = {}
    for score, _, name in scored:
        if score < max(LEAST, scored[0][0] - 12):
            break
        text = name.thing.label
        if name.possible:
            text += f" (printed so; it may be {name.text})"
        found.setdefault(name.thing.iri, text)
    nearest = [*found.items()][:limit]
    texts = Counter(text for _, text in nearest)
    return [text if texts[text] == 1 else to_path(iri) for iri, text in nearest]


def to_path(iri: str) -> str:
    """Return what can be typed for a thing: its path below `id/`, or its shortened IRI."""
    return iri.removeprefix(THINGS) if iri.startswith(THINGS) else shorten(iri)


def _read_iris(text: str) -> set[str]:
    """Read `<IRI>`, a full IRI, `prefix:local`, or a path below `id/`.

    `determinant:housing` is a concept of a code list, `partner:housing` a thing: both are tried,
    as they are with a slash.
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        return {text[1:-1]}
    if "://" in text:
        return {text}
    prefix, colon, local = text.partition(":")
    if not colon:
        return {THINGS + text, SCHEMES + text} if "/" in text else {THINGS + text}
    if prefix in PREFIXES:
        return {PREFIXES[prefix] + local}
    return {f"{THINGS}{prefix}/{local}", f"{SCHEMES}{prefix}/{local}"}


def _find_by_iri(engine: Engine, text: str, iris: set[str], kinds: tuple[str, ...]) -> Thing | None:
    """Return what a full IRI means, without going through every name there is."""
    if "://" not in text:
        return None
    return next((name.thing for name in list_names(engine, kinds, list(_valid_iris(iris)))), None)


def _valid_iris(iris: Iterable[str]) -> Iterator[NamedNode]:
    """Yield the IRIs among what only looks like IRIs."""
    for iri in iris:
        with suppress(ValueError):
            yield NamedNode(iri)


def _find_by_class(engine: Engine, iri: str) -> Thing | None:
    """Return whatever else carries `iri`: an involvement, or what a user's own file describes."""
    for node in _valid_iris([iri]):
        for query in ("internal/class-of-thing", "internal/mentioned-thing"):
            for row in run_named(engine, query, thing=node):
                return Thing(iri, row.get("kind") or "thing", row["label"] or shorten(iri))
    return None
