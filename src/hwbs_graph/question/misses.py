"""Why a question was not understood, and what could be asked instead.

Out of scope: the questions that are understood.
"""

from hwbs_graph import names
from hwbs_graph.errors import HwbsError, NothingFoundError
from hwbs_graph.question.matching import DENYING, Fit, Matcher, Wording, list_kinds
from hwbs_graph.question.words import MARKS, question_key, readings, split_words

#: What follows a name as a further condition, rather than being part of a misspelt name.
_JOINING = """and or before after since until during between from to in on at by for with over
under more less fewer most least only last first next than that which who when where if also"""
_FURTHER = DENYING.union(_JOINING.split())


def explain_miss(matcher: Matcher, text: str, misses: list[Fit]) -> HwbsError:
    """Return what helps most: a name of several things, the words left over, or a misnomer."""
    wrong = [
        (slot.kind, name, len(fit.wording.parts) > 3)
        for fit in misses
        for slot, name in fit.slots.items()
        if slot.name not in fit.given and slot.kind != "text"
    ]
    left = find_left_over(matcher, text)
    ambiguous = [each for each in wrong if len(matcher.find_carriers(*each[:2])) > 1]
    for kind, name, telling in ambiguous or wrong[:1]:
        only_kind = {kind} == {each[0] for each in wrong if each[1] == name}
        extra = question_key(left or name).split()
        if ambiguous or not any(word in _FURTHER or word.isdecimal() for word in extra):
            sure = bool(ambiguous) or telling
            if error := _explain_name(matcher, name, kind if only_kind else "thing", sure):
                return error
    return refuse_question(matcher, text, left)


def _explain_name(matcher: Matcher, name: str, kind: str, sure: bool) -> HwbsError | None:
    """Return why no one thing has a name; unless `sure`, only if another name is like it."""
    try:
        if kind == "date":
            names.read_last_day(name)
        else:
            names.find(matcher.engine, name, None if kind == "thing" else kind)
    except HwbsError as error:
        if kind == "date":
            return NothingFoundError(str(error))
        known = () if sure else names.list_names(matcher.engine, list_kinds(kind))
        if sure or names.suggest(names.normalise(name), known):
            return error
    return None


def find_left_over(matcher: Matcher, text: str) -> str:
    """Return the fewest words in a row without which a question is left, "" if there are none."""
    for size in range(1, 9):
        for tokens in readings(text):
            for at in reversed(range(len(tokens) - size + 1 if size * 2 <= len(tokens) else 0)):
                rest = tokens[:at] + tokens[at + size :]
                if any(fit.is_whole for fit in matcher.find_fits(text, rest)):
                    return text[tokens[at][1] : tokens[at + size - 1][2]]
    return ""


def refuse_question(matcher: Matcher, text: str, left: str = "") -> NothingFoundError:
    """Return the error that names the words `left` over, and the nearest questions."""
    listed = "".join(f"\n  {example}" for example in find_nearest(matcher, text))
    known = question_key(listed).split()
    # A number that no near question has is most likely what is wrong.
    numbers = (
        word for word in question_key(text).split() if word.isdecimal() and word not in known
    )
    left = left or " ".join(numbers)
    message = f"“{(left or text)[:80].strip(MARKS)}” was not understood"
    message += ", and leaving it out would ask something else." if left else "."
    return NothingFoundError(f"{message} The nearest questions that are understood:{listed}")


def find_nearest(matcher: Matcher, text: str, limit: int = 3) -> list[str]:
    """Return the questions nearest to `text`, one a query, with its own names in their slots.

    Where `text` holds no name of the kind, an example stands there.
    """
    from rapidfuzz import fuzz

    asked = question_key(text[:300])
    denied = DENYING.intersection(asked.split())

    kinds = {each.kind for wording in matcher.wordings for each in wording.query.parameters}
    found_names = {kind: _find_name(matcher, text[:300], kind) for kind in kinds}
    slots = {each for wording in matcher.wordings for each in wording.query.parameters}
    example = {each: matcher.find_example(each) for each in slots}
    examples = {w: w.fill(found_names, example.__getitem__) for w in matcher.wordings}

    def likeness(wording: Wording) -> float:
        # What is asked in the negative is nearer to other negatives than to its opposite.
        bonus = 0 if denied.isdisjoint(wording.words) else 15
        return bonus + fuzz.token_sort_ratio(asked, question_key(examples[wording]))

    nearest: dict[str, str] = {}
    for wording in sorted(matcher.wordings, key=likeness, reverse=True):
        nearest.setdefault(wording.query.name, examples[wording])
    return list(nearest.values())[:limit]


def _find_name(matcher: Matcher, text: str, kind: str) -> str:
    """Return the longest name in `text` that stands for exactly one thing of the kind."""
    tokens = split_words(text, 0, len(text))
    for size in range(min(8, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            name = text[tokens[at][1] : tokens[at + size - 1][2]].strip(MARKS)
            if kind not in ("text", "thing") and len(matcher.find_carriers(kind, name)) == 1:
                return name
    return ""
