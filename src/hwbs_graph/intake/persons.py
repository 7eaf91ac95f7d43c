"""Whether words name a person: persons are never partners, and their names are not written.

Out of scope: posts, such as a director, which are asked about (`bodies`).
"""

import re
from functools import cache
from importlib.resources import files

from hwbs_graph.intake.plan_words import compile_words, fold, fold_words

_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{8,}\d(?!\w)")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")


@cache
def read_given_names() -> frozenset[str]:
    """Return given names, in small letters, that mark two capitalised words as a person."""
    path = files("hwbs_graph.intake") / "words" / "given_names.txt"
    return frozenset(path.read_text("utf-8").split())


def is_person(text: str) -> bool:
    """Say whether words are a person's name, an address or a telephone number."""
    words = text.strip(" .,;:()")
    if _MAIL.search(words) or _PHONE.fullmatch(words):
        return True
    if not _NAME.fullmatch(words):
        return False
    first, *rest = words.split()
    folded = fold(first).strip(".")
    if compile_words("names", "titles").fullmatch(folded):
        return True
    if not all(part[0].isupper() or part.lower() in ("de", "van", "von", "la") for part in rest):
        return False
    if _holds_body(words):
        return False
    initials = bool(re.fullmatch(r"(?:[A-Z]\.? ?){1,2} [A-Z][a-z'’-]+", words))
    return folded.split("-")[0] in read_given_names() or initials


def _holds_body(words: str) -> bool:
    parts = fold_words(words).split()
    kinds = ("heads", "posts")
    return any(compile_words("names", kind).fullmatch(each) for each in parts for kind in kinds)


def count_persons(texts: list[str]) -> int:
    """Return how many of the texts name persons, each by its first words or its only part."""
    parts = (re.split(r"[,/;&(\n]| and ", text)[0] for text in texts)
    return sum(is_person(part) for part in parts)


def strip_addresses(text: str) -> str:
    """Return text without e-mail addresses and telephone numbers."""
    return " ".join(_PHONE.sub(" ", _MAIL.sub(" ", text)).split())
