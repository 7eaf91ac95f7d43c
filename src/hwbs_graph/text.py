"""Text that every room treats alike: counts, headings, safe file names, and hostile characters.

Labels come from documents and from users' own files, and may hold anything.

Out of scope: sentences about a particular thing; the room that knows the thing writes them.
Escaping is left to the library that writes a format.
"""

import re
import unicodedata
from collections.abc import Sequence
from math import isfinite

#: Control characters other than tab and line feed, marks that turn the direction of writing, and
#: codes that are no character.
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
#: https://www.w3.org/TR/xml/#charsets: a parser stops at any character outside these ranges.
_NO_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
#: Names that Windows keeps for devices, whatever ending follows.
_DEVICE = r"con|prn|aux|nul|(com|lpt)\d"
_LONGEST_STEM = 80
#: A spreadsheet holds a number of so many digits, and none nearer to zero or further from it:
#: https://support.microsoft.com/office/excel-specifications-and-limits
_DIGITS, _SMALLEST, _LARGEST = 15, 2.2251e-308, 9.99999999999999e307
#: A whole number or decimal in the one way in which a number would be written again.
_CANONICAL = r"(?!-0\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"
#: Categories of Unicode: spaces, unseen marks, quotes, dashes, line and paragraph separators.
_ODD = ("Zs", "Zl", "Zp", "Cf", "Pi", "Pf", "Ps", "Pd", "Cc")


def count(number: int, noun: str) -> str:
    """Return "1 action", "2 priorities", "1,200 actions"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {pluralise(noun)}"


def pluralise(noun: str) -> str:
    """Return the regular plural: "actions", "priorities"."""
    return re.sub("(?<![aeiou])y$", "ie", noun) + "s"


def list_first(names: Sequence[str], most: int, mark: str = ", ") -> str:
    """Return the first names and the number of the others: "A, B and 1,200 more"."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return mark.join(names[:most]) + more


def heading(variable: str) -> str:
    """Return a name in camel case as words: `printedAs` reads "printed as".

    The ending of a label variable is left out: `actionLabel` reads "action".
    """
    name = variable.removesuffix("Label") or variable
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def capitalise(text: str) -> str:
    """Return text with its first letter as a capital, and the others as they are."""
    return text[:1].upper() + text[1:]


def truncate(text: str, limit: int) -> str:
    """Return text of at most `limit` characters; an ellipsis shows where it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def one_line(text: str) -> str:
    """Return text with each run of spaces and line ends as one space."""
    return " ".join(text.split())


def parse_number(text: str) -> float | None:
    """Return text as a number, None if it is no number or too large to be held as one.

    Decimals and doubles as XML Schema writes them; https://www.w3.org/TR/xmlschema11-2/
    """
    if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", text, re.ASCII | re.IGNORECASE):
        return number if isfinite(number := float(text)) else None
    return None


def parse_exact_number(text: str, scientific: bool = False) -> float | None:
    """Return text as a number where a spreadsheet would read the same literal back, else None.

    A zero in front or at the end is part of a code. `scientific` text is compared by its value,
    as each double can be written in many ways.
    """
    number = parse_number(text)
    if number is None or not (number == 0 or _SMALLEST <= abs(number) <= _LARGEST):
        return None
    if scientific:
        from decimal import Decimal  # no look-up needs it

        same = Decimal(f"{number:.{_DIGITS}g}") == Decimal(text)
        return number if same and not re.match(r"\+|-?0\d", text) else None
    return number if re.fullmatch(_CANONICAL, text) and _count_digits(text) <= _DIGITS else None


def _count_digits(text: str) -> int:
    return len(re.sub("[-.]", "", text).lstrip("0"))


def parse_whole(text: str, otherwise: int = 0) -> int:
    """Return text as a whole number of at most 15 digits, anything else as `otherwise`."""
    return int(text) if re.fullmatch(r"[+-]?\d{1,15}", text, re.ASCII) else otherwise


def mark_unsafe(text: str) -> str:
    """Return text with a visible mark for what moves a cursor or makes a name read as another."""
    return re.sub(_UNSAFE, "\N{REPLACEMENT CHARACTER}", text)


def strip_invisible(text: str) -> str:
    """Return text without the characters that are not drawn but steer how others are."""
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def name_odd_character(text: str) -> str:
    """Return a sentence's subject for the first character that only looks like code, or "".

    Word processors write curly quotes, dashes, and spaces that are not seen.
    """
    for char in text:
        if not char.isascii() and unicodedata.category(char) in _ODD:
            name = unicodedata.name(char, "an unnamed character").lower()
            return f"the odd character “{mark_unsafe(char)}” (U+{ord(char):04X}, {name})"
    return ""


def xml_text(text: str) -> str:
    """Return text without the characters that XML forbids; each line ends in a line feed."""
    return re.sub(_NO_XML, "", text.replace("\r\n", "\n").replace("\r", "\n"))


def xml_line(text: str) -> str:
    """Return text that XML can hold, on one line."""
    return one_line(xml_text(text))


def normalise_newlines(text: str) -> str:
    """Return text with a line feed at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def html_text(value: object) -> str:
    """Return `value` as text that UTF-8 and HTML can hold: each control becomes a space."""
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", str(value))
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)


def file_stem(title: str, kind: str) -> str:
    """Return a file name without its ending that every system takes.

    `kind` stands before a name that Windows keeps, and for one without any letter or digit.
    The page's own downloads (`export.js`) follow the same rule.
    """
    plain = re.sub("[\u0300-\u036f’']", "", unicodedata.normalize("NFKD", title)).lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_STEM].strip("-")
    if stem and not re.fullmatch(_DEVICE, stem):
        return stem
    return f"{kind}-{stem}".rstrip("-")
