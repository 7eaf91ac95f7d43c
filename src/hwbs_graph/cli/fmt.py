"""`hwbs fmt`: Turtle in canonical form."""

from pathlib import Path
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.errors import UsageError
from hwbs_graph.text import count


def format_turtle(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Turtle files or folders; without any, graph/ and ontology/ here.",
        ),
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; name the files that would change.")
    ] = False,
    *,
    output: NoteOutput,
) -> None:
    """Rewrite Turtle in canonical form.

    A diff then shows changed facts and nothing else. All files are read before any is
    written.
    """
    from hwbs_graph.data import corpus, turtle
    from hwbs_graph.data.atomic_file import write_file
    from hwbs_graph.data.files import read_text

    here = [folder for folder in (Path("graph"), Path("ontology")) if folder.is_dir()]
    if not (paths or here):
        raise UsageError("There is no graph/ or ontology/ in this folder; name a file or folder.")
    files = list(corpus.turtle_files(paths or here))
    texts = {path: read_text(path) for path in files}
    # All files are parsed before the first is written.
    wanted = {path: turtle.canonicalise(text, str(path)) for path, text in texts.items()}
    changed = [path for path in files if wanted[path] != texts[path]]
    for path in changed:
        if not check_only:
            write_file(path, wanted[path].encode("utf-8"))
        output.note(f"{'would rewrite' if check_only else 'rewrote'} {path}")
    output.note(f"{count(len(files), 'file')} read, {len(changed)} not canonical.")
    output.end(not (check_only and changed))


COMMAND = Command(format_turtle, "hwbs fmt --check")
