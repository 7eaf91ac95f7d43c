"""A briefing as slides: each title says the finding, the notes hold the passages.

Out of scope: what the briefing says.
"""

from collections.abc import Iterator
from math import ceil
from typing import Any, NamedTuple

from hwbs_graph.text import truncate
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.layout import lay_out
from hwbs_graph.write.briefing.sections import Section, TextTable
from hwbs_graph.write.slide_deck import (
    INCH,
    MARGIN,
    POINT,
    SIZE,
    TITLE,
    add_titled_slide,
    open_deck,
    save_deck,
)

#: Sizes of letters in points, and a line's height and a letter's usual width as shares of them.
_TEXT, _BOARD, _CELL, _FOOT, _LINE, _LETTER = 16, 12, 12, 10, 1.2, 0.52
#: Space round the words of a cell or a point, in points.
_SIDE, _ABOVE = 14.4, 7.2
#: Where the footing stands, and the room between title and footing, in points.
_FOOTING = SIZE[1] - int(0.4 * INCH)
_WIDTH, _ROOM = (SIZE[0] - 2 * MARGIN) / POINT, (_FOOTING - TITLE - int(0.1 * INCH)) / POINT
#: A slide cuts a title, and a text in its body, after so many characters; the notes hold it whole.
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_NAME = 140, 600, 60


class _Line(NamedTuple):
    """A row of a slide: a point, the title of a group, or the cells of a table; with its notes."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_title: bool = False


class _Body(NamedTuple):
    """What stands on one slide: the rows, and for a table its columns and their widths."""

    lines: tuple[_Line, ...]
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = (100,)


def write(briefing: Briefing) -> bytes:
    """Return the bytes of the .pptx file, the same for the same briefing."""
    deck = open_deck(briefing.title, briefing.created)
    if briefing.audience == "board":
        _add_board_slide(deck, briefing)
        return save_deck(deck)
    for section in lay_out(briefing):
        body = _make_body(section)
        slides = [*_divide(body)] or [body] * bool(section.finding)
        for number, body in enumerate(slides, start=1):
            part = f" ({number} of {len(slides)})" if len(slides) > 1 else ""
            _add_slide(deck, section, body, part, briefing)
    return save_deck(deck)


def _add_board_slide(deck: Any, briefing: Briefing) -> None:
    """Add the one slide of a board: its sections in two columns."""
    summary, *sections = lay_out(briefing)
    told = (f"{each.title}: {point}" for each in sections for point in each.points)
    passages = dict.fromkeys(passage for each in sections for passage in each.passages)
    notes = "\n".join((summary.finding, *told, *passages, briefing.footing))
    slide = add_titled_slide(deck, summary.finding, notes, _LONGEST_TITLE)
    wide = (SIZE[0] - 3 * MARGIN) // 2
    for column, own in enumerate((sections[:2], sections[2:])):
        at = (MARGIN + column * (wide + MARGIN), TITLE, wide, round(_ROOM * POINT))
        frame = slide.shapes.add_textbox(*at).text_frame
        for section in own:
            _write_lines(frame, [section.title], _BOARD, bold=True)
            _write_lines(frame, [f"• {point}" for point in section.points], _BOARD)
    _add_footing(slide, briefing)


def _add_footing(slide: Any, briefing: Briefing) -> None:
    foot = (MARGIN, _FOOTING, SIZE[0] - 2 * MARGIN, SIZE[1] - _FOOTING)
    named = f"{truncate(briefing.name, _LONGEST_NAME)}. {briefing.footing}"
    _write_lines(slide.shapes.add_textbox(*foot).text_frame, [truncate(named, 200)], _FOOT)


def _make_body(section: Section) -> _Body:
    if section.table:
        return _make_table_body(section.table)
    is_told = section.text.removesuffix(".") in section.finding
    texts = [] if is_told else [section.text]
    points = [*texts, *section.points]
    lines = tuple(_Line((truncate(each, _LONGEST_TEXT),), (each,)) for each in points)
    return _Body(lines)


def _make_table_body(table: TextTable) -> _Body:
    """Return a table without its evidence, which the notes of each row hold."""
    kept = [at for at in range(len(table.columns)) if at != table.evidence]
    widths = [table.widths[at] for at in kept]
    return _Body(
        tuple(_list_rows(table, kept)),
        tuple(table.columns[at] for at in kept),
        tuple(width * 100 / sum(widths) for width in widths),
    )


def _list_rows(table: TextTable, kept: list[int]) -> Iterator[_Line]:
    for group in table.groups:
        if group.title:
            yield _Line((truncate(group.title, _LONGEST_TEXT),), (group.title,), is_title=True)
        for row in group.rows:
            cells = tuple(truncate(row[at], _LONGEST_TEXT) for at in kept)
            named = " ".join(filter(None, row[:2]))
            yield _Line(cells, (f"{named}: {row[table.evidence]}",))


def _divide(body: _Body) -> Iterator[_Body]:
    """Yield what has room on each slide; the title of a group goes with its first row."""
    size = _CELL if body.columns else _TEXT
    left, lines = 0.0, list[_Line]()
    for at, line in enumerate(body.lines):
        height = _find_height(line, body.widths, size)
        beside = body.lines[at + 1 : at + 2] if line.is_title else ()
        needed = height + sum(_find_height(each, body.widths, size) for each in beside)
        if lines and needed > left:
            yield body._replace(lines=tuple(lines))
            lines = []
        if not lines:
            left = _ROOM - (size * _LINE + _ABOVE if body.columns else 0)
        lines.append(line)
        left -= height
    if lines:
        yield body._replace(lines=tuple(lines))


def _find_height(line: _Line, widths: tuple[float, ...], size: float) -> float:
    """Return the height of a row in points, as its longest cell needs it."""
    shares = (100.0,) if line.is_title else widths
    rooms = (_WIDTH * share / 100 - _SIDE for share in shares)
    lines = (
        ceil(len(text) * _LETTER * size / room)
        for text, room in zip(line.cells, rooms, strict=True)
    )
    return max(1, *lines, 0) * size * _LINE + _ABOVE


def _add_slide(deck: Any, section: Section, body: _Body, part: str, briefing: Briefing) -> None:
    finding = section.finding or section.title
    told = (note for line in body.lines for note in line.notes)
    notes = "\n".join((section.title, finding, *told, *section.passages, briefing.footing))
    title = f"{truncate(finding, _LONGEST_TITLE)}{part}"
    slide = add_titled_slide(deck, title, notes)
    if body.columns:
        _draw_table(slide.shapes, body)
    elif body.lines:
        place = (MARGIN, TITLE, SIZE[0] - 2 * MARGIN, round(_ROOM * POINT))
        points = [line.cells[0] for line in body.lines]
        _write_lines(slide.shapes.add_textbox(*place).text_frame, points, _TEXT)
    _add_footing(slide, briefing)


def _draw_table(shapes: Any, body: _Body) -> None:
    top = (MARGIN, TITLE, SIZE[0] - 2 * MARGIN, round(_CELL * _LINE * POINT))
    drawn = shapes.add_table(len(body.lines) + 1, len(body.columns), *top).table
    for column, share in zip(drawn.columns, body.widths, strict=True):
        column.width = round((SIZE[0] - 2 * MARGIN) * share / 100)
    for cell, text in zip(drawn.rows[0].cells, body.columns, strict=True):
        _write_lines(cell.text_frame, [text], _CELL, bold=True)
    for row, line in zip([*drawn.rows][1:], body.lines, strict=True):
        row.height = round(_find_height(line, body.widths, _CELL) * POINT)
        if line.is_title:
            row.cells[0].merge(row.cells[len(body.columns) - 1])
        for at, text in enumerate(line.cells):
            _write_lines(row.cells[at].text_frame, [text], _CELL, bold=line.is_title)


def _write_lines(frame: Any, texts: list[str], size: int, bold: bool = False) -> None:
    """Add paragraphs to a frame, in the language that a spelling check uses."""
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    frame.word_wrap = True
    for text in texts:
        line = frame.paragraphs[-1] if not frame.text else frame.add_paragraph()
        run = line.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), bold or None
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        line.space_after = Pt(4 if size == _TEXT else 0)
