"""`hwbs docs`: the pages about `hwbs`, read in the terminal, and the files of their examples."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import RowOutput
from hwbs_graph.cli.terminal import terminal_width
from hwbs_graph.errors import NotFoundError, PathError, UsageError

if TYPE_CHECKING:
    from hwbs_graph.cli.output import Output
    from hwbs_graph.data.manual import ManualPage


def read_manual(
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="The page to read, such as your-board.")
    ] = None,
    find: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The lines of all pages that hold these.")
    ] = None,
    examples: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the files of the examples into a new folder."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write all pages as a site, for any web server or none."),
    ] = None,
    *,
    output: RowOutput,
) -> None:
    """The pages about hwbs.

    Without PAGE, a list of them. The commands on the pages run as they stand over the files of
    the examples, which are of invented boards.
    """
    if sum(each is not None for each in (page, find, examples, html)) > 1:
        requests = "A page, --find, --examples and --html are four requests"
        raise UsageError(f"{requests}; give one of them.")
    if html is not None:
        _write_pages(html, output)
    elif examples is not None:
        _write_examples(examples, output)
    elif find is not None:
        _find_words(find, output)
    elif page is not None:
        _read_page(page, output)
    else:
        _list_pages(output)


def _list_pages(output: "Output") -> None:
    from hwbs_graph.data import manual

    pages = manual.list_pages()
    records = [
        {"page": each.name, "title": each.title, "part": each.part, "summary": each.summary}
        for each in pages
    ]
    output.write_report(lambda: _lay_out(pages), records, lambda: records)
    output.note("Read one: hwbs docs PAGE; find words: hwbs docs --find WORDS")


def _lay_out(pages: "tuple[ManualPage, ...]") -> str:
    from hwbs_graph.report.wrapping import wrap

    lines, part = [], ""
    for page in pages:
        if page.part != part:
            part = page.part
            lines += ["", part]
        lines += wrap(f"{page.name:24}{page.summary}", terminal_width(), 2, 24)
    return "\n".join(lines).lstrip("\n") + "\n"


def _read_page(name: str, output: "Output") -> None:
    from hwbs_graph.data import manual

    page = manual.find_page(name)
    if page is None:
        from rapidfuzz import process

        names = [each.name for each in manual.list_pages()]
        near = [found for found, *_ in process.extract(name, names, limit=3, score_cutoff=60)]
        raise NotFoundError("page", name, near)
    text = manual.read_page(page)
    shown = output.file == "-" and sys.stdout.isatty()
    output.write(lay_out_page(text) if shown else text)


def lay_out_page(text: str) -> str:
    """Return Markdown as a terminal shows it, without colours."""
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    sheet = StringIO()
    Console(file=sheet, width=terminal_width()).print(Markdown(text, hyperlinks=False))
    return sheet.getvalue()


def _find_words(words: str, output: "Output") -> None:
    from hwbs_graph.data import manual

    found = manual.find_words(words)
    records = [each._asdict() for each in found]
    output.write_records(records, manual.Finding._fields)
    if not found:
        output.note_nothing()
    output.end(bool(found))


def _write_examples(folder: Path, output: "Output") -> None:
    from hwbs_graph.data import manual
    from hwbs_graph.data.atomic_file import write_folder

    if folder.exists():
        raise PathError(folder, "it is there already; name a new folder", "write")
    write_folder(folder, manual.list_examples())
    output.note(f"Wrote the examples. Next: cd {folder}")


def _write_pages(folder: Path, output: "Output") -> None:
    from hwbs_graph.text import count
    from hwbs_graph.web.publishing.manual_files import write_manual

    files = count(write_manual(folder), "file")
    output.note(f"The manual in {folder} has {files}. Open {folder / 'index.html'}.")


COMMAND = Command(read_manual, "hwbs docs your-board")
