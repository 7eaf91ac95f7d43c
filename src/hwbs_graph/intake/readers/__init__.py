"""Reads a file of any format that a plan is published in into paragraphs and tables.

Out of scope: limits of time and memory (`intake.apart`), and what the words mean.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hwbs_graph.errors import PathError
from hwbs_graph.extras import require_extra
from hwbs_graph.intake.parts import Document
from hwbs_graph.intake.readers.limits import UnreadableError, check_size

#: Ending -> the module that reads it, and its function.
READERS = {
    ".xlsx": ("spreadsheets", "read_workbook"),
    ".xlsm": ("spreadsheets", "read_workbook"),
    ".csv": ("delimited", "read_delimited"),
    ".tsv": ("delimited", "read_delimited"),
    ".docx": ("word", "read_word"),
    ".html": ("hypertext", "read_page"),
    ".htm": ("hypertext", "read_page"),
    ".md": ("markdown_files", "read_markdown"),
    ".txt": ("plain_text", "read_text"),
    ".pdf": ("pdf_files", "read_pdf"),
}
_NEED_EXTRA = (".xlsx", ".xlsm", ".pdf")
#: Endings of other programs -> what to save the file as.
_SAVE_AS = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".pages": ".docx",
    ".xls": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".numbers": ".xlsx",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
}


def check_readable(path: Path) -> None:
    """Raise an error that says what to do, before any work, for a file that no reader takes."""
    ending = path.suffix.lower()
    if not path.exists():
        raise PathError(path, "there is no such file")
    if not path.is_file():
        raise PathError(path, "it is no file; name the file of a plan")
    if ending in _SAVE_AS:
        raise UnreadableError(path, f"no reader takes {ending}; save it as {_SAVE_AS[ending]}")
    if ending not in READERS:
        offer = ", ".join(each for each in READERS if each not in (".xlsm", ".tsv", ".htm"))
        raise UnreadableError(path, f"no reader takes “{ending}”; give one of: {offer}")
    check_size(path)
    if ending in _NEED_EXTRA:
        require_extra("import", f"Reading {ending}")


def read_document(path: Path, with_hidden: bool = False) -> Document:
    """Read a file by its ending, a workbook or page with what is hidden in it if so asked.

    Raises UnreadableError, PathError and MissingExtraError."""
    check_readable(path)
    module, name = READERS[path.suffix.lower()]
    read: Callable[..., Document] = getattr(import_module(f"{__name__}.{module}"), name)
    hides = name in ("read_workbook", "read_page")
    return read(path, with_hidden=True) if with_hidden and hides else read(path)
