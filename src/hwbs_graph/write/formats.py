"""The formats an answer can be written in, in one table.

Help texts, the command line's checks and the writers all read this table.
W3C result formats: https://www.w3.org/TR/sparql11-overview/

Out of scope: writing them (`rows`).
"""

from typing import NamedTuple


class Format(NamedTuple):
    """A format, called as on the command line.

    It can hold `rows` or a `graph`; `binary` says that it is not text.
    """

    name: str
    rows: bool = False
    graph: bool = False
    binary: bool = False


#: In the order in which help lists them.
FORMATS = {
    entry.name: entry
    for entry in (
        Format("table", rows=True, graph=True),
        Format("json", rows=True),
        Format("csv", rows=True),
        Format("excel-csv", rows=True),
        Format("tsv", rows=True),
        Format("xml", rows=True),
        Format("markdown", rows=True),
        Format("xlsx", rows=True, binary=True),
        Format("ttl", graph=True),
        Format("nt", graph=True),
        Format("jsonld", graph=True),
    )
}
