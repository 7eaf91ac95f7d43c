"""Reads a tagged PDF by its structure tree: Table, TR, TD, headings, lists and paragraphs.

The tree is walked as the file has it: every piece of content names its own page, so that a cell
may go on over a page's end. Characters inside nested content carry the number of what is around.

Out of scope: files without a tree (`pdf_positions`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.intake.parts import Cell, Document, Paragraph, Table
from hwbs_graph.intake.readers.letters import (
    Edges,
    join_letters,
    part_early_lines,
    unfold_ligatures,
)

_BLOCKS = {"P", "LI", "LBody", "H", "Caption", "Note", "BlockQuote", "TOCI", "Title", "Lbl"}
_DEEPEST = 60
_MOST_NODES = 400_000
_NO_EDGES: Edges = {}


class Node(NamedTuple):
    """An element of the tree: its standard type, its spans, and its children in order.

    A child is another element, or a piece of content as (page, number).
    """

    type: str
    rows: int
    columns: int
    children: tuple["Node | tuple[int, int]", ...]
    text: str = ""


def read_structure(pdf: Any, characters: list[list[Any]]) -> Document | None:
    """Return the document as its tags tell it; None where it has none or they hold no words."""
    root = _resolve(pdf.doc.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    pages = {page.page_obj.pageid: number for number, page in enumerate(pdf.pages)}
    tree = _Tree(pages, _resolve(root.get("RoleMap")) or {})
    nodes = tree.read_kids(root.get("K"), None, 0)
    writer = _Writer(_gather_letters(characters))
    for node in nodes:
        writer.write(node)
    return Document(tuple(writer.blocks)) if writer.blocks else None


def _resolve(value: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    return resolve1(value)


def _name(value: Any) -> str:
    value = _resolve(value)
    name = getattr(value, "name", value)
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


class _Tree:
    """Reads the elements below the root, with the types of the standard."""

    def __init__(self, pages: Mapping[int, int], roles: Mapping[str, Any]) -> None:
        self.pages, self.roles, self.read = pages, roles, 0

    def read_kids(
        self, kids: Any, page: int | None, depth: int
    ) -> tuple["Node | tuple[int, int]", ...]:
        resolved = _resolve(kids)
        listed = resolved if isinstance(resolved, list) else [kids]
        if depth > _DEEPEST:
            return ()
        found = (self.read_kid(_resolve(kid), page, depth) for kid in listed)
        return tuple(each for each in found if each is not None)

    def read_kid(self, kid: Any, page: int | None, depth: int) -> "Node | tuple[int, int] | None":
        self.read += 1
        if kid is None or self.read > _MOST_NODES:
            return None
        if isinstance(kid, int):
            return None if page is None else (page, kid)
        if not isinstance(kid, dict):
            return None
        own = self.find_page(kid, page)
        if "MCID" in kid and "S" not in kid:
            return None if own is None else (own, int(_resolve(kid["MCID"])))
        return self.read_element(kid, own, depth) if "S" in kid else None

    def find_page(self, kid: dict[str, Any], page: int | None) -> int | None:
        return self.pages.get(getattr(kid.get("Pg"), "objid", -1), page)

    def read_element(self, kid: dict[str, Any], page: int | None, depth: int) -> Node:
        kind = _name(kid["S"])
        for _ in range(5):
            kind = _name(self.roles[kind]) if kind in self.roles else kind
        spans = dict(_list_attributes(kid.get("A")))
        text = kid.get("ActualText")
        actual = _decode(_resolve(text)) if text is not None and kind == "Span" else ""
        kids = self.read_kids(kid.get("K"), page, depth + 1)
        return Node(kind, spans.get("RowSpan", 1), spans.get("ColSpan", 1), kids, actual)


def _list_attributes(value: Any) -> Iterator[tuple[str, int]]:
    resolved = _resolve(value)
    for each in resolved if isinstance(resolved, list) else [resolved]:
        entry = _resolve(each)
        if isinstance(entry, dict):
            for name in ("RowSpan", "ColSpan"):
                span = _resolve(entry.get(name))
                if isinstance(span, int) and 1 <= span <= 1000:
                    yield name, span


def _decode(value: Any) -> str:
    if not isinstance(value, bytes):
        return ""
    wide = value.startswith(b"\xfe\xff")
    return value[2:].decode("utf-16-be", "replace") if wide else value.decode("latin-1")


def _gather_letters(characters: list[list[Any]]) -> dict[tuple[int, int], list[Any]]:
    """Return the characters of each piece of content; one without a number goes with the last."""
    pieces: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for page, letters in enumerate(characters):
        last: int | None = None
        for letter in letters:
            if letter.get("mcid") is not None:
                last = letter["mcid"]
            elif letter.get("tag") == "Artifact":
                last = None  # what has no number now is of the head or foot of the page
            if last is not None:
                pieces[page, last].append(letter)
    return pieces


class _Writer:
    """Makes blocks of the elements, in the order of the tree."""

    def __init__(self, letters: Mapping[tuple[int, int], list[Any]]) -> None:
        self.letters = letters
        self.blocks: list[Paragraph | Table] = []
        self.tables = 0

    def write(self, node: "Node | tuple[int, int]", depth: int = 0) -> None:
        if not isinstance(node, Node):
            self.add_paragraph(Node("P", 1, 1, (node,)), 0, "")
        elif node.type == "Table":
            self.tables += 1
            self.add_table(node)
        elif heading := re.fullmatch(r"H([1-6])", node.type):
            self.add_paragraph(node, int(heading[1]), "")
        elif node.type == "LI":
            self.add_item(node, depth)
        elif node.type in _BLOCKS:
            self.add_paragraph(node, 0, "")
        elif node.type not in ("Figure", "Artifact", "TOC"):
            for child in node.children:
                self.write(child, depth + (node.type == "L"))

    def add_item(self, node: Node, depth: int) -> None:
        inner = [each for each in node.children if isinstance(each, Node)]
        body = next((each for each in inner if each.type == "LBody"), node)
        nested = [each for each in body.children if isinstance(each, Node) and each.type == "L"]
        own = body._replace(children=tuple(each for each in body.children if each not in nested))
        label = "".join(self.read_words(each) for each in inner if each.type == "Lbl")
        number = re.fullmatch(r"\(?(\w{1,4})[.)]*", label.strip())
        self.add_paragraph(own, 0, number[1] if number and label.strip() != "o" else "•", depth)
        for each in nested:
            self.write(each, depth + 1)

    def add_paragraph(self, node: Node, level: int, marker: str, depth: int = 0) -> None:
        text = self.read_words(node)
        if text:
            place = f"page {self.find_page(node) + 1}"
            self.blocks.append(Paragraph(text, place, level, marker, depth, level == 1))

    def read_words(self, node: Node) -> str:
        return " ".join(" ".join(self.read_lines(node)).split())

    def find_page(self, node: Node) -> int:
        return next(self.list_pieces(node), (0, 0))[0]

    def list_pieces(self, node: Node) -> Iterator[tuple[int, int]]:
        for child in node.children:
            if isinstance(child, Node):
                yield from self.list_pieces(child)
            else:
                yield child

    def read_lines(self, node: Node, edges: Edges = _NO_EDGES) -> list[str]:
        """Return the lines of an element: each paragraph or item in it is one.

        Within `edges`, right of which nothing stands, a line that ends early is one, too.
        """
        lines: list[list[Any]] = [[]]
        own = _part_breaks(node, self.letters) if node.type in ("TD", "TH") else [node]
        for part in own:
            self.gather(part, lines)
            lines.append([])
        parted = [part for each in lines for part in part_early_lines(each, edges)]
        return [line for each in parted if (line := unfold_ligatures(join_letters(each)))]

    def gather(self, node: Node, lines: list[list[Any]]) -> None:
        block = node.type in _BLOCKS or node.type == "L"
        if block:
            lines.append([])
        if node.text:
            lines[-1].append(node.text)
        for child in () if node.text else node.children:
            if isinstance(child, Node):
                self.gather(child, lines)
            else:
                lines[-1] += self.letters.get(child, [])
        if block:
            lines.append([])

    def add_table(self, node: Node) -> None:
        placed = [(self.print_once(part), row, column) for part, row, column in _place_cells(node)]
        edges: dict[int, dict[int, float]] = defaultdict(dict)
        for part, _, column in placed:
            own = _list_letters(part, self.letters) if part.columns == 1 else []
            for page, letters in group_pairs((e["page_number"], e["x1"]) for e in own).items():
                edges[column][page] = max(*letters, edges[column].get(page, 0.0))
        cells = (self.read_cell(*each, edges[each[2]]) for each in placed)
        self.blocks.append(Table(tuple(cells), f"table {self.tables}"))

    def print_once(self, node: Node) -> Node:
        """Return a cell as its first page prints it, where each of its pages prints the same."""
        pages = group_pairs((piece[0], piece) for piece in self.list_pieces(node))
        printed = {
            join_letters([each for piece in pieces for each in self.letters.get(piece, [])])
            for pieces in pages.values()
        }
        several = len(pages) > 1 and len(printed - {""}) == 1
        return _keep_page(node, min(pages)) if several else node

    def read_cell(self, node: Node, row: int, column: int, edges: Edges) -> Cell:
        pieces = list(self.list_pieces(node))
        page = pieces[0][0] + 1 if pieces else 0
        box = _find_box(
            [each for piece in pieces for each in self.letters.get(piece, [])], page - 1
        )
        where = f"page {page} box {box}" if box else f"page {page or '?'}"
        place = f"table {self.tables} row {row + 1} column {column + 1}, {where}"
        lines = tuple(self.read_lines(node, edges))
        return Cell(row, column, lines, place, node.rows, node.columns)


def _find_box(letters: list[Any], page: int) -> str:
    own = [each for each in letters if each["page_number"] == page + 1]
    if not own:
        return ""
    edges = (
        min(each["x0"] for each in own),
        min(each["top"] for each in own),
        max(each["x1"] for each in own),
        max(each["bottom"] for each in own),
    )
    return ",".join(f"{edge:.0f}" for edge in edges)


def _part_breaks(node: Node, letters: Mapping[tuple[int, int], list[Any]]) -> list[Node]:
    """Return the parts of a cell that a break keeps apart, where its tags do not tell.

    A browser tags each run of text; one that begins below the run before it begins a line.
    """
    # A browser gives the ground of a cell a number, too.
    children = [each for each in node.children if isinstance(each, Node) or letters.get(each)]
    plain = all(isinstance(each, Node) and each.type not in _BLOCKS for each in children)
    if not plain or len(children) < 2:
        return [node]
    parts: list[list[Any]] = [[]]
    last: Any = None
    for child in children:
        own = _list_letters(child, letters)
        if own and last and _is_below(last, own[0]):
            parts.append([])
        parts[-1].append(child)
        last = own[-1] if own else last
    return [node._replace(children=tuple(part)) for part in parts]


def _is_below(before: Any, after: Any) -> bool:
    if before["page_number"] != after["page_number"]:
        return True
    lower = after["top"] > before["top"] + before["size"] * 0.6
    return bool(lower and after["x0"] < before["x1"])


def _list_letters(node: Any, letters: Mapping[tuple[int, int], list[Any]]) -> list[Any]:
    if isinstance(node, Node):
        return [each for child in node.children for each in _list_letters(child, letters)]
    return letters.get(node, [])


def _keep_page(node: Node, page: int) -> Node:
    """Return an element without what stands on other pages."""
    kept = (
        _keep_page(each, page) if isinstance(each, Node) else each
        for each in node.children
        if isinstance(each, Node) or each[0] == page
    )
    return node._replace(children=tuple(kept))


def _place_cells(table: Node) -> Iterator[tuple[Node, int, int]]:
    """Yield the cells of a table, each with its row and column."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_list_inner(table, "TR")):
        column = 0
        for part in row.children:
            if not isinstance(part, Node) or part.type not in ("TD", "TH"):
                continue
            while (number, column) in taken:
                column += 1
            spots = range(part.rows), range(part.columns)
            taken |= {(number + r, column + c) for r in spots[0] for c in spots[1]}
            yield part, number, column


def _list_inner(node: Node, kind: str) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.type == kind:
                yield child
            elif child.type != "Table":
                yield from _list_inner(child, kind)
