"""Questions for who does what with a plan or a board's work: “who manages the 2019 strategy”.

The verb of the question must stand in what a document says of the duty, in any form. Who sits on a
board is a list of members, which a single statement does not tell.

Out of scope: who takes part in actions (`reading`), and members (the saved questions).
"""

from hwbs_graph.question.cursor import Cursor
from hwbs_graph.question.lexicon import BODIES, EMPTY, LITTLE, MEMBERS, WHO
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.scopes import find_scope
from hwbs_graph.question.stated_kinds import DUTY
from hwbs_graph.question.value import WORDS, Condition, Question


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What is done with a whole plan, and no topic.
_VERBS = _words(
    """manage manages managed run runs oversee oversees monitor monitors monitored develop develops
    developed create creates created produce produces produced deliver delivers delivered lead
    leads champion champions escalate escalates report reports reported review reviews reviewed
    progress progresses approve approves sign signs scrutinise scrutinises developing managing
    monitoring delivering creating producing overseeing"""
)
#: So many of plans and words a question has at least.
_LEAST = 2
_IGNORED = EMPTY | LITTLE | {"strategy", "plan", "action", "plans", "itself", "own", ","}


def read_duties(text: str, mentions: Mentions) -> list[Question]:
    """Return the questions for the duties that hold the words of a text. Raises NotRead."""
    scope = find_scope(text, mentions)
    cursor = Cursor(text, scope.tokens)
    opened = any(cursor.take(*words) for words in (*BODIES, *((word,) for word in WHO)))
    cursor.skip("is", "are", "responsible", "for")
    words = [token for token in cursor.tokens[cursor.at :] if token.word not in _IGNORED]
    within = [*scope.plans, *(plans for _, plans in scope.places)]
    said = tuple(dict.fromkeys(token.word for token in words))
    if not opened or len(within) + len(said) < _LEAST or not _is_duty(words) or not said:
        raise cursor.fail(0)
    if any(token.things or token.word in MEMBERS for token in words):
        raise cursor.fail(0)
    held = Condition(WORDS, tuple((word,) for word in said), said, "all", "guessed")
    return [Question("list", DUTY, (*within, held))]


def _is_duty(words: list[Token]) -> bool:
    return bool(words) and words[0].word in _VERBS
