"""Keeps the workshop views that were drawn: a room that opens one gets it drawn once.

The data of a server never change, so a view stays right; its tag tells a browser so.

Out of scope: drawing one (`pages.lookups`).
"""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import anyio

#: Views that are kept, of about 1 MB each; of more, the one that was asked for longest ago goes.
_MOST_KEPT = 16
#: What a view opens on: a plan, a theme, a partner, each "" for none.
Opening = tuple[str, str, str]


class DrawnView(NamedTuple):
    """A page, and the tag that is its own (RFC 9110, section 8.8.3)."""

    page: bytes
    tag: str


class DrawnViews:
    """The views by what each opens on. One is drawn at a time, as the others mostly want it too."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Opening, DrawnView] = OrderedDict()
        self._drawing = anyio.Lock()

    async def find(self, opening: Opening, draw: Callable[[], Awaitable[str]]) -> DrawnView:
        """Return a view, which `draw` makes if it is not kept; what that raises is not kept."""
        if opening not in self._kept:
            async with self._drawing:
                if opening not in self._kept:
                    self._keep(opening, await draw())
        self._kept.move_to_end(opening)
        return self._kept[opening]

    def _keep(self, opening: Opening, text: str) -> None:
        page = text.encode("utf-8")
        # Weak: packed or not, it is the same page.
        tag = f'W/"{hashlib.sha256(page).hexdigest()[:32]}"'
        self._kept[opening] = DrawnView(page, tag)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


def is_known(tag: str, header: str | None) -> bool:
    """Say whether an If-None-Match header names a tag."""
    if header is None:
        return False
    known = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in known or tag.removeprefix("W/") in known
