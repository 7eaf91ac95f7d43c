"""The address of a state, written as the page's own `address.js` writes and reads it.

Out of scope: what the words mean to a picture, and which of them fit together (the scripts).
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

#: What the columns and the grid may show beside the elements of a plan.
SHOWN = ("partners", "determinants")
#: Every word that says what is shown, in the order they are written; only LISTS may repeat.
WORDS = (
    *("view", "plan", "with", "show", "select", "at", "only", "hops"),
    *("theme", "partner", "determinant", "match", "document", "basis"),
    *("least", "hubs", "colour", "name"),
)
#: Words that may have several values; `match` says whether all partners count, or any.
LISTS = ("theme", "partner", "determinant")
MATCHES = ("all", "any")
#: What the network shows: pairs that share at least so much, partners that join everyone, hues.
LEAST = tuple(str(number) for number in range(1, 100))
HUBS = ("with",)
COLOURS = ("theme", "body", "cluster")
#: How many steps around what is shown alone.
HOPS = ("1", "2", "3", "4")
#: Words that belong to the room, not to the picture.
ROOM_WORDS = ("step", "dark", "embed")
#: The page reads no longer address.
LONGEST = 8000


def write_address(words: Iterable[tuple[str, str]]) -> str:
    """Return `#word=value&...`, each value escaped as a browser escapes it; "#" for no words."""
    return "#" + "&".join(f"{word}={_escape(value)}" for word, value in words)


def short_keys(iris: Sequence[str]) -> list[str]:
    """Return the IRIs without the folder they share: words of an address that a person can read.

    IRIs stay whole where cutting would leave one of them empty.
    """
    shared = _folder_of(min(iris, default=""))
    while not all(iri.startswith(shared) for iri in iris):
        shared = _folder_of(shared.rstrip("/"))
    keys = [iri.removeprefix(shared) for iri in iris]
    return keys if all(keys) else list(iris)


def _folder_of(iri: str) -> str:
    return iri[: iri.rfind("/") + 1]


def _escape(value: str) -> str:
    return quote(value, safe="*/ ").replace("~", "%7E").replace(" ", "+")
