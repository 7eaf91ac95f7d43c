"""A plan as a diagram written as text: Mermaid for pages of notes, DOT for Graphviz.

Mermaid: https://mermaid.js.org/syntax/flowchart.html; DOT: https://graphviz.org/doc/info/lang.html

Out of scope: what the nodes and links are (`flat_network`).
"""

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hwbs_graph.store import Engine
from hwbs_graph.text import count
from hwbs_graph.write.export.flat_network import flatten_network, name_nodes

if TYPE_CHECKING:
    import networkx

#: What Mermaid draws unless its host says otherwise: so many links, so many characters.
_MOST_LINKS, _MOST_TEXT = 500, 50_000
#: A colour under this brightness (0 to 255) has white words on it.
_DARK = 140
_LOG = logging.getLogger(__name__)


def write_mermaid(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as a Mermaid flowchart, UTF-8.

    Where it is more than Mermaid draws by itself, the text says so, and a warning is logged.
    """
    graph, *_ = flatten_network(engine, plan)
    text = "\n".join(_list_mermaid_lines(graph)) + "\n"
    excess = _tell_excess(graph.number_of_edges(), len(text))
    if excess:
        _LOG.warning(excess)
        text = f"%% {excess}\n{text}"
    return text.encode()


def _list_mermaid_lines(graph: "networkx.DiGraph[str]") -> Iterator[str]:
    """Yield the nodes by number, as Mermaid takes no address for a name, then links and colours."""
    numbers = {iri: f"n{number}" for number, iri in enumerate(graph)}
    yield f"%% {graph.graph['title']}"
    yield "flowchart LR"
    for iri, label in name_nodes(graph).items():
        yield f'  {numbers[iri]}["{_escape_mermaid(label)}"]'
    for source, target in graph.edges:
        yield f"  {numbers[source]} --> {numbers[target]}"
    for colour, members in _group_by_colour(graph).items():
        name = f"c{colour[1:]}"
        yield f"  classDef {name} fill:{colour},color:{_choose_ink(colour)}"
        yield f"  class {','.join(numbers[iri] for iri in members)} {name}"


def _escape_mermaid(text: str) -> str:
    """Return text with all that Mermaid or HTML would read as more than text as entity codes."""
    return re.sub(r"""[#"<>&`\\\[\]{}();%|*_~]""", lambda found: f"#{ord(found[0])};", text)


def _tell_excess(links: int, characters: int) -> str:
    """Return a sentence on what Mermaid must be allowed to draw, "" where it draws it by itself."""
    allowed = [f"maxEdges {links}"] * (links > _MOST_LINKS)
    allowed += [f"maxTextSize {characters}"] * (characters > _MOST_TEXT)
    if not allowed:
        return ""
    drawn = f"{count(links, 'link')} and {count(characters, 'character')}"
    return f"Mermaid draws {drawn} only if its page sets {' and '.join(allowed)}."


def write_dot(engine: Engine, plan: str | None = None) -> bytes:
    """Return the plan as a DOT digraph, UTF-8; the name of a node is its address."""
    graph, *_ = flatten_network(engine, plan)
    return ("\n".join(_list_dot_lines(graph)) + "\n").encode()


def _list_dot_lines(graph: "networkx.DiGraph[str]") -> Iterator[str]:
    yield f"digraph {_quote(graph.graph['title'])} {{"
    yield "  rankdir=LR;"
    yield "  node [shape=box, style=filled, fontname=sans];"
    for iri, label in name_nodes(graph).items():
        data = graph.nodes[iri]
        said = {
            "label": label,
            "fillcolor": data["colour"],
            "fontcolor": _choose_ink(data["colour"]),
            "kind": data["kind"],
            "tooltip": data["sources"] or label,
        }
        yield f"  {_quote(iri)} [{_list_attributes(said)}];"
    for source, target, data in graph.edges(data=True):
        said = {"relation": data["relation"], "tooltip": data["sources"] or data["relation"]}
        yield f"  {_quote(source)} -> {_quote(target)} [{_list_attributes(said)}];"
    yield "}"


def _list_attributes(said: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quote(text)}" for name, text in said.items())


def _quote(text: str) -> str:
    """Return a quoted string of DOT: backslashes and quotes escaped, line ends written `\\n`."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _group_by_colour(graph: "networkx.DiGraph[str]") -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for iri, data in graph.nodes(data=True):
        groups.setdefault(data["colour"], []).append(iri)
    return groups


def _choose_ink(colour: str) -> str:
    """Return black or white, whichever is read better on a colour `#rrggbb`."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    # https://www.w3.org/TR/AERT/#color-contrast
    return "#ffffff" if (299 * red + 587 * green + 114 * blue) / 1000 < _DARK else "#000000"
