"""What a national graph costs: load rate, memory, and each mission question in each engine.

    python bench/scale.py [BOARDS] [RUNS]

Makes the graph of `generate.py` (150 boards are England), loads it to disk and into memory, serves
it with `oxigraph` and Virtuoso where these are installed, and prints the median time of each
question after a first run, in milliseconds; with 5 boards or fewer, rdflib too. `direct` is the
same query handed to pyoxigraph itself: what hwbs adds is the difference to `memory`. Machines are
noisy: compare within one run. Servers listen on loopback and are ended by their own process.
"""

import math
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from generate import write
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

from hwbs_graph import answer, catalogue, loading, names
from hwbs_graph.store import Embedded, Engine, Term, on_disk
from hwbs_graph.store.remote import Remote
from hwbs_graph.store.text import bound
from hwbs_graph.vocabulary import SCHEMES, THINGS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

BOARD = f"{THINGS}board0001-2030/"
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
)
#: A question that takes an engine longer than this, in milliseconds, is asked once only.
LONG = 2000.0
#: What a bare run says instead of the number of rows.
UNCOUNTED = -1
Ask = Callable[[str, dict[str, Term]], int]


def questions() -> Iterator[tuple[str, str, dict[str, Term]]]:
    """Yield a label, the text and the bindings of each question."""
    for name, parameter, iri in LOOK_UPS:
        yield f"{name} {parameter}=", catalogue.load(name).text, {parameter: NamedNode(iri)}
    for name in WHOLE:
        yield name, catalogue.load(name).text, {}


def asking(engine: Engine) -> Ask:
    return lambda text, bindings: answer.ask(engine, text, bindings).size


def directly(store: Store) -> Ask:
    """Return what a user of pyoxigraph would write: the query run, its results serialized."""

    def ask(text: str, bindings: dict[str, Term]) -> int:
        found = store.query(bound(text, bindings), use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        found.serialize(format=QueryResultsFormat.JSON)
        return UNCOUNTED

    return ask


def with_rdflib(store: Store) -> Ask:
    import rdflib
    from pyoxigraph import RdfFormat, serialize

    data = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=data, format="nt")
    return lambda text, bindings: len(graph.query(bound(text, bindings)))


def measured(ask: Ask, text: str, bindings: dict[str, Term], runs: int) -> tuple[float, int]:
    """Return the median time in milliseconds after a first run, and the number of rows."""
    times: list[float] = []
    size = UNCOUNTED
    for _ in range(runs + 1):
        started = time.perf_counter()
        try:
            size = ask(text, bindings)
        except TypeError:  # rdflib cannot sort rows with an unbound cell
            return math.nan, UNCOUNTED
        times.append(1000 * (time.perf_counter() - started))
        if times[-1] > LONG:
            return times[-1], size
    return statistics.median(times[1:]), size


def memory() -> float:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def loaded(folder: Path, boards: int) -> tuple[Engine, Store]:
    """Make the graph and load it to disk and into memory, telling what each costs."""
    number = write(boards, str(folder / "graph.nq.gz"))
    started = time.perf_counter()
    done = loading.load(folder / "store", [folder / "graph.nq.gz"])
    seconds = time.perf_counter() - started
    size = sum(each.stat().st_size for each in (folder / "store").iterdir()) / (1 << 20)
    print(f"{boards} boards, {number} statements, {done.derived} derived")
    print(f"load: {seconds:.1f} s, {number / seconds:.0f}/s, {size:.0f} MiB on disk")
    print(f"memory at most while loading: {memory():.0f} MiB")
    disk = on_disk(folder / "store")
    store = Store()
    store.bulk_extend(disk.whole())
    print(f"with the graph in memory as well: {memory():.0f} MiB")
    return disk, store


def engines(folder: Path, boards: int, stack: ExitStack) -> dict[str, Ask]:
    """Return what is compared, by name."""
    import servers

    disk, store = loaded(folder, boards)
    found = {"direct": directly(store), "memory": asking(Embedded(store)), "disk": asking(disk)}
    for name, program, serve in (
        ("oxigraph", "oxigraph", servers.oxigraph),
        ("virtuoso", "virtuoso-t", servers.virtuoso),
    ):
        if servers.found(program):
            (folder / name).mkdir()
            url = stack.enter_context(serve(store, folder / name))
            found[name] = asking(Remote(url, 600))
        else:
            print(f"{program} is not installed; left out", file=sys.stderr)
    if boards <= 5:
        found["rdflib"] = with_rdflib(store)
    return found


def main() -> None:
    """Print the table."""
    boards = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        compared = engines(Path(folder), boards, stack)
        print(f"\n{'question, ms':52}" + "".join(f"{name:>10}" for name in compared))
        for label, text, bindings in questions():
            found = [measured(ask, text, bindings, runs) for ask in compared.values()]
            sizes = {size for _, size in found} - {UNCOUNTED}
            times = "".join(f"{each:10.1f}" for each, _ in found)
            rows = "" if len(sizes) == 1 else f"  rows differ: {[size for _, size in found]}"
            print(f"{label:52}{times}{rows}", flush=True)
        # Every name is read, as a spelling may be anybody's.
        store_engine = on_disk(Path(folder) / "store")
        started = time.perf_counter()
        names.find(store_engine, "Board 0001 Housing", "partner")
        print(f"finding a partner by its name, on disk: {time.perf_counter() - started:.2f} s")
    sys.stdout.flush()
    os._exit(0)  # freeing the graph piece by piece takes longer than it is worth


if __name__ == "__main__":
    main()
