"""What stands around a question and asks nothing, and a topic that stands in front of it.

Out of scope: the words of the question itself (`reading`).
"""

import re

from hwbs_graph.question.words import strip_courtesies

#: What opens a question, or the rest of one behind its topic.
_OPENING = (
    r"(?:in |on |for |of |by |with )?(?:what|which|who|how|where|when|why|list|show|give|name"
    r"|is|are|was|were|do|does|did|has|have|can|any|anything|tell)\b"
)
#: An aside of pure politeness, between commas or dashes.
_ASIDES = (
    r"(?i),?\s*\b(?:if (?:it is|it[’']s|it isn[’']t|you) (?:not )?(?:too much (?:trouble|bother)"
    r"|possible|can|could|don[’']t mind|would)|if possible|by any chance|out of interest"
    r"|these days|nowadays|at the moment)\b,?"
)
#: What is asked for besides and every answer shows: the words, their number, the things.
_TAILS = (
    r"(?i)[,;]?\s*[-–—]?\s*\b(?:and|in brief)[,]?\s+(?:if so,? )?(?:in brief,? )?(?:what|which"
    r"|which ones|where|who)?(?:[’']s| is| are)?\s*(?:it|its|they|those|the|their)?\s*(?:wording"
    r"|text|exact words|called)?\s*\Z"
)
#: What somebody says of the work for which they ask.
_ERRANDS = (
    r"writing|drafting|preparing|putting together|working on|seeing|meeting|visiting|briefing"
    r"|presenting to|talking to|speaking to"
)
_ERRAND = (
    rf"(?i)\A(?:I|we)(?:[’']m|[’']re| am| are)\s+(?:{_ERRANDS})\s+(?P<what>[^.,:;?]+)[.,:;]\s+"
    rf"(?P<rest>{_OPENING}.*)\Z"
)
_FOR = (
    r"(?i)\Afor (?:a|an|the|my|our)\s+(?:briefing|report|paper|talk|meeting|bid)\s+(?:on|about)\s+"
)
_WHEN = r"(?i)\s+(?:today|tomorrow|tonight|(?:next|this|on) \w+|later|soon)\Z"
_TOPIC = rf"(?i)\A(?P<topic>[^:;?–—]+?)\s*(?:[:;?–—]|\s-|\.\.\.|…)\s+(?P<rest>{_OPENING}.*)\Z"
#: A second question whose topic is that of the first, by the kind of thing it asks for.
_LATER = r"(?i)(?:\s*[,;?–—-]+\s*|\s+)(?:and\s+)?"
_IT = r"(?:\s+(?:it|them|this|that|those|these))?"
_SECONDS = {
    "partner": (
        r"(?:who|which (?:partners|bodies|organisations|agencies))(?: else)?"
        r"(?:[’']s|[’']re| is| are| will be)?"
        r"(?: responsible| involved| named| on| in on| behind| delivering| working on)(?: for)?"
    ),
    "action": r"(?:and\s+)(?:on|in|for|over) (?:what|which actions?)(?: is it| are they)?",
}
_PRONOUN = r"(?i)\b(?:they|them|it|either word|either of them|these|those)\b"


def strip_asides(text: str) -> str:
    """Return a question without courtesies, and without what every answer shows anyway."""
    bare = strip_courtesies(re.sub(_ASIDES, "", text))
    short = re.sub(_TAILS, "", bare)
    return short if len(short.split()) > 1 else bare


def rephrase(text: str) -> str:
    """Return a question with the topic that stands before it in its place, "" where none does.

    “Homes: who works on it” is “who works on Homes”; without a pronoun the topic stands last.
    """
    if errand := re.match(_ERRAND, text):
        what = re.sub(_WHEN, "", errand["what"])
        return (
            _place(what, errand["rest"]) if re.search(_PRONOUN, errand["rest"]) else errand["rest"]
        )
    found = re.match(_TOPIC, re.sub(_FOR, "", text))
    if not found:
        return ""
    if re.search(_PRONOUN, found["rest"]):
        return _place(found["topic"], found["rest"])
    return f"{strip_asides(found['rest'])} about {found['topic']}"


def _place(topic: str, rest: str) -> str:
    return re.sub(_PRONOUN, lambda _: topic, rest, count=1)


def split_second(text: str) -> tuple[str, str]:
    """Return a question without a second one about the same, and the kind that this asks for.

    The kind is "" where there is one question alone: “what is planned on warmth, and who is
    involved” asks for partners besides.
    """
    for kind, pattern in _SECONDS.items():
        if found := re.search(rf"{_LATER}{pattern}{_IT}[\s?.!]*\Z", text):
            first = text[: found.start()]
            if len(first.split()) > 1 and (found[0].strip()[0] in ",;?–—-" or " and " in found[0]):
                return first, kind
    return text, ""
