"""Whether the statements that hold all words of a question can tell what it asks.

Out of scope: finding them (`stated_words`, `composing`).
"""

import re

from hwbs_graph.question.composing import compose
from hwbs_graph.question.joins import find_kind
from hwbs_graph.question.lexicon import NUMBERS
from hwbs_graph.question.patterns import make_pattern
from hwbs_graph.question.replying import Reading, Reply, count_things, run_reading
from hwbs_graph.question.stated_kinds import COMPARED, DATED, FIGURE, REASON, STATEMENT
from hwbs_graph.question.value import WORDS, Condition, Question
from hwbs_graph.store import Engine

#: More statements, or reasons, than these are found by too common words.
_MOST_STATED, _MOST_REASONS = 4, 2
_LEAST_COMPARED = 2
#: Words before a reason.
_BECAUSE = (
    r"(?i)\b(?:because|due to|reasons?|so that|in order to|as a result|caused by|therefore)\b"
)
#: A number, in words or digits.
_MEASURED = rf"(?i)\d|\b(?:half|third|quarter|{'|'.join(NUMBERS)})\b"
#: A month or a day.
_DATE = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|\d{4}-\d\d-\d\d|Q[1-4])\b"
)
#: How a question for a body begins.
_WHO = r"(?i)(?:who|whom|whose|(?:which|what) (?:group|body|board|subgroup|committee)s?)\b"
_DENYING = (
    r"(?i)\b(?:no|not|never|nor|none|without|cannot)\b|n[’']t\b|\bun(?!der|iver|it|ion|ique)\w{4,}"
)
#: The columns of a statement that may tell when something was.
_TELLING = (f"{STATEMENT}Label", "summary", "printedWords")


def is_telling(text: str, reply: Reply) -> bool:
    """Say whether there are few statements, and each can tell what is asked.

    None denies where the question does not; “when” is told by a month or a day, as years may be
    those of a plan, “why” by a word such as “because”, and “who” by what concerns a body. A number
    for “overweight or obese” is none for one of them.
    """
    is_reason = reply.question.asked == REASON
    if reply.rows.size > (_MOST_REASONS if is_reason else _MOST_STATED):
        return False
    if reply.question.asked == DATED:
        return True
    rows = reply.rows.text_rows()
    told = [" ".join(cell for name, cell in row.items() if name in _TELLING) for row in rows]
    if re.match(_WHO, text) and reply.question.asked == STATEMENT:
        return all(row.get("concerns") for row in rows)
    if re.match(r"(?i)when\b", text):
        return all(re.search(_DATE, each) for each in told)
    if re.match(r"(?i)why\b", text) and not is_reason:
        return all(re.search(_BECAUSE, each) for each in told)
    if reply.question.asked == COMPARED and len(rows) < _LEAST_COMPARED:
        return False
    labels = [row.get(f"{reply.question.asked}Label", "") for row in rows]
    denied = all(map(_denies, labels)) or (
        reply.question.asked == STATEMENT and any(map(_denies, labels))
    )
    return is_reason or _denies(text) or not (denied or _is_wider(reply, " ".join(labels)))


def _is_wider(reply: Reply, labels: str) -> bool:
    """Say whether a number is of something sought or something else."""
    if not re.search(_MEASURED, labels):
        return False
    sought = [word for each in reply.question.conditions for word in each.said]
    patterns = [re.compile(make_pattern(word, True)) for word in sought]
    either = re.findall(r"(\w+) or (\w+)", labels.casefold())
    found = ([any(p.search(word) for p in patterns) for word in pair] for pair in either)
    return any(one != other for one, other in found)


def _denies(text: str) -> bool:
    """Say whether a text holds a word that denies."""
    return re.search(_DENYING, text) is not None


def find_stated_count(engine: Engine, reply: Reply) -> Reading | None:
    """Return the question for the number that a document gives itself, where it is another one.

    A record may hold two of eighty commitments.
    """
    question, number = reply.question, count_things(reply.rows)
    plans = question.conditions
    if question.form != "count" or question.counted or question.per or len(plans) != 1:
        return None
    if plans[0].kind != "plan" or plans[0].mode != "all" or plans[0].link != "link":
        return None
    nouns = find_kind(question.asked).plural.split()[-1:]
    words = Condition(WORDS, tuple((noun,) for noun in nouns), tuple(nouns))
    figure = Question("list", FIGURE, (plans[0], words))
    stated = Reading(figure, compose(figure))
    rows = run_reading(engine, stated).text_rows()
    spelt = next((word for word, each in NUMBERS.items() if each == number), str(number))
    same = rf"(?i)\b(?:{number}|{spelt})\b"
    others = [row for row in rows if not re.search(same, row.get("figureLabel", ""))]
    return stated if rows and len(others) == len(rows) else None
