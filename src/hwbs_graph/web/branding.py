"""What makes the pages a council's own: title, logo, colour, and whom to ask.

Out of scope: what stands on the pages, and the look of the workshop view.
"""

import re
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from hwbs_graph.data.files import read_bytes
from hwbs_graph.errors import UsageError

#: The first bytes of a picture, the ending of its name, and its media type.
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"<", "svg", "image/svg+xml"))
#: A larger file is no logo: each page would load it.
_LARGEST = 512 * 1024
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MAIL = re.compile(r"[^\s@<>\"?&]+@[^\s@<>\"?&]+\.[^\s@<>\"?&]+")


class Branding(NamedTuple):
    """Whose pages they are. `logo` is a file, named with its ending; `contact` is an address."""

    title: str = "Joint Health and Wellbeing Strategies"
    logo: bytes = b""
    logo_name: str = ""
    logo_type: str = ""
    colour: str = ""
    contact: str = ""

    @property
    def contact_link(self) -> str:
        """What a browser opens to write to whom to ask."""
        return f"mailto:{self.contact}" if _MAIL.fullmatch(self.contact) else self.contact

    @property
    def style(self) -> bytes:
        """The style sheet of the colour: only of a line, so no words become hard to read."""
        if not self.colour:
            return b""
        return f"body > header {{ border-bottom-color: {self.colour}; }}\n".encode()


#: Pages of nobody in particular.
PLAIN = Branding()
#: Whose pages the request is answered with.
CURRENT: ContextVar[Branding] = ContextVar("branding", default=PLAIN)


def read_branding(
    title: str | None, logo: Path | None, colour: str | None, contact: str | None
) -> Branding:
    """Return what was chosen. Raises UsageError for what no page can show, PathError."""
    found = Branding()
    if title and title.strip():
        found = found._replace(title=title.strip())
    if colour:
        if not _COLOUR.fullmatch(colour):
            raise UsageError(f"“{colour}” is no colour; give --colour one such as #1f3a5f.")
        found = found._replace(colour=colour.lower())
    if contact:
        if not _MAIL.fullmatch(contact) and not re.fullmatch(r"https?://[^\s<>\"]+", contact):
            raise UsageError(
                f"“{contact}” is no address; give --contact an e-mail address or one of the web."
            )
        found = found._replace(contact=contact)
    return _read_logo(found, logo) if logo else found


def _read_logo(branding: Branding, path: Path) -> Branding:
    data = read_bytes(path)
    for start, ending, type in _KINDS:
        if data.lstrip()[: len(start)] == start and (ending == "png" or b"<svg" in data):
            if len(data) > _LARGEST:
                raise UsageError(f"{path} is over 512 kB; give --logo a smaller picture.")
            return branding._replace(logo=data, logo_name=f"logo.{ending}", logo_type=type)
    raise UsageError(f"{path} is neither SVG nor PNG; give --logo a picture that is.")


class Branded:
    """An application whose pages are those of one council."""

    def __init__(self, app: ASGIApp, branding: Branding) -> None:
        self._app, self._branding = app, branding

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        token = CURRENT.set(self._branding)
        try:
            await self._app(scope, receive, send)
        finally:
            CURRENT.reset(token)
