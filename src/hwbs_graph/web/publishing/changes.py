"""What changed since an older site: as a page, and as an Atom feed.

https://www.rfc-editor.org/rfc/rfc4287

Out of scope: what a plan says that its last edition did not (`report.comparison`).
"""

from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

from hwbs_graph.model.vocabulary import BASE

FEED = "changes.xml"
#: A thing in the list of a site: its name, kind and page, and the SHA-256 of its statements.
Listed = Mapping[str, Mapping[str, str]]


class Change(NamedTuple):
    """A thing that came, went, or of which something else is said now."""

    how: str
    label: str
    kind: str
    iri: str
    page: str


def list_changes(old: Listed, new: Listed) -> list[Change]:
    """Return what came, went and changed, in this order and by name."""
    came = [_make_change("new", iri, new[iri]) for iri in new.keys() - old.keys()]
    went = [
        _make_change("gone", iri, old[iri])._replace(page="") for iri in old.keys() - new.keys()
    ]
    kept = new.keys() & old.keys()
    other = [iri for iri in kept if new[iri]["digest"] != old[iri].get("digest")]
    changed = [_make_change("changed", iri, new[iri]) for iri in other]
    return [each for group in (came, went, changed) for each in sorted(group, key=_order)]


def _order(change: Change) -> tuple[str, str, str]:
    return change.kind, change.label, change.iri


def _make_change(how: str, iri: str, told: Mapping[str, str]) -> Change:
    return Change(how, told.get("label", iri), told.get("kind", ""), iri, told.get("page", ""))


def read_listed(found: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the things of a site's list; what is no thing is left out."""
    things = found.get("things")
    if not isinstance(things, dict):
        return {}
    return {iri: told for iri, told in things.items() if isinstance(told, dict)}


def write_feed(changes: list[Change], title: str, version: str, date: str, base: str) -> bytes:
    """Return the feed; `date` is the latest day of the data, `version` that of the data."""
    updated = f"{date}T00:00:00Z"
    entries = "\n".join(_write_entry(each, version, updated, base) for each in changes)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{escape(title)}: what changed</title>
<id>{BASE}changes/{version}</id>
<updated>{updated}</updated>
<author><name>{escape(title)}</name></author>
{entries}
</feed>
""".encode()


def _write_entry(change: Change, version: str, updated: str, base: str) -> str:
    page = f'<link href="{escape(base + change.page)}"/>' if change.page else ""
    return f"""<entry>
<title>{escape(f"{change.label} ({change.kind}): {change.how}")}</title>
<id>{escape(change.iri)}#{version[:16]}</id>
<updated>{updated}</updated>{page}
<summary>{escape(change.how)}</summary>
</entry>"""
