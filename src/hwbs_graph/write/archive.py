"""ZIP archives that are the same bytes whenever and wherever they are made.

Out of scope: what the files hold.
"""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The earliest date and time that a ZIP archive can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: Each file claims to come from Unix, and may be read by everybody who unpacks it.
_UNIX, _READABLE = 3, 0o644 << 16


def pack_zip(files: Mapping[str, bytes]) -> bytes:
    """Return `files`, bytes by name, as one ZIP archive in their order."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, data)
    return out.getvalue()


def repack_zip(data: bytes) -> bytes:
    """Return an archive that another library wrote, without its dates."""
    with ZipFile(BytesIO(data)) as archive:
        return pack_zip({name: archive.read(name) for name in archive.namelist()})
