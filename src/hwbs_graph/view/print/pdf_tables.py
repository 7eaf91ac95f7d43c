"""A plan as the headed tables of a PDF, by reportlab's platypus.

Out of scope: what the tables say (`outline`), pages and pictures (`pdf`).
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from hwbs_graph.text import html_text, truncate
from hwbs_graph.view.page.outline import LeafRow, Mention, Section, common_notes, list_sections
from hwbs_graph.view.page_model import Node, PlanPart, Source
from hwbs_graph.view.print.fonts import split_by_font

#: Points of the running text on each paper: A3 is read from further away.
BASE = {"A3": 11.0, "A4": 9.0}
#: Shares of the width: action, partners, determinants, source; a column without content goes.
SHARES = (45, 25, 14, 16)
SOURCE = 3
#: A cell longer than this is cut: a table row cannot be longer than some pages.
LONGEST = 3000
#: The light colours of page.css, theme by theme, 0 for what belongs to none.
HUES = (
    *("#3d4854", "#117777", "#9933ff", "#dd3300", "#221188", "#660022"),
    *("#4d6b00", "#b3007a", "#8a5000"),
)


class _Styles(NamedTuple):
    """Paragraph styles of one paper."""

    base: float
    body: Any
    headings: tuple[Any, ...]
    note: Any
    cut_rows: bool
    common: Mapping[str, int]


def make_story(
    part: PlanPart, title: str, width: float, base: float, cut_rows: bool = False
) -> list[Any]:
    """Return a plan as flowables under `title`, `width` points wide, text of `base` points.

    `cut_rows` lets a row go on overleaf: needed where one is taller than a page, ugly elsewhere.
    """
    common = common_notes(part)
    styles = _make_styles(base, cut_rows, common)
    plan = part.plan
    story = [_make_heading(title, f"plan-{part.number}", 0, styles)]
    story += [_make_paragraph(plan.subtitle, styles.note)] if plan.subtitle else []
    for number, section in enumerate(list_sections(part)):
        story += _make_section(part, section, f"part-{part.number}-{number}", width, styles)
    story += [
        _make_paragraph(f"Quality note on {count} parts of this plan: {note}", styles.note)
        for note, count in common.items()
    ]
    return story


def _make_styles(base: float, cut_rows: bool, common: Mapping[str, int]) -> _Styles:
    from reportlab.lib.styles import ParagraphStyle

    def style(name: str, size: float, **more: Any) -> Any:
        plain = {"fontName": "Helvetica", "fontSize": size, "leading": size * 1.25}
        return ParagraphStyle(name, **{**plain, **more})

    heading = {"fontName": "Helvetica-Bold", "keepWithNext": 1}
    headings = tuple(
        style(f"h{level}", base * scale, spaceBefore=base * scale, spaceAfter=base / 3, **heading)
        for level, scale in enumerate((1.8, 1.6, 1.25, 1.1))
    )
    note = style("note", base, textColor="#4a5563", spaceAfter=base / 3)
    return _Styles(base, style("body", base), headings, note, cut_rows, common)


def _make_heading(text: str, key: str, level: int, styles: _Styles) -> Any:
    """Return a heading that knows its place in the outline."""
    place = min(level, len(styles.headings) - 1)
    flowable = _make_paragraph(text, styles.headings[place], bold=True)
    flowable.heading = (truncate(text, 120), place, key)
    return flowable


def _make_section(
    part: PlanPart, section: Section, key: str, width: float, styles: _Styles
) -> list[Any]:
    story = [_make_heading(section.heading, key, section.level - 1, styles)]
    if section.node:
        story += [_make_paragraph(line, styles.note) for line in _list_notes(section.node, styles)]
    if section.determinants:
        named = _join_names(section.determinants)
        story.append(_make_paragraph(f"Determinants: {named}", styles.note))
    if section.rows:
        story.append(_make_table(part, section, width, styles))
    story += [_make_paragraph(f"– {node.label}", styles.body) for node in section.unlinked]
    return story


def _list_notes(node: Node, styles: _Styles) -> list[str]:
    details = [f"{head}: {text}" for head, text in node.details]
    notes = [f"Quality note: {note}" for note in node.notes if note not in styles.common]
    return [*details, *notes]


def _make_table(part: PlanPart, section: Section, width: float, styles: _Styles) -> Any:
    from reportlab.platypus import Table, TableStyle

    column = part.column(section.rows[0].node).singular.capitalize()
    heads = (column, "Named, as printed", "Determinants", "Source")
    cells = [_list_cell_lines(row, styles) for row in section.rows]
    kept = [place for place in range(len(heads)) if place == 0 or any(row[place] for row in cells)]
    total = sum(SHARES[place] for place in kept)
    head = [_make_paragraph(heads[place], styles.body, bold=True) for place in kept]
    body = [[_make_cell(row[place], styles, place < SOURCE) for place in kept] for row in cells]
    hue = HUES[section.node.hue if section.node else 0]
    lines = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1.5, hue),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, "#c3ccd5"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), styles.base),
    ]
    return Table(
        [head, *body],
        [width * SHARES[place] / total for place in kept],
        repeatRows=1,
        splitInRow=int(styles.cut_rows),
        style=TableStyle(lines),
    )


def _list_cell_lines(row: LeafRow, styles: _Styles) -> tuple[list[str], ...]:
    node = row.node
    return (
        [f"{node.code} {node.label}".strip(), *_list_notes(node, styles)],
        [_join_names(row.partners)] if row.partners else [],
        [_join_names(row.determinants)] if row.determinants else [],
        [_format_source(source) for source in node.sources],
    )


def _join_names(mentions: Iterable[Mention]) -> str:
    """Return names in a sentence; what no document prints is marked."""
    return "; ".join(
        one.words if one.provenance == "printed" else f"{one.words} ({one.provenance})"
        for one in mentions
    )


def _format_source(source: Source) -> str:
    line = f"line {source['line']}" if source["line"] else ""
    return ", ".join(filter(None, (source["document"], source["place"], line)))


def _make_cell(lines: Sequence[str], styles: _Styles, main: bool) -> list[Any]:
    first = styles.body if main else styles.note
    return [_make_paragraph(line, styles.note if row else first) for row, line in enumerate(lines)]


def _make_paragraph(text: str, style: Any, bold: bool = False) -> Any:
    """Return a paragraph of exactly these words: nothing in them is markup."""
    from reportlab.platypus import Paragraph

    pieces = (
        f'<font name="{font}">{escape(words)}</font>'
        for font, words in split_by_font(html_text(truncate(text, LONGEST)), bold)
    )
    return Paragraph("".join(pieces), style)
