"""Checks what a wheel and a source archive hold, and what they say of themselves.

    python packaging/check_archives.py dist

Out of scope: whether the description reads as Markdown (`twine check --strict`).
"""

import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent
#: The folder in a wheel for each folder of the checkout; the manual's pages are a selection.
PLACES = {
    "src/hwbs_graph": "hwbs_graph",
    **{each: f"hwbs_graph/data/{each}" for each in ("examples", "graph", "ontology", "queries")},
}
LEFT_OUT = ("__pycache__", "node_modules", ".pyc", ".part")
#: What nobody can build or test without.
NEEDED = ("pyproject.toml", "hatch_build.py", "constraints.txt", "tests/conftest.py", ".ci/run")


def main(folder: Path) -> list[str]:
    """Return a sentence for each fault of the two archives in a folder."""
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        held = {each for each in archive.namelist() if not each.endswith("/")}
        said = next(each for each in held if each.endswith(".dist-info/METADATA"))
        faults = [*find_faults_of_wheel(held), *find_faults_of_words(archive.read(said))]
    with tarfile.open(source) as archive:
        inside = {str(PurePosixPath(*PurePosixPath(each).parts[1:])) for each in archive.getnames()}
    missing = [each for each in (*NEEDED, *list_files("src/hwbs_graph")) if each not in inside]
    return [*faults, *(f"The source archive lacks {each}." for each in missing)]


def list_files(folder: str) -> Iterator[str]:
    """Yield each file below a folder of the checkout, but what a run leaves there."""
    for path in sorted((ROOT / folder).rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and not any(each in name for each in LEFT_OUT):
            yield name


def find_faults_of_wheel(held: set[str]) -> Iterator[str]:
    """Compare the files of a wheel with those of the checkout."""
    due = {
        f"{place}{name.removeprefix(folder)}"
        for folder, place in PLACES.items()
        for name in list_files(folder)
    }
    yield from (f"The wheel lacks {each}." for each in sorted(due - held))
    others = (each for each in sorted(held - due) if ".dist-info/" not in each)
    for each in others:
        if not each.startswith("hwbs_graph/data/") or not each.endswith((".md", ".png", ".svg")):
            yield f"The wheel holds {each}, which the package does not."


def find_faults_of_words(encoded: bytes) -> Iterator[str]:
    """Compare what a wheel says of itself with pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said: Message = message_from_bytes(encoded)
    due = {
        "Name": project["name"],
        "Version": project["version"],
        "Summary": project["description"],
        "Requires-Python": project["requires-python"],
        "License-Expression": project["license"],
    }
    for key, value in due.items():
        if said[key] != value:
            yield f"The wheel says {key}: {said[key]}, and pyproject.toml {value}."
    extras = sorted(project["optional-dependencies"])
    if sorted(said.get_all("Provides-Extra", [])) != extras:
        yield f"The wheel has other extras than {', '.join(extras)}."


if __name__ == "__main__":
    found = main(Path(sys.argv[1]))
    print("\n".join(found) or "The archives hold what they should.")
    sys.exit(bool(found))
