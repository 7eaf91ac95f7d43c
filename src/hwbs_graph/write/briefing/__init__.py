"""The briefing of a partner: one body's part in the plans, in a file to hand over.

`gather_briefing` collects what it says, `render` writes it; `WRITERS` is the one table of file
endings, read by help texts, dispatch and tests alike.

Out of scope: finding the partner (`names`), and where the file goes (the command line decides).
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hwbs_graph.errors import UsageError
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.file_names import name_files
from hwbs_graph.write.briefing.gathering import SharedContent, gather_briefing, gather_shared
from hwbs_graph.write.endings import ENDINGS

#: The formats of a briefing, and by ending the module that writes it, loaded only when asked for.
FORMATS = ("markdown", "html", "docx", "xlsx")
WRITERS = {ending: format for format in FORMATS for ending in ENDINGS[format] if ending != ".txt"}


def find_ending(path: Path) -> str:
    """Return the ending of `path` that tells how to write it. Raises UsageError for any other."""
    found = path.suffix.lower()
    if found not in WRITERS:
        known = ", ".join(ENDINGS[format][0] for format in FORMATS)
        raise UsageError(f"A briefing sheet cannot be written as “{path.name}”; end it in {known}.")
    return found


def render(briefing: Briefing, ending: str) -> bytes:
    """Return the briefing as the bytes of a file with this ending, a key of `WRITERS`.

    The same record gives the same bytes: a briefing carries the record's date, not today's.
    """
    writer: Callable[[Briefing], bytes] = import_module(f"{__name__}.{WRITERS[ending]}").write
    return writer(briefing)


__all__ = [
    "FORMATS",
    "WRITERS",
    "Briefing",
    "SharedContent",
    "find_ending",
    "gather_briefing",
    "gather_shared",
    "name_files",
    "render",
]
