"""The function words of a question, in one table, and the nouns that the registry gives.

A word that stands in no table is a name, a noun, or not understood.

Out of scope: the names of things (`mentions`).
"""

from collections.abc import Iterator
from functools import cache

from hwbs_graph.data import bundled
from hwbs_graph.question.facets import PRINTED
from hwbs_graph.question.stated_kinds import list_narrower, list_stated
from hwbs_graph.question.value import JUDGED, OWN, STATED, WORDS
from hwbs_graph.text import pluralise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that add nothing once the others are understood.
EMPTY = _words(
    """a an the there any it its their they them themselves please thanks kindly do does did doing
    done is are was were be been being has have had having get gets getting got will shall must
    can may that those which what who whose to also so me us you your our we
    supposed meant expected asked going currently actually altogether ever anything something
    everything broken split where really surely would"""
)
#: Of whom something is asked.
ASKED_OF = ("partner", "population group", WORDS)
PLACES = ("theme", "plan", "objective", "priority", "action", "focus area")
TOPICS = ("determinant", "population group", WORDS)
#: Words that join what is asked for to a name, and the kinds it may be of; () is any.
_LINKS = {
    """appear appears appearing work works worked working part role share shares shared sharing
    crop crops turn turns turning up bring brings bringing carry carries together down signed
    responsible committed deliver delivers delivering contribute contributes contributing
    contribution involvement against hold holds sit sits stand stands belong belongs take takes
    behind taking act acts manage manages play plays input stake at""": (),
    """involve involves involved involving name names named naming include includes included
    including list listed feature features featured featuring""": ("partner", *PLACES),
    "in within inside under from across throughout span spans recur recurs": PLACES,
    "with by alongside beside": ("partner",),
    """about address addresses addressing tackle tackles tackling concern concerns concerning
    regarding""": TOPICS,
    "mention mentions mentioning mentioned say says saying words hold": (WORDS,),
    "called": (PRINTED,),
    "on": (*TOPICS, "action", "objective", "priority"),
    "for": (*ASKED_OF, "action", "objective", "priority", "theme", "plan"),
    "of": ("partner", "theme", "plan", "objective", "priority", "action"),
}
LINKS = {word: kinds for words, kinds in _LINKS.items() for word in words.split()}
DENYING = _words(
    "not no without never exclude excludes excluding omit omits lacks lack missing absent"
)
#: What a body does, and no topic.
AGENT = _words(
    """work works worked working contribute contributes deliver delivers act acts responsible signed
    committed team sit sits part role contribution involvement input stake play plays"""
)
#: What a body does, and a topic may do too: a name with a capital letter is then a body's.
SHOWING = _words("turn turns appear appears crop crops feature features show shows")
#: What is done about a topic: before its name they say no more than “about”.
PURPOSES = _words(
    """improve improves improving reduce reduces reducing prevent prevents preventing promote
    promotes promoting combat combats combating support supports supporting encourage encourages
    encouraging increase increases increasing cut cuts cutting help helps helping fight fights
    fighting ease eases easing"""
)
#: What stands behind the name of a topic and says no more: “the smoking work”.
GENERIC = _words(
    "scheme schemes work project projects programme programmes initiative initiatives issue issues"
)
#: Words in a row that say what no one of them says.
PHRASES: dict[tuple[str, ...], tuple[str, ...] | None] = {
    **dict.fromkeys(
        (
            *(("deal", "with"), ("deals", "with"), ("dealing", "with"), ("to", "do", "with")),
            *(("bear", "on"), ("bears", "on"), ("touch", "on"), ("touches", "on")),
            *(("work", "on"), ("works", "on"), ("working", "on"), ("committed", "to", "on")),
            *(("help", "with"), ("helps", "with"), ("helping", "with")),
        ),
        TOPICS,
    ),
    **dict.fromkeys(((bring, "in") for bring in ("bring", "brings", "bringing")), ("partner",)),
    **dict.fromkeys((("come", "with"), ("comes", "with")), ("partner",)),
    **dict.fromkeys((("carried", "out", "by"), ("done", "by")), ("partner",)),
    **dict.fromkeys((("refer", "to"), ("refers", "to"), ("referring", "to")), (WORDS,)),
    **dict.fromkeys(((ask, "of") for ask in ("ask", "asks", "expect", "expects")), ASKED_OF),
    **dict.fromkeys(((ask, "from") for ask in ("expect", "expects", "want", "wants")), ASKED_OF),
    **dict.fromkeys(
        (
            *(("land", "on"), ("lands", "on"), ("land", "with"), ("lands", "with")),
            *(("team", "up", "with"), ("teams", "up", "with"), ("rest", "with"), ("rests", "with")),
            *(("lie", "with"), ("lies", "with"), ("come", "down", "to"), ("comes", "down", "to")),
        ),
        ("partner",),
    ),
    **dict.fromkeys(
        (
            *(("in", "anything"), ("with", "anything"), ("on", "anything")),
            *(("at", "all"), ("side", "by", "side"), ("in", "total")),
            *(("in", "the", "plan"), ("in", "the", "action", "plan"), ("of", "the", "plan")),
            *(("of", "those", "that", "have", "any"), ("the", "same", "thing")),
            ("the", "same", "things"),
            *(("as", "a", "partner"), ("as", "partners"), ("in", "place"), ("at", "present")),
            *(("in", "any", "plan"), ("the", "plan"), ("the", "action", "plan"), ("the", "plans")),
        ),
        None,
    ),
}
#: Words that ask for numbers, wherever they stand.
NUMBERS_ONLY = (("just", "the", "numbers"), ("numbers", "only"), ("just", "the", "counts"))
#: Words behind the name of a topic that say on what basis something is linked to it.
BASES: dict[tuple[str, ...], str] = {
    **dict.fromkeys((("as", "stated"), ("in", "so", "many", "words")), STATED),
    **dict.fromkeys((("by", "judgement"), ("by", "curated", "judgement")), JUDGED),
    ("itself",): OWN,
}
#: Words after a name that leave out every other thing of its kind.
ALONE = (
    *(("and", "nowhere", "else"), ("nowhere", "else"), ("and", "no", "other"), ("alone",)),
    *(("and", "nobody", "else"), ("and", "no", "one", "else"), ("and", "nothing", "else")),
)
LEAVING = _words("leave leaves leaving")
#: Words before a name that “aside” after it leaves out.
SETTING = _words("leave leaving put putting set setting")
#: Words that ask for actions: “what is being done about smoking”, “anything on falls”.
DOING = _words(
    """done doing anything everything something committed commit commits promise promised promises
    ask asks asked expect expects planned"""
)
#: How a question for what is planned for a topic begins.
PLANNED: tuple[tuple[str, ...], ...] = (
    *(("what", "is", "the", "plan", "for"), ("what", "are", "the", "plans", "for")),
    *(("what", "is", "the", "plan", "on"), ("what", "are", "the", "plans", "on")),
)
#: What follows “do” or “the plan” where actions are asked for.
DONE_FOR = ("about", "for", "on", "with")
#: What a thing is itself, and not what it is linked to.
NAMELY = "namely"
#: What stands after “Housing’s” for all that is its to do.
OWNED = _words("desk plate remit portfolio lap patch agenda")
#: The same, where what follows says in what.
REMITS = _words("part role contribution involvement input stake")
#: What stands for a name said before, so that the link before it asks nothing more.
PRONOUNS = _words("it them")
#: A word that denies the place after it.
OUTSIDE = "outside"
EXCEPT = _words("except excepting apart besides other")
YES_NO = _words("is are was were does do did has have had can could will would should")
LISTING = _words("list show give display which what name")
WHO = _words("who whom whose")
GROUPING = _words("per each")
_COUNTS = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {word: number for number, word in enumerate(_COUNTS.split())}
#: Words before a number: how it is compared, and what is added to it.
COMPARISONS: dict[tuple[str, ...], tuple[str, int]] = {
    ("at", "least"): (">=", 0),
    ("at", "most"): ("<=", 0),
    ("no", "more", "than"): ("<=", 0),
    ("no", "fewer", "than"): (">=", 0),
    ("more", "than"): (">=", 1),
    ("over",): (">=", 1),
    ("fewer", "than"): ("<=", -1),
    ("less", "than"): ("<=", -1),
    ("under",): ("<=", -1),
    ("exactly",): ("=", 0),
    ("just",): ("=", 0),
    ("only",): ("=", 0),
}
#: Words for all things of a kind, one of which comes before a noun.
EVERY_OF: tuple[tuple[str, ...], ...] = (
    *(("every", "single"), ("every",), ("all", "the"), ("all", "of", "the"), ("all",)),
    *(("each", "of", "the"), ("each", "and", "every"), ("every", "one", "of", "the")),
)
MOST = {"most": "most", "fewest": "fewest", "least": "fewest"}
#: The same in several words.
EXTREMES: dict[tuple[str, ...], str] = {
    **{(word, "number", "of"): "most" for word in ("largest", "highest", "greatest", "biggest")},
    **{(word, "number", "of"): "fewest" for word in ("smallest", "lowest")},
    ("longest", "list", "of"): "most",
    ("shortest", "list", "of"): "fewest",
}
#: Nouns that the registry's own words for a kind do not give.
_NOUNS = {
    "partner": ("bodies", "agencies"),
    "action": (
        *("job", "jobs", "task", "tasks", "action code", "action codes", "action point"),
        *("action points", "piece of work", "pieces of work", "health action", "health actions"),
    ),
    "theme": ("part of the plan", "parts of the plan"),
}
#: How often a thing is named, said without the noun.
OFTEN: dict[tuple[str, ...], int] = {
    **dict.fromkeys((("a", "single", "mention"), ("one", "mention")), 1),
    **dict.fromkeys((("just", "once"), ("only", "once"), ("once",)), 1),
    **dict.fromkeys((("a", "single", "time"), ("just", "one", "mention")), 1),
    **dict.fromkeys((("twice",), ("just", "twice"), ("only", "twice")), 2),
}
#: Words for the one of several that has the most actions.
BUSIEST = _words("busier busiest")


def is_content(word: str) -> bool:
    """Say whether a word has no part in how a question is put."""
    return bool(word) and not (
        word in EMPTY
        or word in LINKS
        or word in DENYING | LEAVING | EXCEPT | GROUPING | WHO | LISTING
        or word in (",", "and", "or", "but", "nor", "both", "either", "neither", "only", OUTSIDE)
        or word in MOST
        or word in NUMBERS
        or word.isdecimal()
        or (word,) in list_nouns()
    )


#: What opens a question for a figure, whose other words are those of the figure.
FIGURES: tuple[tuple[str, ...], ...] = (
    *(("how", "many"), ("how", "much"), ("what", "number", "of"), ("number", "of")),
    *(("what", "share", "of"), ("what", "proportion", "of"), ("what", "percentage", "of")),
    *(
        ("share", "of"),
        ("proportion", "of"),
        ("percentage", "of"),
        ("what", "is", "the", "rate", "of"),
    ),
)
#: Nouns for what a figure is, which its own words need not hold.
MEASURES = _words(
    """number numbers rate rates figure figures percentage percentages proportion share total count
    level levels estimate estimated"""
)
#: Nouns that ask for a number, and are words to find.
AMOUNTS = _words("gap cost costs average rank")
#: Words between two figures that are to be held against each other.
COMPARING = _words("against versus vs compared comparison compare compares than earlier later")
COMPARATIVES = _words("more fewer less higher lower longer shorter better worse")
#: Words that name two things of which one has more.
PAIRING = _words("or than")
#: Words that ask for what is said, and are none of it.
MEANING = _words(
    """mean means meant meaning explain define definition describe called make makes up
    say says said tell tells told earth take takes took place happen happened happens many much
    any"""
)
#: How a question for the reason of something begins.
WHY: tuple[tuple[str, ...], ...] = (
    *(("why",), ("what", "is", "the", "reason", "for"), ("what", "are", "the", "reasons", "for")),
    *(("reason", "for"), ("reasons", "for"), ("what", "is", "the", "rationale", "for")),
    *(
        ("what", "is", "the", "case", "for"),
        ("what", "makes"),
        ("what", "is", "the", "point", "of"),
    ),
)
#: Words that say only that a plan wants something, and are none of its reasons.
WANTING = _words(
    """bother bothers bothered care cares matter matters important importance focus focuses concern
    concerned worry worries want wants need needs act tackle address include includes included
    plan plans strategy priority action objective aim about worth encouraged promoted supported
    included wanted needed prioritised"""
)
#: How a question for a statement begins.
STATED_OPENINGS: tuple[tuple[str, ...], ...] = (
    *(("what", "is"), ("what", "are"), ("what", "was"), ("what", "were"), ("what",), ("which",)),
    *(("who",), ("when",), ("why",), ("where",), ("how",), ("explain",), ("define",)),
    *(("name", "of"), ("percentage", "of"), ("proportion", "of"), ("share", "of")),
)
#: What asks who belongs to a body.
MEMBERS = _words("sit sits sitting member members membership represented represents belong belongs")
#: How a question for a body begins, which is another way to ask who.
BODIES = tuple(
    (asking, noun)
    for asking in ("which", "what")
    for noun in (
        "group",
        "groups",
        "body",
        "board",
        "boards",
        "subgroup",
        "committee",
        "committees",
    )
)
#: Two words that ask for a number, wherever they stand.
HOW_MUCH = (("how", "many"), ("how", "much"), ("what", "percentage"), ("what", "proportion"))
#: How a question for what became of something begins, with all it may be of.
BECAME: tuple[tuple[str, ...], ...] = (
    *(("what", "became", "of"), ("what", "has", "become", "of"), ("what", "happened", "to")),
    *(("what", "has", "happened", "to"), ("whatever", "happened", "to")),
)
#: Words that set a time, and are none to find.
LIMITS = _words("between since before after until due")
#: What one asks of an element in a yes or no, and the changes between plans tell.
FATES = _words("still new dropped gone kept continued survived survive replaced continue")
#: Words that ask where something stands, and are none of it.
PRINTING = _words(
    """cited quoted printed mentioned named referred referenced stated found appear appears stand
    stands written footnote"""
)
#: Words that join, and say nothing of what is done.
JOINING = _words(
    """in within inside under from across throughout with by alongside beside about regarding on for
    of at against down together up mention mentions mentioned say says saying words hold named"""
)
#: What a body does with a whole plan: others than the partners of its actions do that.
GOVERNING = _words(
    "manage manages responsible deliver delivers delivering carry carries hold holds"
)
#: Words between those of a figure that say nothing alone.
LITTLE = _words("all in of with by on for at from over among and to as than who each every per")


@cache
def list_nouns() -> dict[tuple[str, ...], str]:
    """Return the nouns for each kind of thing, in either number, as words."""
    found: dict[tuple[str, ...], str] = {}
    for name, noun in _list_all_nouns():
        found.setdefault(tuple(noun.casefold().replace("-", " ").split()), name)
    return found


def _list_all_nouns() -> Iterator[tuple[str, str]]:
    kinds = bundled.registry().kinds
    named = {kind.name for kind in kinds}
    for kind in kinds:
        # What stands for a kind goes before the kind that is only named so.
        yield from ((kind.name, noun) for noun in _NOUNS.get(kind.name, ()))
        # A word for one class of several is narrower than the kind.
        for noun in kind.synonyms if len(kind.classes) == 1 else ():
            if kind.name == "partner" or noun not in named:
                yield from ((kind.name, noun), (kind.name, pluralise(noun)))
        yield from ((kind.name, noun) for noun in (kind.name, kind.plural, pluralise(kind.name)))
    yield from ((name, noun) for name, k in list_stated().items() for noun in (name, k.plural))
    narrower = {name: kind for name, (_, kind) in list_narrower().items()}
    yield from ((name, noun) for name, k in narrower.items() for noun in (name, k.plural))
