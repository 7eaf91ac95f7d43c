"""The scripts of a page as one text: a policy that allows scripts by their hash lets no file in.

The scripts are ES modules, so that tools and Node read each as itself. Joined, each becomes a
function of its own, called after those it imports.

Out of scope: what the scripts do, and other forms of import than `import { a, b } from "./c.js";`.
"""

import re
from importlib import resources
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath

from hwbs_graph.text import normalise_newlines

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]*)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)


def join_scripts(entry: str, folder: Traversable | None = None) -> str:
    """Return an expression that runs `entry` of `folder` (`view/scripts`) and holds its exports.

    Raises ValueError where scripts import each other in a circle, or a name that is not exported,
    and for any other form of import or export.
    """
    modules = _Modules(folder or resources.files("hwbs_graph.view") / "scripts")
    modules.add(entry)
    body = "\n".join(f'modules["{name}"] = {text}' for name, text in modules.functions.items())
    opening = '(function () {\n"use strict";\nconst modules = {};'
    return f'{opening}\n{body}\nreturn modules["{entry}"];\n}})()'


class _Modules:
    """What each script has become, after the scripts that it imports; `exports` are its names."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self.functions: dict[str, str] = {}
        self.exports: dict[str, list[str]] = {}

    def add(self, name: str, *importers: str) -> None:
        if name in importers:
            circle = ", ".join((*importers, name))
            raise ValueError(f"Scripts import each other in a circle: {circle}.")
        if name in self.functions:
            return
        text = self._read(name)
        for names, path in _IMPORT.findall(text):
            imported = _resolve(name, path)
            self.add(imported, *importers, name)
            if missing := set(re.findall(r"\w+", names)) - set(self.exports[imported]):
                raise ValueError(f"{name} imports {min(missing)}; {imported} does not export it.")
        self.exports[name] = _EXPORT.findall(text)
        told = ", ".join(self.exports[name])
        self.functions[name] = (
            f"(function () {{\n{_as_body(name, text)}return {{ {told} }};\n}})();"
        )

    def _read(self, name: str) -> str:
        return normalise_newlines(self.folder.joinpath(name).read_text(encoding="utf-8"))


def _as_body(name: str, text: str) -> str:
    text = _IMPORT.sub(lambda it: f'const {{{it[1]}}} = modules["{_resolve(name, it[2])}"];', text)
    text = _EXPORT.sub("", text)
    if unknown := re.search(r"^(?:im|ex)port\b.*", text, re.MULTILINE):
        raise ValueError(f"{name} has a form of import or export that is not known: {unknown[0]}")
    return text


def _resolve(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))
