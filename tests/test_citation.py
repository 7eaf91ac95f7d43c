"""Answers that can be quoted: version of the data, what was asked, files told of, long texts."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import SMALL, Hwbs, open_small

from hwbs_graph.data import corpus
from hwbs_graph.query.data_version import find_data_version
from hwbs_graph.store import Embedded, open_disk_store

ONLY = ("--only", *(part for path in SMALL for part in ("--graph", path)))


def test_the_data_have_one_version_in_any_order_in_memory_and_on_disk(
    small_store: Path, tmp_path: Path
) -> None:
    base = [*corpus.vocabulary_files(), *SMALL]
    number = find_data_version(Embedded(corpus.open_store(base=base)))
    assert re.fullmatch("[0-9a-f]{64}", number)
    assert find_data_version(Embedded(corpus.open_store(base=base[::-1], standards=True))) == number
    assert find_data_version(open_disk_store(small_store)) == number
    more = tmp_path / "more.ttl"
    more.write_text(
        '<https://ex.test/a> <https://ex.test/b> [ <https://ex.test/c> "one" ] .', "utf-8"
    )
    changed = find_data_version(open_small(more))
    assert changed != number
    # What an unnamed node is called makes no difference, and what is said of it does.
    more.write_text(
        '_:x <https://ex.test/c> "one" . <https://ex.test/a> <https://ex.test/b> _:x .', "utf-8"
    )
    assert find_data_version(open_small(more)) == changed
    more.write_text(more.read_text("utf-8").replace("one", "two"), "utf-8")
    assert find_data_version(open_small(more)) not in (changed, number)


def test_info_tells_the_version_of_the_data_and_an_answer_is_quoted_with_it(
    hwbs: Hwbs, tmp_path: Path
) -> None:
    told = hwbs("info", *ONLY).out
    number = re.search("^Data version: ([0-9a-f]{64})$", told, re.MULTILINE)
    assert number
    # A look-up reads a part of the files, and quotes all of them.
    sheet = hwbs("partner", "Homes", "--cite", *ONLY)
    cited = " ".join(sheet.out.partition("Cite as: ")[2].split())
    assert cited.startswith(f"hwbs 0.1.0, data version {number[1]}, 1 July 2024. Asked with: hwbs")
    assert " partner Homes --only --graph " in cited
    assert cited.endswith("https://w3id.org/hwbs/dataset")
    assert all(len(line) <= 80 for line in sheet.out.partition("Cite as")[2].splitlines()[1:3])
    # The bytes of a format for programs stay as they are.
    plain = hwbs("list", "actions", "--format", "csv", *ONLY)
    quoted = hwbs("list", "actions", "--format", "csv", "--cite", *ONLY)
    assert (quoted.out, plain.err) == (plain.out, "")
    assert quoted.err.startswith("Cite as: hwbs 0.1.0, data version ")


def test_every_file_that_is_written_is_announced_with_its_rows(hwbs: Hwbs, tmp_path: Path) -> None:
    file = tmp_path / "actions.xlsx"
    assert hwbs("list", "actions", "--output", file, *ONLY).err == f"Wrote {file}, 3 rows.\n"
    sheet = tmp_path / "homes.txt"
    assert hwbs("partner", "Homes", "--output", sheet, *ONLY).err == f"Wrote {sheet}.\n"
    assert hwbs("show", "Neighbours", "--quiet", "--output", sheet, *ONLY).err == ""
    assert hwbs("list", "actions", "--output", "/dev/null", *ONLY).err == ""
    refused = hwbs("list", "actions", "--output", tmp_path / "actions.pdf", *ONLY)
    assert (refused.code, (tmp_path / "actions.pdf").exists()) == (2, False)
    assert "cannot be written as “actions.pdf”; end it in .txt" in refused.err


@pytest.mark.parametrize(
    ("asked", "same"), [(("help", "list"), ("list", "--help")), (("help",), ("--help",))]
)
def test_help_takes_the_name_of_a_command(
    hwbs: Hwbs, asked: tuple[str, ...], same: tuple[str, ...]
) -> None:
    assert hwbs(*asked) == hwbs(*same)
    assert hwbs("help", "nothing").code == 2


@pytest.mark.parametrize(("lines", "paged"), [("10", True), ("2000", False)])
def test_a_long_text_goes_through_the_pager_on_a_terminal_alone(
    tmp_path: Path, lines: str, paged: bool
) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "PAGED $LESS"\ncat\n', "utf-8")
    pager.chmod(0o755)
    environment = {**os.environ, "PAGER": str(pager), "LINES": lines, "COLUMNS": "80"}
    environment.pop("LESS", None)
    command = [sys.executable, "-m", "hwbs_graph", "partner", "Homes", *map(str, ONLY)]
    leader, follower = pty.openpty()
    try:
        subprocess.run(command, stdout=follower, env=environment, check=True)
    finally:
        os.close(follower)
    shown = os.read(leader, 1 << 16).decode()
    os.close(leader)
    assert ("PAGED FRX" in shown) == paged
    assert "Homes" in shown
    if paged:
        piped = subprocess.run(command, capture_output=True, env=environment, check=True)
        assert b"PAGED" not in piped.stdout
