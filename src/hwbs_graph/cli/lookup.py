"""Looking things up: `info`, `list`, `show` and `partner`."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hwbs_graph.cli import completion
from hwbs_graph.cli.common import (
    RECORD,
    ROW_FORMATS,
    Command,
    FormatName,
    OutputPath,
    Quiet,
    Source,
    choose_format,
    done,
    emit,
    open_engine,
    reading,
    tell,
)

if TYPE_CHECKING:
    from hwbs_graph.names import Thing
    from hwbs_graph.store import Engine


@reading
def partner(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Name, printed spelling, code or IRI of a partner.",
            autocompletion=completion.partners,
        ),
    ],
    sheet_file: Annotated[
        Path | None,
        typer.Option(
            "--briefing",
            metavar="FILE",
            help="Write a briefing sheet instead: .md, .html, .docx or .xlsx.",
        ),
    ] = None,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """What a partner is responsible for.

    Its actions by theme and objective, the words as printed with their place, who else is
    named, what became of the body, and quality notes.
    """
    if sheet_file:
        from hwbs_graph.cli.briefings import write_briefing

        write_briefing(name, sheet_file, source, quiet)
        return
    from hwbs_graph.report import profile

    format = choose_format(format, output, ROW_FORMATS)
    engine, found = _find_partner(name, source)
    sheet = profile.partner(engine, found)
    if format not in ("table", "json"):
        emit(_rows(profile.partner_records(sheet), format), output)
    else:
        emit(_json(sheet) if format == "json" else profile.partner_text(sheet, _width()), output)
    if not sheet["actions"]:
        tell(f"No action names {found.label}.", quiet)
    done(bool(sheet["actions"]))


def _find_partner(name: str, source: Source) -> "tuple[Engine, Thing]":
    """Look the name up where partners are spoken of; only a miss loads the whole record."""
    from hwbs_graph import names
    from hwbs_graph.errors import NotFoundError

    engine = open_engine(source, speaking_of="hwbs:partner")
    try:
        return engine, names.find(engine, name, "partner")
    except NotFoundError:
        if source.store or source.endpoint:
            raise
        engine = open_engine(source)
        return engine, names.find(engine, name, "partner")


@reading
def show(
    thing: Annotated[
        str,
        typer.Argument(
            metavar="THING",
            help="Name, code such as “Minds 3c”, or IRI.",
            autocompletion=completion.things,
        ),
    ],
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """Everything known of one thing.

    Its links with their basis, where it is printed and in which words, and quality notes.
    """
    from hwbs_graph import names
    from hwbs_graph.report import profile

    format = choose_format(format, output, ROW_FORMATS)
    engine = open_engine(source)
    found = names.find(engine, thing)
    if format not in ("table", "json"):
        _write_query("network/links-of-thing", engine, format, output, thing=found.iri)
        return
    sheet = profile.thing(engine, found)
    emit(_json(sheet) if format == "json" else profile.thing_text(sheet, _width()), output)


@reading
def list_things(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="plans, documents, themes, objectives, actions, partners ...",
            autocompletion=completion.kinds,
        ),
    ] = None,
    plan: Annotated[str | None, typer.Option(help="Only what belongs to this plan.")] = None,
    theme: Annotated[str | None, typer.Option(help="Only what stands in this theme.")] = None,
    partner: Annotated[str | None, typer.Option(help="Only what involves this partner.")] = None,
    determinant: Annotated[
        str | None, typer.Option(help="Only what addresses this determinant.")
    ] = None,
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """All things of one kind.

    In printed order; without a kind, the kinds there are. Several filters narrow together.
    """
    from hwbs_graph.errors import UsageError
    from hwbs_graph.query import catalogue
    from hwbs_graph.report.filters import filtered
    from hwbs_graph.write.rows import render

    format = choose_format(format, output, ROW_FORMATS)
    kinds = {
        query.name.rpartition("/")[2]: query for query in catalogue.every() if "list" in query.tags
    }
    filters = {"plan": plan, "theme": theme, "partner": partner, "determinant": determinant}
    if kind is None and any(text is not None for text in filters.values()):
        raise UsageError(f"Name a kind of thing to list; give one of: {', '.join(kinds)}.")
    if kind is None:
        listed = [{"kind": name, "question": query.summary} for name, query in kinds.items()]
        emit(_rows(listed, format), output)
        return
    wanted = kind.lower().replace(" ", "-")
    found = next((name for name in kinds if wanted in (name, _singular(name))), None)
    if found is None:
        raise UsageError(f"There is no kind “{kind}” to list; give one of: {', '.join(kinds)}.")
    rows = filtered(open_engine(source), kinds[found].name, **filters)
    emit(render(rows, format), output)
    if not rows.size:
        tell("Nothing found.", quiet)
    done(rows.size > 0)


@reading
def info(
    source: Source = RECORD,
    format: FormatName = None,
    output: OutputPath = "-",
    quiet: Quiet = False,
) -> None:
    """What the graph holds.

    Things of each class and plan, named graphs, versions, engine.
    """
    from hwbs_graph.query import catalogue, results

    format = choose_format(format, output, ROW_FORMATS)
    engine = open_engine(source)
    if format not in ("table", "json"):
        _write_query("report/counts-by-class", engine, format, output)
        return
    about: dict[str, Any] = {
        "engine": engine.name,
        "versions": _versions(),
        "graphs": engine.graphs(),
    }
    query = catalogue.load("report/counts-by-class")
    counts = results.ask(engine, query.text, name=query.name)
    assert isinstance(counts, results.Rows)
    if format == "json":
        emit(_json(about | {"counts": counts.records()}), output)
        return
    emit(_info_text(about, counts), output)


def _info_text(about: dict[str, Any], counts: Any) -> str:
    from hwbs_graph.model.vocabulary import split
    from hwbs_graph.write.rows import render, table

    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    sizes = sorted((split(iri)[1], str(size)) for iri, size in about["graphs"].items())
    return (
        f"Engine: {about['engine']}\nVersions: {versions}\n\n"
        f"{table(('named graph', 'statements'), sizes)}\n{render(counts, 'table').decode()}"
    )


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("hwbs", "pyoxigraph")}


def _write_query(name: str, engine: Any, format: str, output: str, **bindings: str) -> None:
    from pyoxigraph import NamedNode

    from hwbs_graph.query import catalogue, results
    from hwbs_graph.write.rows import render

    query = catalogue.load(name)
    terms = {key: NamedNode(iri) for key, iri in bindings.items()}
    result = results.ask(engine, query.text, terms, query.name)
    emit(render(result, format), output)
    done(result.size > 0)


def _rows(records: list[dict[str, str]], format: str) -> bytes:
    from hwbs_graph.query.results import from_records
    from hwbs_graph.write.rows import render

    return render(from_records(records, list(records[0]) if records else ["nothing"]), format)


def _singular(name: str) -> str:
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


COMMANDS = {
    "info": Command(info, "hwbs info"),
    "list": Command(list_things, "hwbs list partners"),
    "show": Command(show, 'hwbs show "Minds 3c"'),
    "partner": Command(partner, 'hwbs partner "sport service"'),
}
