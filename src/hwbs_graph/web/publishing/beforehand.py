"""The named questions, answered beforehand: for all, and for each thing of one kind.

A question of a thing of any kind, of a date or a text, or of two things is answered for all alone:
the rest needs a server. So does a thing after the first `MOST_THINGS` of its kind, and a question
that would have more rows than anybody reads: of any thing in a graph of many statements, or of each
pair of many things.

Out of scope: questions in one's own words (`question`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.names import Thing
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.query.results import Answer, Boolean, Rows
from hwbs_graph.report.marked_answers import PLAN_OVER, ask_marked
from hwbs_graph.store import Engine
from hwbs_graph.web.openapi import gives_graph
from hwbs_graph.web.pages import result_table
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.urls import page_url
from hwbs_graph.write.rows import render

#: Things of one kind that a question is answered for, one by one.
MOST_THINGS = 300
#: In a graph of more statements, what is asked of any thing is not answered for all.
MOST_STATEMENTS = 250_000
#: Families of questions that only those who keep the data ask.
_FOR_EDITORS = ("violation",)


class Answered(NamedTuple):
    """An answer: of which question, of which thing if of one, and at which address of a server.

    One without an answer needs a server.
    """

    query: NamedQuery
    thing: Thing | None
    answer: Answer | None
    address: str


def list_published() -> dict[str, list[NamedQuery]]:
    """Return the questions that are answered, by family."""
    queries = (each for each in catalogue.all_queries() if each.family not in _FOR_EDITORS)
    return group_pairs((each.family, each) for each in queries)


def ask_query(
    engine: Engine, query: NamedQuery, by_kind: Mapping[str, Sequence[Thing]]
) -> list[Answered]:
    """Return the answer for all, then those for each thing of which there is anything to tell."""
    answer = None if is_too_long(engine, query, by_kind) else ask_marked(engine, query)
    whole = Answered(query, None, answer, f"/queries/{query.name}")
    choices = _list_choices(query, by_kind)
    if not choices or not isinstance(whole.answer, Rows):
        return [whole]
    name = query.parameters[0].name
    parts = split_rows(whole.answer, name)
    return [
        whole,
        *(_tell_of(query, each, parts[each.iri]) for each in choices if each.iri in parts),
    ]


def is_too_long(engine: Engine, query: NamedQuery, by_kind: Mapping[str, Sequence[Thing]]) -> bool:
    """Say whether the answer for all would have more rows than anybody reads."""
    if query.of_pairs:
        return len(by_kind.get(query.parameters[0].kind, ())) > MOST_THINGS
    of_any = any(each.kind == "thing" for each in query.parameters)
    return of_any and engine.size() > MOST_STATEMENTS


def _list_choices(query: NamedQuery, by_kind: Mapping[str, Sequence[Thing]]) -> Sequence[Thing]:
    if len(query.parameters) != 1 or gives_graph(query):
        return ()
    return by_kind.get(query.parameters[0].kind, ())[:MOST_THINGS]


def _tell_of(query: NamedQuery, thing: Thing, rows: Rows) -> Answered:
    name = query.parameters[0].name
    return Answered(query, thing, rows, f"/queries/{query.name}?{name}={thing.iri}")


def split_rows(rows: Rows, name: str) -> dict[str, Rows]:
    """Return the rows of each thing in the column `name`, as if each had been asked of it.

    A question names in each row what it was asked of, so asking once is enough.
    """
    written = json.loads(rows.encoded)
    columns, bindings = written["head"]["vars"], written["results"]["bindings"]
    parts = group_pairs((row[name]["value"], row) for row in bindings if name in row)
    return {iri: _write_rows(columns, own) for iri, own in parts.items()}


def _write_rows(columns: Sequence[str], bindings: Sequence[Mapping[str, object]]) -> Rows:
    marked = any(PLAN_OVER in row for row in bindings)
    told = [each for each in columns if each != PLAN_OVER or marked]
    results = {"head": {"vars": told}, "results": {"bindings": bindings}}
    return Rows(json.dumps(results, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def list_answer_files(
    maker: PageMaker, answered: Sequence[Answered]
) -> Iterator[tuple[str, bytes]]:
    """Yield the page of each answer to one question, and the file to save beside it."""
    for each in answered:
        _name_files(maker, each)
    choices = [Cell(each.thing.label, each.address) for each in answered if each.thing]
    for each in answered:
        data = b""
        if each.answer is not None:
            data = render(each.answer, _choose_ending(each.answer))
            yield maker.names.find(_address_file(each)), data
        yield _make_page(maker, each, data, choices if each.thing is None else [])


def _name_files(maker: PageMaker, answered: Answered) -> None:
    name = f"queries/{answered.query.name}"
    if answered.thing:
        name += f"/{_name_thing(maker, answered.thing.iri)}"
    maker.names.add(answered.address, f"{name}.html")
    if answered.answer is not None:
        maker.names.add(_address_file(answered), f"{name}.{_choose_ending(answered.answer)}")


def _name_thing(maker: PageMaker, iri: str) -> str:
    """Return the name of a thing in the names of its answers."""
    page = maker.names.find(page_url(iri))
    if not page:
        return hashlib.sha256(iri.encode()).hexdigest()[:16]
    return page.removesuffix(".html").partition("/")[2].replace("/", "-")


def _address_file(answered: Answered) -> str:
    mark = "&" if answered.thing else "?"
    return f"{answered.address}{mark}format={_choose_ending(answered.answer)}"


def _choose_ending(answer: Answer | None) -> str:
    return "csv" if isinstance(answer, Rows | Boolean) else "ttl"


def _make_page(
    maker: PageMaker, answered: Answered, data: bytes, choices: list[Cell]
) -> tuple[str, bytes]:
    answer, here = answered.answer, maker.names.find(answered.address)
    page = maker.render(
        here,
        "query",
        query=answered.query,
        of=answered.thing.label if answered.thing else "",
        table=result_table.from_labelled_rows(answer.encoded) if isinstance(answer, Rows) else None,
        truth=answer.value if isinstance(answer, Boolean) else None,
        graph="" if isinstance(answer, Rows | Boolean) else data.decode("utf-8"),
        download=_address_file(answered),
        saved_as=_choose_ending(answer).upper().replace("TTL", "Turtle"),
        choices=choices,
        unanswered=answer is None,
        # A picture of an answer is drawn by a server, whose engine stands on its page.
        network=None,
    )
    return here, page
