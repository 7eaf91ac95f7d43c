"""Closes slow connections, so that they keep no place and no memory from others.

Uvicorn bounds only the silence between two requests. Here the request itself must come in time,
and its answer must be taken in time. If there are too many connections, the one that has been
idle for longest is closed.

Out of scope: how long a query may take (`pool`).
"""

import sys
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: A client must take so many bytes of its answer within its time.
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
        """The sentence for a client whose request did not come in time."""
        return f"The request did not come within {self.seconds:g} seconds; send it again."


class Connection(H11Protocol):
    """One connection; `limits` are set by `connection_class`."""

    limits: Limits

    def connection_made(self, transport: Any) -> None:
        """Accept the connection, if need be in place of an idle one."""
        super().connection_made(transport)
        self._step, self._since = self._current_step(), time.monotonic()
        if len(self.connections) <= self.limits.connections:
            return
        idle = [each for each in self._other_connections() if each.idle]
        if idle:
            min(idle, key=lambda each: each._since).dismiss()
        else:
            self._send_reply(
                "503 Service Unavailable", "The server is busy; try again.", "Retry-After: 2\r\n"
            )

    def _other_connections(self) -> list["Connection"]:
        return [
            each for each in self.connections if isinstance(each, Connection) and each is not self
        ]

    @property
    def unsent(self) -> int:
        """The bytes of answers that the client has not taken yet."""
        return self.transport.get_write_buffer_size()

    @property
    def _untaken(self) -> int:
        """The bytes unsent, with those that the system keeps for the client.

        The system takes more from us only once a third of its buffer is free, a megabyte or so: a
        client that takes little by little would seem to take nothing for long.
        """
        if not self.unsent:
            return 0
        return self.unsent + _unacknowledged(self.transport.get_extra_info("socket"))

    @property
    def idle(self) -> bool:
        """Whether no request has come whole, and no answer is on its way."""
        waits = self.conn.their_state is h11.IDLE and not self.unsent
        return waits and not self.transport.is_closing()

    def _current_step(self) -> tuple[Any, ...]:
        """Return a value that changes as the request or its answer progresses."""
        return (self.conn.their_state, self.cycle, -(-self._untaken // _PIECE))

    def is_overdue(self, now: float) -> bool:
        """Say whether the client takes too long for its present step."""
        if (step := self._current_step()) != self._step:
            self._step, self._since = step, now
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY) and not self.unsent:
            return False  # it waits for us
        # Whoever reads the body answers first; this is for a body that nobody reads.
        times = 2 if self.conn.their_state is h11.SEND_BODY else 1
        return now - self._since > times * self.limits.seconds

    def dismiss(self) -> None:
        """End the connection, with a sentence if the client can still read one."""
        if not self.idle:
            self.transport.abort()
        elif self.conn.trailing_data[0]:
            self._send_reply("408 Request Timeout", self.limits.late)
        else:
            self.transport.close()

    def _send_reply(self, status: str, sentence: str, more: str = "") -> None:
        sentence += "\n"
        text = _REPLY.format(status=status, length=len(sentence), more=more, sentence=sentence)
        self.transport.write(text.encode("ascii"))
        self.transport.close()


def _unacknowledged(connection: Any) -> int:
    """Return the bytes in the system's buffer for a connection, 0 if it does not tell."""
    if connection is None or sys.platform == "win32":
        return 0
    import fcntl
    import termios

    try:
        answer = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4))
    except OSError:
        return 0
    return int.from_bytes(answer, sys.byteorder)


def connection_class(limits: Limits) -> type[Connection]:
    """Return the class of a server's connections, with these limits."""
    return type("Connection", (Connection,), {"limits": limits})


def close_overdue(connections: Iterable[object]) -> None:
    """Close slow connections; if too much is unsent in all, abort the largest answers too."""
    now = time.monotonic()
    alive = [each for each in connections if isinstance(each, Connection)]
    for each in alive:
        if each.is_overdue(now):
            each.dismiss()
    waiting = sorted((each for each in alive if each.unsent), key=lambda each: each.unsent)
    while waiting and sum(each.unsent for each in waiting) > waiting[0].limits.unsent:
        waiting.pop().transport.abort()
