"""Writing an answer: one writer for each format of `formats.FORMATS`.

The W3C formats are the engine's own bytes. The table is for people: it leaves out an IRI
whose label stands beside it, and says once what is the same in every row.

Out of scope: where the text goes (the command line decides), and colour.
"""

import json
from collections.abc import Callable, Sequence

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse_query_results,
)

from hwbs_graph.errors import UsageError
from hwbs_graph.model.vocabulary import PREFIXES, THINGS, shorten
from hwbs_graph.query.results import Answer, Boolean, Cell, Rows, Triples
from hwbs_graph.store import term_text
from hwbs_graph.text import heading, parse_exact_number
from hwbs_graph.write.excel_csv import write_excel_csv
from hwbs_graph.write.formats import FORMATS
from hwbs_graph.write.text_table import draw_table
from hwbs_graph.write.w3c import serialize_graph, serialize_rows
from hwbs_graph.write.workbook import WorkbookSheet, write_workbook

#: The types of numbers, and whether their texts have a power of ten.
_NUMERIC = {"integer": False, "decimal": False, "double": True, "float": True}
_XSD = PREFIXES["xsd"]
_W3C = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}


def render(answer: Answer, format: str) -> bytes:
    """Return `answer` written in a format of `formats.FORMATS`.

    Raises UsageError where the format cannot hold this kind of answer.
    """
    if isinstance(answer, Triples):
        return _write_graph(answer, format)
    if not FORMATS[format].rows:
        offer = _offer_formats("rows")
        raise UsageError(f"This answer has rows, which {format} cannot hold; {offer}")
    if isinstance(answer, Boolean):
        return _write_boolean(answer, format)
    if format == "json":
        return answer.encoded
    if format in _W3C:
        solutions = parse_query_results(answer.encoded, format=QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        return serialize_rows(solutions, _W3C[format])
    return _ROW_WRITERS[format](answer)


def display_cell(cell: Cell) -> str:
    """Return a term as a reader wants it: plain text, and IRIs of ours below `id/` shortened."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        iri = cell.value
        return iri.removeprefix(THINGS) if iri.startswith(THINGS) else shorten(iri)
    if isinstance(cell, Triple):
        return f"<<( {' '.join(map(display_cell, cell))} )>>"
    return cell.value


def _write_table(answer: Rows) -> bytes:
    names = answer.variables
    kept = [i for i, name in enumerate(names) if f"{name}Label" not in names]
    # A label stands for the thing before it; where there is no label, the thing itself is shown.
    thing = {i: names.index(names[i].removesuffix("Label")) for i in kept if _is_label(names, i)}
    cells = [[display_cell(row[i] or row[thing.get(i, i)]) for i in kept] for row in answer.rows]
    headings = [heading(names[i]) for i in kept]
    if {"action", "code", "theme"} <= {*headings} and "themeLabel" in names:
        headings, *cells = _join_codes(headings, cells)
    size = len(headings)
    same = [i for i in range(size) if len(cells) > 1 and len({row[i] for row in cells}) == 1]
    if len(same) == size:
        same = []
    vary = [i for i in range(size) if i not in same and any(row[i] for row in cells)]
    captions = [f"{headings[i]}: {cells[0][i]}" for i in same if cells[0][i]]
    rows = [[row[i] for i in vary] for row in cells]
    return draw_table([headings[i] for i in vary], rows, captions).encode()


def _join_codes(headings: list[str], cells: list[list[str]]) -> list[list[str]]:
    """Return the headings and rows of a table of actions with each code behind its theme.

    Several themes print the same code. The column of the theme goes, unless an action has a theme
    and no code.
    """
    code, theme = headings.index("code"), headings.index("theme")
    joined = [
        [*row[:code], f"{row[theme]} {row[code]}".strip(), *row[code + 1 :]] if row[code] else row
        for row in cells
    ]
    table = [headings, *joined]
    if any(row[theme] and not row[code] for row in cells):
        return table
    return [[*row[:theme], *row[theme + 1 :]] for row in table]


def _is_label(names: Sequence[str], index: int) -> bool:
    name = names[index]
    return name.endswith("Label") and name.removesuffix("Label") in names


def _write_markdown(answer: Rows) -> bytes:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_escape_cell(cell) for cell in cells) + " |\n"

    head = line(answer.variables) + "|" + " --- |" * len(answer.variables) + "\n"
    return (head + "".join(line([*map(display_cell, row)]) for row in answer.rows)).encode()


def _escape_cell(cell: str) -> str:
    for old, new in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("\r", ""), ("\n", "<br>")):
        cell = cell.replace(old, new)
    return cell


def _write_excel_csv(answer: Rows) -> bytes:
    rows = ([term_text(cell) for cell in row] for row in answer.rows)
    return write_excel_csv(answer.variables, rows)


def _write_xlsx(answer: Rows) -> bytes:
    rows = [[_convert_cell(cell) for cell in row] for row in answer.rows]
    sheet = WorkbookSheet("answer", dict.fromkeys(answer.variables, 0), rows)
    return write_workbook([sheet])


def _convert_cell(cell: Cell) -> str | float:
    """Return a cell as text, or as a number where a spreadsheet gives the same literal back."""
    text = term_text(cell)
    kind = cell.datatype.value.removeprefix(_XSD) if isinstance(cell, Literal) else ""
    number = parse_exact_number(text, _NUMERIC[kind]) if kind in _NUMERIC else None
    return text if number is None else number


_ROW_WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "table": _write_table,
    "markdown": _write_markdown,
    "excel-csv": _write_excel_csv,
    "xlsx": _write_xlsx,
}


def _write_boolean(answer: Boolean, format: str) -> bytes:
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


def _write_graph(answer: Triples, format: str) -> bytes:
    if not FORMATS[format].graph:
        offer = _offer_formats("graph")
        raise UsageError(f"This answer is a graph, which {format} cannot hold; {offer}")
    if format in ("table", "ttl"):
        return serialize_graph(answer.triples, RdfFormat.TURTLE)
    if format == "nt":
        return serialize_graph(sorted(answer.triples, key=str), RdfFormat.N_TRIPLES)
    return serialize_graph(answer.triples, RdfFormat.JSON_LD)


def _offer_formats(kind: str) -> str:
    names = [entry.name for entry in FORMATS.values() if getattr(entry, kind)]
    return f"give --format {', '.join(names[:-1])} or {names[-1]}."
