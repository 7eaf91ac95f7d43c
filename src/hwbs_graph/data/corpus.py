"""The files of the graph and what follows from them: each file one named graph, then the rules.

The data that ships with `hwbs` comes first, then a user's own files. The shortcuts that the rules
derive go into the named graph `.../graph/derived` and nowhere else. What the standards call a
thing goes into `.../graph/standards`, where it is wanted: no look-up needs it.

Out of scope: asking questions of the result (`store`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    NamedNode,
    Quad,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from hwbs_graph.data import bundled
from hwbs_graph.data.files import is_board, read_text
from hwbs_graph.data.rdf_files import GraphRanks, InputFile, find_files
from hwbs_graph.errors import DataError, TurtleSyntaxError
from hwbs_graph.model.vocabulary import DERIVED, STANDARDS

#: Ontology files that questions need; the shapes serve checks only.
#: The code lists come last, as some look-ups read no other of these.
_VOCABULARIES = ("hwbs.ttl", "determinants.ttl", "population-groups.ttl", "schemes.ttl")
Add = Callable[[Iterable[Quad]], None]
#: Subjects that may have several values of a property that has one.
Repeated = dict[NamedNode, set[NamedNode | BlankNode | Triple]]


def open_store(
    extra: Sequence[Path] = (), base: Sequence[Path] | None = None, standards: bool = False
) -> Store:
    """Load the files of `base` and `extra` (files or folders), and apply the rules.

    `base` is what ships with `hwbs` unless other files are named in its place. With `standards`,
    the types and properties of ORG, PROV, Web Annotation and SKOS are derived too.

    Raises PathError for a path, TurtleSyntaxError with line and column for a file, DataError for
    a board that its graph does not describe.
    """
    store = Store()
    own = bundled_files() if base is None else list(base)
    ranks = GraphRanks()
    repeated: Repeated = {}
    for number, file in enumerate(find_files([*own, *extra])):
        # Only what others wrote names blank nodes, repeats us, or has another format.
        if number < len(own):
            ranks.rank(file.graph)
            _load_own(store, file.path, file.graph)
        else:
            _add_file(store, file, ranks, repeated)
    if any(map(is_board, extra)):
        from hwbs_graph.data.board import require_described

        require_described(store, extra)
    if repeated:
        from hwbs_graph.data.repeated_values import set_aside

        store.extend(set_aside(store, repeated))
    apply_rules(store)
    if standards:
        apply_standards(store)
    return store


def bundled_files(speaking_of: tuple[str, ...] = (), record: bool = True) -> list[Path]:
    """Return the Turtle files that ship with `hwbs`: ontology, schemes, then the graph.

    Without `record`, the graph is left out. With `speaking_of`, return only the code lists and
    the graph files that hold one of these texts. A look-up that needs no more saves most of its
    time. The files are canonical, so a term is always written the same way.
    """
    graph = sorted(bundled.folder("graph").glob("*.ttl")) if record else []
    if not speaking_of:
        return [*vocabulary_files(), *graph]
    wanted = [text.encode("utf-8") for text in speaking_of]
    texts = ((path, path.read_bytes()) for path in graph)
    told = (path for path, text in texts if any(each in text for each in wanted))
    return [vocabulary_files()[-1], *told]


def vocabulary_files() -> list[Path]:
    """Return the files of the ontology that every graph needs: terms, concepts and code lists."""
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


def apply_rules(store: Store, add: Add | None = None) -> None:
    """Replace the derived graph by the shortcuts that the rules construct from all other graphs.

    No rule reads what another derives, so their order does not matter. A rule leaves out what
    a file states already, as a fact in two graphs would count twice in their union. `add`
    receives the derived quads of all rules as one iterator: a store on disk takes long for each
    write, however small.
    """
    _construct(store, "rules", DERIVED, add)


def apply_standards(store: Store, add: Add | None = None) -> None:
    """Replace the graph of the standards: what ORG, PROV, Web Annotation and SKOS call each thing.

    It is for clients that know no term of `hwbs`; see `apply_rules`, which comes first. The named
    queries are in it as SHACL's executables, from which assistants learn to ask.
    """
    _construct(store, "rules/standards", STANDARDS, add, _read_examples())


def _construct(
    store: Store, folder: str, graph: NamedNode, add: Add | None, further: Iterable[Quad] = ()
) -> None:
    """Replace a graph by what the rules of a folder construct, and by `further` quads."""
    store.remove_graph(graph)
    rules = sorted((bundled.folder("ontology") / folder).glob("*.rq"))
    (add or store.extend)(chain(_derive_quads(store, rules, graph), further))


def _read_examples() -> Iterator[Quad]:
    path = bundled.folder("ontology") / "queries.ttl"
    for each in parse(path=path, format=RdfFormat.TURTLE):
        yield Quad(each.subject, each.predicate, each.object, STANDARDS)


def _load_own(store: Store, path: Path, graph: NamedNode) -> None:
    """Load a file that ships with `hwbs`, in the quickest way there is."""
    text = read_text(path)
    try:
        store.load(text, format=RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        raise TurtleSyntaxError(str(path), str(error.msg), error.lineno, error.offset) from None


def _add_file(store: Store, file: InputFile, ranks: GraphRanks, repeated: Repeated) -> None:
    """Add a file; a statement of several graphs stays in the first, as in a store on disk.

    A thing with two values of a property that has one is noted in `repeated`.
    """
    from hwbs_graph.data.rdf_reader import read_quads  # the record alone needs no other reader
    from hwbs_graph.model.single_values import FURTHER

    ranks.rank(file.graph)
    quads = [quad for quad, _ in read_quads(file)]
    for quad in quads:
        own = ranks.rank(quad.graph_name)
        single = quad.predicate in FURTHER
        value = None if single else quad.object
        found = list(store.quads_for_pattern(quad.subject, quad.predicate, value, None))
        known = next((each for each in found if each.object == quad.object), None)
        if single and len(found) > (known is not None):
            repeated.setdefault(quad.predicate, set()).add(quad.subject)
        if known is not None and ranks.rank(known.graph_name) <= own:
            continue
        if known is not None:
            store.remove(known)
        store.add(quad)


def _derive_quads(store: Store, rules: Iterable[Path], graph: NamedNode) -> Iterator[Quad]:
    for rule in rules:
        triples = store.query(rule.read_text("utf-8"), use_default_graph_as_union=True)
        assert isinstance(triples, QueryTriples)
        for each in triples:
            yield Quad(each.subject, each.predicate, each.object, graph)
