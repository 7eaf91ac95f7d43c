"""Which kinds of thing the view can show, and in which column.

Out of scope: widths, fonts and colours, which depend on the screen and stand beside the drawing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from hwbs_graph.data import bundled

#: element: part of a plan; shared: whom or what the elements of any plan name.
Role = Literal["element", "shared"]


@dataclass(frozen=True)
class Column:
    """One column of the map; `sign` is a shape before each name, so that colour is never alone."""

    kind: str
    singular: str
    plural: str
    role: Role
    sign: str = ""


def list_columns() -> tuple[Column, ...]:
    """Return every column there is, left to right; a plan shows those it has something for."""
    return tuple(
        Column(kind.name, kind.name, kind.plural, "shared" if kind.shared else "element", kind.sign)
        for kind in bundled.registry().columns
    )


def columns_for(kinds: Collection[str]) -> tuple[Column, ...]:
    """Return the columns these kinds need.

    Raises ValueError for a kind without a column, since leaving it out would hide part of a plan.
    """
    columns = list_columns()
    known = {column.kind for column in columns}
    strangers = sorted(kind for kind in kinds if kind not in known)
    if strangers:
        raise ValueError(
            f"The view has no column for {strangers[0]!r}; it knows {', '.join(sorted(known))}."
        )
    return tuple(column for column in columns if column.kind in kinds)
