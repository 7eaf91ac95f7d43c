"""The steps of Present: what a page shows one after the other, with a sentence for each.

A step is `{title, sentence, hash}`, `hash` being the address of the state it shows. Whoever
gives no steps of their own gets these, made from the data of the plan a page opens on; they say
what can be counted there and judge nothing.

Out of scope: showing them (`present.js`), steps of one's own (`stepfile`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hwbs_graph.view.address import LONGEST, address
from hwbs_graph.view.counts import Tally, reach
from hwbs_graph.view.drawing_model import PlanGraph, read_record, short_keys
from hwbs_graph.view.labels import visible
from hwbs_graph.view.present.step_file import read_steps
from hwbs_graph.view.records import Alignment, Link, Node, Record, Statement

__all__ = ["default_steps", "load_steps", "read_steps"]

Step = dict[str, str]

BUSIEST = 3
#: Headings that share the fewest partners: a step for each, or with more of them one that lists.
FEWEST_APART = 2
LISTED = 6
NAME_LENGTH = 120
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def load_steps(path: Path, graph: PlanGraph) -> list[Step]:
    """Return the steps of the file at `path` for the page of `graph`, as `read_steps` does."""
    return read_steps(path, read_record(graph))


def default_steps(record: Record) -> list[Step]:
    """Return steps for the plan `record` starts on: those it has something for, else none."""
    if not record.plans or not (told := _Telling(record)).tally.elements:
        return []
    steps = (
        *(told.whole(), *told.themes(), *told.partners(), *told.fewest()),
        *(*told.grid(), *told.coverage(), *told.continuity(), *told.side_by_side()),
    )
    return [step for step in steps if len(step["hash"]) <= LONGEST]


class _Telling:
    """One plan's counts in words, each beside the address that shows them."""

    def __init__(self, record: Record) -> None:
        self.record, self.plan = record, record.plans[record.start]
        self.tally = Tally(record, record.start)
        self.keys = short_keys([plan.key for plan in record.plans])
        self.columns = {column.kind: column for column in record.columns}
        self.unit_words = self._plurals(record.nodes[id] for id in self.tally.units)

    def whole(self) -> Step:
        name = ", ".join(filter(None, (self.plan.title, self.plan.subtitle)))
        kinds = [kind for kind in self.columns if kind != "determinant"]
        counts = [self._count(kind, len(self.tally.of_kind(kind))) for kind in kinds]
        said = ", ".join(filter(None, counts))
        return self._step("The whole plan", f"{visible(name)}: {said}.")

    def themes(self) -> Iterator[Step]:
        roots = self.tally.roots(self.tally.elements)
        for theme in self.tally.ordered(roots):
            said = " ".join(filter(None, (self._theme_counts(theme), self._ambition(theme))))
            if said:
                yield self._step(theme.label, said, [("theme", theme.key)])

    def _theme_counts(self, theme: Node) -> str:
        units = self.tally.under(theme.id)
        below = self.tally.elements & reach([theme.id], self.tally.children)
        kinds = Counter(self.record.nodes[id].kind for id in below - {theme.id})
        kinds["partner"] = len([node for node in self._partners() if units & self._of(node)])
        counts = [self._count(kind, kinds[kind]) for kind in self.columns]
        return _sentence(_listed(list(filter(None, counts))) + self._placed(theme))

    def _placed(self, theme: Node) -> str:
        links = [link for link in self.record.links if link.source == theme.id]
        return _caution([link for link in links if link.target in self.tally.own])

    def _ambition(self, theme: Node) -> str:
        """Return the ambition as printed, from a document of this plan where there is one."""
        found = [pair for pair in theme.details if pair[0].startswith("Ambition") and pair[1]]
        nodes = [self.record.nodes[id] for id in self.tally.units]
        documents = {source["document"] for node in nodes for source in node.sources}
        own = [pair for pair in found if any(name and name in pair[0] for name in documents)]
        return "".join(f"{head}: “{text.rstrip('. ')}”." for head, text in (own or found)[:1])

    def partners(self) -> Iterator[Step]:
        named = [node for node in self._partners() if self._of(node)]
        busiest = sorted(named, key=lambda node: -len(self._of(node)))
        for partner in busiest[:BUSIEST]:
            units, everything = len(self._of(partner)), len(self.tally.units)
            where = f"{_share(units, everything)} {self.unit_words}{self._spread(partner)}"
            said = (
                f"{partner.name} {self._verb(partner)} {where}{_caution(self._links_to(partner))}"
            )
            focus = [("select", partner.key), ("only", partner.key)]
            yield self._step(f"Where does {partner.name} appear?", _sentence(said), focus)

    def _spread(self, partner: Node) -> str:
        """Return in how many of the themes a partner's units are, where that says something."""
        roots, all_roots = self.tally.roots(self._of(partner)), self.tally.roots(self.tally.units)
        if len(all_roots) < 2 or all_roots & self.tally.units:
            return ""
        plural = self._plurals(self.record.nodes[id] for id in all_roots)
        if len(roots) == len(all_roots):
            return f", in all {_number(len(roots))} {plural}"
        return f", in {_number(len(roots))} of the {_number(len(all_roots))} {plural}"

    def _verb(self, partner: Node) -> str:
        links = self._links_to(partner)
        direct = all(link.source in self.tally.units for link in links)
        printed = all(link.standing == "printed" for link in links)
        involved = all(link.relation != "responsible" for link in links)
        return "is named in" if direct and printed and involved else "is linked to"

    def _links_to(self, party: Node) -> list[Link]:
        return [link for link in self.tally.named if link.target == party.id]

    def fewest(self) -> Iterator[Step]:
        """Yield the headings with the fewest partners, unless all have equally many."""
        heads = [node for node in self.tally.heads() if not node.unit]
        linked = {head.id: self._partners_under(head) for head in heads}
        least = min(linked.values(), default=0)
        few = [head for head in heads if linked[head.id] == least]
        if not self._partners() or len(few) == len(heads):
            return
        compared = f"{_number(len(heads))} {self._plurals(heads)}"
        if len(few) > FEWEST_APART:
            yield self._few_listed(few, least, compared)
        else:
            yield from (self._few(head, least, compared) for head in few)

    def _few(self, head: Node, least: int, compared: str) -> Step:
        partners = self._count("partner", least) or "no partner"
        linked = f"{partners} {_are(max(least, 1))} linked to its"
        units = self._count_things(self.tally.under(head.id))
        focus = [("select", head.key), ("only", head.key)]
        said = f"{linked} {units}"
        if least:
            said += f"; none of the {compared} has fewer"
        return self._step(f"Few partners: {_shown(head)}", _sentence(said), focus)

    def _few_listed(self, few: Sequence[Node], least: int, compared: str) -> Step:
        partners = f"{self._count('partner', least)} each" if least else "no partner"
        names = [*map(_shown, few[:LISTED])]
        if len(few) > LISTED:
            names.append(f"and {_number(len(few) - LISTED)} more")
        said = f"{_number(len(few))} of {compared} have {partners}: {'; '.join(names)}"
        title = f"Which {self._plurals(few)} have the fewest partners?"
        return self._step(title, _sentence(said), view="grid")

    def _partners_under(self, head: Node) -> int:
        units = self.tally.under(head.id)
        return sum(not units.isdisjoint(self._of(partner)) for partner in self._partners())

    def grid(self) -> Iterator[Step]:
        parties = [kind for kind, column in self.columns.items() if column.role == "party"]
        shown = next((kind for kind in parties if self.tally.of_kind(kind)), None)
        if not (shown and self.tally.units):
            return
        heads = self._count_things(head.id for head in self.tally.heads())
        said = f"{self._count(shown, len(self.tally.of_kind(shown)))} against {heads}"
        said = f"{said}: each number counts {self.unit_words}"
        title = f"The {self.columns[shown].plural} as a grid"
        yield self._step(title, _sentence(said), view="grid")

    def coverage(self) -> Iterator[Step]:
        """Yield one step on the determinants of the whole record, as gaps are to be seen."""
        every = {node.id for node in self.record.nodes if node.kind == "determinant"}
        if not every:
            return
        links = [link for link in self.record.links if link.target in every]
        linked = {link.target for link in links}
        printed = {link.target for link in links if link.standing == "printed"}
        plans = "this plan" if len(self.record.plans) == 1 else "at least one plan"
        counted = f"{_number(len(linked))} of {self._count('determinant', len(every))}"
        said = f"{counted} of health {_are(len(linked))} linked to {plans}"
        if only := len(linked - printed):
            said += f", {_number(only)} of them by suggestion only"
        if gaps := len(every) - len(linked):
            said += f"; {_number(gaps)} {_are(gaps)} linked to none"
        title = "Which determinants of health are covered?"
        yield self._step(title, _sentence(said), view="coverage")

    def continuity(self) -> Iterator[Step]:
        """Yield one step on what became of the plan, or else on what it came from."""
        start = self.record.start
        pairs = Counter(row.plans for row in self.record.alignments if start in row.plans)
        if not pairs:
            return
        pair = max(pairs, key=lambda pair: (-1 not in pair, pair[0] == start, pairs[pair], pair))
        rows = [row for row in self.record.alignments if row.plans == pair]
        other = pair[1] if pair[0] == start else pair[0]
        words = [("with", self.keys[other])] if other >= 0 else []
        title, said = self._between(pair, rows)
        yield self._step(title, _sentence(said + _caution(rows)), words, view="continuity")

    def _between(self, pair: tuple[int, int], rows: Sequence[Alignment]) -> tuple[str, str]:
        names = [self.record.plans[end].short for end in pair if end >= 0]
        if fates := "; ".join(self._fates(rows)):
            asked = "What became of it?" if pair[0] == self.record.start else "Where is it from?"
            return asked, f"From {names[0]} to {names[1]}: {fates}" if names[1:] else fates
        joined = f"{_number(len(rows))} link{' joins' if len(rows) == 1 else 's join'}"
        return "What do the plans have in common?", f"{joined} {' and '.join(names)}"

    def _fates(self, rows: Sequence[Alignment]) -> Iterator[str]:
        moved = {row.source for row in rows if row.type == "moved-theme"}
        new = {row.target for row in rows if row.type == "new"}
        dropped = {row.source for row in rows if row.type == "dropped"}
        if moved:
            yield f"{self._count_things(moved)} moved to another theme"
        if new:
            yield f"{self._count_things(new)} {_are(len(new))} new"
        if dropped:
            yield f"{self._count_things(dropped)} {'was' if len(dropped) == 1 else 'were'} dropped"

    def side_by_side(self) -> Iterator[Step]:
        boards = {plan.board for plan in self.record.plans if plan.board}
        if len(boards) > 1:
            plans = sum(bool(plan.board) for plan in self.record.plans)
            said = f"{_number(plans)} plans of {_number(len(boards))} boards, theme by theme"
            yield self._step("The plans side by side", _sentence(said), view="families")

    def _partners(self) -> list[Node]:
        return self.tally.of_kind("partner")

    def _of(self, party: Node) -> set[int]:
        return self.tally.units_of[party.id]

    def _count(self, kind: str, count: int) -> str:
        column = self.columns.get(kind)
        if column is None or not count:
            return ""
        return f"{_number(count)} {column.singular if count == 1 else column.plural}"

    def _count_things(self, ids: Iterable[int]) -> str:
        kinds = Counter(self.record.nodes[id].kind for id in ids if id >= 0)
        return _listed([self._count(kind, kinds[kind]) for kind in self.columns if kinds[kind]])

    def _plurals(self, nodes: Iterable[Node]) -> str:
        kinds = {node.kind for node in nodes}
        return _listed([column.plural for kind, column in self.columns.items() if kind in kinds])

    def _step(
        self, title: str, sentence: str, words: Sequence[tuple[str, str]] = (), view: str = "map"
    ) -> Step:
        key = self.keys[self.record.start]
        told = [("view", view), *([("plan", key)] if key else []), *words]
        return {"title": visible(title), "sentence": visible(sentence, 600), "hash": address(told)}


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _share(part: int, whole: int) -> str:
    return f"all {_number(whole)}" if part == whole else f"{_number(part)} of {_number(whole)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _caution(links: Sequence[Statement]) -> str:
    """Return how many links no document prints, so that a picture is not taken for one."""
    count = sum(link.standing != "printed" for link in links)
    if count and count == len(links):
        return f"; {'this link is' if count == 1 else 'these links are'} suggested, not printed"
    told = f"; {_number(count)} of the {_number(len(links))} links {_are(count)} not printed"
    return told if count else ""


def _shown(node: Node) -> str:
    return visible(f"{node.code} {node.label}".strip(), NAME_LENGTH)


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
