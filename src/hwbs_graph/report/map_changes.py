"""What people changed on a map of a plan, as notes of the room: each said of a thing of the record.

A merge, a split and a move are told as such where the links show them; whatever is not, as what was
added and crossed out. Nothing changes the record: the notes are what a room said.

Out of scope: reading the map (`edited_maps`), and counting notes (`room_notes`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hwbs_graph.data import bundled
from hwbs_graph.errors import DataError
from hwbs_graph.report.edited_maps import EditedMap, MapThing
from hwbs_graph.report.room_notes import RoomNote
from hwbs_graph.text import one_line

if TYPE_CHECKING:
    import networkx

#: One link that goes and one that comes may have nothing to do with each other.
_FEWEST = 2
Link = tuple[str, str]
Change = tuple[str, str, int]


class _Edits(NamedTuple):
    """A map beside the plan: the IRI or key of each thing, what is gone, new, and the links."""

    labels: dict[str, str]
    gone: list[str]
    new: list[str]
    cut: set[Link]
    drawn: set[Link]


def find_changes(
    plan: "networkx.DiGraph[str]", edited: EditedMap, group: str = "", date: str = ""
) -> list[RoomNote]:
    """Return a note for each change and for each vote; `plan` is what `network.project_plan` gives.

    The id of a note follows from what it says, so that a map read twice counts once. Raises
    DataError for a map that shows nothing of the plan: all would be added and all crossed out.
    """
    names = _list_names(plan)
    known = _match(edited, names)
    _reject_other_plan(plan, {*known.values()})
    edits = _compare(plan, edited, known, names)
    top = str(plan.graph.get("plan", ""))
    changes = [
        *_tell_renamed(edited, known, names),
        *_tell_structure(plan, edits, top),
        *((known[key], "", thing.votes) for key, thing in edited.things.items() if key in known),
    ]
    kept = ((item, text, votes) for item, text, votes in changes if text or votes)
    return [_make_note(*change, group, date) for change in kept]


def _reject_other_plan(plan: "networkx.DiGraph[str]", known: set[str]) -> None:
    """Partners and determinants alone do not tell: they stand on the maps of several plans."""
    shared = {kind.name for kind in bundled.registry().kinds if kind.shared}
    own = {iri for iri, data in plan.nodes(data=True) if data.get("kind") not in shared}
    if own and not own & known:
        title = f" of “{plan.graph['title']}”" if plan.graph.get("title") else ""
        raise DataError(f"The map shows nothing{title}; name its own plan with --plan.")


def _make_note(item: str, text: str, votes: int, group: str, date: str) -> RoomNote:
    said = "\n".join((item, text, str(votes), group))
    return RoomNote(hashlib.sha256(said.encode()).hexdigest()[:16], item, text, group, votes, date)


def _list_names(plan: "networkx.DiGraph[str]") -> dict[str, list[str]]:
    """Return what each thing may be called on a map: with its code, without, and short."""
    return {
        iri: [
            one_line(f"{data.get('code', '')} {data.get('label') or iri}"),
            one_line(str(data.get("label") or iri)),
            one_line(str(data.get("short") or "")),
        ]
        for iri, data in plan.nodes(data=True)
    }


def _match(edited: EditedMap, names: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the IRI of each thing that is of the record, by its key in the file.

    By address first; of several copies of one address the one with its name is it. Then by a name
    that only one thing of the record has, and that has no other thing on the map yet.
    """
    found: dict[str, str] = {}
    copies: dict[str, list[MapThing]] = defaultdict(list)
    for thing in edited.things.values():
        address = thing.address or thing.key
        if address in names:
            copies[address].append(thing)
    for iri, things in copies.items():
        named = [each for each in things if _is_named(each.label, names[iri])]
        found[(named or things)[0].key] = iri
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, forms in names.items():
        for form in forms:
            owners[form.casefold()].add(iri)
    taken = {*found.values()}
    for key, thing in edited.things.items():
        own = owners.get(thing.label.casefold(), set()) - taken
        if key not in found and len(own) == 1:
            found[key] = own.pop()
            taken.add(found[key])
    return found


def _is_named(label: str, forms: Iterable[str]) -> bool:
    """Say whether a label is one of the forms, perhaps with the number of a namesake behind it."""
    plain = label.casefold()
    return any(
        plain == form.casefold() or plain.startswith(f"{form.casefold()} (") for form in forms
    )


def _compare(
    plan: "networkx.DiGraph[str]",
    edited: EditedMap,
    known: Mapping[str, str],
    names: Mapping[str, list[str]],
) -> _Edits:
    keys = {key: known.get(key, f"new:{key}") for key in edited.things}
    labels = {iri: forms[0] for iri, forms in names.items()}
    labels |= {keys[key]: thing.label for key, thing in edited.things.items() if key not in known}
    now, before = {(keys[one], keys[other]) for one, other in edited.links}, {*plan.edges}
    return _Edits(
        labels,
        [iri for iri in names if iri not in {*known.values()}],
        [keys[key] for key in edited.things if key not in known],
        before - now,
        now - before,
    )


def _tell_renamed(
    edited: EditedMap, known: Mapping[str, str], names: Mapping[str, list[str]]
) -> list[Change]:
    return [
        (iri, f"Renamed to “{edited.things[key].label}”.", 0)
        for key, iri in known.items()
        if not _is_named(edited.things[key].label, names[iri])
    ]


def _tell_structure(plan: "networkx.DiGraph[str]", edits: _Edits, top: str) -> list[Change]:
    """Tell merges, splits and moves, and take their links out of what is told one by one."""
    cut, drawn = set(edits.cut), set(edits.drawn)
    changes = [_tell_gone(iri, edits, cut, drawn) for iri in edits.gone]
    changes += [_tell_new(iri, edits, cut, drawn, top) for iri in edits.new]
    changes += _tell_moved(plan, edits.labels, cut, drawn)
    changes += [
        (one, f"Crossed out: the link to “{edits.labels[other]}”.", 0) for one, other in sorted(cut)
    ]
    changes += [
        (one, f"Added: a link to “{edits.labels[other]}”.", 0) for one, other in sorted(drawn)
    ]
    return changes


def _around(iri: str, links: Iterable[Link]) -> set[Link]:
    """Return links of a thing without it: "" stands for its end."""
    return {("", other) if one == iri else (one, "") for one, other in links if iri in (one, other)}


def _replace(links: Iterable[Link], iri: str) -> set[Link]:
    return {(one or iri, other or iri) for one, other in links}


def _shows(passed: set[Link], of: set[Link]) -> bool:
    """Say whether so many links passed from one thing to another that it cannot be by chance."""
    return len(passed) >= _FEWEST and 2 * len(passed) >= len(of)


def _tell_gone(iri: str, edits: _Edits, cut: set[Link], drawn: set[Link]) -> Change:
    """Tell a thing that is gone: merged into the one that took over its links, or crossed out."""
    lost = _around(iri, cut)
    heirs = sorted({end for link in drawn for end in link if end not in edits.new})
    taken = {heir: lost & _around(heir, drawn) for heir in heirs}
    heir = max(heirs, key=lambda each: len(taken[each]), default="")
    cut -= _replace(lost, iri)
    if heir and _shows(taken[heir], lost):
        drawn -= _replace(taken[heir], heir)
        return iri, f"Merged into “{edits.labels[heir]}”.", 0
    return iri, "Crossed out.", 0


def _tell_new(iri: str, edits: _Edits, cut: set[Link], drawn: set[Link], top: str) -> Change:
    """Tell a thing that is new: split from the one whose links it took, or added below another."""
    own = _around(iri, drawn)
    donors = sorted({end for link in cut for end in link})
    given = {donor: own & _around(donor, cut) for donor in donors}
    donor = max(donors, key=lambda each: len(given[each]), default="")
    drawn -= _replace(own, iri)
    if donor and _shows(given[donor], own):
        cut -= _replace(given[donor], donor)
        return donor, f"Split: “{edits.labels[iri]}” is apart from it.", 0
    beside = sorted(end for link in own for end in link if end and not end.startswith("new:"))
    linked = f", linked to “{edits.labels[beside[0]]}”" if beside else ""
    return (beside[0] if beside else top), f"Added: “{edits.labels[iri]}”{linked}.", 0


def _tell_moved(
    plan: "networkx.DiGraph[str]", labels: Mapping[str, str], cut: set[Link], drawn: set[Link]
) -> list[Change]:
    """Tell what stands under another thing of the same kind than before."""
    changes: list[Change] = []
    for old, thing in sorted(cut):
        kind = plan.nodes[old].get("kind")
        places = sorted(one for one, other in drawn if other == thing and one in plan)
        alike = [one for one in places if plan.nodes[one].get("kind") == kind]
        if alike and kind != "action":  # a partner is not moved from one action to another
            cut.discard((old, thing))
            drawn.discard((alike[0], thing))
            changes.append((thing, f"Moved from “{labels[old]}” to “{labels[alike[0]]}”.", 0))
    return changes
