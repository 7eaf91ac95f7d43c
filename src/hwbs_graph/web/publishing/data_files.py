"""The data of a site to take away: whole, as tables, described, and by which version.

Out of scope: the files of single things (`thing_files`).
"""

from collections.abc import Iterator
from importlib.metadata import version
from typing import NamedTuple

from hwbs_graph.model.vocabulary import BASE
from hwbs_graph.query.data_version import find_data_version
from hwbs_graph.store import Engine
from hwbs_graph.web import protocol
from hwbs_graph.web.protocol.dataset_description import LICENCE, TITLE
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.write.archive import pack_zip
from hwbs_graph.write.export import WRITERS


class Download(NamedTuple):
    """A file to take away: its address, what it is, and for whom."""

    address: str
    text: str
    told: str


class DataSheet(NamedTuple):
    """What the page of the data tells: version, licence, how to cite, and files to take away."""

    title: str
    version: str
    program: str
    licence: str
    citation: str
    downloads: tuple[Download, ...]


_DOWNLOADS = (
    Download("/downloads/record.trig", "TriG", "every statement, in the part it comes from"),
    Download("/downloads/record.jsonld", "JSON-LD", "every statement, for programs"),
    Download("/downloads/tables.zip", "CSV in a ZIP", "a table for each kind of thing, and links"),
    Download("/downloads/record.xlsx", "Excel", "the same tables as sheets of one workbook"),
    Download("/downloads/void.ttl", "VoID", "what the data set is and holds, counted"),
)


def describe_data(engine: Engine) -> DataSheet:
    """Return what the page of the data tells."""
    number, program = find_data_version(engine), version("hwbs")
    cited = f"hwbs {program}, data version {number}. {BASE}dataset"
    return DataSheet(TITLE, number, program, LICENCE, cited, _DOWNLOADS)


def name_downloads(names: FileNames) -> None:
    """Name the files to take away."""
    for each in _DOWNLOADS:
        names.add(each.address, each.address[1:])


def list_downloads(engine: Engine, base: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files to take away; `base` is where the site will stand, or ""."""
    for name, format in (("record.trig", "trig"), ("record.jsonld", "jsonld")):
        yield f"downloads/{name}", _write(engine, format)
    tables = WRITERS["csv"].write(engine)
    assert isinstance(tables, dict)
    yield "downloads/tables.zip", pack_zip(tables)
    yield "downloads/record.xlsx", _write(engine, "xlsx")
    page = f"{base or BASE}downloads/void.ttl"
    stats, contents = protocol.measure_dataset(engine), protocol.measure_contents(engine)
    described = protocol.describe_dataset(page, f"{BASE}sparql", stats, contents, "text/turtle")
    yield "downloads/void.ttl", described


def _write(engine: Engine, format: str) -> bytes:
    written = WRITERS[format].write(engine)
    assert isinstance(written, bytes)
    return written
