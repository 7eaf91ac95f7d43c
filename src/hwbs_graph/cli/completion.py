"""What a shell offers when Tab is pressed: names of partners, things, queries and kinds.

Typer calls these; nothing is loaded before.
"""

from collections.abc import Iterable


def complete_partner(incomplete: str) -> list[str]:
    """Return the names of partners that begin so."""
    from hwbs_graph import names
    from hwbs_graph.cli.source import Source

    engine = Source().open_for_look_up(("hwbs:partner",))
    return _keep_beginning(
        incomplete, (name.thing.label for name in names.list_names(engine, ("partner",)))
    )


def complete_thing(incomplete: str) -> list[str]:
    """Return labels and codes that begin so, of everything that can be shown."""
    from hwbs_graph import names
    from hwbs_graph.cli.source import Source

    return _keep_beginning(incomplete, (name.text for name in names.list_names(Source().open())))


def complete_query(incomplete: str) -> list[str]:
    """Return the names of queries that begin so."""
    from hwbs_graph.query import catalogue

    return _keep_beginning(incomplete, catalogue.query_names())


def complete_family(incomplete: str) -> list[str]:
    """Return the families of queries that begin so."""
    from hwbs_graph.query import catalogue

    return _keep_beginning(incomplete, (name.partition("/")[0] for name in catalogue.query_names()))


def complete_kind(incomplete: str) -> list[str]:
    """Return the kinds that can be listed and begin so; else other words for them."""
    from hwbs_graph.data import bundled
    from hwbs_graph.query import catalogue

    listed = [query.name.partition("/")[2] for query in catalogue.list_listings()]
    kinds = [kind for kind in bundled.registry().kinds if kind.plurals[0] in listed]
    others = (word for kind in kinds for word in kind.plurals)
    return _keep_beginning(incomplete, listed) or _keep_beginning(incomplete, others)


def _keep_beginning(incomplete: str, offered: Iterable[str]) -> list[str]:
    start = incomplete.casefold()
    return sorted({text for text in offered if text.casefold().startswith(start)})
