"""What a search for words found, as text, as values and as rows.

Out of scope: the search itself (`names.word_search`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from hwbs_graph.data import bundled
from hwbs_graph.errors import UsageError
from hwbs_graph.grouping import Row
from hwbs_graph.names.recognition import recognise
from hwbs_graph.names.word_search import PASSAGE, Hit, Hits
from hwbs_graph.report.wrapping import wrap
from hwbs_graph.store import Engine
from hwbs_graph.text import count

COLUMNS = (
    *("kind", "label", "plan", "field", "excerpt", "document", "line", "place", "iri", "planOver"),
)


def read_filters(
    engine: Engine, kinds: Sequence[str], plans: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the names of kinds, and the IRIs of plans, that a person named.

    Raises UsageError for an unknown kind, and what `names.find` raises.
    """
    chosen = [_find_kind(word) for word in kinds]
    return chosen, [recognise(engine, plan, "plan").iri for plan in plans]


def _find_kind(word: str) -> str:
    if word.casefold().removesuffix("s") == PASSAGE:
        return PASSAGE
    known = [kind for kind in bundled.registry().kinds if kind.classes]
    found = next((kind.name for kind in known if kind.goes_by(word)), None)
    if found is None:
        listed = ", ".join([*(kind.name for kind in known), PASSAGE])
        raise UsageError(f"There is no kind “{word}”; give one of: {listed}.")
    return found


def render_hits(hits: Hits, width: int = 80) -> str:
    """Return the hits as text, each with the words found in brackets."""
    if not hits.found:
        return ""
    verb = "holds" if hits.total == 1 else "hold"
    lines = [f"{count(hits.total, 'thing')} {verb} these words."]
    for hit in hits.found:
        lines += ["", *_write_hit(hit, width)]
    return "\n".join(lines) + "\n"


def _write_hit(hit: Hit, width: int) -> Iterator[str]:
    plan = f" ({name_plan(hit)})" if hit.plan else ""
    yield from wrap(f"{hit.kind}: {hit.label}{plan}", width, 0, 2)
    where = ", ".join(filter(None, (_word_line(hit), hit.place)))
    told = f"{where}: " if where else ""
    yield from wrap(f"{told}{_bracket(hit)}", width, 2, 2)


def name_plan(hit: Hit) -> str:
    """Return the plan of a hit, marked where its period is over; "" for none."""
    return f"{hit.plan}, period over" if hit.plan_over else hit.plan


def _word_line(hit: Hit) -> str:
    return f"{hit.document} line {hit.line}" if hit.line else hit.document


def _bracket(hit: Hit) -> str:
    """Return the excerpt with brackets around the words found."""
    text = hit.excerpt
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def describe_hits(hits: Hits) -> dict[str, Any]:
    """Return the hits as JSON has them: how many in all, and each with its marks."""
    return {
        "total": hits.total,
        "hits": [*map(_describe_hit, hits.found)],
        "alone": [{"word": word, "total": number} for word, number in hits.alone],
    }


def _describe_hit(hit: Hit) -> dict[str, Any]:
    values = hit._asdict() | {"line": hit.line or None, "planOver": hit.plan_over}
    values.pop("plan_over")
    return values


def list_hits(hits: Hits) -> list[Row]:
    """Return the hits as rows for a spreadsheet."""
    return [
        {
            **{key: str(getattr(hit, key, "")) for key in COLUMNS},
            "excerpt": _bracket(hit),
            "line": str(hit.line or ""),
            "planOver": "true" if hit.plan_over else "",
        }
        for hit in hits.found
    ]
