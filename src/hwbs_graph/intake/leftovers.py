"""What shows that words are more than one name, after all rules have parted them.

It is the last look before a name counts as certain: signs, words and numbers that join, list or
doubt names.

Out of scope: parting the words (`bodies`).
"""

import re
from functools import lru_cache

from hwbs_graph.intake.plan_words import compile_words, fold

_JOINT = re.compile(r"(?i)[,;/&+]|(?:^|\s)(?:and|ac)\s")
#: What no rule parts at, so that the document cannot have told of it.
_SIGN = re.compile(r"(?i)[|¦\\∕·‧、，；]|(?:^|\s)(?:or|neu|plus)\s|\s[–—-]\s|:(?!\d)")
_NUMBER = re.compile(r"(?:^|\s)(?:\([a-z\d]{1,3}\)|[a-z\d]{1,3}\))(?=\s|$)|(?:^|\s)[a-z]{1,3}\.\s")
_STOP = re.compile(r"(?<=\w{3})\.\s+[A-Z]")
_SAID = re.compile(
    r"(?i)[?*†‡\[\]{}<>=]|^\(|\betc\b|\b(?:with|alongside|as well as|together|via|through|including"
    r"|supported by|led by|leads|co-?lead|tbc|tba|tbd)\b"
)
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")


#: A plan repeats its names: so many answers are kept.
_KEPT = 20_000


@lru_cache(_KEPT)
def find_leftover(text: str, *, is_known: bool) -> str:
    """Return the doubt that a name leaves: `split`, `words`, or "" for none.

    `is_known` says that the document itself gives these words as one name.
    """
    bare = _BRACKET.sub("", text)
    inside = " ".join(re.findall(r"\(([^()]*)\)", text))
    masked = mask_whole(bare)
    if _NUMBER.search(text) or _STOP.search(masked) or _SIGN.search(f"{masked} {inside}"):
        return "split"
    if _SAID.search(text):
        return "words"
    if _JOINT.search(mask_whole(inside)) or (_JOINT.search(masked) and not is_known):
        return "split"
    return ""


def mask_whole(text: str) -> str:
    """Return text with words that hold their own `and` inside one name taken out."""
    inside = compile_words("names", "whole").pattern
    return re.sub(rf"(?i)\b(?:{inside})\b", "x", re.sub(r"\bDrugs?/[Aa]lcohol\b", "x", text))


def drop_bracket(text: str) -> str:
    """Return a folded name without the bracket at its end."""
    return fold(_BRACKET.sub("", text))
