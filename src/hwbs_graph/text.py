"""Small matters of wording that several rooms share: counts, and names made readable.

Out of scope: sentences about a particular thing; the room that knows the thing writes them.
"""

import re


def count(number: int, noun: str) -> str:
    """Return "1 action", "2 actions", "1,200 actions"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def heading(variable: str) -> str:
    """Return a name in camel case as words: `printedAs` reads "printed as".

    The ending of a label variable is left out: `actionLabel` reads "action".
    """
    name = variable.removesuffix("Label") or variable
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def printable(text: str) -> str:
    """Return text without the characters that move a terminal's cursor or turn text round."""
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]",
        "\N{REPLACEMENT CHARACTER}",
        text,
    )
