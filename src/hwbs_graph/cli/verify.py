"""`hwbs verify`: whether the documents say what the record quotes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource, Source
from hwbs_graph.text import count

if TYPE_CHECKING:
    from hwbs_graph.grouping import Row


def verify_passages(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder with the text files, with or without their graph; or a board.",
        ),
    ],
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Check the quoted passages against the documents.

    It looks up every passage again, at its line, in the text files of DIR; exit code 1 if one
    is not where the graph says. The published file behind a reading copy must be in DIR, and the
    one that was read. The passages are those of the graph in DIR and of --graph, or of the record
    where there is neither.
    """
    from hwbs_graph.checks import verification

    texts = verification.find_texts(folder)
    # What the environment names is another board than DIR.
    source = Source() if source.by_default else source
    given = dict.fromkeys((*source.graph, *texts.graph))
    whole = source if source.store or source.endpoint else source._replace(graph=tuple(given))
    own = _list_passages(whole._replace(only=True)) if whole.graph else None
    report = verification.verify(whole.open(), texts.documents, own, _read_original)
    output.write_findings(report.findings)
    for document, number in report.looked_up.items():
        output.note(f"{document}: {count(number, 'passage')} looked up.")
    if not report.looked_up and not report.findings:
        output.note(f"The graph quotes no passage, so nothing was looked up in {texts.documents}.")
    output.note(f"{count(len(report.findings), 'problem')}.")
    output.end(not report.findings)


def _read_original(path: Path) -> str | None:
    """Return the text of a published file as `hwbs import` reads it, None if it reads no such."""
    from hwbs_graph.intake import apart, choices
    from hwbs_graph.intake.readers import READERS

    if path.suffix.lower() not in READERS:
        return None
    mapping = path.parent.parent / choices.MAPPING_FILE
    chosen = choices.read_mapping(mapping) if mapping.is_file() else choices.Choices()
    return apart.read_apart([path], chosen).copies[0].text


def _list_passages(source: Source) -> "list[Row]":
    """Return the passages that one's own files state."""
    from hwbs_graph.query.results import run_named

    return run_named(source.open_silently(), "internal/stated-passages")


COMMAND = Command(verify_passages, "hwbs verify path/to/documents")
