"""Probes of an engine: small queries that bring their own data, each with the rows that must come.

A probe is a file in `queries/probe`. Its header says in `summary` what must hold, in `uses` which
traits a query must have to depend on it ("*" is every query; of several lists, all of one), and in
`row` what must come: its cells between bars, or the number of `rows`. `ordered` rows must come in
this order, and one that is `harmless` changes no more than an order. Where `data` is wanted, `any`
or `ours` (the ontology), it is not tried without. `many` says how many IRIs stand for <urn:many>,
and `cure` what helps.

Specification: https://www.w3.org/TR/sparql11-query/

Out of scope: what an outcome means for the questions of the catalogue (`engine_safety`).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from hwbs_graph.errors import EndpointError, QueryError
from hwbs_graph.query import catalogue, results
from hwbs_graph.store import Engine, term_text
from hwbs_graph.text import list_first

#: What stands in a probe for so many IRIs as its header says.
_MANY = "<urn:many>"
#: The states of an outcome.
WORKS, DIFFERS, FAILS, VARIES, UNTRIED = "works", "differs", "fails", "varies", "not tried"
#: What asks for the data that a probe wants, and what to say where it is not found.
_DATA = {
    "any": ("internal/statement-is-there", "no statement is found; load the graph into it"),
    "ours": ("internal/ontology-is-there", "the ontology is not found; load what hwbs load made"),
}
#: What any engine answers.
_GREETING = "ASK { }"
#: Rows told of in a sentence.
_SHOWN = 4


class Probe(NamedTuple):
    """What must hold, which traits depend on it, and how it is tried."""

    name: str
    summary: str
    uses: tuple[frozenset[str], ...]
    text: str
    rows: tuple[str, ...]
    number: int | None
    ordered: bool
    harmless: bool
    data: str
    cure: str = ""

    def is_used(self, traits: Collection[str]) -> bool:
        """Whether a query with these traits depends on it."""
        return any(each.issubset(traits) for each in self.uses)


class Outcome(NamedTuple):
    """How a probe went, and in `why` what came instead, or "" where it went well."""

    probe: Probe
    state: str
    why: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether a query that depends on the probe may be answered wrongly, or not at all."""
        return self.state in (DIFFERS, FAILS, UNTRIED)


def list_probes() -> list[Probe]:
    """Return every probe, in order of name."""
    return [_read(name) for name in catalogue.family_names(catalogue.PROBE)]


def _read(name: str) -> Probe:
    query = catalogue.load(name)
    header = catalogue.read_header(query.text)
    many = int(header.get("many", ["0"])[0])
    listed = " ".join(f"<urn:hwbs:probe:{'a-thing-with-a-long-name-' * 3}{n}>" for n in range(many))
    number = header.get("rows")
    return Probe(
        name=query.name.partition("/")[2],
        summary=query.summary,
        uses=tuple(map(_split_traits, header["uses"][0].split(","))) if "uses" in header else (),
        text=query.text.replace(_MANY, listed),
        rows=tuple(_join(row.split("|")) for row in header.get("row", [])),
        number=int(number[0]) if number else None,
        ordered="ordered" in header,
        harmless="harmless" in header,
        data=header.get("data", [""])[0],
        cure=header.get("cure", [""])[0],
    )


def _split_traits(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split("&"))


def run_probes(engine: Engine) -> Iterator[Outcome]:
    """Yield the outcome of each probe as it is known.

    Raises EndpointError if nobody answers, or nobody any more.
    """
    engine.take_empty_answers()
    engine.query(_GREETING)
    missing = {data: why for data, (name, why) in _DATA.items() if not _holds(engine, name)}
    for probe in list_probes():
        why = missing.get(probe.data)
        outcome = Outcome(probe, UNTRIED, why) if why else run_probe(engine, probe)
        if outcome.state == FAILS:
            engine.query(_GREETING)  # a server that has gone fails for another reason
        yield outcome


def _holds(engine: Engine, name: str) -> bool:
    try:
        return bool(engine.query(catalogue.load(name).text))
    except (QueryError, EndpointError):
        return False


def run_probe(engine: Engine, probe: Probe) -> Outcome:
    """Return how one probe went; whatever the engine says is part of the outcome."""
    try:
        found = _read_rows(results.run_query(engine, probe.text, name="The probe"))
    except (QueryError, EndpointError) as error:
        return Outcome(probe, FAILS, str(error).removeprefix("The probe: "))
    if probe.number is not None:
        wrong = len(found) != probe.number
        why = f"gave {len(found):,} of {probe.number:,} rows"
    else:
        wanted = list(probe.rows)
        wrong = found != wanted if probe.ordered else sorted(found) != sorted(wanted)
        why = f"gave {_tell(found)} instead of {_tell(wanted)}"
    if not wrong:
        return Outcome(probe, WORKS)
    return Outcome(probe, VARIES if probe.harmless else DIFFERS, why)


def _read_rows(answer: results.Answer) -> list[str]:
    if isinstance(answer, results.Boolean):
        return ["yes" if answer.value else "no"]
    if isinstance(answer, results.Triples):
        return [str(triple) for triple in answer.triples]
    return [_join(map(term_text, row)) for row in answer.rows]


def _join(cells: Iterable[str]) -> str:
    return " | ".join(cell.strip() for cell in cells)


def _tell(rows: list[str]) -> str:
    """Return rows as part of a sentence."""
    return list_first([f"“{row.strip()}”" for row in rows], _SHOWN) or "no row"
