"""What goes in and out: requests, responses, and what a query came to.

Out of scope: reading a request (`operation`) and answering it (`answering`).
"""

from collections.abc import Mapping
from typing import NamedTuple

Headers = tuple[tuple[str, str], ...]
PLAIN = "text/plain; charset=utf-8"


class Request(NamedTuple):
    """An HTTP request as it came: nothing is decoded yet, header names are in small letters.

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
        """Return the value of a header, "" where it is not set."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Rules(NamedTuple):
    """What the operator allows: bytes of a request, SERVICE addresses, and other sites' pages.

    `cors` is off where the graph holds files of one's own, which no web page should read.
    """

    body: int = 1 << 20
    services: frozenset[str] = frozenset()
    cors: bool = True


class Wanted(NamedTuple):
    """The media types chosen for either kind of answer; None where none of ours is accepted."""

    rows: str | None
    graph: str | None


class Outcome(NamedTuple):
    """What a query came to: a status, and the answer in `type`, or a sentence in plain text."""

    status: int
    type: str
    body: bytes
    retry_after: int = 0


class Refusal(Exception):
    """A request that gets no answer; `sentence` says why, and what to do instead."""

    def __init__(self, status: int, sentence: str, headers: Headers = ()) -> None:
        self.status, self.sentence, self.headers = status, sentence, headers
        super().__init__(sentence)

    @property
    def response(self) -> Response:
        """The refusal as a response in plain text."""
        return plain(self.status, self.sentence, self.headers)


def plain(status: int, sentence: str, headers: Headers = ()) -> Response:
    """Return a response that is one sentence."""
    return Response(status, (("Content-Type", PLAIN), *headers), f"{sentence}\n".encode())


def failed(status: int, sentence: str, retry_after: int = 0) -> Outcome:
    """Return the outcome of a query that has no answer."""
    return Outcome(status, PLAIN, f"{sentence}\n".encode(), retry_after)
