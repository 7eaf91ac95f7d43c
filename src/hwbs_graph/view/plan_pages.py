"""One page for each plan, and the table of all plans whose rows lead to these pages.

Out of scope: writing the files, and the picture of one plan (`page`).
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from hwbs_graph import names, network
from hwbs_graph.store import Engine
from hwbs_graph.view.heatmap import render_boards
from hwbs_graph.view.page import render_view
from hwbs_graph.view.selection import opening_address, plans_of_board

#: What any file system takes in a name, and any mail program leaves alone.
_UNSAFE = re.compile(r"[^a-z0-9.]+")
_LONGEST = 80


def name_pages(plans: Iterable[str]) -> dict[str, str]:
    """Return a file name for each plan (IRI): its path in small letters, no name twice."""
    found: dict[str, str] = {}
    for iri in plans:
        stem = _UNSAFE.sub("-", names.to_path(iri).lower()).strip("-.")[:_LONGEST] or "plan"
        stem = f"plan-{stem}"
        taken = set(found.values())
        number = 1
        while (name := f"{stem}{f'-{number}' if number > 1 else ''}.html") in taken:
            number += 1
        found[iri] = name
    return found


def render_pages(engine: Engine) -> dict[str, str]:
    """Return the HTML text of a page for each plan, by its IRI, beside the plans of its board."""
    plans = network.list_plans(engine)
    pages = {}
    for plan in plans:
        graph = network.project_record(engine, plans_of_board(plans, plan["iri"]))
        pages[plan["iri"]] = render_view(graph, None, opening_address(graph, plan=plan["iri"]))
    return pages


def render_contents(engine: Engine, files: Mapping[str, str]) -> str:
    """Return the table of all plans; `files` are paths by IRI, relative to where it will stand."""
    links = {iri: quote(path) for iri, path in files.items()}
    rows = network.count_families(engine)
    return render_boards(rows, "Health and wellbeing plans", links)
