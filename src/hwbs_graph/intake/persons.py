"""Whether words name a person: persons are never partners, and their names are not written.

Out of scope: of which body a post is, which is asked about (`naming`).
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from hwbs_graph.intake.plan_words import compile_words, fold, fold_words, matches

_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{8,}\d(?!\w)")
#: A plan repeats its cells: so many answers are kept.
_KEPT = 20_000
_BESIDE = re.compile(r"[,;:/()\n|]|\s[–—-]\s|\s(?:and|&|ac)\s")
_POST_AFTER = re.compile(r"\s+(?=(?:Head|Director|Chief|Chair|Deputy|Assistant|Manager)\b)")
_FIELD = re.compile(
    r"(?i)(?:tion|tions|ment|ity|ance|ics|ies|care|health|years|standards|people|works|strategy"
    r"|planning|commissioning|licensing|safeguarding|learning|living|families|children|inclusion)$"
)
_NAMED = re.compile(r"[^\W\d_][\w'’]*[a-z](?:[ -][A-Z]\.?)?(?: [A-Z][\w'’-]*[a-z]){1,2}")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")


@cache
def read_given_names() -> frozenset[str]:
    """Return given names, in small letters, that mark two capitalised words as a person."""
    path = files("hwbs_graph.intake") / "words" / "given_names.txt"
    return frozenset(path.read_text("utf-8").split())


@lru_cache(_KEPT)
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


@lru_cache(_KEPT)
def is_post(text: str) -> bool:
    """Say whether words are the title of a post, such as a head of housing."""
    words = fold_words(text).split()
    posts = compile_words("names", "posts")
    if not words or not any(posts.fullmatch(word) for word in words):
        return False
    return bool(
        posts.fullmatch(words[-1])
        or re.search(r"\b(director|head|chief|chair) (of|for)\b|\bofficer\b", " ".join(words))
    )


@lru_cache(_KEPT)
def list_persons(text: str) -> tuple[str, ...]:
    """Return the persons that words name, among them who is printed beside a post."""
    parts = [part.strip(" .,") for part in _BESIDE.split(text)]
    with_posts = [part for part in parts if part]
    found = [
        part
        for number, part in enumerate(with_posts)
        if is_person(part)
        or (_has_form(part) and any(map(is_post, with_posts[max(number - 1, 0) : number + 2])))
    ]
    for part in parts:
        before = _POST_AFTER.split(part, maxsplit=1)[0]
        if before != part and is_person(before):
            found.append(before)
    return tuple(dict.fromkeys(found))


@lru_cache(_KEPT)
def _has_form(words: str) -> bool:
    """Say whether words have the form of a person's name, and none of a field of work."""
    if not (_NAMED.fullmatch(words) and words[0].isupper()):
        return False
    generic = matches("names", "generic", fold(words)) or _FIELD.search(words)
    return not generic and not _holds_body(words)


def count_persons(texts: list[str]) -> int:
    """Return how many of the texts name persons, each by its first words or its only part."""
    parts = (re.split(r"[,/;&(\n]| and ", text)[0] for text in texts)
    return sum(is_person(part) for part in parts)


def strip_addresses(text: str) -> str:
    """Return text without e-mail addresses and telephone numbers."""
    shown = _MAIL.sub(" ", text) if "@" in text else text
    return " ".join(_PHONE.sub(" ", shown).split())
