"""`hwbs info`: what the graph holds."""

from typing import TYPE_CHECKING, Any

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.extras import EXTRAS, has_extra

if TYPE_CHECKING:
    from hwbs_graph.query.results import Answer


def describe_graph(*, source: GraphSource, output: RowOutput) -> None:
    """What the graph holds.

    Things of each class and plan, named graphs, versions, engine.
    """
    from hwbs_graph.query import results
    from hwbs_graph.query.data_version import find_data_version
    from hwbs_graph.web.editor_bundle import has_editor_bundle

    engine = source.open(standards=True)
    counts = results.ask_named(engine, "report/counts-by-class")
    if not output.is_laid_out:
        output.write_answer(counts)
        return
    assert isinstance(counts, results.Rows)
    number = find_data_version(engine)
    about = {
        "engine": engine.name,
        "dataVersion": number or None,
        "versions": _find_versions(),
        "extras": {name: has_extra(name) for name in EXTRAS},
        "editor": has_editor_bundle(),
        "graphs": engine.graphs(),
    }
    value = about | {"counts": counts.text_rows()}
    output.write_report(lambda: _lay_out_counts(about, counts), value, list)


def _lay_out_counts(about: dict[str, Any], counts: "Answer") -> str:
    from hwbs_graph.model.vocabulary import split
    from hwbs_graph.write.rows import render
    from hwbs_graph.write.text_table import draw_table

    editor = "highlighted" if about["editor"] else "plain text, as npm was missing at the build"
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    sizes = sorted((split(iri)[1], str(size)) for iri, size in about["graphs"].items())
    return (
        f"Engine: {about['engine']}\nVersions: {versions}\n"
        f"Extras: {_list_extras(about['extras'])}\nSPARQL editor of serve: {editor}\n"
        f"Data version: {about['dataVersion'] or 'not known over a server'}\n\n"
        f"{draw_table(('named graph', 'statements'), sizes)}\n{render(counts, 'table').decode()}"
    )


def _list_extras(found: dict[str, bool]) -> str:
    """Return "pandas, print; not installed: mcp"."""
    there = ", ".join(name for name, installed in found.items() if installed)
    missing = ", ".join(name for name, installed in found.items() if not installed)
    return (there or "none") + (f"; not installed: {missing}" if missing else "")


def _find_versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("hwbs", "pyoxigraph")}


COMMAND = Command(describe_graph, "hwbs info")
