"""Which kinds of thing the view can show, and in which column.

Out of scope: widths, fonts and colours, which depend on the screen and stand beside the drawing.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

#: group: a heading that others stand under; unit: what is counted; party: whom the units name.
Role = Literal["group", "unit", "party"]


@dataclass(frozen=True)
class Column:
    """One column of the map; `sign` is a shape before each name, so that colour is never alone."""

    kind: str
    singular: str
    plural: str
    role: Role
    sign: str = ""


#: Every column the view knows, left to right; a plan shows those it has something for.
COLUMNS: tuple[Column, ...] = (
    Column("theme", "theme", "themes", "group"),
    Column("priority", "priority", "priorities", "group"),
    Column("objective", "objective", "objectives", "group"),
    Column("focus area", "focus area", "focus areas", "group"),
    Column("action", "action", "actions", "unit"),
    Column("partner", "partner", "partners", "party", "diamond"),
    Column("determinant", "determinant", "determinants", "party", "triangle"),
)


def columns_for(kinds: Collection[str]) -> tuple[Column, ...]:
    """Return the columns these kinds need, one of them a unit unless there are only parties.

    A plan without actions is still counted in something: its innermost headings take that part.
    Raises ValueError for a kind without a column, since leaving it out would hide part of a plan.
    """
    known = {column.kind for column in COLUMNS}
    strangers = sorted(kind for kind in kinds if kind not in known)
    if strangers:
        raise ValueError(
            f"The view has no column for {strangers[0]!r}; it knows {', '.join(sorted(known))}."
        )
    present = tuple(column for column in COLUMNS if column.kind in kinds)
    if any(column.role == "unit" for column in present):
        return present
    return _promote_last_group(present)


def _promote_last_group(present: tuple[Column, ...]) -> tuple[Column, ...]:
    groups = [column.kind for column in present if column.role == "group"]
    innermost = groups[-1] if groups else None
    return tuple(replace(c, role="unit") if c.kind == innermost else c for c in present)
