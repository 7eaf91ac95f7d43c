"""A briefing as a Word file: real headings, lists and tables, in British English.

Out of scope: what the briefing says.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from hwbs_graph.write.archive import repack_zip
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.layout import lay_out
from hwbs_graph.write.briefing.sections import Section, TextTable

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "en-GB"
#: A core property holds no more characters than this; ECMA-376, part 2, 11.1.
_PROPERTY = 255
#: What a page of A4 leaves between margins of 15 mm.
_WIDTH = 180
_INK = "1F3A5F"
#: The styles of headings, with the space above each in points.
_SPACE_ABOVE = {"Heading 1": 0, "Heading 2": 8, "Heading 3": 4}
#: Shorter lists are not parted into columns.
_FEWEST_IN_COLUMNS = 4


def write(briefing: Briefing) -> bytes:
    """Return the bytes of the .docx file, the same for the same briefing."""
    import docx

    document = docx.Document()
    _set_page(document)
    _set_properties(document, briefing)
    document.add_heading(briefing.name, 1)
    if subtitle := briefing.subtitle:
        document.add_paragraph(subtitle)
    for section in lay_out(briefing):
        _add_section(document, section)
    document.add_paragraph(briefing.footing)
    out = BytesIO()
    document.save(out)
    return repack_zip(out.getvalue())


def _set_page(document: "Document") -> None:
    """Set A4, small plain type, and the language that a spelling check and a reader aloud use."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    for style in document.styles:
        if style.name in ("Normal", *_SPACE_ABOVE):
            style.font.name = "Arial"
            fonts = style.element.rPr.rFonts
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
        if style.name in _SPACE_ABOVE:
            style.font.color.rgb = RGBColor.from_string(_INK)
            style.font.italic = False
            style.paragraph_format.space_before = Pt(_SPACE_ABOVE[style.name])
    plain = document.styles["Normal"]
    plain.font.size = Pt(9)
    plain.paragraph_format.space_after = Pt(2)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_properties(document: "Document", briefing: Briefing) -> None:
    about = document.core_properties
    about.title = briefing.title[:_PROPERTY]
    about.subject = briefing.subtitle[:_PROPERTY]
    about.author = about.last_modified_by = "hwbs"
    about.comments = briefing.footing[:_PROPERTY]
    about.language = LANGUAGE
    about.created = about.modified = briefing.created


def _add_section(document: "Document", section: Section) -> None:
    document.add_heading(section.title, section.level)
    if section.text:
        document.add_paragraph(section.text)
    if section.brief and len(section.points) >= _FEWEST_IN_COLUMNS:
        _end_columns(document, 1)
        _add_points(document, section)
        _end_columns(document, 2)
    else:
        _add_points(document, section)
    if section.table:
        _add_table(document, section.table)


def _add_points(document: "Document", section: Section) -> None:
    for point in section.points:
        document.add_paragraph(point, style="List Bullet")


def _end_columns(document: "Document", number: int) -> None:
    """End a part of the page of so many columns with the last paragraph; the next begins below."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    after: Any = document.sections[-1]._sectPr
    ended = after.clone()
    columns = ended.find(qn("w:cols"))
    columns.set(qn("w:num"), str(number))
    document.paragraphs[-1]._p.set_sectPr(ended)
    if after.find(qn("w:type")) is None:
        after.insert(0, OxmlElement("w:type"))
        after.find(qn("w:type")).set(qn("w:val"), "continuous")


def _add_table(document: "Document", table: TextTable) -> None:
    from docx.shared import Mm

    drawn: Any = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    for column, share in zip(drawn.columns, table.widths, strict=True):
        column.width = Mm(_WIDTH * share / 100)
    head = _add_row(drawn, table.columns, table.widths, bold=True)
    _mark_row(head, "tblHeader")
    for group in table.groups:
        if group.title:
            title = _add_row(drawn, (group.title, *[""] * (len(table.columns) - 1)), table.widths)
            title.cells[0].merge(title.cells[-1]).paragraphs[0].runs[0].bold = True
            title.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        for cells in group.rows:
            _add_row(drawn, cells, table.widths)


def _add_row(
    drawn: Any, cells: tuple[str, ...], widths: tuple[int, ...], bold: bool = False
) -> Any:
    from docx.shared import Mm

    row = drawn.add_row()
    _mark_row(row, "cantSplit")
    for cell, text, share in zip(row.cells, cells, widths, strict=True):
        cell.width = Mm(_WIDTH * share / 100)
        if text:
            cell.paragraphs[0].add_run(text).bold = bold or None
    return row


def _mark_row(row: Any, name: str) -> None:
    """Set a property of a row: a header is repeated on each page, and read as a header."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))
