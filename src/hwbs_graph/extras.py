"""The libraries that only an extra of the package installs: found, or missed in one sentence.

Out of scope: importing them; what needs one does so where it is used.
"""

from importlib.util import find_spec

from hwbs_graph.errors import MissingExtraError

#: Name of an extra -> the libraries it adds, as pip calls them -> the module to import.
EXTRAS = {
    "igraph": {"igraph": "igraph"},
    "import": {"openpyxl": "openpyxl", "pdfplumber": "pdfplumber"},
    "mcp": {"mcp": "mcp"},
    "pandas": {"pandas": "pandas"},
    "polars": {"polars": "polars"},
    "print": {"mini-racer": "py_mini_racer", "python-pptx": "pptx", "reportlab": "reportlab"},
}


def has_extra(name: str) -> bool:
    """Say whether every library of an extra is installed."""
    return not _list_missing(name)


def require_extra(name: str, what: str) -> None:
    """Raise MissingExtraError unless `what`, the subject of its sentence, has what it needs."""
    if missing := _list_missing(name):
        raise MissingExtraError(name, what, missing)


def _list_missing(name: str) -> list[str]:
    return [library for library, module in EXTRAS[name].items() if find_spec(module) is None]
