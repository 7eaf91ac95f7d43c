"""Questions that begin as a text does, while it is typed: only such as are understood.

Out of scope: HTML, and what a question asks (`question`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.errors import HwbsError
from hwbs_graph.names import Name
from hwbs_graph.question import Understood
from hwbs_graph.question.asking import Asker
from hwbs_graph.question.matching import Wording
from hwbs_graph.store import Engine
from hwbs_graph.web.pages.lookups import index_names

#: So many are offered, and so many names are listed for one part of a question.
MOST, MOST_NAMES = 8, 300
#: What has fewer letters begins too much; a longer name is a sentence, and nobody types it.
_SHORTEST, _LONGEST = 2, 60
#: So many last words of a text may be the beginning of a name.
_MOST_WORDS = 5
_NAMES_TRIED = 6


def suggest(asker: Asker, engine: Engine, text: str) -> list[str]:
    """Return questions that go on from a text, at most `MOST`, each of which is understood."""
    typed = " ".join(text.split())
    if len(typed) < _SHORTEST or len(typed) > _LONGEST * 2 or not typed.isprintable():
        return []
    found: dict[str, None] = {}
    for each in _list_candidates(asker, engine, typed):
        if each not in found and asker.is_understood(each):
            found[each] = None
        if len(found) == MOST:
            break
    return list(found) or [each for each in (f"actions about {typed}",) if _has_answer(asker, each)]


def _has_answer(asker: Asker, text: str) -> bool:
    """Say whether a composed question has one: any word may be asked for."""
    with suppress(HwbsError):
        asked = asker.ask(text)
        return not isinstance(asked, Understood) and asked.found
    return False


@lru_cache(maxsize=32)
def list_labels(engine: Engine, kind: str) -> tuple[str, ...]:
    """Return the names of a kind to choose from; none where there are more than `MOST_NAMES`."""
    found = {each.thing.label for each in index_names(engine) if each.thing.kind == kind}
    return tuple(sorted(found, key=str.casefold)) if len(found) <= MOST_NAMES else ()


def _list_candidates(asker: Asker, engine: Engine, typed: str) -> Iterator[str]:
    yield from _complete_name(engine, typed)
    yield from _complete_wording(asker, typed)
    for name in _find_names(engine, typed):
        yield from _ask_about(asker, name)


def _complete_name(engine: Engine, typed: str) -> Iterator[str]:
    """Yield a text whose last words begin a name, with the whole of it."""
    words = typed.split(" ")
    for first in range(max(1, len(words) - _MOST_WORDS), len(words)):
        before, last = " ".join(words[:first]), " ".join(words[first:])
        for each in _find_names(engine, last):
            yield f"{before} {each.thing.label}"


def _complete_wording(asker: Asker, typed: str) -> Iterator[str]:
    """Yield each wording of a saved question that begins so, with examples in its slots."""
    start, begun = typed.casefold(), set[str]()
    for wording in asker.book.wordings:
        is_new = wording.query.name not in begun
        if is_new and wording.text.casefold().startswith(start):
            begun.add(wording.query.name)
            yield asker.book.fill(wording, {})


def _ask_about(asker: Asker, name: Name) -> Iterator[str]:
    """Yield a wording of each question that takes one thing of a kind, with this one."""
    asked: set[str] = set()
    for wording in asker.book.wordings:
        if wording.query.name not in asked and _takes_only(wording, name.thing.kind):
            asked.add(wording.query.name)
            yield asker.book.fill(wording, {name.thing.kind: name.thing.label})


def _takes_only(wording: Wording, kind: str) -> bool:
    slots = set(re.findall(r"\{(\w+)\}", wording.text))
    kinds = [each.kind for each in wording.query.parameters if each.name in slots]
    return kinds == [kind] and len(wording.query.parameters) == 1


def _find_names(engine: Engine, start: str) -> list[Name]:
    """Return the first names that begin so, each thing once, those with the shortest label first.

    What is offered is the label: a name may be a misprint."""
    wanted = names.normalise(start)
    if len(wanted) < _SHORTEST:
        return []
    forms, known = _sort_names(engine)
    at = bisect_left(forms, wanted)
    near: dict[str, Name] = {}
    while at < len(forms) and forms[at].startswith(wanted) and len(near) < MOST_NAMES:
        near.setdefault(known[at].thing.iri, known[at])
        at += 1
    labelled = sorted(near.values(), key=lambda each: (len(each.thing.label), each.thing.label))
    return labelled[:_NAMES_TRIED]


@lru_cache(maxsize=1)
def _sort_names(engine: Engine) -> tuple[list[str], list[Name]]:
    """Return the names that people type by the form in which they are compared, in its order."""
    kinds = bundled.registry().named
    known = {
        (names.normalise(each.text), each.thing.kind): each
        for each in index_names(engine)
        if each.thing.kind in kinds and not each.possible and len(each.text) <= _LONGEST
    }
    ordered = sorted(known.items(), key=lambda pair: pair[0])
    return [form for (form, _), _ in ordered], [each for _, each in ordered]
