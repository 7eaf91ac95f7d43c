"""Binding the variables of a query to terms, where the query says so.

A comment of its own line, `#+ bind: partner`, becomes `VALUES ?partner { <...> }`. Nothing a
person types is spliced into the text: the engine's own library writes the terms, escapes and all.

VALUES behind the query would mean the same, but costs a server the answer for everything, and
Virtuoso 7.2.5 does not filter by it. The substitution of pyoxigraph comes after the joins are
planned, and takes ten times as long.

Out of scope: running a query (`embedded`, `remote`).
"""

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from hwbs_graph.errors import QueryError

Term = NamedNode | Literal
#: What a variable is bound to: a term, or one of several.
Terms = Term | Sequence[Term]

_MARKER = r"(?m)^[ \t]*#\+ bind: (\w+)[ \t]*$"


def bind_parameters(text: str, bindings: Mapping[str, Terms]) -> str:
    """Return the query with values in place of its markers; the lines keep their numbers.

    Markers of other variables stay comments. Raises QueryError for a variable without a marker.
    """
    if not bindings:
        return text
    for name in bindings.keys() - set(re.findall(_MARKER, text)):
        raise QueryError("The query", f"it has no line “#+ bind: {name}” that says where")
    values = {name: _write_values(name, terms) for name, terms in bindings.items()}
    return re.sub(_MARKER, lambda marker: values.get(marker[1], marker[0]), text)


def _write_values(name: str, terms: Terms) -> str:
    listed = [terms] if isinstance(terms, NamedNode | Literal) else terms
    return f"VALUES ?{name} {{ {' '.join(map(str, listed))} }}"
