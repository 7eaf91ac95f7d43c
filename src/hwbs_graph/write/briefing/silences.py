"""What a plan does not say of a partner's actions, with whom they are shared, and what is due.

Out of scope: where the actions come from (`gathering`), and layout.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.dates import find_last_day, word_date
from hwbs_graph.report.profile import PartnerAction, name_plan
from hwbs_graph.text import count

#: What an action may be without, by the word of the filter, and what a sheet calls it.
LACKS = {"lead": "lead", "date": "date", "indicator": "measure"}
#: More actions than these are counted and not named.
_MOST_NAMED = 6


def list_silences(
    actions: Sequence[PartnerAction], lacking: Mapping[str, Container[str]]
) -> Iterator[str]:
    """Yield a sentence for each thing that a plan leaves open; `lacking` has IRIs by `LACKS`."""
    plans = group_pairs((name_plan(action), action) for action in actions)
    for plan, own in plans.items():
        of_plan = f" ({plan})" if len(plans) > 1 else ""
        for lack, word in LACKS.items():
            bare = [action for action in own if action["iri"] in lacking.get(lack, ())]
            if bare:
                yield f"{_word_lack(word, bare, len(own))}{of_plan}."
        dates = {action["targetDate"] for action in own}
        if len(dates) == 1 < len(own) and (date := next(iter(dates))):
            yield f"All {len(own)} actions have one date, {word_date(date)}{of_plan}."


def _word_lack(word: str, bare: Sequence[PartnerAction], total: int) -> str:
    if len(bare) == total:
        return (
            f"No {word} is stated for {'this action' if total == 1 else f'any of {total} actions'}"
        )
    named = "; ".join(map(name_action, bare)) if len(bare) <= _MOST_NAMED else ""
    return f"No {word} is stated for {len(bare)} of {total} actions{': ' if named else ''}{named}"


def name_action(action: PartnerAction) -> str:
    """Return the code of an action with its theme, or its label where it has no code."""
    if not action["code"]:
        return action["label"]
    return " ".join(filter(None, (action["theme"], action["code"])))


def list_companions(actions: Sequence[PartnerAction]) -> Iterator[str]:
    """Yield with whom actions are shared, those of most actions first."""
    times = Counter(name for action in actions for name in action["withPartners"])
    for name, number in sorted(times.items(), key=lambda item: (-item[1], item[0])):
        yield f"{name}: {count(number, 'action')}"


def list_due(actions: Sequence[PartnerAction]) -> Iterator[str]:
    """Yield what has a date, the soonest first."""
    dated = [(action["targetDate"], action) for action in actions if action["targetDate"]]
    for date, action in sorted(dated, key=lambda pair: (find_last_day(pair[0]), pair[1]["iri"])):
        code = f"{name_action(action)}, " if action["code"] else ""
        yield f"{word_date(date)}: {code}{action['label']}"
