"""The next edition of a board's plan: the last reading, what people decided, and a new reading.

Ids are kept, so that decisions count for the same actions. What is gone stays, with the document
that printed it last. What may be one action reworded is a question; both stay until it is answered.

Out of scope: writing the folder (`board_folder`).
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from hwbs_graph.intake.answers import parse_answer
from hwbs_graph.intake.apart import Reading
from hwbs_graph.intake.decisions import Decision, list_standing
from hwbs_graph.intake.draft import make_question_id
from hwbs_graph.intake.edition_matching import Matches, match_actions

#: What an action says beside its wording, by which two editions differ.
_MEMBERS = (
    "code",
    "theme",
    "objective",
    "lead",
    "partners",
    "timescale",
    "start",
    "due",
    "measure",
    "status",
    "updates",
)


class Change(NamedTuple):
    """What became of an action: unchanged, changed, reworded, new, gone or asked.

    `members` are those that differ beside the wording, and `before` is the wording of the last
    edition.
    """

    kind: str
    id: str
    code: str
    action: str
    before: str = ""
    members: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the change as JSON holds it."""
        return {**self._asdict(), "members": [*self.members]}


class Edition(NamedTuple):
    """A new edition: the reading that takes the place of the last one, and what changed."""

    reading: Reading
    changes: list[Change]

    @property
    def is_new(self) -> bool:
        """Whether anything of the plan changed."""
        return any(each.kind != "unchanged" for each in self.changes)


def take_edition(last: Reading, new: Reading, decisions: Sequence[Decision]) -> Edition:
    """Return the next edition of a plan, in which each action that is known keeps its id."""
    known = {each["id"]: each for each in last.draft["actions"]}
    gone_before = [each for key, each in known.items() if key in last.gone]
    current = [each for key, each in known.items() if key not in last.gone]
    matches = match_actions(current, new.draft["actions"], gone_before)
    fresh = _rename(new, _name_all(matches, new.draft["actions"], known.keys()))
    changes = [*_list_changes(known, new, fresh, matches)]
    kept, asked = set(matches.kept.values()), set(matches.asked.values())
    gone = [deepcopy(each) for key, each in known.items() if key not in kept]
    changes += [_describe("gone", each) for each in gone if each["id"] not in {*last.gone, *asked}]
    span = (last.first, len(last.copies))
    spans = {each["id"]: last.gone.get(each["id"], span) for each in gone}
    merged = _merge(last, fresh, gone, spans)
    _ask_rewordings(merged, matches, new, known)
    _keep_answered(merged, last, decisions, spans.keys())
    told = [each.as_dict() for each in changes]
    return Edition(merged._replace(changes=told), changes)


def read_again(last: Reading, new: Reading, decisions: Sequence[Decision]) -> Edition:
    """Return the same edition read with other columns: what was misread is not gone, but was none.

    The questions whether an action is reworded are left out likewise.
    """
    edition = take_edition(last._replace(copies=last.copies[: last.first]), new, decisions)
    reading, dropped = edition.reading, edition.reading.gone.keys() - last.gone.keys()
    kept = [each for each in reading.draft["actions"] if each["id"] not in dropped]
    asked = {key for key, each in reading.effects.items() if each["asks"] == "reworded"}
    questions = [each for each in reading.draft["questions"] if each["id"] not in asked]
    draft = {**reading.draft, "actions": kept, "questions": questions}
    effects = {key: each for key, each in reading.effects.items() if key not in asked}
    whole = _forget(reading._replace(draft=draft, effects=effects, gone=last.gone), dropped)
    whole = whole._replace(changes=last.changes)
    return edition._replace(reading=whole)


def _name_all(matches: Matches, actions: Sequence[dict[str, Any]], used: Any) -> dict[str, str]:
    """Return the id of each new action: the kept one, else its own, made different from known."""
    names = dict(matches.kept)
    taken = {*used, *names.values()}
    for action in actions:
        own = key = action["id"]
        number = 2
        while own not in names and key in taken:
            key, number = f"{own}-{number}", number + 1
        taken.add(names.setdefault(own, key))
    return names


def _rename(reading: Reading, names: Mapping[str, str]) -> Reading:
    """Return a reading in which the actions have other ids."""
    draft = deepcopy(reading.draft)
    for action in draft["actions"]:
        action["id"] = names.get(action["id"], action["id"])
    for question in draft["questions"]:
        question["decides"] = [names.get(key, key) for key in question["decides"]]
    effects = {
        key: {**each, "about": {names.get(a, a): named for a, named in each["about"].items()}}
        for key, each in reading.effects.items()
    }
    by_action = ("measures", "parts", "placements", "printed")
    details = reading.details._replace(
        **{
            field: {names.get(a, a): each for a, each in getattr(reading.details, field).items()}
            for field in by_action
        }
    )
    return reading._replace(draft=draft, effects=effects, details=details)


def _list_changes(
    known: Mapping[str, dict[str, Any]], new: Reading, fresh: Reading, matches: Matches
) -> Iterator[Change]:
    for own, action in zip(new.draft["actions"], fresh.draft["actions"], strict=True):
        before = known.get(matches.kept.get(own["id"], ""))
        if before is None:
            asked = known.get(matches.asked.get(own["id"], ""))
            yield _describe("asked" if asked else "new", action, asked)
            continue
        members = tuple(each for each in _MEMBERS if _differs(before[each], action[each]))
        reworded = own["id"] in matches.reworded
        kind = "reworded" if reworded else "changed" if members else "unchanged"
        yield _describe(kind, action, before)._replace(members=members)


def _describe(kind: str, action: dict[str, Any], before: dict[str, Any] | None = None) -> Change:
    was = before["action"] if before and before["action"] != action["action"] else ""
    return Change(kind, action["id"], action["code"] or "", action["action"], was)


def _differs(before: Any, after: Any) -> bool:
    """Say whether what is printed differs, wherever it stands."""
    return bool(_strip_places(before) != _strip_places(after))


def _strip_places(value: Any) -> Any:
    if isinstance(value, list):
        return [_strip_places(each) for each in value]
    if isinstance(value, dict):
        return {key: each for key, each in value.items() if key not in ("place", "certain")}
    return value


def _merge(
    last: Reading, fresh: Reading, gone: list[dict[str, Any]], spans: dict[str, tuple[int, int]]
) -> Reading:
    """Return the new reading with what is gone behind it, over the documents of both."""
    draft = {**fresh.draft, "actions": [*fresh.draft["actions"], *gone]}
    details = fresh.details._replace(
        **{
            field: {
                **{key: each for key, each in getattr(last.details, field).items() if key in spans},
                **getattr(fresh.details, field),
            }
            for field in ("measures", "parts", "placements", "printed")
        },
        bodies={**last.details.bodies, **fresh.details.bodies},
    )
    return fresh._replace(
        draft=draft,
        details=details,
        copies=[*last.copies, *fresh.copies],
        glossary={**last.glossary, **fresh.glossary},
        first=len(last.copies),
        gone=spans,
    )


def _ask_rewordings(
    merged: Reading, matches: Matches, new: Reading, known: Mapping[str, dict[str, Any]]
) -> None:
    names = {
        own["id"]: action
        for own, action in zip(new.draft["actions"], merged.draft["actions"], strict=False)
    }
    for own, old in matches.asked.items():
        action, before = names[own], known[old]
        code = f" ({before['code']})" if before["code"] else ""
        text = f"Is this “{before['action']}”{code}, reworded?"
        key = make_question_id("reworded", action["action"], text)
        question = {
            "id": key,
            "kind": "reworded",
            "text": text,
            "printed": action["action"],
            "values": ["yes", "no"],
            "decides": [action["id"]],
            "place": action["place"],
        }
        merged.draft["questions"].append(question)
        about = {action["id"]: [["", old]]}
        merged.effects[key] = {"asks": "reworded", "about": about}


def _keep_answered(
    merged: Reading, last: Reading, decisions: Sequence[Decision], gone: Any
) -> None:
    """Keep the questions about what is gone that were answered, so that the answers still count."""
    answered = {each.question for each in list_standing(decisions)}
    known = {each["id"]: each for each in merged.draft["questions"]}
    for question in last.draft["questions"]:
        key = question["id"]
        decides = [each for each in question["decides"] if each in gone]
        if key not in answered or not decides or last.effects[key]["asks"] == "reworded":
            continue
        if key not in known:
            known[key] = {**question, "decides": []}
            merged.draft["questions"].append(known[key])
            merged.effects[key] = {**last.effects[key], "about": {}}
        known[key]["decides"] += decides
        about = last.effects[key]["about"]
        merged.effects[key]["about"].update(
            {each: about[each] for each in decides if each in about}
        )


def settle_rewordings(reading: Reading, decisions: Sequence[Decision]) -> Reading:
    """Return a reading in which what a person says is reworded has its old id, and is not gone."""
    given = {each.question: parse_answer(each.answer).kind for each in list_standing(decisions)}
    asked = [
        (given.get(key), new, old)
        for key, effect in reading.effects.items()
        if effect["asks"] == "reworded"
        for new, ((_, old),) in effect["about"].items()
        if old in reading.gone
    ]
    names = {new: old for answer, new, old in asked if answer == "yes"}
    doubted = tuple(old for answer, _, old in asked if answer not in ("yes", "no"))
    reading = reading._replace(doubted=doubted)
    if not names:
        return reading
    kept = [each for each in reading.draft["actions"] if each["id"] not in names.values()]
    gone = {key: span for key, span in reading.gone.items() if key not in names.values()}
    rest = reading._replace(draft={**reading.draft, "actions": kept}, gone=gone)
    return _rename(_forget(rest, set(names.values())), names)


def _forget(reading: Reading, actions: Container[str]) -> Reading:
    """Return a reading without the details of some actions."""
    details = reading.details._replace(
        **{
            field: {
                key: each
                for key, each in getattr(reading.details, field).items()
                if key not in actions
            }
            for field in ("measures", "parts", "placements", "printed")
        }
    )
    return reading._replace(details=details)
