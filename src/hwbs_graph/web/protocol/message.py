"""The values of the protocol: requests, responses, and what the operator allows.

Out of scope: reading a request (`operation`) and answering it (`response`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from hwbs_graph.web.problem import Headers


class Request(NamedTuple):
    """An HTTP request as it came: nothing is decoded yet, header names are in lower case.

    `url` is the address of the endpoint without its query string, `query` that string.
    """

    method: str
    query: bytes = b""
    headers: Mapping[str, str] = {}
    body: bytes = b""
    url: str = "http://127.0.0.1/sparql"


class Response(NamedTuple):
    """An HTTP response, whole."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return the value of a header, "" if it is not set."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Policy(NamedTuple):
    """What the operator allows: bytes of a request, SERVICE addresses, and other sites' pages.

    `cors` is off if the graph holds the operator's own files, which no web page should read.
    """

    body: int = 1 << 20
    services: frozenset[str] = frozenset()
    cors: bool = True


class MediaTypes(NamedTuple):
    """The media types chosen for either kind of answer; None if none of ours is accepted."""

    rows: str | None
    graph: str | None


class Representation(NamedTuple):
    """An answer in a media type."""

    type: str
    body: bytes
