"""The named queries: `.rq` files whose `#+` header says what each answers.

A file is plain SPARQL that runs anywhere when pasted. Its header is grlc-like: `summary`
(the question), `description`, `tags`, `param-<name>: <kind>, e.g. <example>`, `ask`
(wordings of the question, one a line), and `rows: pairs` where an answer has a row for each pair of
what it is asked of and something else.

Queries in `internal/` serve the program itself, those in `probe/` try an engine, and those in
`example/` show how the graph is asked. They are not listed, their summary says what they give, and
`load` adds the PREFIX lines.

Out of scope: running a query (`results`) and finding what a parameter names (`names`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.errors import DataError, NotFoundError
from hwbs_graph.model.vocabulary import prefix_lines

#: The family of what only the program asks.
INTERNAL = "internal"
#: The family of what tries how an engine understands SPARQL.
PROBE = "probe"
#: The family of short queries to learn from.
EXAMPLE = "example"
_UNLISTED = (INTERNAL, PROBE, EXAMPLE)


class Parameter(NamedTuple):
    """A variable the user may fix: its name, the kind of thing it takes, an example."""

    name: str
    kind: str
    example: str


class NamedQuery(NamedTuple):
    """A question of the catalogue; `name` is `family/kebab-name`, `text` the SPARQL."""

    name: str
    text: str
    summary: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    asks: tuple[str, ...] = ()
    of_pairs: bool = False

    @property
    def family(self) -> str:
        """The folder of the query: report, compare, coverage, network, trust or violation."""
        return self.name.partition("/")[0]


def query_names() -> list[str]:
    """Return the names of all queries that a person may ask, sorted."""
    base = bundled.folder("queries")
    families = {path.name for path in base.iterdir()}.difference(_UNLISTED)
    return sorted(name for family in families for name in family_names(family))


def family_names(family: str) -> list[str]:
    """Return the names of the queries of one family, sorted; an unlisted one has names too."""
    paths = (bundled.folder("queries") / family).glob("*.rq")
    return sorted(f"{family}/{path.stem}" for path in paths)


@cache
def load(name: str) -> NamedQuery:
    """Return one query by its full name. Raises NotFoundError with the nearest names."""
    path = bundled.folder("queries") / f"{name}.rq"
    if not re.fullmatch(r"[a-z]+/[a-z0-9-]+", name) or not path.is_file():
        raise NotFoundError("query", name, _nearest_names(name, query_names()))
    query = read_query(path, name)
    if query.family in _UNLISTED:
        return query._replace(text=prefix_lines(query.text) + query.text)
    return query


def all_queries() -> Iterator[NamedQuery]:
    """Yield all queries in order of name."""
    return (load(name) for name in query_names())


def list_listings() -> list[NamedQuery]:
    """Return the queries that list all things of a kind."""
    return [query for query in all_queries() if "list" in query.tags]


def read_query(path: Path, name: str) -> NamedQuery:
    """Read one `.rq` file. Raises DataError for a header without a summary or a bad parameter."""
    text = path.read_text("utf-8")
    parts = read_header(text)
    if not parts.get("summary"):
        raise DataError(f"{path} has no “#+ summary:” line; add the question it answers.")
    return NamedQuery(
        name=name,
        text=text,
        summary=" ".join(parts["summary"]),
        description=" ".join(parts.get("description", [])),
        tags=tuple(tag.strip() for tag in ",".join(parts.get("tags", [])).split(",") if tag),
        parameters=tuple(_parameters(parts, path)),
        asks=tuple(parts.get("ask", [])),
        of_pairs=parts.get("rows") == ["pairs"],
    )


def read_header(text: str) -> dict[str, list[str]]:
    """Return the `#+` lines of a query: each key with its values in their order."""
    parts: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("#+"):
            key, _, value = line[2:].strip().partition(":")
            parts.setdefault(key.strip(), []).append(value.strip())
    return parts


def _parameters(parts: dict[str, list[str]], path: Path) -> Iterator[Parameter]:
    for key, values in parts.items():
        if not key.startswith("param-"):
            continue
        kind, found, example = values[0].partition(", e.g. ")
        if not found:
            raise DataError(f"{path}: “#+ {key}:” must read “<kind>, e.g. <example>”.")
        yield Parameter(key.removeprefix("param-"), kind, example)


def _nearest_names(name: str, known: list[str]) -> list[str]:
    tail = name.rpartition("/")[2]
    same = [other for other in known if other.rpartition("/")[2] == tail]
    if same:
        return same
    from difflib import get_close_matches

    return get_close_matches(name, known, n=3, cutoff=0.4)
