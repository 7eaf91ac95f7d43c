"""What is known of one partner or one thing, gathered for a person who asks for it by name.

Out of scope: finding the thing (`names`), and writing other formats than text.
"""

import textwrap
from collections.abc import Iterator
from typing import Any

from hwbs_graph.grouping import Row, group_pairs, group_rows
from hwbs_graph.model.vocabulary import shorten
from hwbs_graph.names import Thing
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count, heading

#: The heading gives the label, and a shortcut is shown with the statement behind it.
_SAID_ELSEWHERE = ("prefLabel", "involves")


def partner(engine: Engine, thing: Thing) -> dict[str, Any]:
    """Return a partner's responsibilities, ready for JSON.

    `partner` has iri, label, type and aliases; `facts` what is known of the body; `actions`
    one entry each with the words as printed, their source and the other partners; `notes`
    the quality notes; `counts` the totals.
    """
    profile = run_named(engine, "report/partner-profile", partner=thing.iri)
    mentions = run_named(engine, "report/partner-responsibilities", partner=thing.iri)
    beside = group_pairs(
        (row["action"], row["otherLabel"])
        for row in run_named(engine, "report/co-partners-by-action", partner=thing.iri)
    )
    actions = [_action(group, beside) for group in group_rows(mentions, "action").values()]
    names = ("also printed or called", "misprinted as")
    return {
        "partner": {
            "iri": thing.iri,
            "label": thing.label,
            "type": next((row["value"] for row in profile if row["fact"] == "kind"), ""),
            "aliases": [row["value"] for row in profile if row["fact"] in names],
        },
        "facts": [row for row in profile if row["fact"] not in (*names, "name", "kind")],
        "actions": actions,
        "notes": run_named(engine, "trust/notes-about-thing", thing=thing.iri),
        "counts": {
            "actions": len(actions),
            "objectives": len({row["objective"] for row in mentions}),
            "themes": len({row["theme"] for row in mentions}),
            "mentions": len(mentions),
            "partners": len({name for names in beside.values() for name in names}),
        },
    }


def partner_text(sheet: dict[str, Any], width: int = 80) -> str:
    """Return the sheet of `partner` as text for a terminal `width` columns wide."""
    who, counts = sheet["partner"], sheet["counts"]
    lines = [f"{who['label']} ({who['type']})"]
    lines += [
        f"{count(counts['actions'], 'action')} under {count(counts['objectives'], 'objective')} "
        f"in {count(counts['themes'], 'theme')}, with {count(counts['partners'], 'other partner')}"
    ]
    for row in sheet["facts"]:
        sure = f" (confidence {row['confidence']})" if row["confidence"] else ""
        lines += _wrap(f"{row['fact'].capitalize()}: {row['value']}{sure}", width, "", "  ")
    theme = objective = None
    for action in sheet["actions"]:
        if action["theme"] != theme:
            theme, objective = action["theme"], None
            lines += ["", theme]
        if action["objective"] != objective:
            objective = action["objective"]
            lines += _wrap(f"{action['objectiveCode']} {objective}", width, "  ", "    ")
        lines += _action_lines(action, width)
    lines += _note_lines(sheet["notes"], width)
    return "\n".join(lines) + "\n"


def partner_records(sheet: dict[str, Any]) -> list[Row]:
    """Return the sheet of `partner` as rows for a spreadsheet: one for each printed mention."""
    return [
        {
            "partner": sheet["partner"]["label"],
            "plan": action["plan"],
            "theme": action["theme"],
            "objective": f"{action['objectiveCode']} {action['objective']}",
            "code": action["code"],
            "action": action["label"],
            "printedAs": source["printed"],
            "document": source["document"],
            "line": str(source["line"]),
            "place": source["place"],
            "basis": action["basis"],
            "withPartners": "; ".join(action["withPartners"]),
            "iri": action["iri"],
        }
        for action in sheet["actions"]
        for source in action["sources"]
    ]


def thing(engine: Engine, found: Thing) -> dict[str, Any]:
    """Return everything known of one thing, ready for JSON.

    `thing` has iri, label and kind; `links` its direct links, `statements` those that could
    be disputed with their basis and passages, `history` what became of it and what it was,
    `sources` where it is printed, `notes` the quality notes.
    """
    return {
        "thing": {"iri": found.iri, "label": found.label, "kind": found.kind},
        "links": run_named(engine, "network/links-of-thing", thing=found.iri),
        "statements": run_named(engine, "trust/statements-about-thing", thing=found.iri),
        "history": run_named(engine, "report/history-of-thing", thing=found.iri),
        "sources": run_named(engine, "trust/passages-of-thing", thing=found.iri),
        "notes": run_named(engine, "trust/notes-about-thing", thing=found.iri),
    }


def thing_text(sheet: dict[str, Any], width: int = 80) -> str:
    """Return the sheet of `thing` as text for a terminal `width` columns wide."""
    head = sheet["thing"]
    lines = [*_wrap(f"{head['label']} ({head['kind']})", width), head["iri"]]
    lines += _link_lines(sheet["links"], "out", width)
    lines += _link_lines(sheet["links"], "in", width)
    told = {row["event"] for row in sheet["history"]}
    disputable = [row for row in sheet["statements"] if row["statement"] not in told]
    if disputable:
        lines += ["", "Links with their basis"]
    for group in group_rows(disputable, "statement").values():
        lines += _statement_lines(group, width)
    if sheet["history"]:
        lines += ["", "History"]
    for group in group_rows(sheet["history"], "event").values():
        lines += _history_lines(group, width)
    if sheet["sources"]:
        lines += ["", "Where it is printed"]
    for row in sheet["sources"]:
        lines += _wrap(_source_line(row), width, "  ", "      ")
    lines += _note_lines(sheet["notes"], width)
    return "\n".join(lines) + "\n"


def _action(mentions: list[Row], beside: dict[str, list[str]]) -> dict[str, Any]:
    first = mentions[0]
    return {
        "iri": first["action"],
        "code": first["code"],
        "label": first["actionLabel"],
        "theme": first["themeLabel"],
        "objective": first["objectiveLabel"],
        "objectiveCode": first["objectiveCode"],
        "plan": first["planLabel"],
        "role": first["roleLabel"],
        "basis": first["basisLabel"],
        "printedAs": list(dict.fromkeys(row["printedText"] for row in mentions)),
        "source": _source(first),
        "sources": [_source(row) | {"printed": row["printedText"]} for row in mentions],
        "withPartners": beside.get(first["action"], []),
    }


def _source(row: Row) -> dict[str, Any]:
    return {"document": row["document"], "place": row["place"], "line": int(row["line"])}


def _action_lines(action: dict[str, Any], width: int) -> Iterator[str]:
    yield from _wrap(f"{action['code']}  {action['label']}", width, "    ", "        ")
    for source in action["sources"]:
        words = f"as printed: “{source['printed']}”, {source['document']} line {source['line']}"
        yield from _wrap(f"{words} ({source['place']})", width, "        ", "          ")
    # Names of partners hold commas, so a semicolon parts them.
    others = "; ".join(action["withPartners"]) or "nobody else"
    yield from _wrap(f"with: {others}", width, "        ", "          ")


def _link_lines(links: list[Row], direction: str, width: int) -> Iterator[str]:
    """Write the direct links of one direction, but not what is said above or below them."""
    chosen = [
        row
        for row in links
        if row["direction"] == direction and row["propertyLabel"] not in _SAID_ELSEWHERE
    ]
    if chosen:
        yield from ("", "Links" if direction == "out" else "Linked from")
    for row in chosen:
        other = row["otherLabel"] or shorten(row["other"])
        yield from _wrap(f"{heading(row['propertyLabel'])}: {other}", width, "  ", "      ")


def _statement_lines(group: list[Row], width: int) -> Iterator[str]:
    first = group[0]
    sure = f", confidence {first['confidence']}" if first["confidence"] else ""
    named = f": {first['otherLabel']}" if first["otherLabel"] else ""
    text = f"{first['kindLabel']}{named} [{first['basisLabel']}{sure}]"
    yield from _wrap(text, width, "  ", "      ")
    for why in (first["reason"], first["citation"]):
        if why:
            yield from _wrap(why, width, "      ", "        ")
    for row in group:
        if row["printedText"]:
            yield from _wrap(_source_line(row), width, "      ", "        ")


def _history_lines(group: list[Row], width: int) -> Iterator[str]:
    first = group[0]
    sure = f", confidence {first['confidence']}" if first["confidence"] else ""
    others = dict.fromkeys(_with_plan(row) for row in group if row["other"])
    named = f", {first['direction']}: {'; '.join(others)}" if others else ""
    dated = f" on {first['date']}" if first["date"] else ""
    text = f"{first['eventLabel']}{dated}{named} [{first['basisLabel']}{sure}]"
    yield from _wrap(text, width, "  ", "      ")
    for why in dict.fromkeys((first["reason"], *(row["citation"] for row in group))):
        if why:
            yield from _wrap(why, width, "      ", "        ")


def _with_plan(row: Row) -> str:
    return f"{row['otherLabel']} ({row['plan']})" if row["plan"] else row["otherLabel"]


def _source_line(row: Row) -> str:
    return f"{row['document']} line {row['line']}, {row['place']}: “{row['printedText']}”"


def _note_lines(notes: list[Row], width: int) -> Iterator[str]:
    if notes:
        yield from ("", "Quality notes")
    for note in notes:
        yield from _wrap(f"- {note['description']} {note['handling']}", width, "  ", "    ")


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text, max(width, 40), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first]
