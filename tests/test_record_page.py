"""The reader's edition of the record, and the measure of agreement in it."""

from pathlib import Path
from runpy import run_path

import pytest

from hwbs_graph.data import corpus
from hwbs_graph.query.data_version import find_data_version
from hwbs_graph.store import Embedded

PAGE = run_path(str(Path(__file__).parents[1] / "docs" / "record_page.py"))


def rows(pairs: str) -> list[dict[str, str]]:
    return [dict(zip(("reader1", "reader2"), pair, strict=True)) for pair in pairs.split()]


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ("aa bb aa bb", 1.0),
        ("ab ba ab ba", -1.0),
        ("aa aa aa aa", 0.0),
        # 20 of 50 both yes, 15 both no: 0.7 agreed, 0.5 by chance.
        (" ".join(["yy"] * 20 + ["yn"] * 5 + ["ny"] * 10 + ["nn"] * 15), 0.4),
    ],
)
def test_kappa_is_that_of_cohen(pairs: str, kappa: float) -> None:
    assert PAGE["find_kappa"](rows(pairs)) == pytest.approx(kappa)


def test_the_page_counts_the_record_and_says_who_has_not_reviewed_it() -> None:
    page = PAGE["make"]()
    assert "| action |  |  | 51 |  |  |" in page
    assert "| involvement |  |  |  | 252 |" in page
    assert (
        "No officer of a board and no specialist in public health has reviewed these"
        in " ".join(page.split())
    )
    assert f"`{find_data_version(Embedded(corpus.open_store()))}`" in page
