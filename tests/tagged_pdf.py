"""Writes a tagged PDF of one table, as small as a reader takes it.

Out of scope: files of any other layout (tests draw those with reportlab).
"""

from collections.abc import Sequence

#: A run of text: the pieces of content that it is of, as (page, number).
Run = Sequence[tuple[int, int]]


def draw_text(number: int, left: int, top: int, words: str) -> str:
    """Return the drawing of a piece of content, in points from the lower left corner."""
    mark = f"/P <</MCID {number}>> BDC"
    return f"{mark} BT /F 10 Tf {left} {top} Td ({words}) Tj ET EMC"


def write_tagged_pdf(pages: Sequence[str], rows: Sequence[Sequence[Sequence[Run]]]) -> bytes:
    """Return a file of pages, each its drawing, tagged as rows of cells that hold runs."""
    objects: list[str] = []

    def add(text: str) -> int:
        objects.append(text)
        return len(objects) + 1

    font = add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    leaves = []
    for page in pages:
        content = add(f"<</Length {len(page)}>> stream\n{page}\nendstream")
        fonts = f"/Resources<</Font<</F {font} 0 R>>>>"
        leaves.append(add(f"<</Type/Page/MediaBox[0 0 600 800]{fonts}/Contents {content} 0 R>>"))

    def tag(kind: str, kids: Sequence[str]) -> str:
        number = add(f"<</S/{kind}/K[{' '.join(kids)}]>>")
        return f"{number} 0 R"

    def tag_run(run: Run) -> str:
        pieces = [f"<</MCID {number}/Pg {leaves[page]} 0 R>>" for page, number in run]
        return tag("NonStruct", pieces)

    table = tag("Table", [tag("TR", [tag("TD", [*map(tag_run, c)]) for c in row]) for row in rows])
    kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
    listed = add(f"<</Type/Pages/Count {len(leaves)}/Kids[{kids}]>>")
    root = f"<</Type/Catalog/Pages {listed} 0 R/StructTreeRoot<</K {table}>>>>"
    whole = "\n".join(f"{n} 0 obj {text} endobj" for n, text in enumerate([root, *objects], 1))
    return f"%PDF-1.7\n{whole}\ntrailer <</Root 1 0 R>>\n%%EOF".encode("latin-1")
