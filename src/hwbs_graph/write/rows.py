"""Writing an answer: one writer for each format of `media.FORMATS`.

The W3C formats are the engine's own bytes. The table is for people: it leaves out an IRI
whose label stands beside it and says once what is the same in every row.

Out of scope: where the text goes (the command line decides), and colour.
"""

import json
import shutil
import textwrap
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
    serialize,
)

from hwbs_graph.errors import UsageError
from hwbs_graph.model.vocabulary import PREFIXES, THINGS, shorten
from hwbs_graph.query.results import Answer, Boolean, Cell, Rows, Triples
from hwbs_graph.text import heading
from hwbs_graph.write.formats import FORMATS
from hwbs_graph.write.workbook import SAFE, fitting, height

_NUMERIC = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}
#: No column of a spreadsheet gets wider than this many pixels; longer text wraps.
_WIDEST = 420
_W3C = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}


def render(answer: Answer, format: str) -> bytes:
    """Return `answer` written in a format of `media.FORMATS`.

    Raises UsageError where the format cannot hold this kind of answer.
    """
    if isinstance(answer, Triples):
        return _graph(answer, format)
    if not FORMATS[format].rows:
        raise UsageError(f"This answer has rows, which {format} cannot hold; {_offer('rows')}")
    if isinstance(answer, Boolean):
        return _boolean(answer, format)
    if format == "json":
        return answer.encoded
    if format in _W3C:
        solutions = parse_query_results(answer.encoded, format=QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        return solutions.serialize(format=_W3C[format]) or b""
    return _ROW_WRITERS[format](answer)


def table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], captions: Sequence[str] = ()
) -> str:
    """Return rows as a plain table that fits the terminal.

    Long cells wrap at spaces; where not even the longest words fit beside each other, each
    row is written below its first cell instead. `captions` stand above, a line each.
    """
    width = shutil.get_terminal_size((80, 24)).columns
    columns = list(zip(headers, *rows, strict=True))
    words = [
        max(len(word) for cell in column for word in cell.split() or [""]) for column in columns
    ]
    fits = sum(words) + 3 * len(words) <= width
    body = _grid(headers, rows, width) if fits else _blocks(headers, rows, width)
    said = "".join(f"{line}\n" for text in captions for line in textwrap.wrap(text, width))
    return f"{said}\n{body}" if said else body


def _blocks(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    lines: list[str] = []
    for first, *others in rows:
        lines += textwrap.wrap(first, width) or [""]
        for header, cell in zip(headers[1:], others, strict=True):
            if cell:
                text = f"{header}: {cell}"
                lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _grid(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, header in enumerate(headers):
        numeric = bool(rows) and all(row[index].lstrip("-").isdigit() for row in rows if row[index])
        drawn.add_column(Text(header), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    out = StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def show(cell: Cell) -> str:
    """Return a term as a reader wants it: plain text, and IRIs of ours below `id/` shortened."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        iri = cell.value
        return iri.removeprefix(THINGS) if iri.startswith(THINGS) else shorten(iri)
    return cell.value


def _table(answer: Rows) -> bytes:
    names = answer.variables
    kept = [i for i, name in enumerate(names) if f"{name}Label" not in names]
    # A label stands for the thing before it; where there is no label, the thing itself is shown.
    thing = {i: names.index(names[i].removesuffix("Label")) for i in kept if _labels(names, i)}
    cells = [[show(row[i] or row[thing.get(i, i)]) for i in kept] for row in answer.rows]
    headings = [heading(names[i]) for i in kept]
    same = [i for i in range(len(kept)) if len(cells) > 1 and len({row[i] for row in cells}) == 1]
    if len(same) == len(kept):
        same = []
    vary = [i for i in range(len(kept)) if i not in same and any(row[i] for row in cells)]
    captions = [f"{headings[i]}: {cells[0][i]}" for i in same if cells[0][i]]
    return table(
        [headings[i] for i in vary], [[row[i] for i in vary] for row in cells], captions
    ).encode()


def _labels(names: Sequence[str], index: int) -> bool:
    name = names[index]
    return name.endswith("Label") and name.removesuffix("Label") in names


def _markdown(answer: Rows) -> bytes:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_escape(cell) for cell in cells) + " |\n"

    head = line(answer.variables) + "|" + " --- |" * len(answer.variables) + "\n"
    return (head + "".join(line([show(cell) for cell in row]) for row in answer.rows)).encode()


def _escape(cell: str) -> str:
    for old, new in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("\r", ""), ("\n", "<br>")):
        cell = cell.replace(old, new)
    return cell


def _xlsx(answer: Rows) -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, SAFE)
    sheet = book.add_worksheet("answer")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(answer.variables):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(answer.rows, start=1):
        sheet.set_row(number, height((cell.value, _WIDEST // 7) for cell in row if cell))
        for column, cell in enumerate(row):
            if isinstance(cell, Literal) and cell.datatype.value in _NUMERIC:
                sheet.write_number(number, column, float(cell.value))
            elif cell is not None:
                sheet.write_string(number, column, fitting(cell.value), wrapped)
    sheet.freeze_panes(1, 0)
    if answer.rows:
        sheet.autofilter(0, 0, len(answer.rows), len(answer.variables) - 1)
        sheet.autofit(_WIDEST)
    book.close()
    return out.getvalue()


_ROW_WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "table": _table,
    "markdown": _markdown,
    "xlsx": _xlsx,
}


def _boolean(answer: Boolean, format: str) -> bytes:
    word = "true" if answer.value else "false"
    if format == "json":
        return json.dumps({"head": {}, "boolean": answer.value}, separators=(",", ":")).encode()
    if format == "xml":
        return (
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            f"<head></head><boolean>{word}</boolean></sparql>"
        ).encode()
    if format == "xlsx":
        raise UsageError("A yes or no fills no spreadsheet; give --format table, json or xml.")
    if format == "table":
        return b"yes\n" if answer.value else b"no\n"
    return f"{word}\n".encode() if format == "markdown" else word.encode()


def _graph(answer: Triples, format: str) -> bytes:
    if not FORMATS[format].graph:
        raise UsageError(f"This answer is a graph, which {format} cannot hold; {_offer('graph')}")
    if format in ("table", "ttl"):
        return serialize(answer.triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    if format == "nt":
        return serialize(sorted(answer.triples, key=str), format=RdfFormat.N_TRIPLES) or b""
    return serialize(answer.triples, format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def _offer(kind: str) -> str:
    names = [entry.name for entry in FORMATS.values() if getattr(entry, kind)]
    return f"give --format {', '.join(names[:-1])} or {names[-1]}."
