"""A copy of a store to change: the tables are shared, as they are never written to again.

Out of scope: changing it (`file_changes`).
"""

import os
import shutil
from pathlib import Path

#: How the other files that the engine needs begin, or end.
_STATES = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
_JOURNAL = ".log"


def copy_store(source: Path, target: Path) -> None:
    """Copy the engine's files into an empty folder; tables become further names of one file."""
    for path in sorted(source.iterdir()):
        if path.suffix == ".sst":
            _link(path, target / path.name)
        elif path.name.startswith(_STATES) or path.suffix == _JOURNAL:
            shutil.copy2(path, target / path.name)


def _link(path: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the disk knows no second names."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)
