"""The manual: each line of it runs as it stands, `hwbs docs` shows it, and a wheel holds it.

HWBS_LINES=all runs the costly lines over the record, as they stand; else they run over one board.
"""

import os
import re
import shlex
from collections.abc import Iterator
from itertools import dropwhile, pairwise
from pathlib import Path
from runpy import run_path
from typing import NamedTuple

import pytest
import typer
from docx import Document
from markdown_it import MarkdownIt
from support import ROOT, Hwbs

from hwbs_graph.cli import docs
from hwbs_graph.cli.program import build_program
from hwbs_graph.data import bundled, manual

ALL = os.environ.get("HWBS_LINES") == "all"
#: A block of one of these languages, or of none, holds lines for a shell.
SHELL = ("", "bash", "console")
#: They are made from what runs, and tests/test_cli.py runs their examples.
GENERATED = ("cli", "queries", "ontology")
#: These answer until they are ended; other tests start them.
LASTING = ("serve", "mcp", "review harrowmere --page")
#: Lines that take seconds over the record; other tests run their like, so that options are read.
COSTLY = (
    *("tour", "load", "site", "view -o workshop", "view --kind"),
    *("view --theme", "view --partner", "view --steps", "view --notes"),
)
#: Lines that take seconds over the record, but not over one board.
LARGE = ("partners", "view -o index", "view --zip", "view --pptx", "export xlsx", "check")
ONE_BOARD = ("--graph", "elmstead", "--only")
#: What may stand in a line beside `hwbs`.
PROGRAMS = ("cat", "cd", "curl", "isql-vt", "npm", "oxigraph", "pipx", "python", "uv")
FIRST = re.compile(r"# First: (hwbs|oxigraph|python)\b.*")


class Line(NamedTuple):
    """A line for a shell, what must run first, and what the page says that it says."""

    text: str
    first: str
    told: tuple[str, ...]


def list_lines(page: manual.ManualPage) -> Iterator[Line]:
    for token in MarkdownIt().parse(manual.read_page(page)):
        if token.type == "fence" and token.info in SHELL:
            yield from split_block(token.content.splitlines(), token.info == "console")


def split_block(lines: list[str], marked: bool) -> Iterator[Line]:
    """Yield the lines of a block; in a marked one, what a line says stands below it."""
    first = lines.pop(0) if lines[0].startswith("#") else ""
    if not marked:
        yield from (Line(line, first, ()) for line in lines)
        return
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in pairwise([*starts, len(lines)]):
        yield Line(lines[start].removeprefix("$ "), first, tuple(lines[start + 1 : end]))


def list_commands(line: str) -> Iterator[list[str]]:
    """Yield each command of a line, without what it sets in the environment."""
    for part in line.split(" && "):
        words = shlex.split(part, comments=True)
        yield [*dropwhile(lambda word: re.fullmatch(r"[A-Z_]+=.*", word), words)]


def check_options(name: str, arguments: list[str]) -> None:
    """Read the options of a command and do nothing else; the library complains of a wrong one."""
    group = typer.main.get_command(build_program(name))
    group.commands[name].make_context(name, arguments)  # type: ignore[attr-defined]


def find(name: str) -> manual.ManualPage:
    page = manual.find_page(name)
    assert page
    return page


PAGES = [
    page.name
    for page in manual.list_pages()
    if page.name not in GENERATED and any(list_lines(page))
]


@pytest.mark.parametrize("name", PAGES)
def test_each_line_of_a_page_runs_as_it_stands(
    name: str, hwbs: Hwbs, tmp_path: Path, record_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert hwbs("docs", "--examples", "tryout").code == 0
    monkeypatch.chdir("tryout")
    if not ALL:
        Path("england.store").symlink_to(record_store)
    for line in list_lines(find(name)):
        assert not line.first or FIRST.fullmatch(line.first), line.first
        told = "".join(run_line(each, line, hwbs) for each in list_commands(line.text))
        for words in line.told:
            assert " ".join(words.split()) in told, line.text


def run_line(command: list[str], line: Line, hwbs: Hwbs) -> str:
    """Run a command if it can end here, else read its options; return what it says, in one line."""
    program, *arguments = command or ["#"]
    if program != "hwbs" or "--examples" in arguments:
        assert program in ("#", "hwbs", *PROGRAMS), line.text
        return ""
    text = shlex.join(arguments)
    if line.first or text.startswith(LASTING) or (text.startswith(COSTLY) and not ALL):
        check_options(arguments[0], arguments[1:])
        return ""
    large = text.startswith(LARGE) and "--only" not in arguments and not ALL
    run = hwbs(*arguments, *(ONE_BOARD if large else ()))
    assert run.code == 0, (line.text, run.err)
    return " ".join(f"{run.out} {run.err}".split())


def test_a_line_with_a_wrong_option_or_another_answer_would_be_noticed(hwbs: Hwbs) -> None:
    with pytest.raises(Exception, match="--prot"):
        check_options("serve", ["--prot", "8080"])
    wrong = Line("hwbs info --ontology", "", ())
    with pytest.raises(AssertionError, match="ontology"):
        run_line(["hwbs", "info", "--ontology"], wrong, hwbs)
    block = ["# First: hwbs serve", "$ hwbs info", "words", "$ hwbs schema"]
    assert [*split_block(block, marked=True)] == [
        Line("hwbs info", "# First: hwbs serve", ("words",)),
        Line("hwbs schema", "# First: hwbs serve", ()),
    ]


def test_the_word_files_of_the_examples_are_the_plan_of_the_page_and_its_next_edition() -> None:
    page = manual.read_page(find("your-board"))
    lines = [line.strip("> |") for line in page.splitlines() if line.startswith("> ")]
    lines = [line for line in lines if set(line) - set("|-")]
    quoted = [cell.strip(" #") for line in lines for cell in line.split("|")]
    for name, same in (("harrowmere-plan", True), ("harrowmere-q2", False)):
        document = Document(str(ROOT / "examples" / f"{name}.docx"))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        said = [*cells, *(each.text for each in document.paragraphs)]
        assert (sorted(said) == sorted(filter(None, quoted))) is same


def test_a_person_lists_reads_and_searches_the_manual(
    hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = hwbs("docs")
    assert listed.code == 0
    assert [name for name in PAGES if f"  {name} " not in listed.out] == []
    page = hwbs("docs", "Your own board").out
    assert page == (ROOT / "docs" / "your-board.md").read_text("utf-8")
    assert "hwbs fmt" in hwbs("docs", "--find", "TURTLE canonical", "--format", "json").out
    missed = hwbs("docs", "your-bord")
    assert (missed.code, missed.err) == (
        1,
        "hwbs: No page is called “your-bord”. Did you mean “your-board” or “record”?\n",
    )
    assert hwbs("docs", "--find", "xyzzy").code == 1
    assert hwbs("docs", "cli", "--find", "serve").code == 2
    laid_out = docs.lay_out_page("# Head\n\n| a | b |\n|-|-|\n| *c* | `d` |\n\x1b[31m")
    assert "Head" in laid_out
    assert "|-|" not in laid_out


def test_examples_are_written_into_a_new_folder_alone(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("docs", "--examples", tmp_path)
    assert run.code == 2
    assert "it is there already; name a new folder" in run.err


def test_a_wheel_holds_the_manual_and_its_pictures_where_links_find_them() -> None:
    places = run_path(str(ROOT / "hatch_build.py"))["list_manual"](ROOT)
    assert len(places) >= 20
    for page in manual.list_pages():
        place = page.path.relative_to(bundled.folder("docs").parent).as_posix()
        assert places[str(ROOT / place)] == f"hwbs_graph/data/{place}"
        assert page.path.is_file()
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    unlisted = [p.name for p in (ROOT / "docs").glob("*.md") if f"({p.name})" not in index]
    assert unlisted == ["index.md"]
