"""Text wrapped into the lines of a terminal.

Out of scope: what the lines say, and how wide the terminal is.
"""

import textwrap

_NARROWEST = 40


def wrap(
    text: str, width: int, indent: int = 0, hang: int = 2, most: int | None = None
) -> list[str]:
    """Return text as lines of `width` columns; all but the first stand `hang` further in.

    Of more lines than `most`, the last one ends in three dots.
    """
    return textwrap.wrap(
        text,
        max(width, _NARROWEST),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
        max_lines=most,
        placeholder=" ...",
    )
