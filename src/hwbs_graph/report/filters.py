"""Lists narrowed to a plan, a theme, a partner or a determinant.

Each filter is one SELECT that gives a set of carriers: the plan elements that belong to the plan,
stand in the theme, involve the partner or address the determinant. A row stays if what it lists
is a carrier that passes every filter, or is reached from one: a partner is reached from the
actions that name it, an objective from its actions. So “partners, theme Warmth, determinant
loneliness” are those named by an action that is both, and not by one of each.

Several values of one filter narrow together: what passes each of them is left, unless one is
said to be enough. What passes a filter that must not hold is left out, and so is what passes it
only through something.

An element bears on a determinant directly, or through a narrower one or its objective. Where
determinants come in, a column says through what, and direct rows stand first.

Out of scope: which lists there are (the catalogue's queries tagged “list”), and which filters
make sense for each (the registry).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.errors import AmbiguousError, UsageError
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.kinds import Kind
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query import catalogue, results
from hwbs_graph.query.results import Rows, run_named
from hwbs_graph.report.further_filters import Further, list_passing
from hwbs_graph.report.marked_answers import mark_rows
from hwbs_graph.report.namesakes import tell_namesakes
from hwbs_graph.store import Engine
from hwbs_graph.text import list_first, pluralise

#: What passes each filter, besides the thing itself that the filter names.
_CARRIERS = {
    "plan": "internal/carriers-of-plan",
    "theme": "internal/carriers-of-theme",
    "partner": "internal/carriers-of-partner",
    "determinant": "internal/ways-to-determinant",
}
#: The column that says by which objective or narrower determinant a row belongs here.
THROUGH = "through"
_NONE = Further()
#: A row names no more than these.
_MOST_NAMED = 3
#: What a person types for a filter: one text, or several.
_Texts = str | Sequence[str]
#: Carriers by IRI, each with what it comes through: several joined, or "" for nothing.
_Ways = Mapping[str, str]


class _Filter(NamedTuple):
    """A filter, the IRI of what it names, and everything that passes it."""

    kind: str
    iri: str
    passing: _Ways
    labels: Mapping[str, str]


def filtered(
    engine: Engine,
    query_name: str,
    plan: _Texts = (),
    theme: _Texts = (),
    partner: _Texts = (),
    determinant: _Texts = (),
    further: Further = _NONE,
) -> Rows:
    """Return the rows of a listing query for things that pass every filter given.

    A filter takes what a person types. The word of a strategy covers the action plan that
    delivers it. Themes of several plans share their names: only one under which something is
    left counts. Raises UsageError for a filter that makes no sense for the kind, and what
    `names.find` raises.
    """
    listing = query_name.rpartition("/")[2]
    kind = bundled.registry().find_listed(listing)
    given = {"plan": plan, "partner": partner, "determinant": determinant}
    wanted = [(name, text) for name, texts in given.items() for text in _list_texts(texts)]
    themes = _list_texts(theme)
    _check_filters(listing, kind, [*dict(wanted), *["theme"][: len(themes)], *further.excluded])
    passing = list_passing(engine, listing, kind, further)
    query = catalogue.load(query_name)
    listed = results.run_query(engine, query.text, name=query.name)
    if not isinstance(listed, Rows):
        raise UsageError(f"The query {query_name} lists nothing, so it cannot be filtered.")
    filters = [
        _find_passing(engine, kind, name, recognise(engine, text, name).iri)
        for name, text in wanted
    ]
    filters += [_Filter(name, "", dict.fromkeys(iris, ""), {}) for name, iris in passing]
    reached = _find_carriers(engine, kind)
    listed = _leave_out(listed, kind, _list_excluded(engine, kind, further), reached)
    if further.any_of:
        filters = _join_filters(filters)
    kept = _narrow_to_themes(engine, listed, kind, filters, themes, reached, further.any_of)
    return tell_namesakes(engine, kept) if listing == "partners" else mark_rows(engine, kept)


def choose_listing(given: str) -> catalogue.NamedQuery:
    """Return the list that is meant, by its name or by a word for its kind, in either number.

    Raises UsageError if there is none, AmbiguousError if the word stands for several kinds.
    """
    listings = {query.name.rpartition("/")[2]: query for query in catalogue.list_listings()}
    wanted = given.casefold().replace(" ", "-")
    kinds = {kind.plurals[0] for kind in bundled.registry().kinds if kind.goes_by(given)}
    kinds |= {wanted, pluralise(wanted)}
    found = {name: query for name, query in listings.items() if name in kinds}
    if not found:
        raise UsageError(f"There is no kind “{given}” to list; give one of: {', '.join(listings)}.")
    if len(found) > 1:
        raise AmbiguousError(given, [(name, query.summary) for name, query in found.items()])
    return next(iter(found.values()))


def _join_filters(filters: Iterable[_Filter]) -> list[_Filter]:
    """Return one filter for each kind, which everything passes that passes one of them."""
    joined = []
    for kind, some in group_pairs((each.kind, each) for each in filters).items():
        passing: dict[str, str] = {}
        labels: dict[str, str] = {}
        for each in some:
            # What passes one directly needs no way through another.
            direct = {iri: way for iri, way in each.passing.items() if not way}
            passing |= {k: way for k, way in each.passing.items() if k not in passing} | direct
            labels |= each.labels
        joined.append(_Filter(kind, some[0].iri, passing, labels))
    return joined


def _list_excluded(engine: Engine, kind: Kind | None, further: Further) -> list[_Filter]:
    """Return the filters that must not hold; of several themes of one name, none may."""
    return [
        _find_passing(engine, kind, name, iri)
        for name, texts in further.excluded.items()
        for text in texts
        for iri in (
            [names.find(engine, path, name).iri for path, _ in _find_themes(engine, text)]
            if name == "theme"
            else [recognise(engine, text, name).iri]
        )
    ]


def _leave_out(
    listed: Rows, kind: Kind | None, excluded: list[_Filter], reached: dict[str, _Ways]
) -> Rows:
    """Keep the rows that pass none of the filters."""
    if not (kind and excluded):
        return listed
    key = listed.variables[0]
    return listed.keep(
        all(_find_way(row, key, kind, [each], reached) is None for each in excluded)
        for row in listed.text_rows()
    )


def _list_texts(given: _Texts) -> list[str]:
    return [given] if isinstance(given, str) else [*given]


def _check_filters(listing: str, kind: Kind | None, given: list[str]) -> None:
    """Refuse the first filter that makes no sense for the listing, and say what does."""
    fitting = kind.narrowed_by if kind else ()
    for name in given:
        if name not in fitting:
            also = [f"--{other}" for other in fitting]
            only = f", only by {' and '.join(also)}" if also else ""
            raise UsageError(
                f"A list of {listing.replace('-', ' ')} cannot be narrowed by --{name}{only}; "
                f"--{name} is for: {', '.join(list_narrowed(name))}."
            )


def list_narrowed(name: str) -> list[str]:
    """Return the lists that a filter makes sense for."""
    kinds = bundled.registry().kinds
    return [kind.plurals[0] for kind in kinds if name in kind.narrowed_by]


def _find_passing(engine: Engine, kind: Kind | None, name: str, iri: str) -> _Filter:
    # What speaks of things is narrowed to what speaks of this one, not of what bears on it.
    if kind and kind.speaking and name == "partner":
        rows: list[Row] = []
    elif kind and kind.speaking and name == "determinant":
        rows = run_named(engine, "internal/narrower-determinants", determinant=iri)
    else:
        rows = run_named(engine, _CARRIERS[name], **{name: iri})
    labels = {row["carrier"]: row.get("carrierLabel", "") for row in rows}
    return _Filter(name, iri, {iri: ""} | _join_ways(rows), labels)


def _join_ways(rows: Iterable[Row]) -> dict[str, str]:
    pairs = group_pairs((row["carrier"], row.get(THROUGH, "")) for row in rows)
    return {carrier: "; ".join(dict.fromkeys(ways)) for carrier, ways in pairs.items()}


def _find_carriers(engine: Engine, kind: Kind | None) -> dict[str, _Ways]:
    """Return for each thing of the kind the carriers it is reached from, besides itself."""
    if kind is None or not (kind.reached_by or kind.layered):
        return {}
    if kind.layered:
        rows = run_named(engine, _CARRIERS["determinant"])
        by_thing = group_rows(rows, "determinant")
    else:
        # A list may hold more of the wider kind: boards stand among the subgroups.
        named = bundled.registry().named.get(kind.wider, kind)
        classes = [*named.classes, *filter(None, [named.general_class])]
        path = {"path": kind.reached_by}
        rows = run_named(engine, "internal/reached-carriers", path, **{"class": classes})
        by_thing = group_rows(rows, "thing")
    return {thing: _join_ways(own) for thing, own in by_thing.items()}


def _narrow_to_themes(
    engine: Engine,
    listed: Rows,
    kind: Kind | None,
    filters: list[_Filter],
    texts: list[str],
    reached: dict[str, _Ways],
    any_of: bool,
) -> Rows:
    """Narrow to themes too; of several themes of one name, to the one that leaves something."""
    left = []
    for chosen in product(*(_find_themes(engine, text) for text in texts)):
        iris = [names.find(engine, path, "theme").iri for path, _ in chosen]
        chosen_themes = [_find_passing(engine, kind, "theme", iri) for iri in iris]
        narrower = [*filters, *(_join_filters(chosen_themes) if any_of else chosen_themes)]
        left.append((_keep_rows(listed, kind, narrower, reached), chosen))
    full = [each for each in left if each[0].size] or left[:1]
    for text, *choices in zip(texts, *(chosen for _, chosen in full), strict=True):
        if len(set(choices)) > 1:
            raise AmbiguousError(text, sorted(set(choices)))
    return full[0][0]


def _find_themes(engine: Engine, text: str) -> list[tuple[str, str]]:
    """Return path and label of each theme of a name."""
    try:
        return [(recognise(engine, text, "theme").iri, "")]
    except AmbiguousError as several:
        return [*several.candidates]


def _keep_rows(
    listed: Rows, kind: Kind | None, filters: list[_Filter], reached: dict[str, _Ways]
) -> Rows:
    """Keep the rows that pass, and say what each comes through where determinants come in."""
    written = json.loads(listed.encoded)
    bindings = written["results"]["bindings"]
    if kind and filters:
        key = listed.variables[0]
        ways = [_find_way(row, key, kind, filters, reached) for row in listed.text_rows()]
        kept = [(row, way) for row, way in zip(bindings, ways, strict=True) if way is not None]
        bindings = [row for row, _ in kept]
        if kind.layered or any(each.kind == "determinant" for each in filters):
            written["head"]["vars"].append(THROUGH)
            bindings = [row | _write_way(way) for row, way in sorted(kept, key=_is_indirect)]
    written["results"]["bindings"] = bindings
    return Rows(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _is_indirect(pair: tuple[object, str]) -> bool:
    return bool(pair[1])


def _write_way(way: str) -> dict[str, dict[str, str]]:
    return {THROUGH: {"type": "literal", "value": way}} if way else {}


def _find_way(
    record: Row, key: str, kind: Kind, filters: list[_Filter], reached: dict[str, _Ways]
) -> str | None:
    """Return what a row comes through, "" for what is direct, None if it does not pass."""
    by_kind = group_pairs((each.kind, each) for each in filters)
    # A theme stands in several plans, an objective in several themes: one row for each.
    for name in ("plan", "theme"):
        beside = record.get(name, "") if key != name else ""
        if beside and name in by_kind and not any(beside in each.passing for each in by_kind[name]):
            return None
    thing = record[key]
    carriers = {**reached.get(thing, {}), thing: ""}
    found = [_list_ways(thing, kind, carriers, chosen) for chosen in product(*by_kind.values())]
    if not all(found):
        return None
    direct = all("" in ways for ways in found)
    return "" if direct else _word_ways(set[str]().union(*found) - {""})


def _list_ways(
    thing: str, kind: Kind, carriers: _Ways, filters: Collection[_Filter]
) -> Collection[str]:
    """Return what a thing comes through past filters, no two of one kind; nothing if it is held."""
    common = {*carriers}
    for each in filters:
        # One part of what speaks of things may pass one filter, another part the next.
        common = ({*carriers} if kind.speaking else common) & each.passing.keys()
        if not common:
            return ()
    bearing = next((each for each in filters if each.kind == "determinant"), None)
    if bearing is None:
        return {carriers[one] for one in common}
    if thing in bearing.passing:
        return {bearing.passing[thing]}
    named = bearing.passing if kind.shared or kind.speaking else bearing.labels
    return {named[one] for one in (carriers.keys() & named.keys() if kind.speaking else common)}


def _word_ways(ways: Collection[str]) -> str:
    """Return the names of some ways, and the number of the others."""
    return list_first(sorted(ways), _MOST_NAMED, "; ")
