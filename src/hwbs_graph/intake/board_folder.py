"""The folder of a board: the published files, their reading copies, the plan sheet and the graph.

    hwbs.yaml                      what the folder is
    documents/NAME                 the published file, byte for byte
    documents/NAME.reading.txt     its text, in which passages are counted
    reading.json                   what was read of it, which no decision changes
    mapping.yaml                   which column is what, for people to correct (`choices`)
    decisions.csv                  what people decided, only added to (`decisions`)
    plan.csv, questions.csv        the plan with the decisions in it, and what is open
    graph/KEY.ttl                  what is certain, with its passages
    edits.rdfp                     what people changed in it by hand (`hand_edits`)
    review.xlsx                    the open questions, to fill in (written by `cli`)

The plan, the questions and the graph are made of the reading and the decisions. `made.json` knows
them by their SHA-256, so that what was changed by hand is never overwritten unseen.

Out of scope: which answers there are (`answers`), and the next edition of a plan.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from hwbs_graph.data.atomic_file import write_folder
from hwbs_graph.data.files import BOARD_FILE, read_text
from hwbs_graph.errors import PathError, UsageError
from hwbs_graph.intake.apart import Reading, build_reading, dump_reading
from hwbs_graph.intake.choices import MAPPING_FILE, Choices, write_mapping
from hwbs_graph.intake.decisions import DECISIONS_FILE, Decision, add_rows, read_decisions
from hwbs_graph.intake.draft_graph import GraphWriter
from hwbs_graph.intake.editions import Edition, read_again, settle_rewordings, take_edition
from hwbs_graph.intake.folder_tables import write_json, write_plan, write_questions
from hwbs_graph.intake.hand_edits import (
    EDITS_FILE,
    NO_EDITS,
    Edits,
    carry_edits,
    find_edits,
    read_edits,
)
from hwbs_graph.intake.records import Details
from hwbs_graph.intake.replay import Decided, replay
from hwbs_graph.intake.statements import Names
from hwbs_graph.text import file_stem

_WELSH = re.compile(r"(?i)\b(cynllun|strategaeth|gweithredu|llesiant|bwrdd)\b")
READING_FILE, _MADE = "reading.json", "made.json"


def name_board(folder: Path, draft: dict[str, Any], title: str) -> Names:
    """Return what a board and its plan are called in addresses."""
    board = file_stem(folder.name or Path.cwd().name, "board")
    own = title or draft["plan"]["body"] or draft["plan"]["title"]
    years = (draft["plan"]["period"] or "").partition("-")[0]
    language = "cy" if _WELSH.search(draft["plan"]["title"]) else "en"
    return Names(board, own, f"{board}-{years or 'plan'}", language)


@dataclass(frozen=True)
class BoardFolder:
    """A board's folder: where it is, what it is called, what was read, and what was decided."""

    folder: Path
    names: Names
    reading: Reading
    decisions: tuple[Decision, ...] = ()
    edits: Edits = NO_EDITS
    #: The SHA-256 of the graph with edits that were found in it and are not in `edits.rdfp` yet.
    taken: str = ""

    @property
    def graph_name(self) -> str:
        """The name of the graph's file in the folder."""
        return f"graph/{self.names.plan}.ttl"

    def decide(self) -> Decided:
        """Return the plan with the decisions in it, which is worked out once."""
        return self._decided

    @cached_property
    def _decided(self) -> Decided:
        reading = settle_rewordings(self.reading, self.decisions)
        decided = replay(reading.draft, reading.effects, self.decisions)
        for action in decided.draft["actions"]:
            action["state"] = "gone" if action["id"] in reading.gone else action["state"]
        return decided

    def add(self, decisions: Sequence[Decision]) -> "BoardFolder":
        """Return the folder with further decisions; nothing is written."""
        return replace(self, decisions=(*self.decisions, *decisions))

    def make_files(self) -> tuple[dict[str, bytes], GraphWriter]:
        """Return the files that are made of the reading and the decisions, by name."""
        decided, writer = self.decide().draft, self._prepare_graph()
        files = {
            self.graph_name: self.edits.apply(writer.write()).encode("utf-8"),
            "plan.csv": write_plan(decided["actions"], writer.details),
            "questions.csv": write_questions(decided["questions"]),
        }
        made = {_MADE: write_json({name: _digest(files[name]) for name in files})}
        if self.edits or (self.folder / EDITS_FILE).is_file():
            made[EDITS_FILE] = self.edits.write()
        return files | made, writer

    def _prepare_graph(self) -> GraphWriter:
        """Return a writer of the graph, as it is without edits of people."""
        decided = self.decide().draft
        reading = settle_rewordings(self.reading, self.decisions)
        details = _keep_details(reading.details, decided["actions"])
        return GraphWriter(reading._replace(draft=decided, details=details), self.names)

    def take_edits(self) -> "BoardFolder":
        """Return the folder with what people changed in its graph since it was made.

        Nothing is written. Raises PathError and TurtleSyntaxError where it cannot be taken.
        """
        if self.graph_name not in list_changed(self) or not _is_as_made(self):
            return self
        path = self.folder / self.graph_name
        edits = find_edits(self._prepare_graph().write(), read_text(path), path)
        return replace(self, edits=edits, taken=_digest_file(path))

    def carry(self, later: "BoardFolder", side: str = "") -> "BoardFolder":
        """Return a later state of the folder with the edits of people in it, too.

        `side` says which counts where both changed something. Raises PathError.
        """
        if not self.edits:
            return later
        texts = [each._prepare_graph().write() for each in (self, later)]
        path = self.folder / self.graph_name
        edits = carry_edits(self.edits, texts[0], texts[1], path, side)
        # A decision may be undone, a reading not.
        kept = edits if later.reading == self.reading else edits.drop_settled(texts[1])
        return replace(later, edits=kept)


def check_new(folder: Path, paths: Sequence[Path]) -> None:
    """Refuse a folder that holds something, and files of one name. Raises PathError, UsageError."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise PathError(folder, "it is there already; name a new folder", "write")
    if len({path.name for path in paths}) < len(paths):
        raise UsageError("Two of the files have one name; rename one.")


def write_board(
    folder: Path,
    paths: Sequence[Path],
    reading: Reading,
    title: str,
    key: str = "",
    chosen: Choices | None = None,
) -> tuple[BoardFolder, GraphWriter]:
    """Write a board's folder, which must be new or empty, with what was `chosen` of how it is read.

    Raises PathError and UsageError.
    """
    check_new(folder, paths)
    names = name_board(folder, reading.draft, title)
    names = names._replace(plan=key or names.plan)
    board = BoardFolder(folder, names, reading)
    made, writer = board.make_files()
    files = {
        BOARD_FILE: _write_mark(names),
        READING_FILE: write_json({"names": names._asdict(), **dump_reading(reading)}),
        DECISIONS_FILE: add_rows(b"", []),
        MAPPING_FILE: write_mapping(reading.columns, chosen),
        **made,
    }
    for path, copy in zip(paths, reading.copies, strict=True):
        files[f"documents/{path.name}"] = path.read_bytes()
        files[f"documents/{copy.file_name}"] = copy.text.encode("utf-8")
    if folder.exists():
        folder.rmdir()
    write_folder(folder, files)
    return board, writer


def open_folder(folder: Path) -> BoardFolder:
    """Return a board's folder as `import` made it. Raises PathError and DataError."""
    path = folder / READING_FILE
    if not path.is_file():
        why = "it holds no reading.json, as `hwbs import` writes it; import the plan again"
        raise PathError(folder, why)
    try:
        value = json.loads(read_text(path))
        names, reading = Names(**value.pop("names")), build_reading(value)
    except (ValueError, TypeError, KeyError, AttributeError):
        why = "it is not as `hwbs import` wrote it; put it back, or import the plan again"
        raise PathError(path, why) from None
    edits = read_edits(folder / EDITS_FILE)
    return BoardFolder(folder, names, reading, tuple(read_decisions(folder)), edits)


def list_changed(board: BoardFolder) -> list[str]:
    """Return the made files of a board's folder that someone changed by hand since.

    A file that is as the decisions make it now is none: a program may have ended while writing.
    """
    path = board.folder / _MADE
    digests = json.loads(read_text(path)) if path.is_file() else {}
    changed = [
        name
        for name, digest in digests.items()
        if (board.folder / name).is_file()
        and _digest_file(board.folder / name) not in (digest, board.taken)
    ]
    files = board.make_files()[0] if changed else {}
    return [name for name in changed if (board.folder / name).read_bytes() != files.get(name)]


def refuse_changed(board: BoardFolder) -> None:
    """Raise PathError where someone changed a made file by hand, with what of it differs."""
    if not (changed := list_changed(board)):
        return
    path = board.folder / changed[0]
    made = board.make_files()[0].get(changed[0], b"").decode("utf-8-sig").splitlines()
    own = path.read_text("utf-8-sig", "replace").splitlines()
    added = [line.strip() for line in own if line not in made]
    lost = [line.strip() for line in made if line not in own]
    shown = "; ".join(f"“{line[:80]}”" for line in [*added, *lost][:3] if line)
    why = f"it was changed by hand since it was made ({shown or 'in its order'})"
    cure = "move it away, and its changes stay yours"
    if changed[0] == board.graph_name and _is_as_made(board):
        cure = f"hwbs update {board.folder} keeps its changes"
    raise PathError(path, f"{why}; {cure}", "write")


def _is_as_made(board: BoardFolder) -> bool:
    """Say whether this program makes the graph as it was made, so that edits can be told."""
    digests = json.loads(read_text(board.folder / _MADE))
    data = board.make_files()[0][board.graph_name]
    return bool(digests.get(board.graph_name) == _digest(data))


def save_decisions(board: BoardFolder, decisions: Sequence[Decision]) -> BoardFolder:
    """Add decisions to a board's folder, and make its plan anew.

    Raises PathError, before anything is written, where a made file was changed by hand.
    """
    refuse_changed(board)
    path = board.folder / DECISIONS_FILE
    before = path.read_bytes() if path.is_file() else b""
    decided = board.carry(board.add(decisions))
    files, _ = decided.make_files()
    write_folder(board.folder, {DECISIONS_FILE: add_rows(before, decisions), **files})
    return replace(decided, taken="")


def read_edition(board: BoardFolder, paths: Sequence[Path], new: Reading) -> Edition:
    """Return the next edition of a board's plan; nothing is written.

    A document whose name is taken gets another one, as the earlier one stays. The same documents
    again are no new edition, unless their columns are read otherwise.
    """
    last = board.reading
    current = last.copies[last.first :]
    if [copy.digest for copy in new.copies] == [copy.digest for copy in current]:
        if new.columns == last.columns and _list_steps(new) == _list_steps(last):
            return Edition(last, [])
        names = [copy.name for copy in current]
        again = [replace(copy, name=name) for copy, name in zip(new.copies, names, strict=True)]
        return read_again(last, new._replace(copies=again), board.decisions)
    used = {copy.name for copy in last.copies}
    copies = []
    for copy in new.copies:
        name = _find_free(copy.name, used)
        used.add(name)
        copies.append(replace(copy, name=name))
    return take_edition(last, new._replace(copies=copies), board.decisions)


def _list_steps(reading: Reading) -> list[tuple[str, str]]:
    """Return where the document reports of an action, and how far it is read to have got."""
    actions = (each for each in reading.draft["actions"] if each["id"] not in reading.gone)
    return sorted((e["place"], e["progress"] or "") for each in actions for e in each["updates"])


def _find_free(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number = 2
    found = name
    while found in used:
        found, number = f"{stem}-{number}{dot}{ending}", number + 1
    return found


def save_edition(
    board: BoardFolder, paths: Sequence[Path], edition: Edition, side: str = ""
) -> list[str]:
    """Write the next edition into a board's folder, and return the names of what was written.

    `side` says what counts where a person and the edition changed the same thing.

    Nothing is written if all is as it should be. The reading comes before what is made of it, so
    that a program that ends while writing leaves what the next one completes. Raises PathError,
    before anything is written, where a made file was changed by hand.
    """
    refuse_changed(board)
    later = board.carry(replace(board, reading=edition.reading), side)
    new = edition.reading.copies[edition.reading.first :] if edition.changes else []
    files: dict[str, bytes] = {}
    for path, copy in zip(paths, new, strict=False):
        files[f"documents/{copy.name}"] = path.read_bytes()
        files[f"documents/{copy.file_name}"] = copy.text.encode("utf-8")
    stored = {"names": board.names._asdict(), **dump_reading(edition.reading)}
    files[READING_FILE] = write_json(stored)
    files |= later.make_files()[0]
    changed = {
        name: data
        for name, data in files.items()
        if not (board.folder / name).is_file() or (board.folder / name).read_bytes() != data
    }
    if changed:
        write_folder(board.folder, changed)
    return [*changed]


def _keep_details(details: Details, actions: Sequence[dict[str, Any]]) -> Details:
    """Return what is told of the actions that are left, and of the measures that are."""
    kept, measured = {each["id"] for each in actions}, {e["id"] for e in actions if e["measure"]}
    return details._replace(
        measures={key: each for key, each in details.measures.items() if key in measured},
        placements={key: each for key, each in details.placements.items() if key in kept},
    )


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _digest_file(path: Path) -> str:
    return _digest(path.read_bytes())


def _write_mark(names: Names) -> bytes:
    import yaml

    values = {
        "title": names.title,
        "board": f"board/{names.board}",
        "documents": "documents",
        "graph": "graph",
    }
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False).encode("utf-8")
