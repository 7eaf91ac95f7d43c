"""`hwbs schema`: the model in a screen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import AnswerOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.model.vocabulary import shorten, split

if TYPE_CHECKING:
    from hwbs_graph.report.schema import Schema
    from hwbs_graph.store import Engine

#: The first prefixes an analyst needs; the others stand on one line.
_FIRST = ("hwbs", "id", "skos")


def describe_model(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Draw it, as Mermaid text.")] = False,
    sparnatural: Annotated[
        bool,
        typer.Option(
            "--sparnatural",
            help="The configuration of Sparnatural, which clicks questions together, in Turtle.",
        ),
    ] = False,
    json_schema: Annotated[
        str | None,
        typer.Option(
            metavar="COMMAND", help="The JSON Schema of what COMMAND writes as JSON, instead."
        ),
    ] = None,
    *,
    source: GraphSource,
    output: AnswerOutput,
) -> None:
    """The model of the graph in a screen, with queries to start from.

    Classes, links and prefixes: what the graph has. json says the definitions too.
    """
    for option, given, own in (
        ("--json-schema", json_schema is not None, "json"),
        ("--sparnatural", sparnatural, "ttl"),
        ("--mermaid", mermaid, "markdown"),
    ):
        if given and output.format not in ("table", own):
            raise UsageError(f"{option} cannot be written as {output.format}; leave out --format.")
    if json_schema is not None:
        from hwbs_graph.report.json_schemas import read_schema

        output.write(read_schema(json_schema))
        return
    from hwbs_graph.report.schema import describe_schema

    engine = source.open()
    schema = describe_schema(engine)
    if sparnatural:
        output.write(_configure_sparnatural(engine, schema))
        return
    if mermaid:
        output.write("\n".join(_draw_mermaid(schema)) + "\n")
        return
    relations = [
        {key: str(value) for key, value in each._asdict().items()} for each in schema.relations
    ]
    value = {
        "classes": [each._asdict() for each in schema.classes],
        "relations": [each._asdict() for each in schema.relations],
        "prefixes": schema.prefixes,
        "examples": [each._asdict() for each in schema.examples],
    }
    output.write_report(lambda: _lay_out(schema), value, lambda: relations, measured=True)


def _configure_sparnatural(engine: "Engine", schema: "Schema") -> bytes:
    from pyoxigraph import RdfFormat

    from hwbs_graph.model.vocabulary import PREFIXES
    from hwbs_graph.report.query_builder import BUILDER_PREFIXES, configure_builder
    from hwbs_graph.write.w3c import serialize_graph

    prefixes = PREFIXES | BUILDER_PREFIXES
    return serialize_graph(configure_builder(engine, schema), RdfFormat.TURTLE, prefixes=prefixes)


def _lay_out(schema: "Schema") -> str:
    from shutil import get_terminal_size

    from hwbs_graph.report.wrapping import wrap
    from hwbs_graph.text import count

    width = get_terminal_size((80, 24)).columns
    others = ", ".join(key for key in schema.prefixes if key not in _FIRST)
    classes = (wrap(line, width, hang=4) for line in _list_classes(schema))
    lines = [
        *wrap(
            f"{len(schema.classes)} classes have things, and {count(len(schema.relations), 'link')}"
            " join them. Names without a prefix are of hwbs.",
            width,
        ),
        "",
        *(line for lines in classes for line in lines),
        "",
        *(f"PREFIX {key}: <{schema.prefixes[key]}>" for key in _FIRST),
        *wrap(f"# hwbs sparql knows these, and {others}.", width, hang=0),
        "",
        *(f"# {each.question}\n{each.sparql}" for each in schema.examples),
    ]
    return "\n".join(lines)


def _list_classes(schema: "Schema") -> Iterator[str]:
    """Yield a line for each class: how many things, and where its properties lead."""
    links = group_pairs((each.source, (each.iri, each.target)) for each in schema.relations)
    for each in schema.classes:
        ends = group_pairs(links.get(each.iri, ()))
        led = (
            f"{_name(iri)} → {' or '.join(map(_name, targets))}" for iri, targets in ends.items()
        )
        kind = f" (a {_name(each.broader)})" if each.broader else ""
        yield f"{_name(each.iri)}{kind} {each.things:,}" + (f": {', '.join(led)}" if ends else "")


def _name(iri: str) -> str:
    return shorten(iri).removeprefix("hwbs:")


def _draw_mermaid(schema: "Schema") -> Iterator[str]:
    """Yield a class diagram; the ends of a link are the local names of its classes."""
    yield "classDiagram"
    for each in schema.classes:
        yield f"  class {split(each.iri)[1]}"
    for each in schema.classes:
        if each.broader:
            yield f"  {split(each.broader)[1]} <|-- {split(each.iri)[1]}"
    for link in schema.relations:
        source, name, target = (split(iri)[1] for iri in (link.source, link.iri, link.target))
        yield f"  {source} --> {target} : {name} {link.links}"


COMMAND = Command(describe_model, "hwbs schema")
