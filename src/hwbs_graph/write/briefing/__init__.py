"""The briefing of a partner: one body's part in the plans, in a file to hand over.

`gather_briefing` collects what it says, `render` writes it; `WRITERS` is the one table of file
endings, read by help texts, dispatch and tests alike.

Out of scope: finding the partner (`names`), and where the file goes (the command line decides).
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hwbs_graph.errors import UsageError
from hwbs_graph.extras import require_extra
from hwbs_graph.write.briefing.audiences import NAMED, require_audience
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.file_names import name_files
from hwbs_graph.write.briefing.gathering import SharedContent, gather_briefing, gather_shared
from hwbs_graph.write.endings import ENDINGS

#: The formats of a briefing, and by ending the module that writes it, loaded only when asked for.
FORMATS = ("markdown", "html", "docx", "pptx", "xlsx")
WRITERS = {ending: format for format in FORMATS for ending in ENDINGS[format] if ending != ".txt"}


def find_ending(path: Path) -> str:
    """Return the ending of `path` that tells how to write it.

    Raises UsageError for any other, MissingExtraError for one that needs an extra.
    """
    found = path.suffix.lower()
    if found not in WRITERS:
        known = ", ".join(ENDINGS[format][0] for format in FORMATS)
        raise UsageError(f"A briefing sheet cannot be written as “{path.name}”; end it in {known}.")
    if WRITERS[found] == "pptx":
        require_extra("print", "A briefing as slides")
    return found


def choose_audience(name: str, ending: str) -> str:
    """Return for whom a briefing with this ending is made: a word of `NAMED`, or "" for all.

    Raises UsageError for another word, and for a spreadsheet, which holds every row for everybody.
    """
    if not name:
        return ""
    if WRITERS[ending] == "xlsx":
        raise UsageError("A spreadsheet holds every row for everybody; leave out --for.")
    return require_audience(name)


def render(briefing: Briefing, ending: str) -> bytes:
    """Return the briefing as the bytes of a file with this ending, a key of `WRITERS`.

    The same record gives the same bytes: a briefing carries the record's date, not today's.
    """
    writer: Callable[[Briefing], bytes] = import_module(f"{__name__}.{WRITERS[ending]}").write
    return writer(briefing)


__all__ = [
    "FORMATS",
    "NAMED",
    "WRITERS",
    "Briefing",
    "SharedContent",
    "choose_audience",
    "find_ending",
    "gather_briefing",
    "gather_shared",
    "name_files",
    "render",
]
