"""Which web pages may read a server: none under a foreign name, others by the operator's leave."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support import DATA, Hwbs, open_small

from hwbs_graph.errors import UsageError
from hwbs_graph.web import lifecycle
from hwbs_graph.web.access import parse_origins
from hwbs_graph.web.lifecycle import Server, Settings

ALLOWED, OTHER = "https://example.org", "https://evil.example"
#: Every kind of answer that a program reads.
PATHS = ("/sparql?query=ASK{}", "/queries", "/ns/Action?format=ttl", "/openapi.json")


class Servers:
    """Clients of servers by their options; only the last one asked for is kept open."""

    def __init__(self) -> None:
        self._options: object = None
        self._open = ExitStack()

    def __call__(self, given: Sequence[str], *domains: str, host: str = "127.0.0.1") -> TestClient:
        if self._options != (options := (given, domains, host)):
            self.close()
            settings = Settings(host, port=0, workers=1, domains=frozenset(domains))
            settings = settings._replace(origins=parse_origins(given))
            server = Server(open_small, settings)
            self._open.callback(server.close)
            client = TestClient(server.application, "http://127.0.0.1")
            self._client = self._open.enter_context(client)
            self._options = options
        return self._client

    def close(self) -> None:
        self._options = None
        self._open.close()


@pytest.fixture(scope="module")
def web() -> Iterator[Servers]:
    with closing(Servers()) as servers:
        yield servers


@pytest.mark.parametrize(
    ("given", "asked", "answered", "varies"),
    [
        ((), ALLOWED, None, False),
        (("*",), ALLOWED, "*", False),
        (("*", ALLOWED), OTHER, "*", False),
        ((ALLOWED, OTHER), OTHER, OTHER, True),
        ((ALLOWED,), ALLOWED, ALLOWED, True),
        ((ALLOWED,), OTHER, None, True),
        ((ALLOWED,), "https://example.org.evil.example", None, True),
        ((ALLOWED,), "null", None, True),
        ((ALLOWED,), "", None, True),
        (("http://[::1]:3000",), "http://[::1]:3000", "http://[::1]:3000", True),
    ],
)
def test_pages_of_the_origins_that_were_allowed_may_read(
    web: Servers, given: tuple[str, ...], asked: str, answered: str | None, varies: bool
) -> None:
    sent = {"Origin": asked} if asked else {}
    client = web(given)
    for path in PATHS:
        headers = client.get(path, headers=sent).headers
        assert headers.get("access-control-allow-origin") == answered
        assert ("Origin" in headers.get("vary", "")) == varies
    asking = {**sent, "Access-Control-Request-Headers": "X-Mine"}
    before = client.options("/sparql", headers=asking).headers
    assert before.get("access-control-allow-origin") == answered
    assert ("access-control-allow-headers" in before) == (answered is not None)


@pytest.mark.parametrize(
    "given", ["example.org", "https://example.org/", "https://a b", "ftp://example.org", ""]
)
def test_what_is_no_origin_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="is no origin"):
        parse_origins([given])


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("LOCALHOST:8000", 200),
        ("localhost.", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example:127.0.0.1", 421),
    ],
)
def test_a_foreign_name_that_leads_to_this_machine_is_not_answered(
    web: Servers, name: str, status: int
) -> None:
    client = web(())
    for path in (*PATHS, "/", "/static/style.css"):
        assert client.get(path, headers={"Host": name}).status_code == status
    found = client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": name})
    assert found.status_code == status
    assert ("boolean" in found.text) == (status == 200)


def test_a_domain_is_answered_beside_our_own_names_and_no_other(web: Servers) -> None:
    client = web((), "strategies.example.org")
    for name, status in (
        ("strategies.example.org", 200),
        ("127.0.0.1", 200),
        ("evil.example", 421),
    ):
        assert client.get("/queries", headers={"Host": name}).status_code == status


def test_a_server_that_others_can_reach_answers_to_every_name(web: Servers) -> None:
    client = web((), host="0.0.0.0")
    assert client.get("/queries", headers={"Host": "anything.example"}).status_code == 200


# The command line


@pytest.mark.parametrize(
    ("options", "origins"),
    [
        (("--graph", DATA / "small.ttl"), ()),
        (("--graph", DATA / "small.ttl", "--cors", "*"), ("*",)),
        (("--graph", DATA / "small.ttl", "--cors", ALLOWED), (ALLOWED,)),
        (("--cors", "none"), ()),
        ((), ("*",)),
    ],
)
def test_the_operator_says_whose_pages_may_read(
    options: tuple[str | Path, ...],
    origins: tuple[str, ...],
    hwbs: Hwbs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[frozenset[str]] = []

    def note(opener: object, settings: Settings, announce: object) -> int:
        found.append(settings.origins)
        return 0

    monkeypatch.setattr(lifecycle, "serve", note)
    assert hwbs("serve", "--port", "0", *options).code == 0
    assert found == [parse_origins(origins)]


def test_an_origin_that_is_none_is_said_before_anything_is_served(hwbs: Hwbs) -> None:
    for given, said in (
        (("--cors", "example.org"), "is no origin; write it as https://example.org"),
        (("--cors", "none", "--cors", "*"), "excludes every other origin"),
    ):
        run = hwbs("serve", "--port", "0", *given)
        assert run.code == 2
        assert said in run.err
