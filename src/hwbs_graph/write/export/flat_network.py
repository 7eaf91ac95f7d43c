"""The network of a plan without lists: what a format of nodes and links can carry.

The nodes and links are those of the picture (`network.project_plan`). A theme and what belongs to
it alone share a hue, paler with each step down; partners and what spans themes are grey.

Out of scope: positions, which the programs that read it work out themselves.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hwbs_graph import network
from hwbs_graph.data import bundled
from hwbs_graph.model.kinds import Kind
from hwbs_graph.model.vocabulary import HWBS
from hwbs_graph.query.periods import word_over
from hwbs_graph.store import Engine
from hwbs_graph.text import xml_line, xml_text

if TYPE_CHECKING:
    import networkx

Colour = tuple[int, int, int]
#: One hue for each theme in printed order, again from the first after the last.
_HUES: tuple[Colour, ...] = (
    (17, 119, 119),
    (153, 51, 255),
    (221, 51, 0),
    (34, 17, 136),
    (102, 0, 34),
)
_GREY: Colour = (61, 72, 84)
#: The size of a node whose kind is not known.
_USUAL = 10.0


class FlatNetwork(NamedTuple):
    """The network of a plan: a graph of text and numbers, and what of it is no text.

    A node has label, short, kind, code, order, details, sources, notes, theme and colour (hex); a
    link has relation, basis, sources, weight and, where it is printed, role. What was a list is
    text, a line for each. `colours` and `themes` hold, by the address of a node, its colour as
    three numbers and the names of the themes that lead to it, in printed order.
    """

    graph: "networkx.DiGraph[str]"
    colours: dict[str, Colour]
    themes: dict[str, list[str]]


def flatten_network(engine: Engine, plan: str | None) -> FlatNetwork:
    """Return the network of a plan; without `plan`, `network.choose_plan` chooses."""
    import networkx

    drawn = network.project_plan(engine, plan)
    themes = _find_themes(drawn)
    ranked = _rank_themes(drawn)
    paints = {
        iri: _choose_colour(kind, themes[iri], ranked) for iri, kind in _list_kinds(drawn).items()
    }
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.graph.update(_flatten_heading(drawn.graph))
    reached = {
        iri: [xml_line(drawn.nodes[theme]["short"]) for theme in themes[iri]] for iri in drawn
    }
    for iri, data in drawn.nodes(data=True):
        graph.add_node(
            iri,
            **_flatten_node(iri, data),
            theme=", ".join(reached[iri]),
            colour=_write_hex(paints[iri]),
        )
    for source, target, data in drawn.edges(data=True):
        relation = _name_relation(str(drawn.nodes[target].get("kind")))
        graph.add_edge(source, target, relation=relation, **_flatten_edge(data))
    return FlatNetwork(graph, paints, reached)


def _flatten_heading(heading: Mapping[str, Any]) -> dict[str, str]:
    """Return what is said of the plan as lines of text; the title says that its period is over."""
    over = f" ({word_over(heading['over'])})" if heading["over"] else ""
    return {
        "title": xml_line(f"{heading['title']}{over}"),
        "subtitle": xml_line(heading["subtitle"]),
        "plan": xml_line(heading["plan"]),
        "details": _join_details(heading["details"]),
    }


def _join_details(details: Iterable[tuple[str, str]]) -> str:
    return xml_text("\n".join(f"{head}: {text}" for head, text in details))


def _flatten_node(iri: str, data: Mapping[str, Any]) -> dict[str, str | int]:
    """Return the attributes of a node; a partner that the record does not describe has few."""
    label = xml_line(data.get("label") or iri)
    return {
        "label": label,
        "short": xml_line(data.get("short") or label),
        "kind": xml_line(data.get("kind") or "thing"),
        "code": xml_line(data.get("code") or ""),
        "order": data.get("order", 0),
        "details": _join_details(data.get("details", ())),
        "sources": _join_sources(data.get("sources", ())),
        "notes": xml_text("\n".join(data.get("notes", ()))),
        # Programs that give ids of their own keep it.
        "address": xml_line(iri),
    }


def _flatten_edge(data: Mapping[str, Any]) -> dict[str, str | float]:
    # Gephi lays out by weight: how often the document names the partner for the action.
    edge: dict[str, str | float] = {
        "basis": xml_line(data["basis"]),
        "sources": _join_sources(data["sources"]),
        "weight": float(max(1, len(data["sources"]))),
    }
    return edge | ({"role": xml_line(data["role"])} if "role" in data else {})


def _join_sources(sources: Iterable[Mapping[str, Any]]) -> str:
    """Return a line for each passage: “words”, document, line and place."""
    return "\n".join(
        xml_line(f"“{each['printed']}”, {each['document']}, line {each['line']} ({each['place']})")
        for each in sources
    )


def _list_kinds(graph: "networkx.DiGraph[str]") -> dict[str, str]:
    return {iri: str(data.get("kind") or "thing") for iri, data in graph.nodes(data=True)}


def _rank_themes(graph: "networkx.DiGraph[str]") -> list[str]:
    themes = [iri for iri, kind in _list_kinds(graph).items() if kind == "theme"]
    return sorted(themes, key=lambda iri: (graph.nodes[iri]["order"], iri))


def _find_themes(graph: "networkx.DiGraph[str]") -> dict[str, list[str]]:
    """Return the themes that lead to each node, in printed order; a theme leads to itself."""
    import networkx

    found: dict[str, list[str]] = {iri: [] for iri in graph}
    for theme in _rank_themes(graph):
        for iri in (theme, *networkx.descendants(graph, theme)):
            found[iri].append(theme)
    return found


def _choose_colour(kind: str, themes: list[str], ranked: list[str]) -> Colour:
    known = _find_kind(kind)
    if (known and known.shared) or len(themes) != 1:
        return _GREY
    hue = _HUES[ranked.index(themes[0]) % len(_HUES)]
    paleness = known.paleness if known else 0.0
    red, green, blue = (round(part + (255 - part) * paleness) for part in hue)
    return red, green, blue


def _write_hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def choose_size(kind: str) -> float:
    known = _find_kind(kind)
    return known.size if known else _USUAL


def _name_relation(kind: str) -> str:
    """Return what a link says, by the kind of thing it leads to."""
    known = _find_kind(kind)
    if known is None:
        return "is linked to"
    involves = bundled.registry().relations[HWBS.Involvement.value].forward
    return involves if known.shared else f"has the {kind}"


def _find_kind(name: str) -> Kind | None:
    return next((kind for kind in bundled.registry().columns if kind.name == name), None)


def name_nodes(graph: "networkx.DiGraph[str]") -> dict[str, str]:
    """Return a label for each node that no other has: code and label, with a number if needed.

    Programs for workshops join links to things by label.
    """
    named: dict[str, str] = {}
    taken: set[str] = set()
    for iri, data in graph.nodes(data=True):
        wanted = " ".join(filter(None, (data["code"], data["label"])))
        options = (wanted, *(f"{wanted} ({number})" for number in range(2, len(graph) + 2)))
        named[iri] = next(label for label in options if label.casefold() not in taken)
        taken.add(named[iri].casefold())
    return named
