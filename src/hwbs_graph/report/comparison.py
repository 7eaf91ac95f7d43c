"""Two plans beside each other: what the record says became of each promise, and where it is silent.

The word of a strategy also covers the action plan that delivers it. Only alignments on record
count: nothing is matched by its wording. What no alignment leads to or from is listed as not
compared, because silence is not the same as dropped.

Out of scope: how an alignment is judged (the record says), and its text (`comparison_text`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, product, zip_longest
from typing import Any, NamedTuple

from hwbs_graph import names
from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count

#: What every row has, in whichever section it stands.
COLUMNS = (
    *("section", "topic", "kind", "earlier", "later", "confidence", "basis", "reason"),
    *("earlierSource", "laterSource", "earlierIri", "laterIri"),
)
#: Sections of alignments, in the order in which a reader asks; a type of your own comes after.
ALIGNED = (
    *("continued", "reworded", "broadened", "narrowed", "merged", "split", "moved theme"),
    *("renamed", "shared topic", "new", "dropped"),
)
#: Sections that set the plans side by side, where no alignment is needed.
BESIDE = ("ambitions", "visions", "figures", "themes", "not compared")
#: Only these say that one plan follows the other: a topic may be shared by any two.
_FOLLOWING = ALIGNED[:8]
_OBJECTIVES = ("action plan objective", "lettered objective", "priority", "sub-priority")


class Element(NamedTuple):
    """An element of a plan; `code` is one that `hwbs show` takes, `under` the IRI it serves."""

    iri: str
    kind: str
    code: str
    label: str
    under: str
    themes: tuple[str, ...]
    families: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """Code and wording, where there is a code."""
        return f"{self.code}: {self.label}" if self.code else self.label

    @property
    def short(self) -> str:
        """The code, or the wording where there is none."""
        return self.code or self.label


class Side(NamedTuple):
    """A plan with those it covers, and in `lineage` what they deliver; `year` is 0 if not told."""

    iri: str
    label: str
    plans: set[str]
    lineage: set[str]
    year: int
    elements: dict[str, Element]

    @property
    def documents(self) -> set[str]:
        """The documents that print an element of the plan."""
        return {element.source for element in self.elements.values()} - {""}

    def of(self, kind: str) -> list[Element]:
        """Return the elements of a kind, in printed order."""
        return [element for element in self.elements.values() if element.kind == kind]

    def as_dict(self) -> dict[str, Any]:
        """Return the plan and those it covers, ready for JSON."""
        year, covers = self.year or None, sorted(self.plans)
        return {"iri": self.iri, "label": self.label, "year": year, "covers": covers}


class Comparison(NamedTuple):
    """Two plans, the earlier first where `ordered`, and rows of COLUMNS for each section."""

    earlier: Side
    later: Side
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

    def as_dict(self) -> dict[str, Any]:
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
    UsageError where both names are of one plan, and what `names.find` raises.
    """
    first, second = (names.find(engine, text, "plan") for text in (one, other))
    if first.iri == second.iri:
        raise UsageError(f"“{one}” and “{other}” are the same plan; name two plans to compare.")
    told = run_named(engine, "internal/plans-and-what-they-follow")
    sides = (_side(engine, told, first, second.iri), _side(engine, told, second, first.iri))
    order = _order(told, *sides)
    earlier, later = sides if order <= 0 else sides[::-1]
    links = run_named(engine, "compare/continuity")
    aligned = _aligned(links, earlier, later, follows=_replaces(told, later.plans, earlier))
    sections: dict[str, list[Row]] = {name: [] for name in ALIGNED}
    for row in aligned:
        sections.setdefault(row["section"], []).append(row)
    sections["ambitions"] = list(_by_family("ambition", earlier, later))
    sections["visions"] = list(_pairs("visions", [side.of("vision") for side in (earlier, later)]))
    sections["figures"] = _figures(engine, earlier, later)
    sections["themes"] = list(_by_family("theme", earlier, later))
    sections["not compared"] = list(_silent(links, aligned, earlier, later))
    return Comparison(earlier, later, order != 0, sections)


def _side(engine: Engine, told: list[Row], plan: names.Thing, other: str) -> Side:
    """Gather a plan and the action plans that deliver it, unless one of these is the other side."""
    plans = {plan.iri, *(row["plan"] for row in told if row["strategy"] == plan.iri)} - {other}
    printed = (run_named(engine, "report/elements", plan=iri) for iri in sorted(plans))
    by_element = group_rows(chain.from_iterable(printed), "element")
    elements = {iri: _element(rows) for iri, rows in by_element.items()}
    lineage = plans | {row["strategy"] for row in told if row["plan"] in plans}
    return Side(plan.iri, plan.label, plans, lineage, _year(told, plan.iri), elements)


def _element(rows: list[Row]) -> Element:
    first = rows[0]
    themes = tuple(dict.fromkeys(row["theme"] for row in rows if row["theme"]))
    families = tuple(dict.fromkeys(row["familyLabel"] for row in rows if row["familyLabel"]))
    # The theme makes a code unique; where there are several, the code serves all of them.
    code = f"{first['themeLabel']} {first['code']}" if len(themes) == 1 else first["code"]
    told = (first["elementLabel"], first["under"], themes, families, first["document"])
    return Element(first["element"], first["kindLabel"], code if first["code"] else "", *told)


def _year(told: list[Row], iri: str) -> int:
    """Return the year a plan was issued or begins, or else that of the strategy it delivers."""
    own = [row for row in told if row["plan"] == iri]
    above = [row for row in told if row["plan"] in {each["strategy"] for each in own}]
    years = (re.search(r"\d{4}", row["issued"] or row["temporal"]) for row in (*own, *above))
    return next((int(year[0]) for year in years if year), 0)


def _order(told: list[Row], first: Side, second: Side) -> int:
    """Return -1 where `first` is the earlier, 1 where `second` is, 0 where nothing tells."""
    if first.year and second.year and first.year != second.year:
        return -1 if first.year < second.year else 1
    return _replaces(told, first.lineage, second) - _replaces(told, second.lineage, first)


def _replaces(told: list[Row], plans: set[str], before: Side) -> bool:
    """Say whether one of `plans` supersedes a plan of `before`, or delivers it."""
    return any(
        row["replaces"] in before.lineage - {""} or row["strategy"] == before.iri
        for row in told
        if row["plan"] in plans - before.plans
    )


def _aligned(links: list[Row], earlier: Side, later: Side, follows: bool) -> list[Row]:
    """Return a row for each alignment between the sides.

    “New” and “dropped” have one end: they count only where the later plan follows the earlier,
    as nothing new in one county's plan is new to another's.
    """
    both, ends = [], []
    for link in {link["alignment"]: link for link in links}.values():
        iris = (link["from"], link["to"])
        if iris[0] in later.elements and iris[1] in earlier.elements:
            iris = (iris[1], iris[0])
        one, other = earlier.elements.get(iris[0]), later.elements.get(iris[1])
        section = "continued" if link["typeLabel"] == "continues" else link["typeLabel"]
        said = {"basis": link["basisLabel"]} | {key: link[key] for key in ("confidence", "reason")}
        if one and other:
            both.append(_row(section, one, other, **said))
        elif (one and section == "dropped") or (other and section == "new"):
            ends.append(_row(section, one, other, **said))
    follows = follows or any(row["section"] in _FOLLOWING for row in both)
    place = {iri: at for at, iri in enumerate((*earlier.elements, *later.elements))}
    return sorted(
        both + ends * follows, key=lambda row: place[row["earlierIri"] or row["laterIri"]]
    )


def _row(section: str, earlier: Element | None, later: Element | None, **cells: str) -> Row:
    row = dict.fromkeys(COLUMNS, "") | {"section": section}
    for side, element in (("earlier", earlier), ("later", later)):
        if element:
            row |= {side: element.name, f"{side}Iri": element.iri, f"{side}Source": element.source}
            row["kind"] = row["kind"] or element.kind
    return row | cells


def _pairs(section: str, sides: Iterable[list[Element]], topic: str = "") -> Iterator[Row]:
    """Set elements beside each other in printed order, which says nothing of their likeness."""
    for one, other in zip_longest(*sides):
        yield _row(section, one, other, topic=topic)


def _by_family(kind: str, earlier: Side, later: Side) -> Iterator[Row]:
    """Set themes or ambitions beside each other family by family, themes with what they hold."""
    sides = [group_pairs(_with_families(kind, side)) for side in (earlier, later)]
    for family in dict.fromkeys((*sides[0], *sides[1])):
        yield from _pairs(f"{kind}s", (side.get(family, []) for side in sides), family)


def _with_families(kind: str, side: Side) -> Iterator[tuple[str, Element]]:
    for element in side.of(kind):
        numbers = _numbers(element, side) if kind == "theme" else ""
        for family in element.families or ("no family",):
            yield family, element._replace(label=element.label + numbers)


def _numbers(theme: Element, side: Side) -> str:
    held = {kind: sum(theme.iri in each.themes for each in side.of(kind)) for kind in _OBJECTIVES}
    return f" ({', '.join(count(held[kind], kind) for kind in held if held[kind]) or 'none'})"


def _figures(engine: Engine, earlier: Side, later: Side) -> list[Row]:
    """Return pairs of figures, one from each side, that contradict each other or only differ."""
    claims = run_named(engine, "compare/claims-by-topic")
    before = [row for row in claims if row["document"] in earlier.documents - later.documents]
    after = [row for row in claims if row["document"] in later.documents - earlier.documents]
    noted = run_named(engine, "trust/contradicting-claims")
    against = {frozenset((link["claim"], link["other"])) for link in noted}
    found: dict[frozenset[str], Row] = {}
    for one, other in product(before, after):
        pair = frozenset((one["claim"], other["claim"]))
        alike = all(one[key] and one[key] == other[key] for key in ("topic", "unit", "placeName"))
        if pair in against and (pair not in found or one["topic"] == other["topic"]):
            found[pair] = _figure_row("contradiction", one, other)
        elif alike and pair not in found and "" != one["figure"] != other["figure"] != "":
            found[pair] = _figure_row("difference", one, other)
    return list(found.values())


def _figure_row(kind: str, one: Row, other: Row) -> Row:
    row = _row("figures", None, None, kind=kind, topic=one["topicLabel"])
    for side, claim in (("earlier", one), ("later", other)):
        figure = f" [{claim['figure']} {claim['unit']}]" if claim["figure"] else ""
        row[side] = claim["claimLabel"] + figure
        row[f"{side}Iri"] = claim["claim"]
        row[f"{side}Source"] = f"{claim['document']} line {claim['line']}"
    if kind == "difference":
        whose = [claim["population"] or "not said whose" for claim in (one, other)]
        apart = f": of {whose[0]}, and of {whose[1]}" if whose[0] != whose[1] else ""
        row["reason"] = "may not be comparable" + apart
    return row


def _silent(links: list[Row], aligned: list[Row], earlier: Side, later: Side) -> Iterator[Row]:
    """Yield every element that nothing aligns with the other side, with what is known instead."""
    used = {row[key] for row in aligned for key in ("earlierIri", "laterIri")}
    for side in (earlier, later):
        for element in side.elements.values():
            # What is set side by side as a whole is not passed over in silence.
            if element.kind not in ("theme", "vision", "ambition") and element.iri not in used:
                ends = (element, None) if side is earlier else (None, element)
                yield _row("not compared", *ends, reason=_instead(element, side, links, used))


def _instead(element: Element, side: Side, links: list[Row], used: set[str]) -> str:
    """Say where a reader may look: a step within the plan, or what the element stands under."""
    steps = [
        f"{link['typeLabel']}, {side.elements[link['to']].short}"
        for link in links
        if link["from"] == element.iri and link["to"] in side.elements
    ]
    if steps:
        return "within this plan: " + "; ".join(dict.fromkeys(steps))
    above = side.elements.get(element.under)
    return f"under {above.short}, which is compared" if above and above.iri in used else ""
