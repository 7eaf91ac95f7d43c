"""Bundles the editor of the SPARQL page from npm, and puts the manual into a wheel.

Without npm, or where npm cannot reach its packages, the page has its plain text area, so the build
goes on and says so. `HWBS_EDITOR=require` in the environment makes that an error.

Out of scope: what the editor does (`editor/editor.js`).
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("package.json", "package-lock.json", "editor.js")
BUNDLE = Path("src", "hwbs_graph", "web", "static", "editor.bundle.js")
#: What of the manual a wheel holds beside its data, so that links lead from page to page.
MANUAL = ("*.md", "docs/*.md", "docs/*.png", "docs/*.svg")
#: Seconds for each of the two commands.
PATIENCE = 300


class BundleError(Exception):
    """The bundle could not be made; the message says why."""


class EditorHook(BuildHookInterface[Any]):
    """Makes the bundle before the files of the build are gathered, for an editable install too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle where it is missing or not of these sources, and add the manual."""
        if self.target_name == "wheel":
            build_data.setdefault("force_include", {}).update(list_manual(Path(self.root)))
        try:
            bundle(Path(self.root))
        except (BundleError, OSError) as error:
            if os.environ.get("HWBS_EDITOR") == "require":
                raise
            left = "an older editor" if (Path(self.root) / BUNDLE).exists() else "a plain text area"
            self.app.display_warning(f"hwbs: the SPARQL page has {left}: {error}")


def list_manual(root: Path) -> dict[str, str]:
    """Return the place in a wheel of each file of the manual."""
    files = (path for pattern in MANUAL for path in sorted(root.glob(pattern)))
    return {str(path): f"hwbs_graph/data/{path.relative_to(root).as_posix()}" for path in files}


def bundle(root: Path) -> None:
    """Write the bundle, unless it is there and made of the sources as they are."""
    sources, target = root / "editor", root / BUNDLE
    first = f"// Made of sources with the SHA-256 {_fingerprint(sources)}\n"
    if target.exists() and target.read_text("utf-8").startswith(first):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BundleError("npm is not installed")
    with TemporaryDirectory() as folder:
        work = Path(folder)
        for name in SOURCES:
            shutil.copy(sources / name, work)
        _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", at=work)
        _run(npm, "run", "build", at=work)
        text = (work / "bundle.js").read_text("utf-8")
        target.write_text(first + text + _licences(work), "utf-8", newline="\n")


def _fingerprint(sources: Path) -> str:
    """Return what changes with any source; times of files say nothing in an archive."""
    found = hashlib.sha256()
    for name in SOURCES:
        found.update((sources / name).read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def _run(*command: str, at: Path) -> None:
    try:
        done = subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BundleError(f"npm {command[1]} could not be run: {error}") from error
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + done.stdout).splitlines()]
        said = [line for line in lines if line and not line.startswith("npm warn")]
        raise BundleError(f"npm {command[1]} failed: {' '.join(said[:3])[:300]}")


def _licences(work: Path) -> str:
    """Return, as a comment, the licence of each package that is in the bundle."""
    inputs = json.loads((work / "bundle.json").read_text("utf-8"))["inputs"]
    found = {re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", path) for path in inputs}
    names = sorted({match[1] for match in found if match})
    texts = [f"{name}\n\n{_licence(work / 'node_modules' / name)}" for name in names]
    return "\n/*!\n" + "\n\n".join(texts).replace("*/", "* /") + "\n*/\n"


def _licence(package: Path) -> str:
    files = sorted(package.glob("LICEN[CS]E*"))
    if not files:
        raise BundleError(f"{package.name} has no licence text, so it cannot be passed on")
    return files[0].read_text("utf-8").strip()
