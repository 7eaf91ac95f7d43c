"""The page of a partner: the sheet of `hwbs partner` as sections with links.

Out of scope: HTML, and gathering the sheet (`profile`).
"""

from collections.abc import Iterator
from itertools import groupby

from hwbs_graph.model.delivery import word_delivery
from hwbs_graph.report.plan_shares import MOST_TOLD, PlanShare
from hwbs_graph.report.profile import (
    PARTS_BESIDE,
    PartnerAction,
    PartnerSheet,
    list_parts_beside,
    list_places,
    name_objective,
    name_plan,
    word_part,
)
from hwbs_graph.text import count
from hwbs_graph.web.pages.pieces import Item, Library, Section
from hwbs_graph.web.pages.result_table import Cell


def list_sections(
    sheet: PartnerSheet, shares: list[PlanShare], library: Library
) -> Iterator[Section]:
    """Yield a partner's actions by plan and theme, with whom, then what else names it."""
    for (head, sums), actions in groupby(sheet["actions"], lambda each: _name_head(each, shares)):
        under = groupby(actions, name_objective)
        yield Section(
            Cell(f"{head} ({sums})" if sums else head),
            tuple(item for name, own in under for item in _gather(name, [*own], library)),
        )
    for share in shares:
        yield from _list_company(share, shares, library)
    for part, lines in list_parts_beside(sheet):
        if items := tuple(Item(Cell(line)) for line in lines):
            yield Section(Cell(PARTS_BESIDE[part]), items)


def _name_head(action: PartnerAction, shares: list[PlanShare]) -> tuple[str, str]:
    """Return plan and theme of an action, and how many of the theme's actions name the partner."""
    sums = {share.label: share.sums for share in shares}.get(action["plan"], {})
    head = ": ".join(filter(None, (name_plan(action), action["theme"])))
    return head, sums.get(action["theme"] or "", "")


def _list_company(share: PlanShare, shares: list[PlanShare], library: Library) -> Iterator[Section]:
    """Yield whom a plan names in the same actions, the most often first, as many as a sheet has."""
    told = share.company[:MOST_TOLD]
    if not told:
        return
    of = f" of {len(share.company)}" if len(share.company) > len(told) else ""
    where = f"{share.label}: named together with" if len(shares) > 1 else "Named together with"
    items = (
        Item(library.link(each.label, each.iri), "", count(each.shared, "action")) for each in told
    )
    yield Section(Cell(f"{where} ({len(told)}{of})"), tuple(items))


def _gather(objective: str, actions: list[PartnerAction], library: Library) -> tuple[Item, ...]:
    """Return the actions under their objective, or alone where the plan has none."""
    items = tuple(_build_action(each, library) for each in actions)
    return (Item(Cell(objective), below=items),) if objective else items


def _build_action(action: PartnerAction, library: Library) -> Item:
    return Item(
        library.link(action["label"], action["iri"]),
        action["code"] or "",
        "",
        tuple((title, (Cell(text),)) for title, text in _tell(action)),
        library.cite_all(action["sources"]),
    )


def _tell(action: PartnerAction) -> Iterator[tuple[str, str]]:
    """Yield what is told of an action beside its name, as the command line does."""
    if part := word_part(action):
        yield "part", part
    yield from word_delivery(action)
    yield from list_places(action)
    yield "with", "; ".join(action["withPartners"]) or "nobody else"
