"""What a store holds beyond its files: what the rules derive, each name, and the index of words.

It is made anew whenever the files change, so that nothing in it is older than they are.

Out of scope: what the files state (`load`, `stated`).
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, Store

from hwbs_graph import names
from hwbs_graph.checks.unknown_terms import find_unknown_terms
from hwbs_graph.checks.unnamed_things import find_unnamed_things
from hwbs_graph.data import corpus
from hwbs_graph.load.progress import OnProgress, ProgressMeter
from hwbs_graph.model.vocabulary import DERIVED
from hwbs_graph.names.kept_names import write_names
from hwbs_graph.names.word_search.word_index import write_index
from hwbs_graph.query import catalogue
from hwbs_graph.query.data_version import KEY, find_data_version
from hwbs_graph.query.results import Rows, run_query
from hwbs_graph.store import Embedded
from hwbs_graph.store.engine import GRAPHS
from hwbs_graph.store.kept_answers import write_answers

#: Statements written at once. The engine sorts and writes them in one step, which cannot be
#: interrupted; smaller parts take longer.
PART = 100_000
#: A store of more statements keeps the answers that take long, one of most does not: the answers
#: alone would fill the memory.
MANY, MOST = 100_000, 2_000_000
#: Questions of the whole graph, which take an engine seconds over many boards.
WHOLE = (
    "coverage/determinants-without-action",
    "report/co-working-partners",
    "report/counts-by-class",
    "report/partner-theme-matrix",
    "report/partners-in-all-themes",
    "report/partners-per-action",
    "trust/links-by-basis",
)


def derive(store: Store, folder: Path, on_progress: OnProgress) -> None:
    """Replace all that follows from the stated statements of a store, and write its indexes."""
    _merge_tables(store)
    meter = ProgressMeter(on_progress, 3)
    for apply in (corpus.apply_rules, corpus.apply_standards):
        apply(store, lambda quads: write_in_parts(store, meter.track(quads)))
    known = names.list_names(Embedded(store))
    write_in_parts(store, ProgressMeter(on_progress, 4).track(name_quads(known)))
    _merge_tables(store)
    write_names(known, folder)
    write_index(Embedded(store), known, folder)
    if MANY < len(store) <= MOST:
        write_answers(folder, _answer_whole(Embedded(store)))


def _answer_whole(engine: Embedded) -> dict[str, bytes]:
    """Return the answers to the questions of the whole graph, by their text."""
    answers = {
        GRAPHS: json.dumps(engine.graphs()).encode(),
        KEY: find_data_version(engine).encode(),
    }
    for name in WHOLE:
        query = catalogue.load(name)
        found = run_query(engine, query.text, name=name)
        assert isinstance(found, Rows)
        answers[query.text] = found.encoded
    return answers


def write_in_parts(store: Store, quads: Iterable[Quad]) -> None:
    """Write statements to the store, a part at a time."""
    stream = iter(quads)
    while part := list(islice(stream, PART)):
        store.bulk_extend(part)


def _merge_tables(store: Store) -> None:
    """Write what is still in memory, and merge the tables of a store that has several.

    A rule or a question that looks up each statement takes a fifth of the time then.
    """
    store.flush()
    if len(store) > MANY:
        store.optimize()


def describe_unknown(store: Store, properties: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return sentences on what no question would find; `properties` are those in use."""
    engine = Embedded(store)
    found = [*find_unknown_terms(engine, properties), *find_unnamed_things(engine)]
    return tuple(each.message for each in found)


def name_quads(known: Iterable[names.Name]) -> Iterator[Quad]:
    """Yield the normalised forms of names, for the derived graph."""
    for each in names.normalised_names(known):
        yield Quad(each.subject, each.predicate, each.object, DERIVED)
