"""The invented national graph: boards of five shapes, the same bytes each time."""

from importlib import import_module
from pathlib import Path

import pytest
from support import ROOT

from hwbs_graph.data import corpus
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Embedded


def test_a_graph_of_five_boards_has_five_shapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    write = import_module("generate").write

    path = tmp_path / "five.nq.gz"
    write(5, str(path))
    again = tmp_path / "again.nq.gz"
    write(5, str(again))
    assert path.read_bytes() == again.read_bytes()
    engine = Embedded(corpus.open_store([path], base=corpus.vocabulary_files()))
    rows = run_named(engine, "report/actions")
    counts = {key: sum(f"board000{key}-" in row["action"] for row in rows) for key in range(1, 6)}
    assert counts == {1: 51, 2: 40, 3: 36, 4: 36, 5: 40}
    assert not [row for row in rows if "board0002-" in row["action"] and row["theme"]]
    assert all(row["code"].count(".") == 2 for row in rows if "board0003-" in row["action"])
    assert len(run_named(engine, "report/targets")) == 40
    assert len(run_named(engine, "report/progress-updates")) == 2 * 40 * 4
