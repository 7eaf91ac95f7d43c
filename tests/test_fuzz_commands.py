"""Whatever is typed, a command ends with 0, 1 or 2; with 2 it says why and leaves no file."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import SMALL, Hwbs

from hwbs_graph.cli.program import COMMANDS, find_command
from hwbs_graph.data import corpus
from hwbs_graph.query import catalogue
from hwbs_graph.report.analysis import MEASURES
from hwbs_graph.write.endings import ENDINGS
from hwbs_graph.write.export import WRITERS
from hwbs_graph.write.formats import FORMATS

#: A server waits for visitors; loading, a site, the tour and many briefings take seconds, and
#: have tests.
SLOW = {"serve", "load", "site", "tour", "partners"}
NAMES = (
    *("Homes", "homes ", "Housing", "Warm Homes", "Lag every loft", "1a", "alpha-2030", "Alpha"),
    *("partner/homes", "determinant:housing", "<urn:x>", "https://w3id.org/hwbs/id/partner/homes"),
    *("https://a b", "actions", "partners", "theme", "everything", "which actions involve Homes?"),
    *("SELECT * { ?s ?p ?o } LIMIT 2", "ASK {}", "SELECT", "{", "DESCRIBE <urn:x>", "CLEAR ALL"),
    *("", " ", "-", "--", "-x", "--nothing", "=", "\t", "\n", "é", "\u202e", "\udcff", "x" * 300),
    *("%s", "../x", "/", ".", "~", "*", "$HOME", "NaN", "-1", "1e9", "9" * 25, "'", '"', "&", "#"),
    *("partner=Homes", "partner=", "=Homes", "partner=Homes=x", "theme=Warmth", "nothing=1"),
)
FILES = ("out.txt", "out", "out.csv", "out.xlsx", "out.pdf", "no/such/out.csv", ".", "", "a b.json")
OPTIONS = (
    *("--format", "--output", "-o", "--quiet", "--graph", "--store", "--endpoint", "--plan"),
    *(
        "--partner",
        "--theme",
        "--determinant",
        "--file",
        "-f",
        "--check",
        "--help",
        "-h",
        "--briefing",
    ),
    *(
        "--briefing",
        "--version",
        "--family",
        "--svg",
        "--limit",
        "--top",
        "--weighted",
        "--all",
        "--json",
    ),
)
WORDS = (
    *COMMANDS,
    *FORMATS,
    *WRITERS,
    *MEASURES,
    *ENDINGS,
    *(query.name for query in catalogue.all_queries()),
)


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """Draw a command with arguments that it may or may not know."""
    command = draw(st.sampled_from([name for name in COMMANDS if name not in SLOW]))
    example = shlex.split(find_command(command).example)[2:]
    line = [command, *(example if draw(st.booleans()) else [])]
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["name", "option", "word", "file", "drop", "text"]))
        if kind == "drop" and len(line) > 1:
            line.pop(draw(st.integers(1, len(line) - 1)))
            continue
        new = {
            "name": st.sampled_from(NAMES),
            "option": st.sampled_from(OPTIONS),
            "word": st.sampled_from(WORDS),
            "file": st.sampled_from(FILES),
        }.get(kind, st.text(max_size=8))
        line.insert(draw(st.integers(1, len(line))), draw(new))
    return line


@pytest.fixture
def small_record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let the small plans be the record, in an empty folder to work in."""
    files = [*corpus.vocabulary_files(), *SMALL]
    monkeypatch.setattr(corpus, "bundled_files", lambda *_, **__: files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run_line(hwbs: Hwbs, small_record: Path) -> Callable[[list[str]], None]:
    def run(line: list[str]) -> None:
        before = sorted(small_record.rglob("*"))
        done = hwbs(*line)
        assert done.code in (0, 1, 2)
        assert "Traceback" not in done.err
        assert "panicked" not in done.err
        if done.code == 2:
            assert re.search(r"\nError: .|\.\s*\Z", done.err), done.err
            assert sorted(small_record.rglob("*")) == before
        for path in sorted(small_record.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    return run


@settings(
    max_examples=90,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(line=command_lines())
def test_any_command_line_ends_in_an_answer_or_a_sentence(
    run_line: Callable[[list[str]], None], line: list[str]
) -> None:
    run_line(line)
