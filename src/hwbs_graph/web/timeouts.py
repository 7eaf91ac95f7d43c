"""Connections that dawdle: they are cut, so that they keep no place and no memory from others.

Uvicorn bounds only the silence between two requests. Here the request itself must come in time,
an answer must be taken in time, and when there are too many connections, the one goes that has
waited longest without asking anything.

Out of scope: how long a query may take (`pool`).
"""

import time
from collections.abc import Iterable
from typing import Any, NamedTuple

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Of an answer, so many bytes must be taken within the time that a client has.
_PIECE = 64 * 1024
_REPLY = (
    "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: {length}\r\nConnection: close\r\n{more}\r\n{sentence}"
)


class Limits(NamedTuple):
    """Seconds for each step of a request, connections at a time, and bytes of answers unsent."""

    seconds: float
    connections: int
    unsent: int

    @property
    def late(self) -> str:
        """What a client hears whose request did not come in time."""
        return f"The request did not come within {self.seconds:g} seconds; send it again."


class Connection(H11Protocol):
    """One connection; `limits` are set by `within`."""

    limits: Limits

    def connection_made(self, transport: Any) -> None:
        """Take the connection in, if need be instead of one that asks nothing."""
        self._step: tuple[Any, ...] = ()
        self._since = time.monotonic()
        super().connection_made(transport)
        if len(self.connections) <= self.limits.connections:
            return
        idle = [each for each in self._others() if each.asks_nothing]
        if idle:
            min(idle, key=lambda each: each._since).dismiss()
        else:
            self._reply(
                "503 Service Unavailable", "The server is busy; try again.", "Retry-After: 2\r\n"
            )

    def _others(self) -> list["Connection"]:
        return [
            each for each in self.connections if isinstance(each, Connection) and each is not self
        ]

    @property
    def unsent(self) -> int:
        """The bytes of answers that the client has not taken yet."""
        return self.transport.get_write_buffer_size()

    @property
    def asks_nothing(self) -> bool:
        """Whether no request has come whole, and no answer is on its way."""
        waits = self.conn.their_state is h11.IDLE and not self.unsent
        return waits and not self.transport.is_closing()

    def overdue(self, now: float) -> bool:
        """Say whether the client takes too long for the step it is at."""
        step = (self.conn.their_state, self.cycle, -(-self.unsent // _PIECE))
        if step != self._step:
            self._step, self._since = step, now
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY) and not self.unsent:
            return False  # it waits for us
        # Who reads the body tells the client first; here goes what nobody reads.
        times = 2 if self.conn.their_state is h11.SEND_BODY else 1
        return now - self._since > times * self.limits.seconds

    def dismiss(self) -> None:
        """End the connection: in a sentence, where the client may still hear one."""
        if not self.asks_nothing:
            self.transport.abort()
        elif self.conn.trailing_data[0]:
            self._reply("408 Request Timeout", self.limits.late)
        else:
            self.transport.close()

    def _reply(self, status: str, sentence: str, more: str = "") -> None:
        sentence += "\n"
        text = _REPLY.format(status=status, length=len(sentence), more=more, sentence=sentence)
        self.transport.write(text.encode("ascii"))
        self.transport.close()


def within(limits: Limits) -> type[Connection]:
    """Return the connections of a server with these limits."""
    return type("Connection", (Connection,), {"limits": limits})


def sweep(connections: Iterable[object]) -> None:
    """Cut the connections that take too long, and those that leave most of too much unsent."""
    now = time.monotonic()
    alive = [each for each in connections if isinstance(each, Connection)]
    for each in alive:
        if each.overdue(now):
            each.dismiss()
    waiting = sorted((each for each in alive if each.unsent), key=lambda each: each.unsent)
    while waiting and sum(each.unsent for each in waiting) > waiting[0].limits.unsent:
        waiting.pop().transport.abort()
