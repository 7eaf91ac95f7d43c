"""The Turtle files and what follows from them: each file one named graph, then the rules.

The data that ships with `hwbs` comes first, then a user's own files. What the rules derive
goes into the named graph `.../graph/derived` and nowhere else.

Out of scope: asking questions of the result (`store`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse

from hwbs_graph.data import bundled
from hwbs_graph.data.files import read_text
from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.model.vocabulary import DERIVED, GRAPHS

#: Ontology files that questions need; the shapes serve checks only.
_VOCABULARIES = ("hwbs.ttl", "schemes.ttl")


class GraphFile(NamedTuple):
    """A Turtle file and the named graph it becomes."""

    path: Path
    graph: NamedNode


def open_store(extra: Sequence[Path] = (), base: Sequence[Path] | None = None) -> Store:
    """Load the files of `base` and `extra` (files or folders), and apply the rules.

    `base` is what ships with `hwbs` unless other files are named in its place.

    Raises PathError for a path, TurtleSyntaxError with line and column for a file.
    """
    store = Store()
    own = bundled_files() if base is None else list(base)
    for number, source in enumerate(name_graphs([*own, *turtle_files(extra)])):
        _load_file(store, source, again=number >= len(own))
    apply_rules(store)
    return store


def bundled_files(speaking_of: str = "") -> list[Path]:
    """Return the Turtle files that ship with `hwbs`: ontology, schemes, then the graph.

    With `speaking_of`, return only the code lists and the graph files that hold this text. A
    look-up that needs no more saves most of its time. The files are canonical, so a term is
    always written the same way.
    """
    graph = sorted(bundled.folder("graph").glob("*.ttl"))
    if not speaking_of:
        return [*vocabulary_files(), *graph]
    wanted = speaking_of.encode("utf-8")
    return [vocabulary_files()[-1], *(path for path in graph if wanted in path.read_bytes())]


def vocabulary_files() -> list[Path]:
    """Return the files of the ontology that every graph needs: the terms and the code lists."""
    return [bundled.folder("ontology") / name for name in _VOCABULARIES]


def turtle_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file of `paths`, folders searched through for `*.ttl`.

    Raises PathError for a missing path and DataError for a folder without Turtle.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.rglob("*.ttl"))
        if not found:
            raise DataError(f"The folder {path} holds no .ttl file; give a Turtle file or folder.")
        yield from found


def name_graphs(paths: Iterable[Path]) -> list[GraphFile]:
    """Name the graph of each file after its stem; a stem met again gets `-2`, `-3` and so on.

    The name of the derived graph is taken from the start.
    """
    seen = {DERIVED.value.removeprefix(GRAPHS): 1}
    named = []
    for path in paths:
        stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", path.stem) or "graph"
        seen[stem] = seen.get(stem, 0) + 1
        suffix = f"-{seen[stem]}" if seen[stem] > 1 else ""
        named.append(GraphFile(path, NamedNode(f"{GRAPHS}{stem}{suffix}")))
    return named


def apply_rules(store: Store, add: Callable[[Iterable[Quad]], None] | None = None) -> None:
    """Replace the derived graph by what the rules construct from all other graphs.

    No rule reads what another derives, so their order does not matter. A rule leaves out what
    a file states already, as a fact in two graphs would count twice in their union. `add`
    receives the derived quads of each rule as an iterator.
    """
    store.remove_graph(DERIVED)
    add = add or store.extend
    for rule in sorted((bundled.folder("ontology") / "rules").glob("*.rq")):
        triples = store.query(rule.read_text("utf-8"), use_default_graph_as_union=True)
        assert isinstance(triples, QueryTriples)
        add(_to_quads(triples, DERIVED))


def _load_file(store: Store, source: GraphFile, again: bool) -> None:
    """Load one file; with `again`, leave out what an earlier file states already."""
    text = read_text(source.path)
    try:
        if not again:
            store.load(text, format=RdfFormat.TURTLE, to_graph=source.graph)
            return
        triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        name = str(source.path)
        raise TurtleSyntaxError(name, str(error.msg), error.lineno, error.offset) from None
    store.extend(_to_quads((each for each in triples if not _is_stated(store, each)), source.graph))


def _is_stated(store: Store, triple: Triple) -> bool:
    """Say whether any graph holds the triple: a fact in two would count twice in their union."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return next(found, None) is not None


def _to_quads(triples: Iterable[Triple], graph: NamedNode) -> Iterator[Quad]:
    return (Quad(each.subject, each.predicate, each.object, graph) for each in triples)
