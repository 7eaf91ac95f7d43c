"""Every passage is found again in the documents, and a change in them is noticed."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from support import DATA, SMALL, Hwbs

from hwbs_graph.checks import verification
from hwbs_graph.data import corpus
from hwbs_graph.store import Embedded, Engine

S002 = "002_c054f43dcf31fb18.txt"

#: A text in which every passage of the small plan stands where it says.
TEXT = """\
Warm and together
WARM HOMES
Nobody is cold
1. Insulate homes                                          The cold is bad for
a) <i>Lag</i> every loft     Homes     Stove Society
b) Mend every boiler         Home
GOOD COMPANY
1. Fewer lonely people
a) Open a café               Neigbours           Homes
"""


def alone() -> Engine:
    """The small plan of one document."""
    return Embedded(corpus.open_store(base=[*corpus.vocabulary_files(), SMALL[0]]))


def problems(engine: Engine, folder: Path) -> list[tuple[str, str]]:
    return [(f.label, f.message) for f in verification.verify(engine, folder).findings]


@pytest.fixture
def copy(documents: Path, tmp_path: Path) -> Path:
    for path in documents.iterdir():
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_every_passage_stands_in_the_documents(documents: Path, hwbs: Hwbs) -> None:
    run = hwbs("verify", documents)
    assert run.code == 0
    assert run.out == ""
    assert "S002: 571 passages looked up." in run.err
    assert run.err.count(" passages looked up.") == 5
    assert "0 problems." in run.err


def test_a_changed_word_is_noticed(copy: Path, hwbs: Hwbs) -> None:
    edit(copy / S002, "❖ Redcross", "❖ Red Cross")
    run = hwbs("verify", copy)
    assert run.code == 1
    assert "These words are nowhere in the document" in run.out
    assert "is not the text that was read (its SHA-256 differs)" in run.out
    found = json.loads(hwbs("verify", copy, "--format", "json").out)
    assert [finding["label"] for finding in found][:2] == ["S002", "Redcross"]


def test_a_changed_line_names_the_summary_that_rests_on_it(copy: Path, record: Engine) -> None:
    edit(copy / "001_967d27fb8d53bdae.txt", "concerned about air quality", "glad of the air")
    messages = [message for _, message in problems(record, copy)]
    named = "The summary of “Air quality and transport” rests on it: “Half of residents worry"
    assert any(named in message for message in messages)


def test_a_wrong_line_is_noticed(copy: Path, record: Engine) -> None:
    edit(copy / S002, "HEALTHY AGEING\n", "\nHEALTHY AGEING\n")
    found = problems(record, copy)
    assert ("HEALTHY AGEING", "These words are not in line 89; they stand in line 90.") in found
    assert len(found) > 50


def test_a_wrong_column_is_noticed(copy: Path, record: Engine) -> None:
    edit(copy / S002, "❖ Redcross", "❖  Redcross")
    messages = [message for label, message in problems(record, copy) if label == "Redcross"]
    assert len(messages) == 1
    assert messages[0].startswith("These words stand in line 92, but not at column ")


def test_a_missing_file_is_noticed(copy: Path, record: Engine) -> None:
    (copy / S002).unlink()
    ((label, message),) = problems(record, copy)
    assert label == "S002"
    assert f"The file {S002} is not in" in message
    assert "571 passages can be looked up" in message


def test_a_document_under_another_name_is_known_by_its_content(copy: Path, record: Engine) -> None:
    (copy / S002).rename(copy / "renamed.txt")
    assert problems(record, copy) == []


def test_documents_can_be_verified_without_the_shared_ones(tmp_path: Path) -> None:
    (tmp_path / "d1.txt").write_text(TEXT, "utf-8")
    ((label, message),) = problems(alone(), tmp_path)
    assert (label, "SHA-256 differs" in message) == ("D1", True)
    (tmp_path / "d1.txt").write_text(TEXT.replace("Neigbours", "Neighbours"), "utf-8")
    assert [label for label, _ in problems(alone(), tmp_path)] == ["D1", "Neigbours", "Homes"]


def test_a_byte_order_mark_or_utf_16_makes_a_document_no_other_one(tmp_path: Path) -> None:
    data = TEXT.replace("\n", "\r\n").encode("utf-8")
    known = SMALL[0].read_text("utf-8").replace("0" * 64, hashlib.sha256(data).hexdigest())
    (tmp_path / "known.ttl").write_text(known, "utf-8")
    engine = Embedded(corpus.open_store(base=[*corpus.vocabulary_files(), tmp_path / "known.ttl"]))
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "d1.txt").write_bytes(data)
    assert problems(engine, folder) == []
    (folder / "d1.txt").write_bytes(b"\xef\xbb\xbf" + data)
    assert problems(engine, folder) == []
    (folder / "d1.txt").write_bytes(TEXT.encode("utf-16"))
    ((label, message),) = problems(engine, folder)
    assert (label, "SHA-256 differs" in message) == ("D1", True)


def test_a_file_that_is_no_text_is_reported_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "d1.txt").write_bytes(b"\xff\xfe\x00" * 100)
    assert len(problems(alone(), tmp_path)) == 16


def test_the_folder_must_exist(hwbs: Hwbs, tmp_path: Path) -> None:
    run = hwbs("verify", tmp_path / "no")
    assert (run.code, "Cannot read" in run.err) == (2, True)
    assert hwbs("verify", DATA / "small.ttl").code == 2


COPY, PUBLISHED = "Stop engines\nSwap old stoves\n", b"PK a workbook of two cells"


@pytest.fixture
def published(tmp_path: Path) -> tuple[Engine, Path]:
    """A graph that quotes two lines of a reading copy, and the folder of copy and workbook."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "e1.txt").write_bytes(COPY.encode())
    (folder / "plan.xlsx").write_bytes(PUBLISHED)
    (tmp_path / "plan.ttl").write_text(
        "@prefix hwbs: <https://w3id.org/hwbs/ns#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
        "<urn:d> a hwbs:SourceDocument ; dcterms:identifier 'E1' ; dcterms:title 'Plan' ;\n"
        f" hwbs:fileName 'e1.txt' ; hwbs:sha256 '{hashlib.sha256(COPY.encode()).hexdigest()}' ;\n"
        " hwbs:readingCopyOf <urn:w> .\n<urn:w> a hwbs:OriginalFile ; hwbs:fileName 'plan.xlsx' ;\n"
        f" hwbs:sha256 '{hashlib.sha256(PUBLISHED).hexdigest()}' .\n"
        "<urn:q> a hwbs:Passage ; oa:hasSource <urn:d> ; hwbs:line 2 ; hwbs:column 6 ;\n"
        " hwbs:place 'row 2' ; hwbs:printedText 'old stoves' .\n"
    )
    base = [*corpus.vocabulary_files(), tmp_path / "plan.ttl"]
    return Embedded(corpus.open_store(base=base)), folder


def test_the_published_file_behind_a_reading_copy_must_be_the_one_that_was_read(
    published: tuple[Engine, Path],
) -> None:
    engine, folder = published
    assert problems(engine, folder) == []
    (folder / "plan.xlsx").rename(folder / "renamed.xlsx")
    assert problems(engine, folder) == []
    (folder / "renamed.xlsx").write_bytes(PUBLISHED + b"!")
    ((label, message),) = problems(engine, folder)
    assert (label, "plan.xlsx, of which e1.txt is the text, is not in" in message) == ("E1", True)
    (folder / "renamed.xlsx").rename(folder / "plan.xlsx")
    ((label, message),) = problems(engine, folder)
    assert "is not the file of which e1.txt is the text (its SHA-256 differs)" in message


def test_a_published_file_that_reads_otherwise_than_its_copy_is_told_with_the_lines(
    published: tuple[Engine, Path],
) -> None:
    engine, folder = published

    def tell(text: str | None) -> list[str]:
        report = verification.verify(engine, folder, read_original=lambda path: text)
        return [finding.message for finding in report.findings]

    assert tell(COPY) == tell(COPY.replace("\n", "\r\n")) == tell(None) == []
    (message,) = tell("Stop engines\nSwap new stoves\nWalk\n")
    assert message.startswith("plan.xlsx read again gives another text in 3 lines (2, 3, 4) of e1.")
    (message,) = tell("x\n" * 9)
    assert "10 lines (1, 2, 3, 4, 5 ...)" in message


def test_a_published_file_without_its_hash_cannot_be_checked_and_that_is_said(
    published: tuple[Engine, Path], tmp_path: Path
) -> None:
    _, folder = published
    text = (tmp_path / "plan.ttl").read_text()
    text = text.replace("'plan.xlsx' ;\n hwbs:sha256", "'plan.xlsx' ;\n dcterms:title")
    (tmp_path / "plan.ttl").write_text(text)
    engine = Embedded(corpus.open_store(base=[*corpus.vocabulary_files(), tmp_path / "plan.ttl"]))
    ((_, message),) = problems(engine, folder)
    assert message.endswith("is not told: add both.")
