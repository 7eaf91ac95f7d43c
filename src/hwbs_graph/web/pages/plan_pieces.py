"""The page of a plan and of what stands in it: contents in printed order, and the way to it.

Out of scope: HTML, and reading the plan (`plan_outline`).
"""

from collections.abc import Iterable, Iterator

from hwbs_graph.report.plan_outline import Element, Outline
from hwbs_graph.text import capitalise, truncate
from hwbs_graph.web.pages.pieces import Item, Library, Section
from hwbs_graph.web.pages.plan_pairs import Pair
from hwbs_graph.web.pages.result_table import Cell

#: A longer name is cut where it stands in the way to a thing.
_LONGEST_CRUMB = 40


def list_crumbs(outline: Outline, iri: str, library: Library) -> Iterator[Cell]:
    """Yield the way from a plan to what stands in it, without the thing itself."""
    if iri != outline.plan:
        yield library.link(outline.short or outline.label, outline.plan)
    for each in outline.find_above(iri):
        yield library.link(name_briefly(each), each.iri)


def name_briefly(element: Element) -> str:
    """Return an element's code or short label, else the beginning of its name."""
    return element.code or element.short or truncate(element.label, _LONGEST_CRUMB)


def list_contents(outline: Outline, iri: str, library: Library) -> Iterator[Section]:
    """Yield what stands under a thing or a plan: a section for each that holds more.

    What holds nothing has a section of its own at the end, or the only one.
    """
    alone = []
    for each in outline.list_below(iri):
        if iri == outline.plan and outline.below.get(each.iri):
            yield _head(each, _list_items(outline, each.iri, library, (iri, each.iri)), library)
        else:
            alone.append(each)
    if alone:
        items = _build_items(outline, alone, library, (iri,))
        whole = len(alone) == len(outline.list_below(iri))
        yield Section(Cell("What it holds" if whole else "Also in this plan"), items)


def _head(each: Element, items: tuple[Item, ...], library: Library) -> Section:
    code = f"{each.code} " if each.code else ""
    return Section(library.link(f"{code}{each.label}", each.iri), items)


def _list_items(
    outline: Outline, iri: str, library: Library, seen: tuple[str, ...]
) -> tuple[Item, ...]:
    return _build_items(outline, outline.list_below(iri), library, seen)


def _build_items(
    outline: Outline, elements: Iterable[Element], library: Library, seen: tuple[str, ...]
) -> tuple[Item, ...]:
    """Return elements as items; what stands under itself by mistake is told once."""
    return tuple(
        Item(
            library.link(each.label, each.iri),
            each.code,
            capitalise(each.kind),
            tuple(tell_element(each, library)),
            (),
            _list_items(outline, each.iri, library, (*seen, each.iri)),
        )
        for each in elements
        if each.iri not in seen
    )


def tell_element(element: Element, library: Library) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield who is named for an element, by part, and when, by what measure and how far."""
    parts = dict.fromkeys(each.part for each in element.partners)
    for part in parts:
        named = (each for each in element.partners if each.part == part)
        yield part or "with", tuple(library.link(each.label, each.iri) for each in named)
    for title, text in element.told:
        yield title, (Cell(text),)


def list_comparisons(pairs: Iterable[Pair], plan: str) -> Section:
    """Return the plans that a plan is compared with."""
    items = (
        Item(Cell(pair.other_label if pair.one == plan else pair.one_label, pair.address))
        for pair in pairs
    )
    return Section(Cell("What became of it in another plan, or of another in it"), tuple(items))
