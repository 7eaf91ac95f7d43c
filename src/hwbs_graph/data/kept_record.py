"""Where this computer keeps the record as a store, so that a look-up need not read its Turtle.

Like Python's compiled modules it is derived, made at the first use, and left aside as soon as its
sources are others. HWBS_CACHE names the folder that holds it; where it is empty, none is kept.

Out of scope: making the store (`load.record_store`) and opening it (`store`).
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pyoxigraph

from hwbs_graph.data import bundled
from hwbs_graph.data.corpus import bundled_files

#: The variable of the environment that names the folder of the stores.
VARIABLE = "HWBS_CACHE"
#: The file in a store that says what it was made of.
FILE = "MADE-OF"
#: The folders of the code that says what stands in the store, below our own and below `queries`.
_ROOMS = ("data", "model", "names", "names/word_search")
_QUERIES = ("internal", "trust")


class KeptRecord(NamedTuple):
    """The folder of a store, which may not exist yet, and what it has to be made of."""

    folder: Path
    made_of: str

    def is_current(self) -> bool:
        """Say whether the folder holds a whole store that was made of the sources as they are."""
        try:
            return (self.folder / FILE).read_text("utf-8") == self.made_of
        except (OSError, UnicodeDecodeError):
            return False


def find_kept_record(environment: Mapping[str, str] = os.environ) -> KeptRecord | None:
    """Return the store of the record as it is now; None where this computer is to keep none."""
    cache = _find_cache(environment)
    if cache is None:
        return None
    made_of = describe_sources()
    return KeptRecord(cache / f"record-{crc32(made_of.encode()):08x}", made_of)


def _find_cache(environment: Mapping[str, str]) -> Path | None:
    """Return the folder for what programs may make anew, as each system has its own."""
    if VARIABLE in environment:
        return Path(environment[VARIABLE]).absolute() if environment[VARIABLE] else None
    home = environment.get("HOME")
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = home and f"{home}/Library/Caches"
    else:  # https://specifications.freedesktop.org/basedir-spec/latest/
        base = environment.get("XDG_CACHE_HOME") or (home and f"{home}/.cache")
    return Path(base) / "hwbs" if base and os.path.isabs(base) else None


def describe_sources() -> str:
    """Return all that a store of the record is made of: engine, data, rules and code.

    Data and rules count by what they hold. Code and its queries count by times and sizes, as for
    Python itself.
    """
    ontology = bundled.folder("ontology")
    rules = [ontology / "kinds.ttl", *sorted((ontology / "rules").glob("*.rq"))]
    data = [_describe_file(path) for path in (*bundled_files(), *rules)]
    package, queries = Path(__file__).parents[1], bundled.folder("queries")
    code = [f"{package}/{room}" for room in _ROOMS] + [f"{queries}/{name}" for name in _QUERIES]
    return "\n".join([pyoxigraph.__version__, *data, *map(_describe_folder, code)])


def _describe_file(path: Path) -> str:
    data = path.read_bytes()
    return f"{path} {len(data)} {crc32(data):08x}"


def _describe_folder(folder: str) -> str:
    """Return a line with name, size and time of each file in a folder."""
    with os.scandir(folder) as entries:
        files = sorted((each.name, each.stat()) for each in entries if not each.is_dir())
    told = (f"{name} {each.st_size} {each.st_mtime_ns}" for name, each in files)
    return f"{folder}: {', '.join(told)}"
