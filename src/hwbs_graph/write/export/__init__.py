"""The record in other programs' formats: one writer for each, in one table.

The command line, its help and the tests read this table. Every writer takes the engine and the IRI
of a plan, None for the whole record; where a format holds one plan only, None lets
`network.choose_plan` choose. The same record always gives the same bytes.

Out of scope: where the bytes go (the command line decides), and answers to a question (`rows`).
"""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hwbs_graph.store import Engine

#: One file, or several by name.
Written = bytes | dict[str, bytes]


class Writer(NamedTuple):
    """A format: what it is for, and the module and function that write it."""

    description: str
    module: str
    function: str
    binary: bool = False

    def write(self, engine: "Engine", plan: str | None = None) -> Written:
        """Return the record or a plan in this format; its module is loaded only now."""
        module = import_module(f"{__name__}.{self.module}")
        written: Written = getattr(module, self.function)(engine, plan)
        return written


#: In the order in which help lists them.
WRITERS = {
    "ttl": Writer("Turtle, all statements in one graph", "rdf", "write_turtle"),
    "trig": Writer("TriG, the named graphs kept apart", "rdf", "write_trig"),
    "nt": Writer("N-Triples, sorted, a statement a line", "rdf", "write_ntriples"),
    "jsonld": Writer("JSON-LD; with --plan as a tree", "jsonld", "write_jsonld"),
    "csv": Writer(
        "a table a kind and one of the links, in a folder or .zip", "csv_xlsx", "write_csv"
    ),
    "xlsx": Writer("the same tables as the sheets of a workbook", "csv_xlsx", "write_xlsx", True),
    "plan-sheet": Writer(
        "one plan as the workbook of `hwbs template`", "plan_sheet", "write_plan_sheet", True
    ),
    "graphml": Writer("one plan as a network, for yEd and others", "networks", "write_graphml"),
    "gexf": Writer("one plan as a network with colours, for Gephi", "networks", "write_gexf"),
    "kumu": Writer("one plan as a blueprint for Kumu", "workshop_maps", "write_kumu"),
    "prsm": Writer(
        "one plan as a workbook for PRSM, factors and links", "workshop_maps", "write_prsm", True
    ),
    "mermaid": Writer("one plan as a Mermaid flowchart", "diagrams", "write_mermaid"),
    "dot": Writer("one plan as a DOT digraph, for Graphviz", "diagrams", "write_dot"),
    "stratml": Writer("one plan as StratML (ISO 17469)", "stratml", "write_stratml"),
}
