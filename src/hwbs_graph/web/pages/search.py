"""A search as a page: things of that name, and everything that holds the words.

Out of scope: HTML (`rendering`), and the search itself (`names`).
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from hwbs_graph.errors import UsageError
from hwbs_graph.names.word_search import Facet, Hit, list_facets, search_words
from hwbs_graph.report import found_words
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.lookups import MOST_HITS, SearchHit, find_named, find_near
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.urls import page_url, passage_anchor

#: A page shows at most so many plans to choose from.
_MOST_PLANS = 20


class MarkedHit(NamedTuple):
    """A thing that holds the words; `pieces` are its text in turn as it is and as found words."""

    label: str
    link: str
    kind: str
    plan: str
    source: Cell
    pieces: tuple[str, ...]


class Choice(NamedTuple):
    """A way to narrow a search: how many things are left, and whether it is taken now."""

    label: str
    total: int
    link: str
    taken: bool


class SearchPage(NamedTuple):
    """What a search found: things of that name, things that hold the words, ways to narrow it.

    `near` are names like it, where nothing holds the words. `trouble` says why there was nothing
    to look for.
    """

    named: tuple[SearchHit, ...] = ()
    hits: tuple[MarkedHit, ...] = ()
    total: int = 0
    alone: tuple[tuple[str, int], ...] = ()
    kinds: tuple[Choice, ...] = ()
    plans: tuple[Choice, ...] = ()
    near: tuple[SearchHit, ...] = ()
    trouble: str = ""


def search_everywhere(engine: Engine, text: str, kind: str, plan: str) -> SearchPage:
    """Find things by name, and what holds the words, of one kind and one plan where given.

    Raises UsageError for an unknown kind, NotFoundError or AmbiguousError for a plan.
    """
    kinds, plans = found_words.read_filters(engine, [kind] * bool(kind), [plan] * bool(plan))
    named = () if kinds or plans else find_named(engine, text)
    try:
        hits = search_words(engine, text, kinds, plans, MOST_HITS)
    except UsageError as error:
        return SearchPage(named, trouble=str(error))
    by_kind, by_plan = list_facets(engine, text, kinds, plans)
    return SearchPage(
        named,
        tuple(map(_mark_hit, hits.found)),
        hits.total,
        hits.alone,
        tuple(_list_choices(by_kind, {"q": text, "plan": plan}, "kind", kinds)),
        tuple(_list_choices(by_plan[:_MOST_PLANS], {"q": text, "kind": kind}, "plan", plans)),
        () if hits.found or kinds or plans else find_near(engine, text),
    )


def _list_choices(
    facets: Iterable[Facet], others: dict[str, str], name: str, taken: list[str]
) -> Iterable[Choice]:
    """Yield a link for each facet; that of the one taken leads back to all."""
    kept = {key: value for key, value in others.items() if value}
    for each in facets:
        chosen = each.value in taken
        words = kept if chosen else kept | {name: each.value}
        yield Choice(each.label, each.total, f"/search?{urlencode(words)}", chosen)


def _mark_hit(hit: Hit) -> MarkedHit:
    link = page_url(hit.iri)
    line = f"{hit.document} line {hit.line}" if hit.line else hit.document
    where = ", ".join(filter(None, (line, hit.place)))
    anchor = f"#{passage_anchor(hit.document, str(hit.line))}" if hit.line else ""
    own = link.startswith("/") and hit.field == "passage"
    source = Cell(where, link + anchor if own else "")
    return MarkedHit(
        hit.label, link, hit.kind, found_words.name_plan(hit), source, tuple(_cut_at_marks(hit))
    )


def _cut_at_marks(hit: Hit) -> Iterable[str]:
    end = 0
    for start, stop in hit.marks:
        yield from (hit.excerpt[end:start], hit.excerpt[start:stop])
        end = stop
    yield hit.excerpt[end:]
