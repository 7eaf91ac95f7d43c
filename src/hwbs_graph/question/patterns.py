"""The regular expressions by which words are found in a text, in any of their forms.

Out of scope: which texts are searched (`composing`).
"""

import re

#: Endings of which a word may have another: “homelessness” finds “homeless”.
_ENDINGS = r"(?:ness|ings?|es|s|ed|e)$"
#: Endings that only a longer word loses, as “letter” is no form of “let”.
_LONG_ENDINGS = r"(?:ness|ions?|ers?)$"
_ANY_ENDING = "(e|s|es|d|ed|ing|ings|er|ers|ness|ion|ions)?"
_SHORT, _LONG = 4, 5
#: So many other words may stand between two that are sought together.
_BETWEEN = "([^a-z0-9.;]+[a-z0-9]+){0,3}[^a-z0-9]+"
_BEFORE, _BEHIND = "(^|[^a-z0-9])", "([^a-z0-9]|$)"


#: Marks before words that are found in this form alone: what was quoted, and a place.
EXACT, PLACE = "=", "@"
#: Words that stand for each other, which an answer says.
_ALIKE = (
    *("child children kid kids", "adult adults grown-up grown-ups"),
    *(
        "manage manages managed managing run runs",
        "elderly older",
        "behaviour behaviours habit habits",
    ),
)
#: The same word for one and for several.
_NUMBERS = ("woman women", "man men", "person people", "tooth teeth")
_GROUPS = {word: group.replace(" ", "|") for group in _ALIKE + _NUMBERS for word in group.split()}


def list_alike(words: str) -> list[str]:
    """Return what is found for some words besides their own forms: “elderly” finds “older” too."""
    forms = re.findall(r"[^\s-]+", words.casefold())
    groups = [group.split() for group in _ALIKE if not set(forms).isdisjoint(group.split())]
    known = {form.rstrip("s") for form in forms}
    return [word for group in groups for word in group if not _is_number(word, known)]


def _is_number(word: str, known: set[str]) -> bool:
    """Say whether a word is one of some, or its plural: “kids” for “kid”."""
    forms = {word, word.rstrip("s"), word.removesuffix("ren"), f"{word}ren"}
    return not forms.isdisjoint(known)


def make_pattern(words: str, any_form: bool = False) -> str:
    """Return the regular expression that finds words near each other, in lower-case text.

    With `any_form` it finds one word, by what begins with its stem. Words behind a mark, EXACT or
    PLACE, are found as they stand.
    """
    if words[:1] in (EXACT, PLACE):
        exact = r"[^a-z0-9]+".join(map(re.escape, re.findall(r"[a-z0-9]+", words.casefold())))
        return f"{_BEFORE}{exact}{_BEHIND}"
    forms = re.findall(r"[^\s-]+", words.casefold())
    if group := _GROUPS.get(words.casefold()):
        return f"{_BEFORE}({group}){_BEHIND}"
    if any_form and len(forms) == 1 and (stem := _find_beginning(forms[0])):
        return f"{_BEFORE}{re.escape(stem)}"
    found = _BETWEEN.join(map(_write_forms, forms))
    if len(forms) == 2:
        found = f"({found}|{_BETWEEN.join(map(_write_forms, reversed(forms)))})"
    return f"{_BEFORE}{found}{_BEHIND}"


def _write_forms(word: str) -> str:
    """Return the expression for a word in any of its forms."""
    if word in _GROUPS:
        return f"({_GROUPS[word]})"
    if ending := re.search(r"(?<=[a-z]{3})(iness|ies|ied|y)$", word):
        return f"{re.escape(word[: ending.start()])}(y|ies|ied|iness)"
    if not word.isalpha() or len(word) <= _SHORT:
        return re.escape(re.sub(r"(?<=[a-z]{3})s$", "", word)) + "s?"
    return f"{re.escape(_strip_ending(word))}{_ANY_ENDING}"


def _strip_ending(word: str) -> str:
    for endings, least in ((_LONG_ENDINGS, _LONG), (_ENDINGS, _SHORT)):
        stem = re.sub(endings, "", word)
        if stem != word and len(stem) >= least and not word.endswith("ss"):
            return stem
    return word


def _find_beginning(word: str) -> str:
    """Return the stem of a word, "" where it would be short."""
    stem = re.sub(r"(ing|ers?|ed|es|e|s|y|ies)$", "", word)
    return stem if len(stem) > _SHORT - 1 else ""
