"""Other people's SPARQL clients, each a small program under `clients`, get the rows there are.

A program is started with the endpoint, a SELECT, an ASK that is true, one that is false, and a
CONSTRUCT. It writes a line for each row, truth and triple, with tabs in between.
"""

import csv
import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

import pytest
from servers import PATIENCE
from support import required
from web import Live, serving

from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded

CLIENTS = Path(__file__).parent / "clients"
PREFIXES = (
    "PREFIX hwbs: <https://w3id.org/hwbs/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
#: Whatever an address, a form, a shell or a string in SPARQL could spoil.
SAID = "100 % of a+b & c=d; #é “😀” 'q' \"r\" \\ <s> ?t {u}"
SELECT = (
    f"{PREFIXES}SELECT ?partner (STR(?name) AS ?label) ?said {{ ?partner skos:prefLabel ?name "
    f"FILTER(CONTAINS(?name, ' & ')) BIND({json.dumps(SAID, ensure_ascii=False)} AS ?said) }} "
    "ORDER BY ?partner STR(?name)"
)
NAMED = (
    f"{PREFIXES}ASK {{{{ ?x skos:prefLabel|skos:altLabel ?name FILTER(CONTAINS(?name, '{{}}')) }}}}"
)
YES, NO = (
    NAMED.format("Leicester’s Health, Care and"),
    NAMED.format("Co-production %26 Stakeholder"),
)
CONSTRUCT = f"{PREFIXES}CONSTRUCT WHERE {{ ?action hwbs:involves ?partner }}"


class Client(NamedTuple):
    """How a client is run, what succeeds where it is installed, and what it can ask for."""

    command: tuple[str, ...]
    installed: tuple[str, ...]
    kinds: frozenset[str] = frozenset({"row", "truth", "triple"})


def node(package: str) -> Client:
    there = f"process.exit(require('fs').existsSync('{package}') ? 0 : 1)"
    return Client(("node",), ("node", "-e", there))


def perl(module: str) -> tuple[str, ...]:
    return ("perl", f"-M{module}", "-e", "1")


ROWS_ALONE = frozenset({"row"})
PROGRAMS = {
    "attean.pl": Client(("perl",), perl("AtteanX::Store::SPARQL"), ROWS_ALONE),
    "comunica.mjs": node("node_modules/@comunica/query-sparql"),
    "easyrdf.php": Client(("php",), ("php", "-r", "require 'EasyRdf/autoload.php';")),
    "fetch-sparql-endpoint.mjs": node("node_modules/fetch-sparql-endpoint"),
    "plain-fetch.mjs": node("package.json"),
    "rdf-query-client.pl": Client(("perl",), perl("RDF::Query::Client")),
    "sparql-http-client.mjs": node("node_modules/sparql-http-client"),
    "sparql.R": Client(("Rscript",), ("Rscript", "-e", "library(SPARQL)"), ROWS_ALONE),
}


def run(command: tuple[str, ...], *given: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*command, *given],
        cwd=CLIENTS,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def needed(name: str) -> Client:
    """Return a client; skip the test where it is not installed, or fail where it is required."""
    client = PROGRAMS[name]
    if shutil.which(client.command[0]) and run(client.installed).returncode == 0:
        return client
    reason = f"what {name} uses is not installed"
    if "clients" in required():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with serving("--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def expected() -> dict[str, list[tuple[str, ...]]]:
    """What the engine itself answers, of each kind."""
    record = Embedded(corpus.open_store())
    involved = f"{PREFIXES}SELECT * {{ ?action hwbs:involves ?partner }}"
    return {
        "row": [(row["partner"], row["label"], row["said"]) for row in record.select(SELECT)],
        "truth": [("true",), ("false",)],
        "triple": sorted(
            (row["action"], "https://w3id.org/hwbs/ns#involves", row["partner"])
            for row in record.select(involved)
        ),
    }


def test_every_program_is_tried() -> None:
    programs = {
        path.name for path in CLIENTS.iterdir() if path.suffix in (".mjs", ".php", ".pl", ".R")
    }
    assert programs == set(PROGRAMS)
    assert len(programs) == 8


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_client_gets_what_the_engine_answers(
    live: Live, expected: dict[str, list[tuple[str, ...]]], name: str
) -> None:
    client = needed(name)
    done = run((*client.command, name), live.endpoint, SELECT, YES, NO, CONSTRUCT)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {kind for kind, *_ in lines} == client.kinds
    for kind in client.kinds:
        found = [tuple(values) for first, *values in lines if first == kind]
        assert (sorted(found) if kind == "triple" else found) == expected[kind]
        assert len(found) > 1


def test_base_r_reads_the_table_that_the_page_of_tools_asks_for(live: Live) -> None:
    needed("sparql.R")
    page = (CLIENTS.parents[1] / "docs" / "tools.md").read_text("utf-8")
    (block,) = re.findall(r"```r\n(.*?)```", page, re.DOTALL)
    server = live.endpoint.removesuffix("/sparql")
    told = block.replace("http://127.0.0.1:8000", server)
    done = run(("Rscript", "-e", told))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"(?m)^1 +Public Health +48$", done.stdout), done.stdout


def test_excel_gets_the_named_question_as_a_table_at_its_address(live: Live) -> None:
    page = (CLIENTS.parents[1] / "docs" / "tools.md").read_text("utf-8")
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/queries\S+)", page)
    server = live.endpoint.removesuffix("/sparql")
    # What Power Query asks with: any type, and packed.
    asked = Request(server + address, headers={"Accept": "*/*", "Accept-Encoding": "gzip, deflate"})
    with urlopen(asked, timeout=PATIENCE) as found:
        data = found.read()
        assert found.headers["content-type"] == "text/csv; charset=utf-8"
        packed = found.headers.get("content-encoding") == "gzip"
    rows = [*csv.DictReader((gzip.decompress(data) if packed else data).decode().splitlines())]
    assert len(rows) == 16
    assert rows[0]["code"] == "2a"
