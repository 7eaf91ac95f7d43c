"""How far an action has got: printed words, or a colour with its key.

Out of scope: the passage of a colour.
"""

import colorsys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from hwbs_graph.intake.grid import Grid
from hwbs_graph.intake.parts import Table
from hwbs_graph.intake.plan_words import find_exact, fold, fold_words
from hwbs_graph.intake.records import Update
from hwbs_graph.model.dates import read_date

_HUES = ((20, "Red"), (65, "Amber"), (170, "Green"), (265, "Blue"), (330, "Purple"), (360, "Red"))


def name_colour(fill: str) -> str:
    """Return the name of a colour written as RRGGBB."""
    red, green, blue = (int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.12:
        return "White" if value > 0.95 else "Grey"
    return next(name for limit, name in _HUES if hue * 360 <= limit)


def find_progress(words: str) -> str | None:
    """Return the step that printed words mean, None where they mean none for certain."""
    found = find_exact("progress", fold_words(words))
    return found[0] if found else None


def read_colour_key(tables: list[Table]) -> dict[str, str]:
    """Return what colours mean: the words in or right of a coloured cell that are a step."""
    key: dict[str, str] = {}
    for table in tables:
        grid = Grid(table)
        for row in grid.numbers:
            cells = list(dict.fromkeys(grid.rows[row].values()))
            for cell, following in zip(cells, [*cells[1:], None], strict=True):
                if not cell.fill or len(cells) > 3:
                    continue
                own = cell.text or (following.text if following else "")
                if find_progress(own):
                    key.setdefault(cell.fill, own)
    return key


def describe_status(update: Update, key: dict[str, str]) -> str:
    """Return a status as printed; of a colour alone its name, or the word of its key."""
    if update.text or not update.fill:
        return update.text
    name = name_colour(update.fill)
    return name if name in ("Red", "Amber", "Green") else key.get(update.fill, name)


def describe_update(
    update: Update, key: dict[str, str], steps: Mapping[str, str]
) -> dict[str, str | None]:
    """Return an update as the plan sheet holds it; `steps` are what a person says that it means."""
    chosen = steps.get(fold(update.text or update.fill))
    words = update.text or key.get(update.fill, "")
    by_colour = name_colour(update.fill) if update.fill and not words else ""
    return {
        "as_of": read_date_in(update.heading),
        "text": update.text or None,
        "progress": chosen or find_progress(words or by_colour),
        "colour": update.fill or None,
        "place": update.place,
    }


def list_colours(draft: dict[str, Any]) -> dict[str, str]:
    """Return the words that stand for a colour without words, by the place of its cell."""
    return {
        update["place"]: describe_colour(update["colour"])
        for action in draft["actions"]
        for update in action["updates"]
        if update["colour"] and not update["text"]
    }


def describe_colour(fill: str) -> str:
    """Return what a reading copy says of a colour, in brackets as nothing of it is printed."""
    return f"[{name_colour(fill)}, {fill}]"


#: The headings of a plan are few, and each is that of many updates.
@lru_cache(1_024)
def read_date_in(heading: str) -> str | None:
    """Return the date that the heading of a column ends or begins with."""
    words = heading.replace("(", " ").replace(")", " ").split()
    for length in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if found := read_date(" ".join(words[start : start + length])):
                return found
    return None
