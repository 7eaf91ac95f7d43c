"""Whether this installation has the editor of the SPARQL page, which is made at the build.

Out of scope: the page (`pages.editor`) and making the bundle (hatch_build.py).
"""

from pathlib import Path

#: CodeMirror, which the build makes with npm, in the folder `static`: an installation may lack it.
BUNDLE = "editor.bundle.js"


def has_editor_bundle() -> bool:
    """Say whether this installation has the bundle."""
    return (Path(__file__).parent / "static" / BUNDLE).is_file()
