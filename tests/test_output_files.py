"""Files that commands write: endings that fit, and faults of the system as one sentence each."""

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import Hwbs

#: Every option that takes a file or a folder to write, by an ending that fits it.
OPTIONS = {
    ("list", "plans", "--output"): ".csv",
    ("sparql", "ASK {}", "--output"): ".json",
    ("partner", "Neighbours", "--briefing"): ".docx",
    ("partners", "--as", "md", "--briefings"): "",
    ("export", "nt", "-o"): ".nt",
    ("export", "csv", "-o"): "",
    ("export", "csv", "--output"): ".zip",
    ("export", "graphml", "--plan", "Action plan 2030", "-o"): ".graphml",
    ("view", "-o"): ".html",
    ("view", "--svg"): ".svg",
}
COMMANDS = pytest.mark.parametrize("command", OPTIONS, ids=" ".join)
Patch = pytest.MonkeyPatch


def failing(number: int, at: Callable[[Any], bool] = bool) -> Callable[..., Any]:
    """A function of the system that fails for what `at` picks."""

    def fail(what: Any, *rest: Any, **named: Any) -> Any:
        if at(what):
            raise OSError(number, os.strerror(number))
        return real_open(what, *rest, **named)

    return fail


real_open = os.open


def fill_disk(patch: Patch) -> None:
    patch.setattr("os.fsync", failing(errno.ENOSPC, lambda number: True))


def protect_folder(patch: Patch) -> None:
    patch.setattr("os.open", failing(errno.EROFS, lambda path: ".part" in str(path)))
    patch.setattr("pathlib.Path.mkdir", failing(errno.EROFS))


def mount_the_file(patch: Patch) -> None:
    patch.setattr("pathlib.Path.replace", failing(errno.EBUSY))
    patch.setattr("pathlib.Path.rename", failing(errno.EBUSY))


@COMMANDS
@pytest.mark.parametrize("fault", [fill_disk, protect_folder, mount_the_file])
def test_a_fault_of_the_disk_is_one_sentence_and_leaves_nothing(
    command: tuple[str, ...],
    fault: Callable[[Patch], None],
    hwbs: Hwbs,
    small_store: Path,
    tmp_path: Path,
    monkeypatch: Patch,
) -> None:
    with monkeypatch.context() as patch:
        fault(patch)
        run = hwbs(*command, tmp_path / f"out{OPTIONS[command]}", "--store", small_store)
    assert run.code == 2
    assert f"hwbs: Cannot write {tmp_path / 'out'}" in run.err.splitlines()[-1]
    assert "Traceback" not in run.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (command, name)
        for command in OPTIONS
        for name in ("", "/", ".")
        if name != "." or not {"csv", "--briefings"} & {*command}
    ],
    ids=str,
)
def test_no_name_and_a_folder_in_the_place_of_a_file_are_one_sentence(
    command: tuple[str, ...], name: str, hwbs: Hwbs, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs(*command, name)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("hwbs: ")
    assert run.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@COMMANDS
def test_a_name_that_is_too_long_is_one_sentence(
    command: tuple[str, ...], hwbs: Hwbs, small_store: Path, tmp_path: Path
) -> None:
    run = hwbs(*command, tmp_path / f"{'x' * 300}{OPTIONS[command]}", "--store", small_store)
    assert run.code == 2
    assert "File name too long" in run.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "/", "x" * 300])
def test_a_store_with_such_a_name_is_one_sentence(
    name: str, hwbs: Hwbs, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.ttl").write_text("<urn:a> <urn:b> 1 .", "utf-8")
    run = hwbs("load", name, "mine.ttl")
    assert run.code == 2
    assert run.err.startswith("hwbs: Cannot use ")
    assert run.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.ttl"]


@pytest.mark.parametrize("command", [("list",), ("queries",)], ids=" ".join)
def test_a_limit_of_the_system_leaves_the_old_file(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    target = tmp_path / "old.csv"
    target.write_text("old")
    done = subprocess.run(
        [sys.executable, "-m", "hwbs_graph", *command, "--output", target],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert done.returncode == 2
    assert done.stderr.decode() == f"hwbs: Cannot write {target}: File too large.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert target.read_text() == "old"


@pytest.mark.parametrize("ending", [".xls", ".docx", ".pdf", ".ods", ".htm", ".zip", ".ttl"])
def test_rows_are_not_written_as_what_they_are_not(ending: str, hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("partner", "Housing", "--output", tmp_path / f"housing{ending}")
    assert run.code == 2
    assert run.err == (
        f"hwbs: An answer cannot be written as “housing{ending}”; "
        "end it in .txt, .json, .csv, .tsv, .xml, .md, .xlsx.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("list", "--format", "csv", "--output", "x.json"), "“x.json”; end it in .csv."),
        (("list", "--format", "TABLE", "--output", "x.csv"), "“x.csv”; end it in .txt."),
        (("sparql", "ASK {}", "--output", "x.docx"), ".md, .xlsx, .ttl, .nt, .jsonld."),
        (("view", "-o", "v.pdf"), "A page cannot be written as “v.pdf”; end it in .html."),
        (("view", "--svg", "p.png"), "“p.png”; end it in .svg."),
        (("view", "--pdf", "p.svg"), "“p.svg”; end it in .pdf."),
        (("view", "--zip", "p.html"), "“p.html”; end it in .zip."),
        (("tour", "-o", "tour.txt"), "“tour.txt”; end it in .html."),
        (("export", "xlsx", "-o", "t.csv"), "An export as xlsx cannot be written as “t.csv”"),
        (("export", "graphml", "-o", "g.gexf"), "“g.gexf”; end it in .graphml."),
        (("export", "ttl", "-o", "g.nt"), "“g.nt”; end it in .ttl."),
        (("export", "csv", "-o", "t.csv"), "name a folder, or end it in .zip."),
        (("export", "csv", "-o", "t.xlsx"), "name a folder, or end it in .zip."),
        (
            ("partner", "Housing", "--briefing", "h.doc"),
            "end it in .md, .html, .docx, .pptx, .xlsx.",
        ),
        (
            ("partner", "Housing", "--briefing", "h.csv"),
            "end it in .md, .html, .docx, .pptx, .xlsx.",
        ),
    ],
    ids=str,
)
def test_an_ending_that_disagrees_is_refused_before_any_work(
    command: tuple[str, ...], said: str, hwbs: Hwbs, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("hwbs_graph.cli.source.Source.open", lambda *rest: pytest.fail("work"))
    run = hwbs(*command)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "start"),
    [
        (("list", "--output", "A.JSON"), b"{"),
        (("list", "--output", "a.markdown"), b"| kind"),
        (("list", "--output", "a.txt"), b"kind  "),
        (("list", "--output", "a"), b"kind  "),
        (("list", "--format", "csv", "--output", "a.txt"), b"kind,"),
        (("list", "--format", "xlsx", "--output", "a"), b"PK"),
        (("export", "jsonld", "-o", "a.json"), b"{"),
        (("export", "stratml", "--plan", "Action plan 2030", "-o", "a.xml"), b"<?xml"),
        (("view", "-o", "a.HTM"), b"<!DOCTYPE html>"),
        (("partner", "Neighbours", "--briefing", "a.MD"), b"#"),
    ],
    ids=str,
)
def test_an_ending_that_fits_is_taken_in_any_case(
    command: tuple[str, ...],
    start: bytes,
    hwbs: Hwbs,
    small_store: Path,
    tmp_path: Path,
    monkeypatch: Patch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = hwbs(*command, "--store", small_store)
    assert run.code == 0, run.err
    (written,) = tmp_path.iterdir()
    assert written.read_bytes().startswith(start)
