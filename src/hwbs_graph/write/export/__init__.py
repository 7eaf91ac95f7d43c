"""The record in other programs' formats: one writer for each, in one table.

The command line, its help and the tests read this table. Every writer takes the engine and the IRI
of a plan, None for the whole record; where a format holds one plan only, None lets
`network.choose_plan` choose. The same record always gives the same bytes.

Out of scope: where the bytes go (the command line decides), and answers to a question (`render`).
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

#: One file, or several by name.
Written = bytes | dict[str, bytes]


class Writer(NamedTuple):
    """A format: what it is for, the function that writes it, and whether it is no text."""

    description: str
    write: Callable[["Engine", str | None], Written]
    binary: bool = False


def _later(room: str, name: str) -> "Callable[[Engine, str | None], Written]":
    """Return a writer whose module is loaded when it writes: most serve another format."""

    def write(engine: "Engine", plan: str | None = None) -> Written:
        written: Written = getattr(import_module(f"{__name__}.{room}"), name)(engine, plan)
        return written

    return write


#: In the order in which help lists them.
WRITERS = {
    "ttl": Writer("Turtle, all statements in one graph", _later("rdf", "ttl")),
    "trig": Writer("TriG, the named graphs kept apart", _later("rdf", "trig")),
    "nt": Writer("N-Triples, sorted, a statement a line", _later("rdf", "nt")),
    "jsonld": Writer("JSON-LD; with --plan as a tree", _later("jsonld", "jsonld")),
    "csv": Writer(
        "a table a kind and one of the links, in a folder or .zip", _later("csv_xlsx", "csv")
    ),
    "xlsx": Writer("the same tables as the sheets of a workbook", _later("csv_xlsx", "xlsx"), True),
    "graphml": Writer("one plan as a network, for yEd and others", _later("networks", "graphml")),
    "gexf": Writer("one plan as a network with colours, for Gephi", _later("networks", "gexf")),
    "stratml": Writer("one plan as StratML Part 1 (ISO 17469-1)", _later("stratml", "stratml")),
}
