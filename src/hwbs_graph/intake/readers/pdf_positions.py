"""Reads a PDF without tags: ruled tables by their lines, other text by where it stands.

Everything that comes of it is marked as read by position: a person must look at each row.

Out of scope: tables without rules, which are read as lines of text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hwbs_graph.intake.parts import Cell, Document, LeftOut, Paragraph, Table
from hwbs_graph.intake.readers.letters import unfold_ligatures
from hwbs_graph.intake.readers.limits import check_cell, check_table


def read_positions(path: Path, pdf: Any) -> Document:
    """Return the document as its lines and positions tell it."""
    reader = _Reader(path)
    for page in pdf.pages:
        reader.read_page(page)
        page.close()
    blocks, left_out = _drop_running_lines(reader.blocks, len(pdf.pages))
    return Document(tuple(blocks), tuple(left_out), by_position=True)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path, self.tables = path, 0
        self.blocks: list[Paragraph | Table] = []

    def read_page(self, page: Any) -> None:
        found = sorted(page.find_tables(), key=lambda table: table.bbox[1])
        found = [table for table in found if len(table.rows) > 1 or len(table.cells) > 2]
        lines = [
            line
            for line in page.extract_text_lines(return_chars=True)
            if not any(_is_inside(line, table.bbox) for table in found)
        ]
        usual = _find_usual_size(page)
        items: list[tuple[float, Any]] = [(table.bbox[1], table) for table in found]
        items += [(line["top"], line) for line in lines]
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, dict):
                self.add_line(item, page.page_number, usual)
            else:
                self.add_table(item, page)

    def add_line(self, line: Any, number: int, usual: float) -> None:
        text = " ".join(unfold_ligatures(line["text"]).split())
        sizes = [char["size"] for char in line["chars"]]
        bold = all("bold" in char["fontname"].lower() for char in line["chars"])
        large = min(sizes, default=0) > usual * 1.15
        level = 7 if (large or bold) and len(text) < 140 else 0
        box = ",".join(f"{line[edge]:.0f}" for edge in ("x0", "top", "x1", "bottom"))
        found = re.fullmatch(r"([•▪●◦❖–-]|\d{1,3}[.)])\s+(.*)", text)
        marker = ("•" if not found[1][0].isdigit() else found[1].rstrip(".)")) if found else ""
        shown = found[2] if found else text
        place = f"page {number} box {box}"
        last = self.blocks[-1] if self.blocks else None
        if _goes_on(last, shown, level, marker, place):
            assert isinstance(last, Paragraph)
            self.blocks[-1] = last._replace(text=f"{last.text} {shown}")
        else:
            self.blocks.append(Paragraph(shown, place, level, marker))

    def add_table(self, table: Any, page: Any) -> None:
        self.tables += 1
        name = f"table {self.tables}"
        edges = sorted({round(cell[0]) for cell in table.cells})
        tops = sorted({round(cell[1]) for cell in table.cells})
        check_table(self.path, name, len(tops), len(edges))
        cells = [self.read_cell(page, box, edges, tops) for box in table.cells]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        self.blocks.append(Table(tuple(cells), name, wrapped=True))

    def read_cell(self, page: Any, box: Any, edges: list[int], tops: list[int]) -> Cell:
        left, top, right, bottom = box
        lines = tuple(_read_box(page, box))
        where = f"{left:.0f},{top:.0f},{right:.0f},{bottom:.0f}"
        place = f"page {page.page_number} box {where}"
        check_cell(self.path, place, "".join(lines))
        rows = sum(1 for edge in tops if round(top) <= edge < round(bottom) - 1)
        columns = sum(1 for edge in edges if round(left) <= edge < round(right) - 1)
        row, column = tops.index(round(top)), edges.index(round(left))
        return Cell(row, column, lines, place, max(rows, 1), max(columns, 1))


def _read_box(page: Any, box: Any) -> list[str]:
    """Return the lines of the letters whose middle stands in a box.

    A line goes on with the next one if that one's first word had no room on it.
    """
    from pdfplumber.utils.clustering import cluster_objects
    from pdfplumber.utils.text import extract_words

    left, top, right, bottom = box
    own = [
        char
        for char in page.chars
        if left <= (char["x0"] + char["x1"]) / 2 < right
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    words = extract_words(own, keep_blank_chars=False, x_tolerance_ratio=0.15)
    rows = cluster_objects(words, "bottom", 3)
    lines: list[str] = []
    room = right - (min((word["x0"] for word in words), default=left) - left)
    end = 0.0
    for row in rows:
        row.sort(key=lambda word: word["x0"])
        text = " ".join(word["text"] for word in row)
        text = re.sub(r"\(cid:\d+\)", "•", unfold_ligatures(text))
        space = (row[0]["bottom"] - row[0]["top"]) * 0.25
        if lines and end + space + row[0]["x1"] - row[0]["x0"] > room - 1:
            joint = "" if re.search(r"\w-$", lines[-1]) and text[0].islower() else " "
            lines[-1] = f"{lines[-1]}{joint}{text}"
        else:
            lines.append(text)
        end = row[-1]["x1"]
    return lines


def _goes_on(
    last: Paragraph | Table | None, text: str, level: int, marker: str, place: str
) -> bool:
    if not isinstance(last, Paragraph) or marker or level != last.level:
        return False
    same_page = last.place.split(" box")[0] == place.split(" box")[0]
    return same_page and text[:1].islower()


def _is_inside(line: Any, box: Any) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    across = (line["x0"] + line["x1"]) / 2
    return bool(box[1] - 1 <= middle <= box[3] + 1 and box[0] - 1 <= across <= box[2] + 1)


def _find_usual_size(page: Any) -> float:
    sizes = Counter(round(char["size"], 1) for char in page.chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _drop_running_lines(
    blocks: list[Paragraph | Table], pages: int
) -> tuple[list[Paragraph | Table], list[LeftOut]]:
    """Return the blocks without the lines that most pages repeat, and those lines once each."""
    shapes = Counter(_shape(block) for block in blocks if isinstance(block, Paragraph))
    running = {text for text, times in shapes.items() if pages > 1 and times > pages / 2}
    running |= {"page #", "#", "page # of #"}
    kept = [each for each in blocks if isinstance(each, Table) or _shape(each) not in running]
    return kept, list(_name_running(blocks, running))


def _name_running(blocks: list[Paragraph | Table], running: set[str]) -> Iterator[LeftOut]:
    seen: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph) and _shape(block) in running - seen:
            seen.add(_shape(block))
            yield LeftOut(f"“{block.text[:60]}”", "every page repeats it", block.place)


def _shape(block: Paragraph) -> str:
    return re.sub(r"\d+", "#", block.text.casefold())
