"""Names the file that stands for each address of the server, and leads from one file to another.

A name is safe on every system and below any path: it holds letters, digits, dots and dashes, and
no two of them differ in case alone.

Out of scope: what is in the files.
"""

import hashlib
import re
from posixpath import dirname
from urllib.parse import unquote

from hwbs_graph.web.urls import page_url

_LONGEST = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]|^\.|\.$")
#: What ends the name of a thing's file, by the value of `?format=`.
ENDINGS = ("ttl", "jsonld", "json", "csv")


class FileNames:
    """The files of a site by the address that the server has for each."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._taken: set[str] = set()
        #: Whether a file is called otherwise than its address.
        self.renamed = False

    def add(self, address: str, name: str) -> str:
        """Let a file stand for an address; return its name, which may get a number of its own."""
        stem, dot, ending = name.rpartition(".")
        if name.lower() in self._taken:
            self.renamed = True
            digest = hashlib.sha256(address.encode()).hexdigest()[:12]
            name = f"{stem}-{digest}{dot}{ending}"
        self._taken.add(name.lower())
        self._files[address] = name
        return name

    def alias(self, address: str, file: str) -> None:
        """Let a file, or a place in it, stand for a further address."""
        self._files[address] = file

    def add_thing(self, iri: str) -> str:
        """Let files stand for the page of a thing and its formats; return that of the page.

        Returns "" for a thing that has no page here.
        """
        address = page_url(iri)
        if not address.startswith(("/id/", "/scheme/")):
            return ""
        parts = [_name_part(unquote(part)) for part in address[1:].split("/")]
        page = self.add(address, f"{'/'.join(parts)}.html")
        for format in ENDINGS:
            self.add(f"{address}?format={format}", f"{page.removesuffix('.html')}.{format}")
        return page

    def find(self, address: str) -> str:
        """Return the file of an address, "" where there is none."""
        return self._files.get(address, "")

    def lead(self, here: str, address: str) -> str:
        """Return the way from the file `here` to an address: relative, or elsewhere on the web.

        Returns "" for an address that only a server has.
        """
        path, mark, anchor = address.partition("#")
        found = self.find(path)
        if not found:
            return address if address.startswith(("http://", "https://", "mailto:")) else ""
        return _lead_on(dirname(here), found) + mark + anchor


def _lead_on(folder: str, file: str) -> str:
    """Return the way from a folder to a file, as `posixpath.relpath` does in ten times the time."""
    start, target = folder.split("/") if folder else [], file.split("/")
    same = 0
    while same < min(len(start), len(target) - 1) and start[same] == target[same]:
        same += 1
    return "../" * (len(start) - same) + "/".join(target[same:])


def _name_part(part: str) -> str:
    """Return a part of an address as a safe name, another one for each part."""
    safe = _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", part) or "_"
    if len(safe) <= _LONGEST:
        return safe
    return f"{safe[:60]}-{hashlib.sha256(part.encode()).hexdigest()[:16]}"
