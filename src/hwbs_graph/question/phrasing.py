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
    r"|possible|can|could|don[’']t mind|would)|if possible|by any chance|out of interest)\b,?"
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
