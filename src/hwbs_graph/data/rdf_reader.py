"""Files of RDF as streams of statements: gzip or not, without a byte-order mark, bytes counted.

Nothing is fetched: no remote JSON-LD context, no external XML entity.

Out of scope: where the statements go; formats and endings (`rdf_files`).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from hwbs_graph.data import nesting
from hwbs_graph.data.files import UTF8_MARK, reject_utf16
from hwbs_graph.data.rdf_files import InputFile
from hwbs_graph.errors import DataError, PathError, TurtleSyntaxError
from hwbs_graph.model.vocabulary import DERIVED, STANDARDS
from hwbs_graph.text import name_odd_character

#: JSON-LD leaves out what has a relative IRI; with this base it is seen, and refused.
_RELATIVE = "https://relative.invalid/"
#: Bytes that tell the format.
_HEAD = 512
#: Bytes that are searched at once.
_PART = 1 << 20
#: What bounds the nesting of a format; all others are of Turtle's kind.
_NESTING = {
    RdfFormat.RDF_XML: nesting.check_xml,
    RdfFormat.JSON_LD: nesting.check_json_depth,
}
_NO_GZIP = "it is no whole gzip file"
#: What the parser says, and what it means.
_REASONS = {
    "LoadDocumentCallback": "its @context stands at an address, and nothing is fetched; "
    "write the context into the file",
    "Invalid remote context": "its @context stands in another file, and nothing is fetched; "
    "write the context into the file",
    "Only UTF-8 is supported": 'it is not UTF-8; save it as UTF-8 with encoding="UTF-8"',
    "Invalid UTF-8": "this is not UTF-8 text; save the file as UTF-8",
}


def read_quads(file: InputFile) -> Iterator[tuple[Quad, Callable[[], int]]]:
    """Yield each statement with a function that tells the bytes read of the file so far.

    Triples go into the graph of the file. What the rules derived is left out, as they derive it
    again. Blank nodes are renamed, as two files may use one name for two things.
    Raises TurtleSyntaxError with line and column, and PathError for a file that cannot be read.
    """
    with _translated_errors(file), ExitStack() as stack:
        raw = stack.enter_context(file.path.open("rb"))
        # A pipe has no position.
        read = raw.tell if raw.seekable() else int
        base = _RELATIVE if file.format == RdfFormat.JSON_LD else None
        stream = _bound_nesting(file, _open_text(file, raw, stack))
        for quad in parse(stream, file.format, base_iri=base, rename_blank_nodes=True):
            if base:
                _reject_relative(file.path, quad)
            if quad.graph_name in (DERIVED, STANDARDS):
                continue
            if isinstance(quad.graph_name, DefaultGraph):
                quad = Quad(quad.subject, quad.predicate, quad.object, file.graph)
            yield quad, read


@contextmanager
def _translated_errors(file: InputFile) -> Iterator[None]:
    """Turn what the parser and the system raise into errors with the file and the place."""
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(file, error) from None
    except EOFError:
        raise PathError(file.path, _NO_GZIP) from None
    except OSError as error:
        raise PathError(file.path, error.strerror or _NO_GZIP) from None
    except Exception as error:
        if type(error).__module__ != "zlib":  # imported only for a packed file
            raise
        raise PathError(file.path, _NO_GZIP) from None


def _open_text(file: InputFile, raw: BufferedReader, stack: ExitStack) -> BufferedReader:
    """Return the bytes of the text: unpacked, after the mark, checked for what is refused."""
    stream: BufferedReader = raw
    if file.path.suffix.lower() == ".gz":
        import gzip

        unpacked = stack.enter_context(gzip.GzipFile(fileobj=raw))
        stream = BufferedReader(unpacked)
    head = stream.peek(_HEAD)[:_HEAD]
    _reject_other_format(file, head)
    if head.startswith(UTF8_MARK):
        stream.read(len(UTF8_MARK))
    return stream


def _bound_nesting(file: InputFile, stream: BufferedReader) -> IO[bytes]:
    """Return the text of a file that is not nested too deep; see `nesting`.

    JSON-LD and RDF/XML are held in memory, and so is a file that may have too many triple terms.
    """
    check = _NESTING.get(file.format, nesting.check_triple_terms)
    if check is nesting.check_triple_terms and not file.path.is_file():
        return nesting.PipeGuard(str(file.path), stream)
    if check is nesting.check_triple_terms and not _has_triple_terms(file):
        return stream
    text = stream.read()
    check(str(file.path), text)
    return BytesIO(text)


def _has_triple_terms(file: InputFile) -> bool:
    """Say whether a file may have more triple terms than may stand in each other."""
    with ExitStack() as stack:
        raw = stack.enter_context(file.path.open("rb"))
        stream = _open_text(file, raw, stack)
        parts = iter(lambda: stream.read(_PART), b"")
        return sum(part.count(b"<<") for part in parts) > nesting.MOST


def _reject_other_format(file: InputFile, head: bytes) -> None:
    """Raise PathError where the first bytes belong to another format than the ending's."""
    reject_utf16(file.path, head)
    start = head.removeprefix(UTF8_MARK).lstrip()
    if start.startswith(b"\x1f\x8b"):
        raise PathError(file.path, "it is packed with gzip; end its name in .gz")
    is_turtle = file.format in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
    if re.match(rb"<\?xml|<rdf:RDF|<!DOCTYPE", start) and file.format != RdfFormat.RDF_XML:
        raise PathError(file.path, f"it is XML, not {file.format.name}; if it is RDF/XML, .rdf")
    if is_turtle and re.match(rb'\{\s*"|\[\s*\{\s*"@', start):
        raise PathError(file.path, f"it is JSON, not {file.format.name}; if it is JSON-LD, .jsonld")


def _reject_relative(path: Path, quad: Quad) -> None:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        value = str(getattr(term, "value", ""))
        if value.startswith(_RELATIVE):
            raise DataError(
                f"{path}: the IRI “{value.removeprefix(_RELATIVE)}” is relative; "
                'add "@base" to the @context, or write it whole.'
            )


def _syntax_error(file: InputFile, error: SyntaxError) -> TurtleSyntaxError:
    """Return the error with its cause named: the relative IRI, the odd character, the format."""
    why, line = str(error.msg), error.lineno
    if cure := next((cure for said, cure in _REASONS.items() if said in why), ""):
        why = cure
    elif line is not None and error.offset is not None:
        text = _read_line(file, line)
        has_base = file.format not in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
        why = explain_syntax(why, text, error.offset, error.end_offset or error.offset, has_base)
    elif relative := re.search(r"IRI '(.*)': No scheme found", why):
        why = f"the IRI “{relative[1]}” is relative; add xml:base, or write it whole"
    if file.format != RdfFormat.TURTLE:
        why = f"{why.rstrip('.')} (read as {file.format.name})"
    return TurtleSyntaxError(str(file.path), why, line, error.offset)


def explain_syntax(why: str, text: str, start: int, end: int, has_base: bool = True) -> str:
    """Return what the parser says of columns `start` to `end` of a line, with the cure if known.

    `has_base` says that the format knows @base.
    """
    token = text[start - 1 : end - 1]
    if "No scheme found" in why:
        cure = "add @base <https://...> . at the top, or " * has_base + "write it whole"
        return f"{token} is relative; {cure}" if token else f"an IRI is relative; {cure}"
    if odd := name_odd_character(text[start - 1 : max(end - 1, start)]):
        return f"{odd} stands outside quotes; replace it"
    return why


def _read_line(file: InputFile, number: int) -> str:
    """Return a line of the file, "" where it cannot be read again, as from a pipe."""
    if not file.path.is_file():
        return ""
    with ExitStack() as stack:
        raw = stack.enter_context(file.path.open("rb"))
        lines = iter(_open_text(file, raw, stack))
        found = next((line for at, line in enumerate(lines, 1) if at == number), b"")
    return found.decode("utf-8", "replace")
