"""From the names a person types into a step to the things of the record on the page.

A name is looked up in the plan a step shows: themes of several plans share their names. The same
rules as on the command line (`names`): a near miss is suggested, never taken.

Out of scope: the file the names stand in (`stepfile`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.names import Name, Thing, normalise, suggest, to_path
from hwbs_graph.view.counts import Tally
from hwbs_graph.view.drawing_model import short_keys
from hwbs_graph.view.records import Node, Plan, Record

Named = tuple[str, Thing]

#: So many words of a short list are offered where none is near.
CHOICES = 6


class StepNames:
    """The names of one record; look-ups raise NotFoundError, AmbiguousError or UsageError."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.plan_keys = short_keys([plan.key for plan in record.plans])
        self.themes = record.columns[0].kind if record.columns else "theme"
        self.documents, self.bases = sorted(_documents(record)), sorted(_bases(record))
        self._by_key = {key: node for node in record.nodes for key in (node.key, node.iri)}
        self._tallies: dict[int, Tally] = {}
        self._index: defaultdict[str, dict[int, Node]] = defaultdict(dict)
        for node in record.nodes:
            for name in self._carried(node):
                self._index[normalise(name)][node.id] = node

    def plan(self, text: str) -> int:
        """Return the number of the plan that `text` names."""
        if text in self.plan_keys:
            return self.plan_keys.index(text)
        wanted = normalise(text)
        found = [
            plan for plan in self.record.plans if wanted in map(normalise, self._plan_names(plan))
        ]
        if len(found) == 1:
            return found[0].number
        if found:
            raise AmbiguousError(text, [(self._plan_key(plan), plan.short) for plan in found])
        named = [
            (name, self._plan_thing(p)) for p in self.record.plans for name in self._plan_names(p)
        ]
        raise NotFoundError("plan", text, _near(wanted, named))

    def thing(self, text: str, kind: str | None, plan: int | None) -> Node:
        """Return the thing of `kind` (None for any) that `text` names, in `plan` (None for all).

        A party belongs to every plan. Raises UsageError for what only another plan holds.
        """
        wanted = normalise(text)
        exact = self._by_key.get(text.strip())
        found = [exact] if exact else [*self._index.get(wanted, {}).values()]
        found = [node for node in found if kind in (None, node.kind)]
        here = [node for node in found if plan is None or self._stands_in(node, plan)]
        if len(here) == 1:
            return here[0]
        if here:
            raise AmbiguousError(text, [(node.key, f"{node.kind} {node.name}") for node in here])
        if found and plan is not None:
            raise UsageError(self._elsewhere(text, found, plan))
        raise NotFoundError(kind or "thing", text, _near(wanted, self._names(kind)))

    def word(self, text: str, kind: str, known: Iterable[str]) -> str:
        """Return the one of `known` words that `text` is, whatever its case."""
        for word in known:
            if normalise(word) == normalise(text):
                return word
        near = _near(normalise(text), [(word, Thing(word, "", word)) for word in known])
        raise NotFoundError(kind, text, near or [*known][:CHOICES])

    def holds(self, word: str, value: str) -> bool:
        """Tell whether the page knows `value` as that word of an address."""
        if word in ("plan", "with"):
            return value in self.plan_keys
        if word in ("document", "basis"):
            return value in (self.documents if word == "document" else self.bases)
        node = self._by_key.get(value)
        if node is None or node.key != value:
            return False
        return word not in ("partner", "determinant") or node.kind == word

    def _carried(self, node: Node) -> Iterator[str]:
        # Unlike the key, the last two parts of an address are the same on every page.
        short = "/".join(node.iri.split("/")[-2:])
        words = (node.name, node.label, node.code, *node.aliases, to_path(node.iri), short)
        yield from filter(None, words)
        if node.code and node.plan >= 0:
            yield f"{node.code} {node.label}"
            for root in self._tally(node.plan).roots([node.id]):
                theme = self.record.nodes[root]
                yield from (f"{theme.name} {node.code}", f"{theme.label} {node.code}")

    def _tally(self, plan: int) -> Tally:
        if plan not in self._tallies:
            self._tallies[plan] = Tally(self.record, plan)
        return self._tallies[plan]

    def _stands_in(self, node: Node, plan: int) -> bool:
        return node.plan < 0 or node.id in self._tally(plan).elements

    def _elsewhere(self, text: str, found: list[Node], plan: int) -> str:
        others = list(dict.fromkeys(self.record.plans[node.plan].short for node in found))
        named = " and ".join(others[:3])
        here = self.record.plans[plan].short
        return f"“{text}” stands in {named}, not in {here}; write “plan: {others[0]}”"

    def _names(self, kind: str | None) -> list[Named]:
        nodes = [node for node in self.record.nodes if kind in (None, node.kind)]
        things = [(node, Thing(node.key, node.kind, node.name)) for node in nodes]
        return [
            (name, thing) for node, thing in things for name in (*self._carried(node), node.key)
        ]

    def _plan_names(self, plan: Plan) -> list[str]:
        both = f"{plan.title} {plan.subtitle}"
        names = (self._plan_key(plan), plan.key, plan.short, plan.title, plan.subtitle, both)
        return [name for name in names if name]

    def _plan_key(self, plan: Plan) -> str:
        return self.plan_keys[plan.number]

    def _plan_thing(self, plan: Plan) -> Thing:
        return Thing(plan.key, "plan", plan.short)


def _near(wanted: str, named: Iterable[Named]) -> list[str]:
    return list(dict.fromkeys(suggest(wanted, [Name(text, thing) for text, thing in named])))


def _documents(record: Record) -> set[str]:
    told = [one.sources for one in record.nodes]
    told += [one.sources for one in (*record.links, *record.alignments)]
    told += [other.sources for link in record.links for other in link.also]
    return {source["document"] for sources in told for source in sources if source["document"]}


def _bases(record: Record) -> set[str]:
    statements = [one for link in record.links for one in (link, *link.also)]
    return {one.basis for one in statements if one.basis}
