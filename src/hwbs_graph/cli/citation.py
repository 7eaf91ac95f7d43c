"""How an answer is quoted: which program, which data, when, what was asked, and the address.

Out of scope: the version of the data (`query.data_version`).
"""

from collections.abc import Sequence

from hwbs_graph.cli.source import open_again, tell_default

#: The arguments of the command that runs.
_ASKED: list[str] = []


def note_command(arguments: Sequence[str]) -> None:
    """Keep what was asked, for whoever has to quote it."""
    _ASKED[:] = arguments


def cite_answer() -> str:
    """Return the sentences by which the answer can be quoted and asked again."""
    import shlex
    from importlib.metadata import version

    from hwbs_graph.model.dates import word_date
    from hwbs_graph.model.vocabulary import BASE
    from hwbs_graph.query.data_version import find_data_version
    from hwbs_graph.query.periods import find_today

    engine = open_again()
    number = find_data_version(engine) if engine else ""
    data = (
        f"data version {number}" if number else f"data of {engine.name if engine else 'no graph'}"
    )
    command = tell_default() + shlex.join(["hwbs", *(each for each in _ASKED if each != "--cite")])
    return (
        f"Cite as: hwbs {version('hwbs')}, {data}, {word_date(find_today())}. "
        f"Asked with: {command}. {BASE}dataset"
    )
