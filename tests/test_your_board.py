"""docs/your-board.md from its first line: the plan that it prints, each command, what it says."""

import re
import shlex
from pathlib import Path

import pytest
from docx import Document
from support import ROOT, Hwbs

PAGE = (ROOT / "docs" / "your-board.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
#: A briefing and a picture are tried elsewhere, over the same kind of board.
LEFT_OUT = ("partners", "view")


def write_plan(path: Path) -> None:
    """Write the plan that the page quotes as a Word file."""
    document = Document()
    lines = [line.removeprefix("> ") for line in PAGE.splitlines() if line.startswith("> ")]
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            document.add_heading(line.removeprefix("## "), 1)
        elif not line.startswith("|"):
            document.add_paragraph(line, "Normal" if number else "Title")
        elif line.startswith("| No."):
            table = document.add_table(rows=0, cols=len(cells))
        if line.startswith("|") and not line.startswith("|-"):
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
    document.save(str(path))


def test_each_command_of_the_page_says_what_the_page_says(
    tmp_path: Path, hwbs: Hwbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_plan(tmp_path / "harrowmere-plan.docx")
    tried = 0
    for block in BLOCKS:
        for part in filter(None, re.split(r"^\$ ", block, flags=re.MULTILINE)):
            command, *expected = part.splitlines()
            _, *arguments = shlex.split(command)
            if arguments[0] in LEFT_OUT:
                continue
            run = hwbs(*arguments)
            told = " ".join(f"{run.out} {run.err}".split())
            assert run.code == 0, run.err
            for line in expected:
                assert " ".join(line.split()) in told, command
            tried += 1
    assert tried == 9
