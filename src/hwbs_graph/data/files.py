"""Reading text, with clear errors.

Out of scope: what a file says, writing one (`atomic_file`), and where the data that ships with
`hwbs` lies (`bundled`).
"""

from pathlib import Path

from hwbs_graph.errors import PathError


def read_text(path: Path) -> str:
    """Return a file's text. Raises PathError if it cannot be read as UTF-8."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise PathError(path, error.strerror or "it cannot be opened") from None
    except UnicodeDecodeError as error:
        raise PathError(path, f"byte {error.start + 1} is not UTF-8 text") from None
