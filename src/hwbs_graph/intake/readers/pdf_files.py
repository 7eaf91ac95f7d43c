"""Reads a PDF: by its structure tree if it is tagged, else by ruled lines and positions.

Out of scope: pictures of text; nothing is recognised in them.
"""

import logging
from pathlib import Path
from typing import Any

from hwbs_graph.intake.parts import Document
from hwbs_graph.intake.readers.limits import MOST_PAGES, PictureError, UnreadableError

#: A tagged document has most of its letters inside the structure.
_FEWEST_CELLS = 4


def read_pdf(path: Path) -> Document:
    """Read a PDF. Raises UnreadableError, and PictureError for scanned pages."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    if not path.read_bytes()[:1024].lstrip().startswith(b"%PDF"):
        raise UnreadableError(path, "its ending says PDF, and it is none; export it again")
    try:
        with pdfplumber.open(path) as pdf:
            return _read_open(path, pdf)
    except UnreadableError:
        raise
    except Exception as error:  # the library raises many kinds for a damaged part
        raise UnreadableError(path, _name_fault(error)) from None


def _name_fault(error: Exception) -> str:
    if any(word in repr(error) for word in ("Password", "Encrypt")):
        return "it has a password; save it without one"
    return f"it is damaged ({type(error).__name__}); export it again, or save it as Word"


def _read_open(path: Path, pdf: Any) -> Document:
    from hwbs_graph.intake.readers import pdf_positions, pdf_structure

    if len(pdf.pages) > MOST_PAGES:
        raise UnreadableError(
            path, f"it has {len(pdf.pages)} pages and at most {MOST_PAGES} are read; split it"
        )
    characters = [page.chars for page in pdf.pages]
    if sum(map(len, characters)) < 20 * min(len(pdf.pages), 3):
        raise PictureError(
            path,
            "it holds pictures of text and no text; ask for the Word or Excel file, or type the"
            " plan into the sheet that `hwbs template` writes",
        )
    tagged = pdf_structure.read_structure(pdf, characters)
    if tagged and sum(len(table.cells) for table in tagged.tables) >= _FEWEST_CELLS:
        return tagged
    positioned = pdf_positions.read_positions(path, pdf)
    if tagged and not positioned.tables:
        return tagged
    return positioned
