"""Things with several values of a property that has one: which value the answers use.

A second language is only told; two values in one language are a mistake. Where data came to a
server in another way than by `hwbs load`, nothing was chosen, and answers count the thing twice.

Out of scope: choosing (`model.single_values`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Store, Triple

from hwbs_graph.checks.findings import Breach
from hwbs_graph.data.repeated_values import Subject, watch_subjects
from hwbs_graph.model.single_values import FURTHER, Value, find_further
from hwbs_graph.model.vocabulary import shorten


def find_second_values(store: Store) -> Iterator[Breach]:
    """Yield a breach for each thing and property with a value beside the one that counts."""
    size = len(store)
    for property, further in FURTHER.items():
        subjects = {quad.subject for quad in store.quads_for_pattern(None, further, None)}
        stated: set[Subject] = set()
        for _ in watch_subjects(store.quads_for_pattern(None, property, None), stated, size):
            pass
        for subject in sorted(subjects | stated, key=str):
            used = _values(store, subject, property)
            aside = _values(store, subject, further)
            yield from _describe(subject, property, used, aside)


def _values(store: Store, subject: Subject, property: NamedNode) -> list[Value]:
    quads = store.quads_for_pattern(subject, property, None)
    return sorted({quad.object for quad in quads}, key=str)


def _describe(
    subject: Subject,
    property: NamedNode,
    used: Sequence[Value],
    aside: Sequence[Value],
) -> Iterator[Breach]:
    name = shorten(property.value)
    repeated = find_further(property, used)
    if repeated:
        message = (
            f"{name} has {len(used)} values here, {_list_values(used)}, and every answer counts "
            "each: keep one, or load the files with `hwbs load`, which chooses."
        )
        yield Breach("violation", "second value", _name(subject), message)
    if aside:
        languages = Counter(_language(value) for value in (*used, *aside))
        same = max(languages.values()) > 1
        message = f"Of {name}, answers use {_list_values(used)} and not {_list_values(aside)}" + (
            ": keep the one that is meant." if same else "."
        )
        yield Breach("violation" if same else "warning", "second value", _name(subject), message)


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _list_values(values: Sequence[Value]) -> str:
    return ", ".join(map(_quote, values))


def _quote(value: Value) -> str:
    if isinstance(value, Literal):
        return f"“{value.value}”" + (f"@{value.language}" if value.language else "")
    return f"<{value.value}>" if isinstance(value, NamedNode) else str(value)


def _name(subject: Subject) -> str:
    return str(subject) if isinstance(subject, Triple) else subject.value
