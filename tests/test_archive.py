"""ZIP archives: the same bytes whenever they are made, and readable for everybody."""

import io
import time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hwbs_graph.write.archive import pack_zip, repack_zip

FILES = {"README.txt": b"read me", "a folder/é.csv": b"x" * 1000}


def test_an_archive_holds_the_files_in_their_order_and_lets_everybody_read_them() -> None:
    with ZipFile(io.BytesIO(pack_zip(FILES))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert archive.namelist() == list(FILES)
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_DEFLATED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 & 0o777 for entry in archive.infolist()} == {0o644}


def test_an_archive_of_another_library_loses_its_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for now in (1_000_000_000.0, 2_000_000_000.0):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        out = io.BytesIO()
        with ZipFile(out, "w") as archive:
            for name, data in FILES.items():
                archive.writestr(name, data)
        made.append(out.getvalue())
    assert made[0] != made[1]
    assert repack_zip(made[0]) == repack_zip(made[1]) == pack_zip(FILES)
