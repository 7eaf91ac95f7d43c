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


#: Words that stand for each other.
_ALIKE = (
    *("child children kid kids", "adult adults grown-up grown-ups", "woman women", "man men"),
    *("person people", "tooth teeth", "elderly older", "behaviour behaviours habit habits"),
)
_GROUPS = {word: group.replace(" ", "|") for group in _ALIKE for word in group.split()}


def make_pattern(words: str, any_form: bool = False) -> str:
    """Return the regular expression that finds words near each other, in lower-case text.

    With `any_form` it finds one word, by what begins with its stem.
    """
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
