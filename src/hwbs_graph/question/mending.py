"""Misspelt words for kinds and links: mended where one word alone is meant, and said.

Only two letters that changed places, a letter left out and a letter doubled are mended, and only
into words to which no other English word is so near. Names and other words stay as they are.

Out of scope: names (`names.recognition`), and what the words mean (`reading`).
"""

from functools import cache

from hwbs_graph.question.lexicon import list_nouns
from hwbs_graph.question.mentions import Token

#: A shorter word is near too many others.
_SHORTEST = 6
_LINKS = """involve involves involved involving include includes included including address
addresses addressing mention mentions mentioned mentioning without outside between
contribute contributes contributing deliver delivers delivering"""


def mend_words(text: str, tokens: list[Token]) -> tuple[str, str]:
    """Return a text with its misspelt words mended, and a sentence that says which, or ""."""
    told = []
    for token in reversed(tokens):
        word = "" if token.things or token.quoted else _find_meant(token.word)
        if word:
            told.append(f"“{token.word}” was read as “{word}”")
            text = f"{text[: token.start]}{word}{text[token.end :]}"
    return text, f"{', '.join(reversed(told))}." if told else ""


def _find_meant(word: str) -> str:
    """Return the one word that is meant by a misspelt one, "" for none or several."""
    if len(word) < _SHORTEST or word in _list_known():
        return ""
    meant = [known for known in _list_known() if word in _misspell(known)]
    return meant[0] if len(meant) == 1 else ""


@cache
def _list_known() -> frozenset[str]:
    nouns = {words[0] for words in list_nouns() if len(words) == 1}
    return frozenset(nouns.union(_LINKS.split()))


@cache
def _misspell(word: str) -> frozenset[str]:
    """Return a word with two letters in each other's place, one left out, or one doubled."""
    wrong = set()
    for at in range(1, len(word)):
        wrong.add(word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :])
        wrong.add(word[:at] + word[at + 1 :])
        wrong.add(word[:at] + word[at] + word[at:])
    return frozenset(wrong)
