"""What each part of a briefing tells, in one line: the title of its slide.

Out of scope: the parts themselves (`layout`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from hwbs_graph.report.profile import PartnerAction
from hwbs_graph.text import count
from hwbs_graph.write.briefing.content import Briefing, Continuation, Determinant

#: More kinds of outcome than these are counted together.
_MOST_OUTCOMES = 4


def state_theme(title: str, actions: Sequence[PartnerAction]) -> str:
    """Return how many actions a theme has, and with whom most of them are shared."""
    told = f"{title}: {count(len(actions), 'action')}" if title else count(len(actions), "action")
    names = [name for action in actions for name in action["withPartners"]]
    if not names:
        return f"{told}, shared with nobody"
    most = _find_most(names)
    if not most:
        return f"{told}, shared with {count(len({*names}), 'partner')}"
    share = "all" if most[1] == len(actions) else f"{most[1]} of {len(actions)}"
    return f"{told}, {f'{share} ' if len(actions) > 1 else ''}with {most[0]}"


def state_silences(silences: Sequence[str]) -> str:
    """Return the first gap, and how many there are beside it."""
    more = f", and {count(len(silences) - 1, 'more gap')}" if len(silences) > 1 else ""
    return f"{silences[0].removesuffix('.')}{more}"


def state_due(briefing: Briefing) -> str:
    """Return how many actions have a date, and the first of them."""
    dated = len(briefing.due)
    return f"{dated} of {count(len(briefing.actions), 'action')} dated; first {briefing.due[0]}"


def state_companions(actions: Sequence[PartnerAction]) -> str:
    """Return how many partners share actions, and who shares most of them."""
    names = [name for action in actions for name in action["withPartners"]]
    told = f"Shared with {count(len({*names}), 'partner')}"
    if len({*names}) == 1:
        return f"Shared with {names[0]}"
    most = _find_most(names)
    return f"{told}, most with {most[0]} ({count(most[1], 'action')})" if most else told


def state_determinants(determinants: Sequence[Determinant]) -> str:
    """Return how many determinants of health are borne on by name, and which most often.

    The wider ones above them, which the view counts too, are left out.
    """
    borne = {(each.name, each.theme, each.code) for each in determinants}
    number = len({name for name, *_ in borne})
    told = f"Bears on {count(number, 'determinant')} of health by name"
    most = _find_most(name for name, *_ in borne)
    return f"{told}, most often {most[0]}" if most and number > 1 else told


def state_later(later: Sequence[Continuation]) -> str:
    """Return what became of how many objectives and actions in later plans."""
    outcomes = Counter(each.outcome for each in later).most_common()
    told = [f"{number} {outcome}" for outcome, number in outcomes[:_MOST_OUTCOMES]]
    if others := sum(number for _, number in outcomes[_MOST_OUTCOMES:]):
        told.append(f"{others} otherwise")
    elements = len({each.element for each in later})
    return f"Of {elements} objectives and actions, later plans tell: {', '.join(told)}"


def state_ends(later: Sequence[Continuation]) -> str:
    """Return which objectives and actions no later plan continues, "" where there are none."""
    elements = {each.element for each in later}
    lost = list(dict.fromkeys(each.element for each in later if not each.later_wording))
    if not lost:
        return ""
    return f"No later plan continues {len(lost)} of {len(elements)}: {'; '.join(lost)}."


def _find_most(names: Iterable[str]) -> tuple[str, int] | None:
    """Return the name that stands most often with its number; None where several do."""
    times = Counter(names).most_common(2)
    if len(times) == 2 and times[0][1] == times[1][1]:
        return None
    return times[0] if times else None
