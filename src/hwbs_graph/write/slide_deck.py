"""A deck of slides: the paper, a title that tells the finding, notes, and bytes without a clock.

Out of scope: what stands below a title (`briefing.pptx`, and the view's pictures).
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from hwbs_graph.text import truncate
from hwbs_graph.write.archive import repack_zip

#: A slide in EMU, of which an inch has 914,400 and a point 12,700.
INCH, POINT = 914_400, 12_700
SIZE = (int(13.333 * INCH), int(7.5 * INCH))
#: Room of the title above, and the margin round what stands below it.
TITLE, MARGIN = int(0.95 * INCH), int(0.25 * INCH)
#: A core property holds no more characters than this; ECMA-376, part 2, 11.1.
_PROPERTY = 255
_TITLE_ONLY = 5
#: Sizes of a title in points: of a short one, and of one with more characters than these.
_LARGE, _SMALL, _LONG_TITLE = 24, 20, 90


def open_deck(title: str, created: datetime | None = None) -> Any:
    """Return an empty presentation of wide slides; `title` is among its properties."""
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = map(Emu, SIZE)
    deck.core_properties.title = title[:_PROPERTY]
    if created:
        deck.core_properties.created = deck.core_properties.modified = created
    return deck


def add_titled_slide(deck: Any, title: str, notes: str, longest: int = 200) -> Any:
    """Add a slide with its title in bold, cut after `longest` characters, and its notes."""
    from pptx.util import Pt

    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top = MARGIN, 0
    head.width, head.height = SIZE[0] - 2 * MARGIN, TITLE
    head.text_frame.text = truncate(title, longest)
    size = _LARGE if len(head.text_frame.text) <= _LONG_TITLE else _SMALL
    head.text_frame.paragraphs[0].font.size = Pt(size)
    head.text_frame.paragraphs[0].font.bold = True
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def save_deck(deck: Any) -> bytes:
    """Return the bytes of the .pptx file, the same for the same slides."""
    target = BytesIO()
    deck.save(target)
    return repack_zip(target.getvalue())
