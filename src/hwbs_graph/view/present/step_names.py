"""From the names a person types into a step to the things that a page draws.

A name is looked up in the plan that a step shows, as themes of several plans share their names.
The rules are those of the command line (`names`): a near miss is suggested, never taken.

Out of scope: the file the names stand in (`step_file`).
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from hwbs_graph import names, network
from hwbs_graph.errors import AmbiguousError, NotFoundError, UsageError
from hwbs_graph.names import Name, Thing
from hwbs_graph.store import Engine
from hwbs_graph.view.address import COLOURS, HOPS, HUBS, LEAST, MATCHES, SHOWN, WORDS
from hwbs_graph.view.model_reader import read_model
from hwbs_graph.view.page_model import Node
from hwbs_graph.view.pictures import list_views
from hwbs_graph.view.selection import list_drawn

#: So many words of a short list are offered where none is near.
MOST_CHOICES = 6
#: What a step may say of the state it shows; `with` and `name` are left to copied links.
STATE = tuple(word for word in WORDS if word not in ("with", "name"))
KEYS = ("title", "sentence", "link", *STATE)


class StepNames:
    """The names, which `engine` knows, of what a graph of `network.project_record` draws."""

    def __init__(self, engine: Engine, graph: Any) -> None:
        self.engine, self.graph, self.model = engine, graph, read_model(graph)
        self.plans = [plan.iri for plan in self.model.plans]
        self.plan_keys = [plan.key for plan in self.model.plans]
        self.choices: dict[str, Sequence[str]] = {
            "key": KEYS,
            "view": list_views(),
            "plan": self.plan_keys,
            "with": self.plan_keys,
            "show": SHOWN,
            "match": MATCHES,
            "hops": HOPS,
            "least": LEAST,
            "hubs": HUBS,
            "colour": COLOURS,
            "document": self.model.documents,
            "basis": self.model.bases,
        }
        self._by_iri = {node.iri: node for node in self.model.nodes}
        self._by_key = {node.key: node for node in self.model.nodes}

    @cached_property
    def _names(self) -> list[Name]:
        """Every name, read once for all steps; and code with label, as a map prints them."""
        known = names.list_names(self.engine)
        things = {name.thing.iri: name.thing for name in known}
        coded = [node for node in self.model.nodes if node.code and node.iri in things]
        return known + [Name(f"{node.code} {node.label}", things[node.iri]) for node in coded]

    def find_plan(self, text: str) -> int:
        """Return the number of the plan that `text` names; raises what `names.find` raises.

        A strategy without themes of its own stands for the action plan that delivers it.
        """
        if text in self.plan_keys:
            return self.plan_keys.index(text)
        among = {plan[word] for plan in self.graph.graph["plans"] for word in ("iri", "strategy")}
        iri = names.find(self.engine, text, "plan", among).iri
        return self.plans.index(network.choose_drawn(self.graph, iri))

    def find_thing(self, text: str, kind: str | None, plan: int | None) -> Node:
        """Return the thing of `kind` (None for any) that `text` names, in `plan` (None for all).

        Raises what `names.find` raises, and UsageError for what only another plan holds.
        """
        here = list_drawn(self.graph, kind, None if plan is None else self.plans[plan])
        if (node := self._by_key.get(text.strip())) and node.iri in here:
            return node
        try:
            return self._by_iri[names.find(self.engine, text, None, here, self._names).iri]
        except NotFoundError as error:
            if plan is not None and (others := self._find_other_plans(text, kind)):
                here_short = self.model.plans[plan].short
                where = f"stands in {' and '.join(others[:3])}, not in {here_short}"
                raise UsageError(f"“{text}” {where}; write “plan: {others[0]}”") from None
            near = list(dict.fromkeys(error.suggestions))  # things of two kinds may share a name
            raise NotFoundError(kind or "thing", text, near) from None

    def find_value(self, word: str, text: str, plan: int | None) -> str:
        """Return what an address has for `text`, given as `word`: one of a few words, or a key."""
        if word in self.choices:
            return self.find_word(text, word)
        kind = None if word in ("select", "at", "only") else word
        return self.find_thing(text, kind, plan).key

    def find_word(self, text: str, word: str) -> str:
        """Return the one of the choices for `word` that `text` is, whatever its case."""
        choices, normalised = self.choices[word], names.normalise(text)
        for choice in choices:
            if names.normalise(choice) == normalised:
                return choice
        near = names.suggest(
            normalised, [Name(choice, Thing(choice, "", choice)) for choice in choices]
        )
        kind = "choice for “show”" if word == "show" else word
        raise NotFoundError(kind, text, near or choices[:MOST_CHOICES])

    def holds(self, word: str, value: str) -> bool:
        """Say whether the page knows `value` as that word of an address."""
        if word in self.choices:
            return value in self.choices[word]
        if word == "name":  # that of a view, which may be anything
            return True
        node = self._by_key.get(value)
        return node is not None and (word not in ("partner", "determinant") or word == node.kind)

    def _find_other_plans(self, text: str, kind: str | None) -> list[str]:
        """Return the short names of the plans that hold a thing of this name."""
        found = []
        for plan in self.model.plans:
            there = list_drawn(self.graph, kind, plan.iri)
            with suppress(NotFoundError):
                with suppress(AmbiguousError):
                    names.find(self.engine, text, None, there, self._names)
                found.append(plan.short)
        return found
