"""One plain sentence out of what a server says went wrong: text, a page of HTML, or JSON.

Out of scope: what its status means (`transport`).
"""

import json
import re
from html.parser import HTMLParser
from typing import Any

#: A sentence longer than this is cut.
_LONGEST = 300
#: Where servers put their sentence in JSON, the plainest first.
_KEYS = ("exception", "detail", "detailedMessage", "message", "error", "errors", "reason", "title")
#: A Java class before a message, or several.
_JAVA = re.compile(r"^(?:Caused by: )?(?:(?:[\w$]+\.)+[\w$]*(?:Exception|Error):\s*)+")


def find_message(body: bytes) -> str:
    """Return the sentence in the body of an error, or "" if there is none."""
    text = body.decode("utf-8-sig", "replace").strip()
    if text[:1] in ("{", "["):
        found = _from_json(text)
    elif text.startswith("<"):
        found = _from_html(text)
    else:
        found = _from_lines(text)
    found = " ".join(_JAVA.sub("", found).split())
    return found if len(found) <= _LONGEST else f"{found[:_LONGEST].rstrip()}…"


def _from_json(text: str) -> str:
    try:
        return _find_value(json.loads(text))
    except (ValueError, RecursionError):
        return _from_lines(text)


def _find_value(value: Any) -> str:
    """Return the first text under a key that is known, however deep."""
    if isinstance(value, str):
        return _from_lines(value)
    if isinstance(value, list):
        return next(filter(None, map(_find_value, value)), "")
    if isinstance(value, dict):
        return next(filter(None, (_find_value(value.get(key)) for key in _KEYS)), "")
    return ""


def _from_lines(text: str) -> str:
    """Return the first line, or the first error of Java; Blazegraph sends the query before it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = filter(_JAVA.match, lines)
    return next(errors, "") or next(iter(lines), "")


class _Page(HTMLParser):
    """The pieces of text on a page, each with the element it stands in."""

    _HIDDEN = ("script", "style")
    _INLINE = ("b", "i", "u", "a", "em", "strong", "code", "span", "font")
    _EMPTY = ("br", "hr", "img", "meta", "link")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new piece begins, unless the element only marks words."""
        if tag not in self._INLINE and tag not in self._EMPTY:
            self._tag = tag
            self.pieces.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """What follows the element is a piece of its own."""
        if tag not in self._INLINE:
            self._tag = ""
            self.pieces.append(("", ""))

    def handle_data(self, data: str) -> None:
        """The text belongs to the latest piece."""
        if self.pieces and self._tag not in self._HIDDEN:
            tag, text = self.pieces.pop()
            self.pieces.append((tag, text + data))


def _from_html(text: str) -> str:
    """Return what a page gives as its message, else its first paragraph, else its first words."""
    page = _Page()
    page.feed(text)
    pieces = [(tag, " ".join(said.split())) for tag, said in page.pieces if said.strip()]
    pieces.sort(key=lambda piece: piece[0] == "title")  # the title last, as it says the least
    labelled = re.search(r"(?im)^message:?\s+(.+)$", "\n".join(said for _, said in pieces))
    if labelled:
        return labelled[1]
    chosen = [said for wanted in ("pre", "p") for tag, said in pieces if tag == wanted]
    return next(iter(chosen or [said for _, said in pieces]), "")
