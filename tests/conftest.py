"""What tests share: the record, a small graph, the command line, the documents, a browser."""

import functools
import gc
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fake_server import FOUND, ROWS, Site, serving
from hypothesis import HealthCheck, settings
from pyoxigraph import Store
from support import DOCUMENTS, SMALL, Hwbs, Run, open_small, required
from xdist.scheduler import LoadScopeScheduling

from hwbs_graph import load
from hwbs_graph.cli import main
from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded, Engine, transport

#: Every test runs on 1 July 2024, as the period of a plan is over on some days and not on others.
os.environ["SOURCE_DATE_EPOCH"] = "1719792000"
#: No test leaves a store of the record behind, or reads that of another; `test_kept_record` does.
os.environ["HWBS_CACHE"] = ""
_OPEN_STORE = corpus.open_store
#: The same engine without windows takes a third less of the processor to open a page.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")
_FONTS = Path("/usr/share/fonts/truetype")
#: Sets of fonts for tests of widths, by name: DejaVu is wide, and Liberation stands for Arial.
FONTS = {
    "DejaVu alone": (_FONTS / "dejavu",),
    "DejaVu and Liberation": (_FONTS / "dejavu", _FONTS / "liberation"),
}
#: Folder and word of tests that run in one process, whatever their file: they share much.
APART = (*(("tests/view", fonts) for fonts in FONTS), ("tests", "virtuoso"))
#: The files that take longest, the longest first.
LONGEST = (
    "test_view_room",
    "test_engines",
    "test_pages_browser",
    "test_view_browser",
    "test_serving",
    "test_editor_browser",
    "test_load",
    "test_view_pictures",
    "test_exports",
    "test_question",
    "test_cli",
    "test_intake",
    "test_closed_streams",
    "test_timeouts",
    "test_view_files",
    "test_view_export",
    "test_cli_tour",
    "test_second_values",
    "test_contributing",
    "test_kept_data",
    "test_clients",
    "test_cli_analysis",
    "test_briefing",
    "test_composed",
    "test_comunica",
)
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A machine under load is slow, and that says nothing of the code. What costs more than a
# thousandth of a second an example says how many it takes.
settings.register_profile(
    "hwbs",
    deadline=None,
    max_examples=50,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("hwbs")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes share the work: two a core, up to six; none for named tests.

    Much of the time a process waits: for a server to start, or for a limit of time to be over.
    """
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(2 * (os.cpu_count() or 1), 6) if whole else 0


class ScopeScheduler(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped
    """Gives each process whole files, longest first, so that what their tests share is made once.

    Views in one set of fonts, and questions to one server of others, are a group of their own.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test."""
        file, _, case = nodeid.partition("::")
        apart = (word for folder, word in APART if file.startswith(folder) and word in case)
        return next(apart, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ScopeScheduler:
    """Let groups start in the order of the tests."""
    config.option.loadscopereorder = False
    return ScopeScheduler(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, as nothing can be shared out of what begins last."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


def pytest_collection_finish() -> None:
    """Let no collection of garbage look through what stays until the end, thousands of tests."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def record() -> Engine:
    """The whole record as it ships."""
    return Embedded(corpus.open_store())


@pytest.fixture(scope="session")
def small() -> Engine:
    """The small invented plan of data/small.ttl, with the ontology and nothing else."""
    return open_small()


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


def make_once(folder: Path, make: Callable[[Path], load.LoadResult]) -> load.LoadResult:
    """Make a folder once for all processes, the others waiting, and return what its maker told."""
    import fcntl  # not on Windows

    told = folder.with_suffix(".told")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_bytes(pickle.dumps(make(folder)))
    result: load.LoadResult = pickle.loads(told.read_bytes())
    return result


@pytest.fixture(scope="session")
def small_store(common_folder: Path) -> Path:
    """The small invented plan as a store on disk, which nobody changes."""
    make_once(common_folder / "small.store", lambda folder: load.load(folder, SMALL))
    return common_folder / "small.store"


@pytest.fixture(scope="session")
def loaded_record(common_folder: Path) -> tuple[Path, load.LoadResult]:
    """The whole record as a store on disk, which nobody changes, and what its load brought."""
    folder = common_folder / "record.store"
    return folder, make_once(folder, lambda folder: load.load(folder, [], with_record=True))


@pytest.fixture(scope="session")
def record_store(loaded_record: tuple[Path, load.LoadResult]) -> Path:
    """The whole record as a store on disk."""
    return loaded_record[0]


@functools.lru_cache(8)
def _open_once(
    files: tuple[Path, ...], extra: tuple[Path, ...], standards: bool, _: object
) -> Store:
    return _OPEN_STORE(extra, files, standards)


def _open_store(
    extra: Sequence[Path] = (), base: Sequence[Path] | None = None, standards: bool = False
) -> Store:
    """Open the same files once a process, as no command changes what it has read."""
    files = tuple(corpus.bundled_files() if base is None else base)
    if not all(path.is_file() for path in extra):
        return _OPEN_STORE(extra, files, standards)
    state = [(status.st_mtime_ns, status.st_size) for status in map(Path.stat, extra)]
    return _open_once(files, tuple(extra), standards, tuple(state))


@pytest.fixture
def hwbs(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Hwbs:
    """Run a command in this process, at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(corpus, "open_store", _open_store)

    def run(*arguments: str | Path) -> Run:
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        # A workbook is no text.
        return Run(code, out.decode("utf-8", "surrogateescape"), err.decode("utf-8"))

    return run


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A SPARQL server that a test lets say what it likes; a busy one is soon asked again."""
    monkeypatch.setattr(transport, "WAITS", (0.01, 0.01))
    with serving(Site()) as found:
        found.says(200, ROWS, FOUND)
        yield found


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of source documents; skipped where it is absent, unless it is required."""
    if not DOCUMENTS.is_dir():
        reason = "the source documents are not beside this checkout"
        if "documents" in required():
            pytest.fail(reason)
        pytest.skip(reason)
    return DOCUMENTS


def _missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is required: a suite must not go quiet unnoticed."""
    if "browser" in required():
        pytest.fail(f"HWBS_REQUIRE asks for a browser, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """Playwright, or a skip that says what is missing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    if not CHROMIUM:
        _missing("no Chromium is installed")
    with sync_playwright() as engine:
        yield engine


@contextmanager
def _chromium(playwright: Any, **environment: str) -> Iterator[Any]:
    env = {**os.environ, **environment}
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, env=env)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """A headless Chromium."""
    with _chromium(playwright) as chromium:
        yield chromium


@pytest.fixture(scope="session", params=FONTS)
def browser_by_fonts(
    playwright: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A headless Chromium that has only one of two sets of fonts: widths differ by font."""
    folder = tmp_path_factory.mktemp("fonts")
    for path in FONTS[request.param]:
        if not path.is_dir():
            _missing(f"there are no fonts in {path}")
    folders = "".join(f"<dir>{path}</dir>" for path in FONTS[request.param])
    # What a plain name such as sans-serif stands for is said by the machine.
    aliases = '<include ignore_missing="yes">/etc/fonts/conf.d</include>'
    text = f"<fontconfig>{aliases}{folders}<cachedir>{folder}</cachedir></fontconfig>"
    (folder / "fonts.conf").write_text(text, "utf-8")
    with _chromium(playwright, FONTCONFIG_FILE=str(folder / "fonts.conf")) as chromium:
        yield chromium
