"""The page of a board: counts, what is left to decide, and the first of each long list.

Every list ends before it is long, and says how much more there is, so that one page holds all.

Out of scope: the parts that everybody reads (`layout`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.dates import find_last_day
from hwbs_graph.model.delivery import Progress
from hwbs_graph.report.profile import PartnerAction, name_plan
from hwbs_graph.text import count, truncate
from hwbs_graph.write.briefing import headlines
from hwbs_graph.write.briefing.content import Briefing, cite_actions
from hwbs_graph.write.briefing.sections import Section

#: Points of a list, and characters of a point, that a page has room for.
_MOST_POINTS, _LONGEST_POINT = 6, 200


def lay_out_counts(briefing: Briefing) -> Iterator[Section]:
    """Yield how many actions there are by theme, basis, date, measure and progress."""
    if not briefing.actions:
        return
    counts = (*_cut(_count_themes(briefing.actions)), *_count_traits(briefing.actions))
    beyond = [headlines.state_later(briefing.later)] if briefing.later else []
    beyond += [headlines.state_determinants(briefing.determinants)] if briefing.determinants else []
    points = (*counts, *(f"{each}." for each in beyond))
    finding, passages = briefing.summary.removesuffix("."), cite_actions(briefing.actions)
    yield Section("Counts", points=points, finding=finding, passages=passages)


def lay_out_decisions(briefing: Briefing) -> Iterator[Section]:
    """Yield what a plan leaves open, and what no later plan continues."""
    open_ends = tuple(filter(None, (*briefing.silences, headlines.state_ends(briefing.later))))
    if open_ends:
        finding = headlines.state_silences(open_ends)
        yield Section("Left to decide", points=_cut(open_ends), finding=finding)


def lay_out_first_due(briefing: Briefing) -> Iterator[Section]:
    """Yield what is due first."""
    if briefing.due:
        finding = headlines.state_due(briefing)
        yield Section("Due first", points=_cut(briefing.due), finding=finding)


def lay_out_first_companions(briefing: Briefing) -> Iterator[Section]:
    """Yield with whom most actions are shared."""
    if briefing.companions:
        finding = headlines.state_companions(briefing.actions)
        points = _cut(briefing.companions)
        yield Section("With whom most is shared", points=points, brief=True, finding=finding)


def _count_themes(actions: Sequence[PartnerAction]) -> tuple[str, ...]:
    plans = {action["plan"] for action in actions}
    themes = group_pairs(((name_plan(each), each["theme"] or ""), each) for each in actions)
    return tuple(
        f"{_name_theme(plan, theme, len(plans) > 1)}: {count(len(own), 'action')}"
        for (plan, theme), own in themes.items()
    )


def _name_theme(plan: str, theme: str, several: bool) -> str:
    return f"{theme} ({plan})" if theme and several else theme or plan


def _count_traits(actions: Sequence[PartnerAction]) -> Iterator[str]:
    bases = Counter(action["basis"] for action in actions)
    yield f"Basis: {_word_counts(bases)}"
    dated = sum(bool(action["targetDate"]) for action in actions)
    measured = sum(bool(action["measures"]) for action in actions)
    yield f"With a date: {dated} of {len(actions)}; with a measure: {measured} of {len(actions)}"
    if states := Counter(map(_find_state, actions)):
        states.pop("", None)
        told = _word_counts(states) or "none is told"
        yield f"Progress, as last told: {told}"


def _find_state(action: PartnerAction) -> str:
    """Return how an action stands by its latest update, "" where none is told."""
    if not action["progress"]:
        return ""
    latest = max(action["progress"], key=_find_day)
    return latest["printed"] or latest["state"] or "an update"


def _find_day(update: Progress) -> str:
    return find_last_day(update["asOf"]) if update["asOf"] else ""


def _word_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.most_common())


def _cut(points: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(truncate(point, _LONGEST_POINT) for point in points[:_MOST_POINTS])
    left = len(points) - len(shown)
    return (*shown, f"and {left} more, in the whole briefing") if left else shown
