"""`hwbs verify`: whether the documents say what the record quotes."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.text import count


def verify_passages(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the text files.")],
    *,
    source: GraphSource,
    output: RowOutput,
) -> None:
    """Check the quoted passages against the documents.

    It looks up every passage again, at its line, in the text files of DIR; exit code 1 if one
    is not where the graph says.
    """
    from hwbs_graph.checks import verification

    report = verification.verify(source.open(), folder)
    output.write_findings(report.findings)
    for document, number in report.looked_up.items():
        output.note(f"{document}: {count(number, 'passage')} looked up.")
    output.note(f"{count(len(report.findings), 'problem')}.")
    output.end(not report.findings)


COMMAND = Command(verify_passages, "hwbs verify path/to/documents")
