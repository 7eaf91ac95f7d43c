"""One failure as clients see it: the problem details of RFC 9457.

https://www.rfc-editor.org/rfc/rfc9457

Out of scope: who sends it, and in which media type (`protocol.response`, `responses`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from hwbs_graph.errors import (
    AmbiguousError,
    DataError,
    FormatError,
    HwbsError,
    NameTakenWarning,
    NotFoundError,
    NothingFoundError,
)

Headers = tuple[tuple[str, str], ...]
PROBLEM_JSON = "application/problem+json"
#: Seconds after which a client that was turned away may ask again.
RETRY_AFTER: Headers = (("Retry-After", "2"),)
_UNREADABLE = (
    "The data of this server cannot be read; its operator finds the reason in the server's log."
)


@dataclass(eq=False)
class Problem(Exception):
    """Why a request gets no answer; it may travel between processes.

    `suggestions` are names to try, `candidates` pairs of (path, label) to choose from, and `links`
    pairs of (address, text) for people. `sought` is a name that led nowhere. `cause` is for the
    operator alone: it may name a path of the machine. Instances are raised once:
    make a new one each time.
    """

    status: int
    detail: str
    headers: Headers = ()
    suggestions: tuple[str, ...] = ()
    candidates: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    cause: str = ""
    sought: str = ""

    def __str__(self) -> str:
        return self.detail

    @property
    def title(self) -> str:
        """The name of the status, as RFC 9457 asks if a problem has no type of its own."""
        return HTTPStatus(self.status).phrase

    def with_links(self, links: Iterable[tuple[str, str]]) -> "Problem":
        """Lead on to these addresses."""
        self.links = tuple(links)
        return self

    def to_json(self) -> bytes:
        """Return the body of a response in `PROBLEM_JSON`."""
        members = {
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            # The same sentence, under the name that older clients read.
            "error": self.detail,
            "suggestions": self.suggestions,
            "candidates": [{"name": name, "label": label} for name, label in self.candidates],
        }
        return json.dumps(members, ensure_ascii=False).encode("utf-8")


def as_problem(error: HwbsError | NameTakenWarning) -> Problem:
    """Return the problem that an error of ours becomes at the edge.

    So does a name that was taken for another: an answer to a program has no place to say so.
    """
    if isinstance(error, NameTakenWarning):
        sentence = f"Nothing is called “{error.name}”. Did you mean “{error.label}”?"
        return Problem(404, sentence, suggestions=(error.label,), sought=error.name)
    if isinstance(error, AmbiguousError):
        sentence = f"“{error.name}” names {len(error.candidates)} things; choose one."
        return Problem(300, sentence, candidates=error.candidates)
    if isinstance(error, NotFoundError):
        return Problem(404, str(error), suggestions=error.suggestions, sought=error.sought)
    if isinstance(error, FormatError):
        return Problem(406, str(error))
    if isinstance(error, DataError):
        return Problem(503, _UNREADABLE, RETRY_AFTER, cause=str(error))
    return Problem(404 if isinstance(error, NothingFoundError) else 400, str(error))
