"""`hwbs sparql`: any SPARQL query."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AnswerOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError


def run_sparql(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="A SPARQL query; - reads it from standard input."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from FILE.")
    ] = None,
    *,
    source: GraphSource,
    output: AnswerOutput,
) -> None:
    """Run any SPARQL 1.1 query.

    Usual prefixes (hwbs, id, skos, org, prov ...) need not be declared. The query sees all named
    graphs as one.
    """
    from hwbs_graph.query import results

    query, name = _read_query(text, file)
    answer = results.run_typed_query(source.open(standards=True), query, name)
    if not answer.size and (unknown := _find_unknown_terms(query)):
        output.note(f"The ontology has no {', '.join(unknown)}; see docs/ontology.md.")
    output.write_answer(answer)


def _read_query(text: str | None, file: Path | None) -> tuple[str, str]:
    """Return the query, and what an error calls it. Raises UsageError unless one was given."""
    from hwbs_graph.data import files

    if file is not None and text is None:
        return files.read_text(file), str(file)
    if text is None or file is not None:
        raise UsageError("Give one query: as text, as -f FILE, or as - for standard input.")
    if text != "-":
        _refuse_file_name(text)
        return text, "The query"
    return files.decode_text(Path("standard input"), sys.stdin.buffer.read()), "The query"


def _refuse_file_name(text: str) -> None:
    """Raise UsageError where a single word, which no query is, has the ending of a file."""
    if not any(each.isspace() or each == "{" for each in text) and Path(text).suffix:
        raise UsageError(f"“{text}” is the name of a file, no query; write -f {text} to read it.")


def _find_unknown_terms(text: str) -> list[str]:
    """Return terms under our namespace that a query uses and the ontology does not have."""
    import re

    from hwbs_graph.data import bundled
    from hwbs_graph.model.vocabulary import TERMS

    used = re.findall(rf"(?:\bhwbs:|<{re.escape(TERMS)})(\w+)", text)
    return sorted(f"hwbs:{term}" for term in {*used}.difference(bundled.list_terms()))


COMMAND = Command(run_sparql, 'hwbs sparql "SELECT ?s WHERE { ?s ?p ?o } LIMIT 3"')
