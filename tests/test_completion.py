"""What the shell offers when Tab is pressed."""

import os
import subprocess
import sys

import pytest


def offered(words: str) -> list[str]:
    """Ask for completions as bash does: the last word is the one being typed."""
    environment = os.environ | {
        "_HWBS_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    text = "from hwbs_graph.cli import main; import sys; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hwbs partner Ho", ["Housing"]),
        ("hwbs partner Royal", ["Royal Voluntary Service"]),
        ("hwbs query report/actions-by", ["report/actions-by-partner"]),
        ("hwbs queries vio", ["violation"]),
        ("hwbs list quality", ["quality-notes"]),
        ("hwbs partner zzz", []),
    ],
)
def test_names_queries_and_kinds_are_completed(words: str, expected: list[str]) -> None:
    assert offered(words) == expected


def test_things_are_completed_by_label_and_code() -> None:
    assert "minds-3c" in offered("hwbs show minds-3")
    assert "Housing" in offered("hwbs show Hous")
