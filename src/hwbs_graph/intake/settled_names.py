"""What the answers of people make of the names of one action.

A name is certain when each question about it is answered, and none of the answers says that it is
no body.

Out of scope: answers about rows, columns and dates (`replay`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hwbs_graph.intake.answers import Answer, Given
from hwbs_graph.intake.decisions import Decision
from hwbs_graph.intake.plan_words import fold, split_sides

_ROLES = ("lead", "partners")
#: A decision with its answer.
Taken = tuple[Decision, Answer]
#: A question, what it asks, and the names that it is about, as (role, printed).
Asked = tuple[dict[str, Any], str, list[tuple[str, str]]]


class Settled(NamedTuple):
    """An action, the questions about its names, and the answers: by question and by spelling."""

    action: dict[str, Any]
    asked: list[Asked]
    given: Mapping[str, Sequence[Taken]]
    spellings: Mapping[str, Taken]

    @staticmethod
    def find_answer(given: Iterable[Taken], asks: str, action: str, printed: str) -> Taken | None:
        """Return the last decision that says something of a name; one about names may not."""
        for decision, answer in given:
            if not decision.covers(action):
                continue
            if answer.kind == "later":
                return None
            if asks != "names" or answer.kind != "names" or _find_given(answer, printed):
                return decision, answer
        return None


def find_spelling(spellings: Mapping[str, Taken], printed: str) -> Taken | None:
    """Return the decision what a printed spelling stands for, if there is one."""
    return spellings.get(fold(printed)) if printed else None


def settle_names(settled: Settled) -> None:
    """Put the answers into the names of an action."""
    action = settled.action
    for role in _ROLES:
        for name in action[role]:
            name["doubts"] = [
                (question, asks)
                for question, asks, about in settled.asked
                if (role, name["printed"]) in about or (role, "") in about
            ]
    for question, asks, about in settled.asked:
        if asks == "cell":
            _settle_cell(settled, question, about)
    moved: list[tuple[str, dict[str, Any]]] = []
    for role in _ROLES:
        kept = [done for name in action[role] for done in _settle_name(settled, role, name)]
        action[role] = []
        moved += kept
    for role, name in moved:
        name.pop("doubts", None)
        known = {(fold(each["printed"]), fold(each.get("body", ""))) for each in action[role]}
        if (fold(name["printed"]), fold(name.get("body", ""))) not in known:
            action[role].append(name)


def _settle_cell(settled: Settled, question: dict[str, Any], about: list[tuple[str, str]]) -> None:
    """Put the answer how a cell is parted in the place of the names that it is about."""
    action = settled.action
    given = settled.given.get(question["id"], ())
    taken = Settled.find_answer(given, "cell", action["id"], "")
    if taken is None:
        return
    both = len({role for role, _ in about}) > 1
    done = False
    for role in _ROLES:
        group = [name for name in action[role] if _is_about(name, question)]
        if not group:
            continue
        at = action[role].index(group[0])
        # A question about both roles is answered with all names, each with its own.
        told = both and taken[1].kind == "names"
        new = [] if done and told else list(_part_cell(taken, question, group, role, told))
        rest = [name for name in action[role] if name not in group]
        action[role] = [*rest[:at], *new, *rest[at:]]
        done = True


def _is_about(name: dict[str, Any], question: dict[str, Any]) -> bool:
    return any(each is question for each, _ in name["doubts"])


def _part_cell(
    taken: Taken, question: dict[str, Any], group: list[dict[str, Any]], role: str, both: bool
) -> Iterator[dict[str, Any]]:
    """Yield the names that an answer makes of a cell, each with the doubts that remain."""
    decision, answer = taken
    names = [Given(each["printed"], "") for each in group]
    if answer.kind == "no":
        return
    if answer.kind == "one":
        names = [Given(_join_stretch(question["printed"], group), "")]
    elif answer.kind == "split" and len(group) == 1:
        names = [Given(side, "") for each in group for side in split_sides(each["printed"]) if side]
    elif answer.kind == "names":
        whole = _join_stretch(question["printed"], group)
        shown = fold(f"{question['printed'] or ''} {question['text']}")
        names = [_place(each, whole, shown) for each in answer.names if each.is_body]
    role = "partners" if both else role
    doubts = [each for name in group for each in name["doubts"] if each[0] is not question]
    for each in names:
        own = [doubt for doubt in doubts if _still_doubts(doubt, each.printed)]
        entry = {"printed": each.printed, "place": group[0]["place"], "certain": False}
        body = {"body": each.body} if each.body and each.body != each.printed else {}
        yield {**entry, **body, "decision": decision, "doubts": own, "role": each.role or role}


def _still_doubts(doubt: tuple[dict[str, Any], str], printed: str) -> bool:
    """Say whether another question is about a name that an answer made."""
    question, asks = doubt
    words = [*question["values"], question["printed"] or ""]
    return asks in ("column", "row") or fold(printed) in map(fold, words)


def _place(name: Given, whole: str, shown: str) -> Given:
    """Return a name of an answer with its printed words: its own, or those of the whole cell."""
    if name.printed:
        return name
    return name._replace(printed=name.body if fold(name.body) in shown else whole)


def _join_stretch(cell: str | None, group: list[dict[str, Any]]) -> str:
    """Return the words of a cell from the first name of a group to the last."""
    first, last = group[0]["printed"], group[-1]["printed"]
    text = cell or first
    start, end = text.find(first), text.rfind(last)
    return text[start : end + len(last)] if 0 <= start <= end else first


def _settle_name(
    settled: Settled, role: str, name: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the answers make of one name, each with its role; nothing if it is no body."""
    role = name.pop("role", role)
    spelling = find_spelling(settled.spellings, name["printed"])
    taken = list(_list_taken(settled, name, spelling))
    if any(answer.kind == "no" for _, answer in filter(None, taken)):
        return
    made = _find_body(name, [each for each in taken if each])
    if made is None:
        return
    last = max(filter(None, taken), key=_order, default=None)
    settles = "decision" in name or bool(taken)
    name = {**name, **({"body": made} if made else {})}
    name["certain"] = name["certain"] or (settles and None not in taken)
    if last and (name["certain"] or "decision" in name):
        name.setdefault("decision", last[0])
    yield from _name_bodies(role, name, spelling)


def _order(taken: Taken) -> tuple[str, str]:
    return taken[0].when, taken[0].question


def _list_taken(
    settled: Settled, name: dict[str, Any], spelling: Taken | None
) -> Iterator[Taken | None]:
    """Yield the decision of each question about a name, None for one that is open."""
    for question, asks in name["doubts"]:
        if asks == "cell" and "decision" in name and question["id"] == name["decision"].question:
            continue
        if spelling and asks in ("cell", "names"):
            yield spelling[0], Answer("yes")
            continue
        given = settled.given.get(question["id"], ())
        taken = Settled.find_answer(given, asks, settled.action["id"], name["printed"])
        said = taken and asks == "names" and _find_given(taken[1], name["printed"])
        if taken and said and not said.is_body:
            taken = taken[0], Answer("no")
        yield taken


def _find_body(name: dict[str, Any], taken: list[Taken]) -> str | None:
    """Return the body that an answer says a name stands for, "" where none says so."""
    for _, answer in sorted(taken, key=_order, reverse=True):
        said = _find_given(answer, name["printed"]) if answer.kind == "names" else None
        if said and said.body and fold(said.body) != fold(name["printed"]):
            return said.body
    return str(name.get("body", ""))


def _find_given(answer: Answer, printed: str) -> Given | None:
    """Return what an answer says of a printed name, None where it does not speak of it."""
    words = fold(printed)
    return next((each for each in answer.names if fold(each.printed or each.body) == words), None)


def _name_bodies(
    role: str, name: dict[str, Any], spelling: Taken | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a name, or the bodies that its spelling stands for by a decision."""
    if spelling is None:
        yield role, name
        return
    decision, answer = spelling
    for each in answer.names:
        yield role, {**name, "body": each.body, "decision": decision}
