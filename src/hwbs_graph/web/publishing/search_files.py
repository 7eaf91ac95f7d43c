"""The words of a site for its search page: the same as those of `hwbs search`, as a script.

A page opened from a folder may load scripts, and nothing else.

Out of scope: finding and ranking them, which `static/search.js` does in the browser.
"""

import json
from collections.abc import Iterable, Mapping

from hwbs_graph.names.word_search.entries import FIELDS, Entry, list_entries
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.pieces import Document
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.web.urls import page_url, passage_anchor

#: The file of the words.
FILE = "static/words.js"


def write_words(engine: Engine, names: FileNames, documents: Mapping[str, Document]) -> bytes:
    """Return a script that sets `hwbsWords`.

    `things` are [label, kind, plan, address], `texts` [thing, field, text, address, where]: the
    number of a thing, the number of a field of `FIELDS`, and where a passage is printed.
    """
    return format_words(list_entries(engine), names, documents)


def format_words(
    entries: Iterable[Entry], names: FileNames, documents: Mapping[str, Document]
) -> bytes:
    """Return the script of these entries."""
    numbers: dict[str, int] = {}
    things: list[tuple[str, str, str, str]] = []
    texts: list[tuple[int, int, str, str, str]] = []
    for each in entries:
        if each.iri not in numbers:
            numbers[each.iri] = len(things)
            page = names.lead("", page_url(each.iri))
            things.append((each.label, each.kind, each.plan_label, page))
        field = FIELDS.index(each.field)
        printed = _find_printed(each, names, documents), _tell_place(each)
        texts.append((numbers[each.iri], field, each.text, *printed))
    written = json.dumps(
        {"things": things, "texts": texts}, ensure_ascii=False, separators=(",", ":")
    )
    # A script in a page could end at this; in a file it is only careful.
    safe = written.replace("</", "<\\/")
    return f"var hwbsWords={safe};\n".encode()


def _find_printed(entry: Entry, names: FileNames, documents: Mapping[str, Document]) -> str:
    """Return where a passage stands in the page of its document, "" where there is no page."""
    document = documents.get(entry.document)
    if not entry.line or document is None:
        return ""
    anchor = passage_anchor(entry.document, str(entry.line))
    return names.lead("", f"{page_url(document.iri)}#{anchor}")


def _tell_place(entry: Entry) -> str:
    line = f"{entry.document} line {entry.line}" if entry.line else entry.document
    return ", ".join(filter(None, (line, entry.place)))
