"""The names of marks in one graph: “NHS body”, “off track”, “pillar”, as texts hold them.

Only marks that something carries are known. One in the singular is taken behind “a” or “any”:
“the council” is a certain one.

Out of scope: how a mark is joined to what is asked for (`facets`).
"""

from collections import defaultdict

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.names.recognition import fold_plurals
from hwbs_graph.query.results import run_named
from hwbs_graph.question.facets import BODY, LAYER, PRINTED, PROGRESS
from hwbs_graph.question.lexicon import list_nouns
from hwbs_graph.store import Engine

#: Words before a mark in the singular that name no certain one.
_ANY = frozenset(["a", "an", "any", "no", "which", "each", "some", "another", "called"])


class Marks:
    """Every mark of a graph by its names, in the singular."""

    def __init__(self, engine: Engine) -> None:
        self._by_form: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._said: dict[str, str] = {}
        #: A plan's own word, in the singular: the kinds of what it is for, and the word as printed.
        self.printed: dict[str, tuple[set[str], set[str]]] = {}
        kinds = {iri: kind.name for kind in bundled.registry().kinds for iri in kind.classes}
        for row in run_named(engine, "internal/facet-names"):
            form = fold_plurals(names.normalise(row["name"]))
            if row["facet"] == PRINTED:
                self._add_printed(form, row["value"], kinds.get(row["class"], ""))
                continue
            # A name of several kinds is wider than each, and is said itself.
            said = row["name"] if form in self._said else row["said"] or row["name"]
            self._said[form] = said
            for each in (f"layer {form}", f"{form} layer") if row["facet"] == LAYER else (form,):
                self._by_form[each][row["facet"]].add(row["value"])

    def _add_printed(self, form: str, printed: str, kind: str) -> None:
        kinds, words = self.printed.setdefault(form, (set(), set()))
        words.add(printed)
        kinds.update({kind} - {""})

    def find(self, text: str, before: str) -> dict[str, tuple[str, ...]]:
        """Return what a name marks, by facet; `before` is the word in front of it."""
        form = fold_plurals(names.normalise(text))
        found = {facet: tuple(sorted(v)) for facet, v in self._by_form.get(form, {}).items()}
        if set(found) & {BODY} and form == _fold_marks(text) and before not in _ANY:
            return {}
        kinds, words = self.printed.get(form, (set(), set()))
        if not found and len(kinds) == 1 and (form,) not in list_nouns():
            return {PRINTED: tuple(sorted(words))}
        return found

    def find_kind(self, form: str) -> str:
        """Return the kind of what a plan calls so, "" for none or several."""
        kinds, _ = self.printed.get(fold_plurals(form), (set[str](), set[str]()))
        return next(iter(kinds)) if len(kinds) == 1 else ""

    def say(self, facet: str, text: str) -> str:
        """Return how a mark is said in an answer."""
        form = fold_plurals(names.normalise(text))
        if facet == LAYER:
            bare = form.removeprefix("layer ").removesuffix(" layer")
            return f"the layer {self._said.get(bare, bare)}"
        if facet == PROGRESS:
            return self._said[form]
        return f"any {self._said[form]}" if facet == BODY else form.title()


def _fold_marks(text: str) -> str:
    """Return a name as it is compared, in the number in which it is typed."""
    return names.normalise(text).replace("'", "").replace("’", "")
