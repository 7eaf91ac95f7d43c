"""Questions for when something was, is or will be: “when was the county strategy approved”.

What is said in the question decides which date tells it: that of agreement, of publication, of a
beginning, of an end, or of the event. A year in a name is none.

Out of scope: dates by which actions are to be done (`conditions`).
"""

from hwbs_graph.model.vocabulary import PREFIXES
from hwbs_graph.question.cursor import Cursor
from hwbs_graph.question.lexicon import EMPTY, LITTLE
from hwbs_graph.question.mentions import Mentions, Token
from hwbs_graph.question.scopes import find_scope
from hwbs_graph.question.stated_kinds import DATED, WHEN
from hwbs_graph.question.value import WORDS, Condition, Question

_OPENINGS: tuple[tuple[str, ...], ...] = (
    *(
        ("when",),
        ("on", "what", "date"),
        ("on", "which", "date"),
        ("what", "date"),
        ("since", "when"),
    ),
    *(("in", "what", "year"), ("in", "which", "year"), ("what", "year"), ("which", "year")),
)
#: How a question for the years of something begins.
_SPANS: tuple[tuple[str, ...], ...] = (
    *(("what", "years"), ("which", "years"), ("what", "period"), ("which", "period")),
    ("how", "long"),
)
_DCTERMS, _HWBS = PREFIXES["dcterms"], PREFIXES["hwbs"]
_PERIOD = f"{_DCTERMS}temporal"
#: What tells when, for the verbs of a question: its name, and the properties.
_TOLD_BY = {
    "agreed approved adopted accepted endorsed": (
        *("the date of agreement", f"{_DCTERMS}dateAccepted"),
    ),
    "published issued released": ("the date of publication", f"{_DCTERMS}issued"),
    "start starts started begin begins began commence commences commenced": (
        *("the beginning", f"{_HWBS}startDate", _PERIOD),
    ),
    "end ends ended finish finishes finished conclude concludes concluded expire expires": (
        *("the end", f"{_HWBS}targetDate", _PERIOD),
    ),
    "held happen happens happened meet meets met place": ("the day", f"{_DCTERMS}date", _PERIOD),
    "cover covers covered last lasts run runs": ("the years", _PERIOD),
}
_VERBS = {verb: told for verbs, told in _TOLD_BY.items() for verb in verbs.split()}
_SPANNING = frozenset(("cover", "covers", "covered", "last", "lasts", "run", "runs"))
#: Nouns for a plan, which its name says already.
_PLANS = frozenset(("strategy", "plan"))
_LITTLE = EMPTY | LITTLE | {"take", "takes", "took", "due", "period", "years", "until"}


def read_dates(text: str, mentions: Mentions) -> list[Question]:
    """Return the question for the date of what a text names. Raises NotRead."""
    scope = find_scope(text, mentions)
    cursor = Cursor(text, scope.tokens)
    spans = any(cursor.take(*words) for words in _SPANS)
    if not spans and not any(cursor.take(*words) for words in _OPENINGS):
        raise cursor.fail(0)
    tokens = cursor.tokens[cursor.at :]
    verbs = [token.word for token in tokens if token.word in _VERBS]
    if len(verbs) != 1 or spans != (verbs[0] in _SPANNING):
        raise cursor.fail(0)
    rest = [t for t in tokens if t.word not in (verbs[0], *_LITTLE)]
    said, *told = _VERBS[verbs[0]]
    when = Condition(WHEN, (tuple(told),), (said,), "all", "same")
    within = [*scope.plans, *(plans for _, plans in scope.places)]
    if within and all(token.word in _PLANS for token in rest):
        (plan, *others) = (each._replace(link="same") for each in within)
        return [Question("list", DATED, (plan, *others, when))]
    words = [*(each for each, _ in scope.places), *map(_find_word, rest)]
    if len(words) < 2 or scope.plans:
        raise cursor.fail(0)
    return [Question("list", DATED, (_join(words), when))]


def _find_word(token: Token) -> Condition:
    return Condition(WORDS, ((token.word,),), (token.word,))


def _join(words: list[Condition]) -> Condition:
    things = tuple(thing for each in words for thing in each.things)
    said = tuple(said for each in words for said in each.said)
    return Condition(WORDS, things, said, "all", "guessed")
