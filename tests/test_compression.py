"""Answers come packed to clients that accept it, and are the same bytes unpacked."""

import gzip
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from support import open_small

from hwbs_graph.web.compression import accepts_gzip
from hwbs_graph.web.lifecycle import Server, Settings

ROWS = "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+300&format="
LARGE = (
    *(f"{ROWS}{format}" for format in ("json", "csv", "tsv", "xml")),
    "/graph/schemes?format=nt",
    "/queries?format=json",
    "/graph/small?format=ttl",
    "/openapi.json",
    "/",
    "/static/style.css",
)


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    server = Server(open_small, Settings(port=0, timeout=30, workers=1))
    with TestClient(server.application, server.address) as client:
        yield client
    server.close()


@pytest.mark.parametrize("path", LARGE)
def test_an_answer_is_packed_for_who_accepts_it_and_the_same_unpacked(
    web: TestClient, path: str
) -> None:
    plain = web.get(path, headers={"accept-encoding": "identity"})
    assert plain.status_code == 200
    assert "content-encoding" not in plain.headers
    with web.stream("GET", path, headers={"accept-encoding": "br, gzip;q=0.5"}) as packed:
        sent = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(sent) < len(plain.content)
    assert gzip.decompress(sent) == plain.content
    for each in (plain, packed):
        assert "accept-encoding" in each.headers["vary"].lower()
        assert each.headers["content-type"] == plain.headers["content-type"]


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK{}", "/id/nobody?format=json", "/nowhere?format=ttl"]
)
def test_what_is_short_stays_as_it_is(web: TestClient, path: str) -> None:
    found = web.get(path, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in found.headers
    assert int(found.headers["content-length"]) == len(found.content)


def test_a_head_stands_for_no_packed_body(web: TestClient) -> None:
    found = web.head(f"{ROWS}csv", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in found.headers
    assert found.content == b""


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("deflate, GZIP ; q=0.1", True),
        ("x-gzip", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("br;q=1.0, zstd", False),
        ("gzipped", False),
        ("gzip;q=none", False),
    ],
)
def test_the_header_says_whether_gzip_is_accepted(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted
