"""How much of each plan asks for one partner, in the sentence with which the view's sheet begins.

Out of scope: what each action asks (`profile`), and layout.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count

#: So many of those it is named with stand on a sheet, and so many themes are told by name.
MOST_TOLD = 8
_MOST_NAMED = 2
_MOST_PLANS = 64
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Companion(NamedTuple):
    """A body that is named in so many of the same actions of a plan."""

    iri: str
    label: str
    shared: int


class PlanShare(NamedTuple):
    """What part of a plan names a partner; `company` has whom it meets there, most often first.

    `sums` says of each theme with an action of its own how many are: “6 of 13 actions”.
    """

    plan: str
    label: str
    sentence: str
    sums: dict[str, str]
    company: tuple[Companion, ...]


class _Contents(NamedTuple):
    """The actions of a plan, each with its themes, and of each theme its name, label and upper one.

    Names come in printed order.
    """

    label: str
    themes_of: dict[str, list[str]]
    themes: dict[str, str]
    labels: dict[str, str]
    upper: dict[str, str]

    def find_themes(self, action: str) -> set[str]:
        """Return the themes over an action, the upper ones too."""
        found = set(self.themes_of.get(action, ()))
        while more := {self.upper[each] for each in found if each in self.upper} - found:
            found |= more
        return found


def list_shares(engine: Engine, partner: Thing) -> list[PlanShare]:
    """Return a share for each plan whose actions name the partner, by the plan's IRI."""
    name = _read_shorts(engine, (partner.iri,)).get(partner.iri, partner.label)
    beside = run_named(engine, "report/co-partners-by-action", partner=partner.iri)
    return [
        PlanShare(
            plan,
            contents.label,
            f"{name}: {_word_share(contents, own)}.",
            _sum_themes(contents, own),
            tuple(_count_company(row for row in beside if row["action"] in own)),
        )
        for plan, own in _find_own(engine, partner).items()
        if (contents := _read_contents(engine, plan)).themes_of
    ]


def _find_own(engine: Engine, partner: Thing) -> dict[str, set[str]]:
    rows = run_named(engine, "report/actions-by-partner", partner=partner.iri)
    pairs = sorted((row["plan"], row["action"]) for row in rows)
    return {plan: set(actions) for plan, actions in group_pairs(pairs).items() if plan}


def _sum_themes(contents: _Contents, own: set[str]) -> dict[str, str]:
    pairs = [(theme, action) for action, found in contents.themes_of.items() for theme in found]
    sums = {}
    for theme, actions in group_pairs(pairs).items():
        if theme and (mine := own.intersection(actions)):
            sums[contents.labels[theme]] = f"{len(mine)} of {count(len(actions), 'action')}"
    return sums


def _count_company(rows: Iterator[dict[str, str]]) -> Iterator[Companion]:
    counted = Counter((row["other"], row["otherLabel"]) for row in rows)
    for (iri, label), shared in sorted(counted.items(), key=lambda each: (-each[1], each[0][1])):
        yield Companion(iri, label, shared)


@lru_cache(maxsize=_MOST_PLANS)
def _read_contents(engine: Engine, plan: str) -> _Contents:
    """Return what stands in a plan, read once for each data that an engine has."""
    rows = run_named(engine, "report/actions", plan=plan)
    pairs = dict.fromkeys((row["action"], row["theme"]) for row in rows)
    elements = run_named(engine, "report/elements", plan=plan)
    upper = {row["element"]: row["under"] for row in elements if row["element"] == row["theme"]}
    over = {row["element"]: row["elementLabel"] for row in elements if row["element"] in upper}
    labels = {row["theme"]: row["themeLabel"] for row in rows if row["theme"]}
    labels |= {iri: label for iri, label in over.items() if iri in upper.values()}
    themes = {**labels, **_read_shorts(engine, tuple(labels))}
    label = rows[0]["planLabel"] if rows else ""
    return _Contents(label, group_pairs(pairs), themes, labels, upper)


def _read_shorts(engine: Engine, things: Sequence[str]) -> dict[str, str]:
    if not things:
        return {}
    rows = run_named(engine, "internal/short-labels", thing=list(things))
    return {row["thing"]: row["short"] for row in rows}


def _word_share(contents: _Contents, own: set[str]) -> str:
    """Return “16 of 51 actions, in four of five themes, not in Warm homes”, without a full stop."""
    counted = f"{len(own)} of {count(len(contents.themes_of), 'action')}"
    inside = {theme for action in own for theme in contents.find_themes(action)}
    spread = _word_spread(contents.themes, inside)
    return f"{counted}, {spread}" if spread else counted


def _word_spread(themes: dict[str, str], inside: set[str]) -> str:
    """Return in which themes it is and in which not: by name where these are few."""
    within = [name for iri, name in themes.items() if iri in inside]
    without = [name for iri, name in themes.items() if iri not in inside]
    if len(themes) < 2:
        return ""
    if not without:
        return f"in all {_word_number(len(themes))} themes"
    if len(within) <= _MOST_NAMED < len(without):
        return f"only in {_list_words(within)}" if within else ""
    missing = f", not in {_list_words(without)}" if len(without) <= _MOST_NAMED else ""
    return f"in {_word_number(len(within))} of {_word_number(len(themes))} themes{missing}"


def _word_number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _list_words(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
