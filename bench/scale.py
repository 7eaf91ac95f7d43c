"""What a national graph costs: load rate, memory, and each mission question in each engine.

    python bench/scale.py [BOARDS] [RUNS] [SECONDS]

Makes the graph of `generate.py` (150 boards are England), loads it to disk and into memory, serves
that store with `oxigraph` and a copy of it with Virtuoso where these are installed, and prints the
median time of each question after a first run, in milliseconds; up to 150 boards, with rdflib too.
A question that takes longer than SECONDS (60 unless told) is stopped and shown as inf. `direct` is
the same query handed to pyoxigraph itself and written as JSON: what hwbs adds is the difference to
`memory`, which the last lines sum up. Machines are noisy: compare within one run. Servers listen on
loopback and are ended by their own process.
"""

import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import cast

from generate import write
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

from hwbs_graph import load, names
from hwbs_graph.errors import EndpointError, NotFoundError
from hwbs_graph.model.vocabulary import SCHEMES, THINGS
from hwbs_graph.query import catalogue, results
from hwbs_graph.store import Embedded, Engine, Term, open_disk_store
from hwbs_graph.store.parameters import bind_parameters
from hwbs_graph.store.remote import Remote

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

BOARD = f"{THINGS}board0001-2030/"
OTHERS = f"{THINGS}board000"
#: Looking up one board, theme, partner, determinant, action: (query, parameter, IRI).
LOOK_UPS = (
    ("report/actions-by-partner", "partner", f"{BOARD}partner/2"),
    ("report/partner-responsibilities", "partner", f"{BOARD}partner/2"),
    ("report/co-working-partners", "partner", f"{BOARD}partner/2"),
    ("report/co-partners-by-action", "partner", f"{BOARD}partner/2"),
    ("report/partner-theme-matrix", "partner", f"{BOARD}partner/2"),
    ("report/partner-profile", "partner", f"{BOARD}partner/2"),
    ("report/partners-by-action", "action", f"{BOARD}action/7"),
    ("network/theme-projection", "theme", f"{BOARD}theme/places"),
    ("report/determinants-by-theme", "theme", f"{BOARD}theme/places"),
    ("network/plan-projection", "plan", f"{BOARD}action-plan"),
    ("report/elements", "plan", f"{BOARD}action-plan"),
    ("report/determinants-by-theme", "determinant", f"{SCHEMES}determinant/housing"),
    ("report/touchpoints-of-determinant", "determinant", f"{SCHEMES}determinant/housing"),
    ("network/links-of-thing", "thing", f"{BOARD}action/7"),
    ("trust/passages-of-thing", "thing", f"{BOARD}action/7"),
    ("trust/statements-about-thing", "thing", f"{BOARD}action/7"),
    # A tracker, a plan of other levels, one in two languages, and a logic model.
    ("report/partner-responsibilities", "partner", f"{OTHERS}2-2030/partner/2"),
    ("coverage/actions-without-lead", "plan", f"{OTHERS}2-2030"),
    ("coverage/actions-without-date", "plan", f"{OTHERS}2-2030"),
    ("internal/progress-of-plan", "plan", f"{OTHERS}2-2030"),
    ("report/elements", "plan", f"{OTHERS}3-2030"),
    ("report/actions-by-partner", "partner", f"{OTHERS}4-2030/partner/2"),
    ("coverage/actions-without-measure", "plan", f"{OTHERS}5-2030"),
    ("report/targets", "plan", f"{OTHERS}5-2030"),
    ("report/leads-by-determinant", "determinant", f"{SCHEMES}determinant/housing"),
    ("report/elements-by-population-group", "group", f"{SCHEMES}population-group/carers"),
)
WHOLE = (
    "coverage/determinants-without-action",
    "coverage/determinants-without-vcse",
    "report/objectives-spanning-themes",
    "report/partner-theme-matrix",
    "report/partners-in-all-themes",
    "report/partners-per-action",
    "report/determinants-by-theme",
    "report/objectives",
    "compare/themes-by-family",
    "trust/links-by-basis",
    "report/actions-with-date",
    "report/latest-progress",
    "report/off-track",
    "report/changed-progress",
    "report/targets",
    "report/indicators",
    "coverage/actions-without-lead",
    "coverage/actions-without-date",
    "coverage/actions-without-measure",
)
#: A question that takes an engine longer than this, in milliseconds, is asked once only.
LONG = 2000.0
#: What an engine that did not finish says instead of the number of rows.
UNCOUNTED = -1
#: Up to so many boards rdflib is asked too: it needs ten times the memory.
MOST_FOR_RDFLIB = 150
#: Pages of 8 KiB that Virtuoso may keep in memory.
BUFFERS = 170_000
#: Asks one question, to the last row.
Ask = Callable[[str, dict[str, Term]], object]


def questions() -> Iterator[tuple[str, str, dict[str, Term]]]:
    """Yield a label, the text and the bindings of each question."""
    for name, parameter, iri in LOOK_UPS:
        yield f"{name} {parameter}=", catalogue.load(name).text, {parameter: NamedNode(iri)}
    for name in WHOLE:
        yield name, catalogue.load(name).text, {}


def asking(engine: Engine) -> Ask:
    return lambda text, bindings: results.run_query(engine, text, bindings)


def directly(store: Store) -> Ask:
    """Return what a user of pyoxigraph would write: the query run, its results serialized."""

    def ask(text: str, bindings: dict[str, Term]) -> object:
        found = store.query(bind_parameters(text, bindings), use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return results.Rows(found.serialize(format=QueryResultsFormat.JSON) or b"")

    return ask


def with_rdflib(store: Store) -> Ask:
    import rdflib
    from pyoxigraph import RdfFormat, serialize

    data = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    started = time.perf_counter()
    graph = rdflib.Graph().parse(data=data, format="nt")
    print(f"rdflib reads it in {time.perf_counter() - started:.1f} s")

    def ask(text: str, bindings: dict[str, Term]) -> object:
        try:
            return list(graph.query(bind_parameters(text, bindings)))
        except TypeError:  # rdflib cannot sort rows with an unbound cell
            ordered = bind_parameters(text, bindings).rindex("ORDER BY")
            return list(graph.query(bind_parameters(text, bindings)[:ordered]))

    return ask


def size(found: object) -> int:
    return found.size if isinstance(found, results.Rows) else len(cast("list[object]", found))


def measured(ask: Ask, text: str, bindings: dict[str, Term], runs: int) -> tuple[float, int]:
    """Return the median time in milliseconds after a first run, and the number of rows.

    A single run counts where it takes over two seconds.
    """
    times: list[float] = []
    found: object = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        found = ask(text, bindings)
        times.append(1000 * (time.perf_counter() - started))
        if times[-1] > LONG:
            return times[-1], size(found)
    return statistics.median(times[1:]), size(found)


def unless_late(ask: Ask, text: str, bindings: dict[str, Term], runs: int) -> tuple[float, int]:
    try:
        return measured(ask, text, bindings, runs)
    except EndpointError:  # a server has its own time
        return math.inf, UNCOUNTED


def bounded(
    ask: Ask, text: str, bindings: dict[str, Term], runs: int, seconds: float
) -> tuple[float, int]:
    """Measure in a process of its own, which is ended after `seconds`; then the time is infinite.

    No engine can be stopped otherwise. The graph is not copied, as the process is a fork.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(
        target=lambda: there.send(unless_late(ask, text, bindings, runs)), daemon=True
    )
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(seconds * 2) else (math.inf, UNCOUNTED)
    except EOFError:
        return math.nan, UNCOUNTED
    finally:
        process.kill()
        process.join()


def memory() -> float:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def loaded(folder: Path, boards: int) -> tuple[Engine, Store]:
    """Make the graph and load it to disk and into memory, telling what each costs."""
    number = write(boards, str(folder / "graph.nq.gz"))
    started = time.perf_counter()
    done = load.load(folder / "store", [folder / "graph.nq.gz"])
    seconds = time.perf_counter() - started
    size = sum(each.stat().st_size for each in (folder / "store").iterdir()) / (1 << 20)
    print(f"{boards} boards, {number} statements, {done.derived} derived")
    print(f"load: {seconds:.1f} s, {number / seconds:.0f}/s, {size:.0f} MiB on disk")
    print(f"memory at most while loading: {memory():.0f} MiB")
    disk = open_disk_store(folder / "store")
    store = Store()
    store.bulk_extend(disk.snapshot())
    print(f"with the graph in memory as well: {memory():.0f} MiB")
    return disk, store


def engines(folder: Path, boards: int, seconds: float, stack: ExitStack) -> dict[str, Ask]:
    """Return what is compared, by name."""
    import servers

    disk, store = loaded(folder, boards)
    found = {"direct": directly(store), "memory": asking(Embedded(store)), "disk": asking(disk)}
    servings: dict[str, tuple[str, Callable[[Path], AbstractContextManager[str]]]] = {
        "oxigraph": (
            "oxigraph",
            lambda place: servers.oxigraph_on_disk(folder / "store", place),
        ),
        "virtuoso": ("virtuoso-t", lambda place: servers.virtuoso(store, place, BUFFERS)),
    }
    for name, (program, serve) in servings.items():
        if servers.found(program):
            (folder / name).mkdir()
            started = time.perf_counter()
            found[name] = asking(Remote(stack.enter_context(serve(folder / name)), seconds))
            print(f"{name} is up after {time.perf_counter() - started:.1f} s")
        else:
            print(f"{program} is not installed; left out", file=sys.stderr)
    if boards <= MOST_FOR_RDFLIB:
        found["rdflib"] = with_rdflib(store)
    return found


def overhead(direct: Ask, ours: Ask, asked: list[tuple[str, str, dict[str, Term]]]) -> None:
    """Print what hwbs adds to pyoxigraph: the best of several turns each, one after the other."""
    best: dict[str, tuple[float, float]] = {}
    for label, text, bindings in asked:
        turns = [(timed(direct, text, bindings), timed(ours, text, bindings)) for _ in range(7)]
        best[label] = min(one for one, _ in turns), min(other for _, other in turns)
    shares = {label: other / one - 1 for label, (one, other) in best.items()}
    ones, others = (sum(times) for times in zip(*best.values(), strict=True))
    most = max(shares, key=lambda label: shares[label])
    print(
        f"\nhwbs over pyoxigraph: {statistics.median(shares.values()):+.1%} in the middle, "
        f"{others / ones - 1:+.1%} over all together, at most {shares[most]:+.1%} ({most}, "
        f"{best[most][0]:.2f} ms)"
    )


def timed(ask: Ask, text: str, bindings: dict[str, Term]) -> float:
    started = time.perf_counter()
    ask(text, bindings)
    return 1000 * (time.perf_counter() - started)


def finding(store: Engine, kind: str) -> None:
    """Print what a name costs: of one thing, and one that nothing carries."""
    for typed in ("board 0001 HOUSING", "Board 0001 Hausing"):
        started = time.perf_counter()
        with suppress(NotFoundError):
            names.find(store, typed, "partner")
        print(f"“{typed}” as a partner, {kind}: {1000 * (time.perf_counter() - started):.1f} ms")


def main() -> None:
    """Print the table."""
    given = sys.argv[1:]
    boards = int(given[0]) if given else 150
    runs = int(given[1]) if len(given) > 1 else 5
    seconds = float(given[2]) if len(given) > 2 else 60.0
    quick = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        compared = engines(Path(folder), boards, seconds, stack)
        print(f"\n{'question, ms':52}" + "".join(f"{name:>10}" for name in compared))
        for label, text, bindings in questions():
            found = [bounded(ask, text, bindings, runs, seconds) for ask in compared.values()]
            if all(each < LONG for each, _ in found[:2]):
                quick.append((label, text, bindings))
            sizes = {number for _, number in found} - {UNCOUNTED}
            cells = "".join(f"{each:10.1f}" for each, _ in found)
            rows = "" if len(sizes) == 1 else f"  rows differ: {[number for _, number in found]}"
            print(f"{label:52}{cells}{rows}", flush=True)
        overhead(compared["direct"], compared["memory"], quick)
        finding(open_disk_store(Path(folder) / "store"), "on disk")
    sys.stdout.flush()
    os._exit(0)  # freeing the graph piece by piece takes longer than it is worth


if __name__ == "__main__":
    main()
