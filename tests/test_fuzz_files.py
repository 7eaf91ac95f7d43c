"""Whatever a file holds, reading it ends in statements or in one sentence."""

import gzip
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SMALL

from hwbs_graph.data import turtle
from hwbs_graph.data.rdf_files import FORMATS, find_files
from hwbs_graph.data.rdf_reader import read_quads
from hwbs_graph.errors import HwbsError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: What the texts of each format are made of; every string is put in the place of any other.
PIECES = {
    ".ttl": [
        *("@prefix e: <urn:e:> .\n", "@base <urn:b:> .", "PREFIX", "e:a", "e:", "<urn:a>", "<b>"),
        *("_:x", "[", "]", "(", ")", ";", ",", ".", "a", '"x"', '"""', "'", "@en", "@en--ltr"),
        *(
            "^^",
            "<<",
            ">>",
            "<<(",
            ")>>",
            "{|",
            "|}",
            "{",
            "}",
            "1",
            "1.5",
            "-1e9",
            "true",
            "#",
            "\\",
        ),
        *("\\u0041", "\\uD800", "\0", "\ufeff", "\u00a0", "“", "é", "\n", "\r", " ", "=>", "e:%zz"),
    ],
    ".nt": [
        *(
            "<urn:a>",
            "<urn:b c>",
            "<a>",
            "_:x",
            '"x"',
            '"x"@en',
            '"\\q"',
            "^^<urn:t>",
            ".",
            " ",
            "\n",
        ),
        *("<<(", ")>>", "#", "\\u0041", "\0", '"', "<urn:g>", "é", "\ufeff", "VERSION", "\t"),
    ],
    ".rdf": [
        *(
            f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:u="urn:u:">',
            "</rdf:RDF>",
            "<u:A>",
            "</u:A>",
            "<u:A/>",
        ),
        *("<rdf:Description rdf:about='urn:a'>", "</rdf:Description>", "<u:p>", "</u:p>", "text"),
        *("<u:p rdf:parseType='Literal'>", "<u:p rdf:parseType='Collection'>", "<rdf:li>", "&amp;"),
        *("&e;", "<!DOCTYPE r [<!ENTITY e 'urn:e'>]>", "<!-- -->", "<![CDATA[", "]]>", "<?x y?>"),
        *(
            '<?xml version="1.1"?>',
            '<?xml version="1.0" encoding="latin1"?>',
            "xml:lang='en'",
            "\0",
        ),
    ],
    ".jsonld": [
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"@id"',
            '"@type"',
            '"@value"',
            '"@language"',
            '"@context"',
        ),
        *('"@graph"', '"@list"', '"@set"', '"@reverse"', '"@vocab"', '"@base"', '"@container"'),
        *('"@json"', '"@index"', '"@nest"', '"@protected"', '"@version"', '"@included"', "1.1"),
        *('"urn:a"', '"p"', '"_:x"', '""', "null", "true", "1", "1e999", '"\\ud800"', '"', "\0"),
    ],
}
PIECES[".trig"] = [*PIECES[".ttl"], "GRAPH", "<urn:g> {"]
PIECES[".nq"] = PIECES[".nt"]
WHOLE = {
    ".ttl": SMALL[1].read_text("utf-8"),
    ".nt": '<urn:a> <urn:p> "x"@en .\n_:a <urn:p> _:b . # c\n' * 3,
    ".nq": '<urn:a> <urn:p> "x"^^<urn:t> <urn:g> .\n' * 3,
    ".trig": "@prefix e: <urn:> .\ne:g { e:a e:p (1 [ e:q 'x' ]) }\n" * 2,
    ".rdf": f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:u="urn:u:" xml:base="urn:b:">'
    "<u:A rdf:ID='x'><u:p rdf:resource='urn:c'/><u:p>text</u:p></u:A></rdf:RDF>",
    ".jsonld": '{"@context": {"p": "urn:p"}, "@id": "urn:a", "p": ["x", {"@id": "urn:b", "p": 1}]}',
}


@st.composite
def broken_texts(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw an ending and bytes: pieces in any order, or a whole text cut, flipped and doubled."""
    ending = draw(st.sampled_from(sorted(PIECES)))
    if draw(st.booleans()):
        pieces = draw(st.lists(st.sampled_from(PIECES[ending]), max_size=30))
        return ending, draw(st.sampled_from([" ", ""])).join(pieces).encode()
    text = bytearray(WHOLE[ending].encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        change = draw(st.sampled_from(["cut", "flip", "double", "insert", "drop"]))
        if change == "cut":
            del text[at:]
        elif change == "flip" and text:
            text[at] ^= 1 << draw(st.integers(0, 7))
        elif change == "double":
            text[at:at] = text[at : at + draw(st.integers(1, 40))]
        elif change == "insert":
            text[at:at] = draw(st.sampled_from(PIECES[ending])).encode()
        else:
            del text[at : at + draw(st.integers(1, 9))]
    return ending, bytes(text)


@settings(max_examples=400)
@given(broken_texts(), st.booleans())
def test_any_file_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, bytes], packed: bool
) -> None:
    ending, data = drawn
    path = tmp_path_factory.getbasetemp() / f"broken{ending}{'.gz' * packed}"
    path.write_bytes(gzip.compress(data, 1) if packed else data)
    (file,) = find_files([path])
    assert file.format == FORMATS[ending]
    try:
        list(read_quads(file))
    except HwbsError as error:
        told = str(error)
    else:
        told = f"{path}: read."
    assert re.fullmatch(rf"(Cannot read )?{re.escape(str(path))}\b[^\n]*\.", told), told


@settings(max_examples=60)
@given(st.binary(max_size=60), st.sampled_from(sorted(FORMATS)))
def test_packed_bytes_that_are_no_archive_are_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"odd{ending}.gz"
    packed = bytearray(gzip.compress(data * 9, 1, mtime=0))
    packed[len(data) % len(packed)] ^= 1 + len(data) % 200
    path.write_bytes(packed)
    try:
        list(read_quads(find_files([path])[0]))
    except HwbsError as error:
        assert re.fullmatch(r"[^\n]+\.", str(error))  # noqa: PT017 - it may be read


@settings(max_examples=150)
@given(broken_texts())
def test_any_turtle_is_rewritten_or_refused_in_one_sentence(drawn: tuple[str, bytes]) -> None:
    text = drawn[1].decode("utf-8", "replace")
    try:
        once = turtle.canonicalise(text, "mine.ttl")
    except HwbsError as error:
        assert re.fullmatch(r"mine\.ttl\b[^\n]*\.", str(error))  # noqa: PT017 - it may be read
    else:
        assert turtle.canonicalise(once, "mine.ttl") == once


def test_a_line_feed_that_the_parser_quotes_is_written_as_a_sign() -> None:
    with pytest.raises(HwbsError, match=r"column 1: Invalid IRI code point '\\n'\.\Z"):
        turtle.canonicalise("<\nurn:a> <urn:p> 1 .", "mine.ttl")
