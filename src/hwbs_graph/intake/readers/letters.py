"""Words of the letters of a PDF: where a line ends, and which letters belong together.

Out of scope: which letters a cell holds (`pdf_structure`, `pdf_positions`).
"""

import re
import unicodedata
from typing import Any


def join_letters(letters: list[Any]) -> str:
    """Return text of letters in order, with a space where a line or a gap parts two of them.

    A letter is one of pdfplumber's, or text that stands for several.
    """
    written: list[str] = []
    last: Any = None
    for letter in letters:
        if isinstance(letter, str):
            written.append(letter)
            last = None
            continue
        if last is not None and _are_apart(last, letter):
            written.append(" ")
        written.append(letter["text"])
        last = letter
    text = re.sub(r"\(cid:\d+\)", "•", "".join(written))
    return " ".join(re.sub("[\xad\u200b]", "", text).split())


def _are_apart(before: Any, after: Any) -> bool:
    if before["page_number"] != after["page_number"]:
        return True
    height = max(before["size"], after["size"], 1)
    if abs(before["bottom"] - after["bottom"]) > height * 0.6:
        return not (before["text"] == "-" and after["text"].islower())
    return bool(after["x0"] - before["x1"] > height * 0.2)


def unfold_ligatures(text: str) -> str:
    """Return text with each ligature as its letters; other characters stay as printed."""
    return re.sub("[\ufb00-\ufb06]", lambda found: unicodedata.normalize("NFKC", found[0]), text)
