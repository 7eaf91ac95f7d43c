"""The endings of files, by what is written into them: one table for every option that takes a file.

Out of scope: writing a format (`rows`, `export`, `briefing`, and the view's own printing).
"""

from collections.abc import Iterable
from pathlib import Path

from hwbs_graph.errors import UsageError

#: The first ending of a format is the one to recommend. An ending that several formats share is,
#: where nothing else is said, that of the first.
ENDINGS = {
    "table": (".txt", ".text"),
    "json": (".json", ".srj"),
    "csv": (".csv", ".txt"),
    "excel-csv": (".csv",),
    "tsv": (".tsv", ".tab", ".txt"),
    "xml": (".xml", ".srx"),
    "markdown": (".md", ".markdown", ".txt"),
    "xlsx": (".xlsx",),
    "plan-sheet": (".xlsx",),
    "docx": (".docx",),
    "ttl": (".ttl", ".turtle"),
    "trig": (".trig",),
    "nt": (".nt", ".ntriples"),
    "jsonld": (".jsonld", ".json"),
    "graphml": (".graphml", ".xml"),
    "gexf": (".gexf", ".xml"),
    "stratml": (".stratml", ".xml"),
    "kumu": (".json",),
    "prsm": (".xlsx",),
    "mermaid": (".mmd", ".mermaid", ".md"),
    "dot": (".dot", ".gv"),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
    "svg": (".svg",),
    "pptx": (".pptx",),
    "zip": (".zip",),
}


def find_format(file: str, formats: Iterable[str]) -> str | None:
    """Return the first of some formats that has the ending of `file`, None if none has."""
    ending = Path(file).suffix.lower()
    return next((name for name in formats if ending in ENDINGS[name]), None)


def require_ending(what: str, file: str, formats: Iterable[str]) -> None:
    """Raise UsageError where a file ends as none of some formats does.

    A name without an ending says nothing of the content, and may stay.
    """
    formats = tuple(formats)
    if Path(file).suffix and find_format(file, formats) is None:
        known = ", ".join(dict.fromkeys(ENDINGS[name][0] for name in formats))
        name = Path(file).name
        raise UsageError(f"{what} cannot be written as “{name}”; end it in {known}.")
