"""Which printer's font has a character, and how wide it is.

Helvetica needs no embedding and has the widths of Arial and Liberation Sans, so text measured with
it fits in a browser on any system, and a browser's SVG fits here.

Out of scope: scripts that need shaping, such as Arabic; a PDF shows "?" for what no font here has.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

#: (plain, bold) of the first choice and of what stands in for it; reportlab ships both.
FACES = {"helvetica": ("Helvetica", "Helvetica-Bold"), "vera": ("Vera", "VeraBd")}
#: Thousandths of the size for what no font here has: as wide as the widest letters are.
UNKNOWN_WIDTH = 1000


def measure_characters(text: Iterable[str]) -> dict[str, Any]:
    """Return {"plain", "bold"}, the width of each character of `text`, and {"other"}."""
    signs = sorted(
        {sign for words in text for sign in words} | {chr(code) for code in range(32, 127)}
    )
    tables = {
        name: {sign: _measure(sign, bold) for sign in signs}
        for name, bold in (("plain", False), ("bold", True))
    }
    return {**tables, "other": UNKNOWN_WIDTH}


def _measure(sign: str, bold: bool) -> float:
    face = choose_face(sign)
    return _load_metrics().stringWidth(sign, FACES[face][bold], 1000) if face else UNKNOWN_WIDTH


def split_by_font(text: str, bold: bool) -> Iterator[tuple[str, str]]:
    """Yield (font name, words) of `text` in order; what no font has becomes "?".

    Invisible characters have no shape to miss, so they go.
    """
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    for face, signs in groupby(seen, choose_face):
        words = "".join(signs)
        yield FACES[face or "helvetica"][bold], words if face else "?" * len(words)


@cache
def choose_face(sign: str) -> str:
    """Return "helvetica" or "vera", or "" where neither has the character."""
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return "vera" if ord(sign) in _load_metrics().getFont("Vera").face.charToGlyph else ""
    return "helvetica"


@cache
def _load_metrics() -> Any:
    """Return reportlab's font metrics, with the stand-in font registered."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in FACES["vera"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    return pdfmetrics
