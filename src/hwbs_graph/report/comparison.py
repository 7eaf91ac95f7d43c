"""Two plans beside each other: what the record says became of each promise, and where it is silent.

What a person aligned comes first, and only that counts as known; then what looks alike, as
suggestions (`likenesses`). What no alignment leads to or from is listed as not compared, because
silence is not the same as dropped.

Out of scope: how an alignment is judged (the record says), and its text (`comparison_text`).
"""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.names.recognition import recognise
from hwbs_graph.query.results import run_named
from hwbs_graph.report.compared_plans import ComparedPlan, PlanElement, build_row, gather_plans
from hwbs_graph.report.figures import compare_figures
from hwbs_graph.report.likenesses import SUGGESTIONS, suggest_likenesses
from hwbs_graph.store import Engine
from hwbs_graph.text import count

#: Sections of alignments that say one plan follows the other, in the order in which a reader asks.
_FOLLOWING = (
    "continued",
    "reworded",
    "broadened",
    "narrowed",
    "merged",
    "split",
    "moved theme",
    "renamed",
)
#: All sections of alignments: any two plans may share a topic. A type of your own comes after.
ALIGNED = (*_FOLLOWING, "shared topic", "shifted", "new", "dropped")
#: Sections that set the plans side by side, where no alignment is needed.
BESIDE = (SUGGESTIONS, "ambitions", "visions", "figures", "themes", "not compared")
#: Kinds with a section of BESIDE where both plans have them; themes always have one.
_SIDE_BY_SIDE = ("theme", "vision", "ambition")


class Comparison(NamedTuple):
    """Two plans, the earlier first where `ordered`, and rows of COLUMNS for each section."""

    earlier: ComparedPlan
    later: ComparedPlan
    ordered: bool
    sections: dict[str, list[Row]]

    @property
    def linked(self) -> bool:
        """Whether the record links the plans: what merely stands side by side is no link."""
        contradicted = any(row["kind"] == "contradiction" for row in self.sections["figures"])
        return contradicted or any(self.sections[name] for name in {*self.sections} - {*BESIDE})

    def records(self) -> list[Row]:
        """Return the rows of all sections as one flat table of COLUMNS."""
        return [row for rows in self.sections.values() for row in rows]

    def as_dict(self) -> dict[str, object]:
        """Return the two plans and one object for each section, ready for JSON."""
        return {
            "earlier": self.earlier.as_dict(),
            "later": self.later.as_dict(),
            "ordered": self.ordered,
            "sections": [
                {
                    "section": name,
                    "count": len(rows),
                    "rows": [{key: row[key] for key in row if key != "section"} for row in rows],
                }
                for name, rows in self.sections.items()
            ],
        }


def compare(engine: Engine, one: str, other: str) -> Comparison:
    """Return what the record says between two plans, given by name, code or path.

    The plan that the record dates earlier comes first, whichever was named first. Raises
    UsageError where both names are of one plan, and what `recognise` raises.
    """
    first, second = (recognise(engine, text, "plan") for text in (one, other))
    if first.iri == second.iri:
        raise UsageError(f"“{one}” and “{other}” are the same plan; name two plans to compare.")
    earlier, later, ordered, follows = gather_plans(engine, first, second)
    links = run_named(engine, "compare/continuity")
    aligned = _find_alignments(links, earlier, later, follows)
    sections: dict[str, list[Row]] = {name: [] for name in ALIGNED}
    sections |= group_rows(aligned, "section")
    used = {row[key] for row in aligned for key in ("earlierIri", "laterIri")}
    shown = [kind for kind in _SIDE_BY_SIDE if kind == "theme" or _both_have(kind, earlier, later)]
    visions = (earlier.select_kind("vision"), later.select_kind("vision"))
    ambitions = _pair_by_family("ambition", earlier, later) if "ambition" in shown else ()
    sections |= {
        SUGGESTIONS: suggest_likenesses(engine, earlier, later, used),
        "ambitions": list(ambitions),
        "visions": list(_pair_in_order("visions", *visions)) if all(visions) else [],
        "figures": compare_figures(engine, earlier, later),
        "themes": list(_pair_by_family("theme", earlier, later)),
        "not compared": list(_find_unaligned(links, used, shown, earlier, later)),
    }
    return Comparison(earlier, later, ordered, sections)


def _both_have(kind: str, *plans: ComparedPlan) -> bool:
    """Say whether each plan has elements of a kind: one alone has nothing beside it."""
    return all(plan.select_kind(kind) for plan in plans)


def _find_alignments(
    links: list[Row], earlier: ComparedPlan, later: ComparedPlan, follows: bool
) -> list[Row]:
    """Return a row for each alignment between the plans.

    “New” and “dropped” have one end. They count only where the later plan follows the earlier:
    nothing new in one county's plan is new to another's.
    """
    found, one_ended = [], []
    for link in {link["alignment"]: link for link in links}.values():
        start, end = link["from"], link["to"]
        if start in later.elements and end in earlier.elements:
            start, end = end, start
        one, other = earlier.elements.get(start), later.elements.get(end)
        section = "continued" if link["typeLabel"] == "continues" else link["typeLabel"]
        reason = {key: link[key] for key in ("confidence", "reason")}
        row = build_row(section, one, other, basis=link["basisLabel"], **reason)
        if one and other:
            found.append(row)
        elif (one and section == "dropped") or (other and section == "new"):
            one_ended.append(row)
    if follows or any(row["section"] in _FOLLOWING for row in found):
        found += one_ended
    place = {iri: at for at, iri in enumerate((*earlier.elements, *later.elements))}
    return sorted(found, key=lambda row: place[row["earlierIri"] or row["laterIri"]])


def _pair_in_order(
    section: str, before: list[PlanElement], after: list[PlanElement], topic: str = ""
) -> Iterator[Row]:
    """Set elements beside each other in printed order, which says nothing of their likeness."""
    for one, other in zip_longest(before, after):
        yield build_row(section, one, other, topic=topic)


def _pair_by_family(kind: str, earlier: ComparedPlan, later: ComparedPlan) -> Iterator[Row]:
    """Set themes or ambitions beside each other family by family, themes with what they hold."""
    before, after = (group_pairs(_list_by_family(kind, plan)) for plan in (earlier, later))
    for family in {**before, **after}:
        yield from _pair_in_order(f"{kind}s", before.get(family, []), after.get(family, []), family)


def _list_by_family(kind: str, plan: ComparedPlan) -> Iterator[tuple[str, PlanElement]]:
    for element in plan.select_kind(kind):
        counts = _count_held(element, plan) if kind == "theme" else ""
        for family in element.families or ("no family",):
            yield family, element._replace(label=element.label + counts)
    if kind == "theme":
        yield from _list_apart(plan)


def _list_apart(plan: ComparedPlan) -> Iterator[tuple[str, PlanElement]]:
    """Yield what has another family than its theme: one plan's theme may be a sentence here."""
    themes = {theme.iri: theme.families for theme in plan.select_kind("theme")}
    for element in plan.elements.values():
        if element.kind != "theme":
            of_themes = {family for theme in element.themes for family in themes.get(theme, ())}
            for family in element.families:
                if family not in of_themes:
                    yield family, element


def _count_held(theme: PlanElement, plan: ComparedPlan) -> str:
    """Return the objectives of a theme, or all it holds where it has none: " (3 actions)"."""
    kinds = [kind for kind in bundled.registry().kinds if kind.held_by_theme]
    counts = {
        word: sum(theme.iri in element.themes for element in plan.select_kind(word))
        for kind in kinds
        for word in kind.words
    }
    if not any(counts.values()):
        counts = Counter(each.kind for each in plan.elements.values() if _stands_in(each, theme))
    held = ", ".join(count(number, word) for word, number in counts.items() if number)
    return f" ({held or 'none'})"


def _stands_in(element: PlanElement, theme: PlanElement) -> bool:
    inside = theme.iri in element.themes and element.iri != theme.iri
    return inside or element.under == theme.iri


def _find_unaligned(
    links: list[Row],
    used: set[str],
    shown: Collection[str],
    earlier: ComparedPlan,
    later: ComparedPlan,
) -> Iterator[Row]:
    """Yield every element that nothing aligns with the other plan, with what is known instead.

    Kinds that are `shown` side by side are left out.
    """
    for plan in (earlier, later):
        for element in plan.elements.values():
            if element.kind not in shown and element.iri not in used:
                ends = (element, None) if plan is earlier else (None, element)
                reason = _suggest_alternative(element, plan, links, used)
                yield build_row("not compared", *ends, reason=reason)


def _suggest_alternative(
    element: PlanElement, plan: ComparedPlan, links: list[Row], used: set[str]
) -> str:
    """Say where a reader may look: a step within the plan, or what the element stands under."""
    steps = [
        f"{link['typeLabel']}, {plan.elements[link['to']].short}"
        for link in links
        if link["from"] == element.iri and link["to"] in plan.elements
    ]
    if steps:
        return "within this plan: " + "; ".join(dict.fromkeys(steps))
    above = plan.elements.get(element.under)
    return f"under {above.short}, which is compared" if above and above.iri in used else ""
