"""`hwbs info`: what the graph holds."""

from typing import TYPE_CHECKING, Any

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource

if TYPE_CHECKING:
    from hwbs_graph.query.results import Answer


def describe_graph(*, source: GraphSource, output: RowOutput) -> None:
    """What the graph holds.

    Things of each class and plan, named graphs, versions, engine.
    """
    from hwbs_graph.query import results
    from hwbs_graph.report.data_version import find_data_version

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
        "graphs": engine.graphs(),
    }
    value = about | {"counts": counts.text_rows()}
    output.write_report(lambda: _lay_out_counts(about, counts), value, list)


def _lay_out_counts(about: dict[str, Any], counts: "Answer") -> str:
    from hwbs_graph.model.vocabulary import split
    from hwbs_graph.write.rows import render
    from hwbs_graph.write.text_table import draw_table

    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    sizes = sorted((split(iri)[1], str(size)) for iri, size in about["graphs"].items())
    return (
        f"Engine: {about['engine']}\nVersions: {versions}\n"
        f"Data version: {about['dataVersion'] or 'not known over a server'}\n\n"
        f"{draw_table(('named graph', 'statements'), sizes)}\n{render(counts, 'table').decode()}"
    )


def _find_versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("hwbs", "pyoxigraph")}


COMMAND = Command(describe_graph, "hwbs info")
