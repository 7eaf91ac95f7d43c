"""How deep a file may nest: the parsers recurse, and would end the program or take hours.

Nested Turtle lists and unnamed nodes are no matter, as they are read without recursion.

Out of scope: reading the file (`rdf_reader`, `turtle`).
"""

import re
from collections.abc import Callable
from io import BufferedReader, BytesIO
from itertools import accumulate
from pathlib import Path

from hwbs_graph.errors import DataError, PathError, TurtleSyntaxError

#: Levels that no file of people's own making has.
MOST = 200
#: The longest value of an XML entity; namespaces are shorter, and a longer one may be repeated.
_LONGEST_ENTITY = 1000
_OTHER_THAN_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BRACKETS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_JSON_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
#: What may hold the signs of a triple term, and those signs.
_TURTLE = re.compile(
    rb'"{3}(?:"{0,2}+(?:[^"\\]|\\.))*+"{0,3}|\'{3}(?:\'{0,2}+(?:[^\'\\]|\\.))*+\'{0,3}'
    rb'|"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?|<[^<>"{}|^`\\\x00-\x20]*+>'
    rb"|\#[^\n]*+|\\.|(?P<open><<)|(?P<close>>>)",
    re.DOTALL,
)


def check_json_depth(name: str, text: bytes) -> None:
    """Raise DataError for JSON whose objects and arrays stand too deep in each other."""
    if text.count(b"[") + text.count(b"{") <= MOST:
        return
    brackets = _JSON_STRING.sub(b"", text).translate(None, _OTHER_THAN_BRACKETS)
    if max(accumulate(map(_BRACKETS.__getitem__, brackets)), default=0) > MOST:
        raise _too_deep(name, "objects and arrays")


def check_triple_terms(name: str, text: bytes) -> None:
    """Raise DataError for Turtle, or its kin, whose triple terms stand too deep in each other."""
    if text.count(b"<<") <= MOST:
        return
    depth = 0
    for match in _TURTLE.finditer(text):
        depth += {"open": 1, "close": -1}.get(match.lastgroup or "", 0)
        if depth > MOST:
            raise _too_deep(name, "triple terms")


def check_xml(name: str, text: bytes) -> None:
    """Raise DataError for XML that is not well formed, nests too deep or has harmful entities.

    Harmful is an entity that reads another file, or that could grow.
    """
    from xml.parsers import expat

    depth = 0

    def enter(_element: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST:
            raise _too_deep(name, "elements")

    def leave(_element: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.EntityDeclHandler = _entity_check(Path(name))
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        why = f"it is no well-formed XML: {expat.ErrorString(error.code)}"
        raise TurtleSyntaxError(name, why, error.lineno, error.offset + 1) from None


class PipeGuard(BytesIO):
    """A pipe of Turtle or its kin, which can be read only once: its triple terms are counted.

    Signs in texts are counted too, as only a file can be searched before it is read.
    """

    def __init__(self, name: str, stream: BufferedReader) -> None:
        super().__init__()
        self._name, self._stream, self._depth = name, stream, 0

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes. Raises DataError where too many triple terms are open."""
        part = self._stream.read(size)
        self._depth += part.count(b"<<") - part.count(b">>")
        if self._depth > MOST:
            raise _too_deep(self._name, "triple terms")
        return part


def _entity_check(path: Path) -> Callable[..., None]:
    """Return what expat is to call for each entity that the document declares."""

    def check(
        _name: str, parameter: bool, value: str | None, _base: str | None, *_address: str | None
    ) -> None:
        if parameter or value is None:
            raise PathError(path, "an XML entity of it stands in another file; write it out")
        if "&" in value or len(value) > _LONGEST_ENTITY:
            raise PathError(path, "an XML entity of it holds another or is long; write it out")

    return check


def _too_deep(name: str, what: str) -> DataError:
    return DataError(f"{name}: {what} stand more than {MOST} deep in each other; nest them less.")
