"""The store of the record that look-ups open: made whole or not at all, and the old ones removed.

It holds what the same look-up would read from files, with the names and the index of words.

Out of scope: where it lies and when it is current (`data.kept_record`); stores of one's own files.
"""

import os
import shutil
from contextlib import suppress
from itertools import chain
from pathlib import Path

from pyoxigraph import Store

from hwbs_graph import names
from hwbs_graph.data import corpus
from hwbs_graph.data.kept_record import FILE, KeptRecord
from hwbs_graph.errors import StoreError
from hwbs_graph.load.atomic_folder import replace_folder
from hwbs_graph.load.derived import name_quads
from hwbs_graph.names.kept_names import write_names
from hwbs_graph.names.word_search.word_index import write_index
from hwbs_graph.store import Embedded
from hwbs_graph.store.checksums import write_checksums

#: Stores of other versions or other places that are kept beside the newest.
_OTHERS = 2


def keep_record(kept: KeptRecord) -> Embedded:
    """Return the record in memory, and keep it as a store if this computer lets us."""
    engine = Embedded(corpus.open_store())
    # Another program may make it now, or nobody may write there: the next look-up tries again.
    with suppress(OSError, StoreError):
        kept.folder.parent.mkdir(parents=True, exist_ok=True)
        with replace_folder(kept.folder) as folder:
            _fill(folder, engine)
            write_checksums(folder)
            (folder / FILE).write_text(kept.made_of, "utf-8")
        _remove_others(kept.folder)
    return engine


def _fill(folder: Path, engine: Embedded) -> None:
    """Write the statements and the names of the record; the store is closed when this returns."""
    known = names.list_names(engine)
    store = Store(str(folder))
    store.bulk_extend(chain(engine.snapshot(), name_quads(known)))
    store.optimize()
    store.flush()
    write_names(known, folder)
    write_index(engine, known, folder)


def _remove_others(newest: Path) -> None:
    """Remove all stores beside the newest but the last few."""
    others = [path for path in newest.parent.glob("record-*") if path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_OTHERS:]:
        gone = path.with_name(f".{path.name}.{os.getpid()}")
        path.rename(gone)  # Windows refuses this for one that is open
        shutil.rmtree(gone, ignore_errors=True)
