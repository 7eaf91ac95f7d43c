"""What a shell offers when Tab is pressed: names of partners, things, queries and kinds.

Typer calls these; nothing is loaded before.
"""

from collections.abc import Iterable


def partners(incomplete: str) -> list[str]:
    """Return the names of partners that begin so."""
    from hwbs_graph import names
    from hwbs_graph.cli.common import open_engine

    engine = open_engine(speaking_of="hwbs:partner")
    return _beginning(
        incomplete, (name.thing.label for name in names.list_names(engine, ("partner",)))
    )


def things(incomplete: str) -> list[str]:
    """Return labels and codes that begin so, of everything that can be shown."""
    from hwbs_graph import names
    from hwbs_graph.cli.common import open_engine

    return _beginning(incomplete, (name.text for name in names.list_names(open_engine())))


def queries(incomplete: str) -> list[str]:
    """Return the names of queries that begin so."""
    from hwbs_graph.query import catalogue

    return _beginning(incomplete, catalogue.names())


def families(incomplete: str) -> list[str]:
    """Return the families of queries that begin so."""
    from hwbs_graph.query import catalogue

    return _beginning(incomplete, (name.partition("/")[0] for name in catalogue.names()))


def kinds(incomplete: str) -> list[str]:
    """Return the kinds that can be listed and begin so."""
    from hwbs_graph.query import catalogue

    listed = (query for query in catalogue.every() if "list" in query.tags)
    return _beginning(incomplete, (query.name.partition("/")[2] for query in listed))


def _beginning(incomplete: str, offered: Iterable[str]) -> list[str]:
    start = incomplete.casefold()
    return sorted({text for text in offered if text.casefold().startswith(start)})
