"""Lines of labels and values below a line that is an action: “Lead: X”, “Partners: Y”.

They are taken for the card that they look like, so that cards are read in one way.

Out of scope: what a card says (`cards`), and lines below one labelled as an action (`lists`).
"""

from collections.abc import Iterator, Sequence

from hwbs_graph.intake.cards import find_label, name_action, part_label, read_heading
from hwbs_graph.intake.parts import Cell, Document, Paragraph, Table

_FEWEST_LINES = _FEWEST_CARDS = 2
#: What a line over others says of no action.
_ABOVE = ("", "action", "theme", "objective", "code", "leave")


def gather_cards(document: Document) -> Document:
    """Return a document in which lines of labels below an action are a table, if several are.

    One action with labels below it may be anything.
    """
    blocks = [*_gather(document.blocks)]
    added = len([each for each in blocks if isinstance(each, Table)]) - len(document.tables)
    return document._replace(blocks=tuple(blocks)) if added >= _FEWEST_CARDS else document


def _gather(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    number = 0
    while number < len(blocks):
        block = blocks[number]
        yield block
        number += 1
        if isinstance(block, Table) or read_heading(block) or not name_action(block):
            continue
        lines = [*_list_labelled(blocks[number:])]
        if len(lines) >= _FEWEST_LINES:
            yield _make_table(lines)
            number += len(lines)


def _list_labelled(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Table) or block.level or block.marker:
            return
        label, value = part_label(block.text)
        if not value or find_label(label)[0] in _ABOVE:
            return
        yield block


def _make_table(lines: Sequence[Paragraph]) -> Table:
    cells = [
        Cell(row, column, (text,), line.place)
        for row, line in enumerate(lines)
        for column, text in enumerate(part_label(line.text))
    ]
    return Table(tuple(cells), lines[0].place)
