"""What the tests share: the record, a small graph, the command line, the source documents."""

from pathlib import Path

import pytest
from support import DOCUMENTS, Hwbs, Run, open_small, required

from hwbs_graph import corpus
from hwbs_graph.cli import main
from hwbs_graph.store import Engine


@pytest.fixture(scope="session")
def record() -> Engine:
    """The whole record as it ships."""
    return Engine(corpus.open_store())


@pytest.fixture(scope="session")
def small() -> Engine:
    """The small invented plan of data/small.ttl, with the ontology and nothing else."""
    return open_small()


@pytest.fixture
def hwbs(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Hwbs:
    """Run a command in this process, at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> Run:
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of source documents; skipped where it is absent, unless it is required."""
    if not DOCUMENTS.is_dir():
        reason = "the source documents are not beside this checkout"
        if "documents" in required():
            pytest.fail(reason)
        pytest.skip(reason)
    return DOCUMENTS
