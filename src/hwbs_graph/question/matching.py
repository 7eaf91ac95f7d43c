"""Matching a question with every wording of the catalogue, and what stands in their slots.

Out of scope: which fit is meant, and what to say where none is.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.model.dates import find_last_day, read_date
from hwbs_graph.query.catalogue import NamedQuery, Parameter
from hwbs_graph.question.words import MARKS, Token, question_key, to_british
from hwbs_graph.store import Engine, Term, is_iri

_Parts = tuple[str | Parameter, ...]
_Spans = list[tuple[Parameter, int, int]]
#: Words that turn a question into its opposite.
_DENYING = """not no non without never except excepting excluding nobody none nothing neither nor
exclude but lacking minus unless apart besides other nowhere"""
DENYING = frozenset(_DENYING.split())


class Wording(NamedTuple):
    """One wording of a query: words as compared, and parameters where its slots are."""

    query: NamedQuery
    text: str
    parts: _Parts
    words: frozenset[str]
    rank: tuple[int, int]

    def fill(self, found: Mapping[str, str], find_example: Callable[[Parameter], str]) -> str:
        """Return the wording with a name by its kind in its slot, else with an example."""
        slots = self.query.parameters
        named = found if len(slots) == 1 else {}
        return self.text.format_map(
            {each.name: named.get(each.kind) or find_example(each) for each in slots}
        )


class Fit(NamedTuple):
    """A wording that takes in a whole question: what stands in each slot, and what that names."""

    wording: Wording
    slots: dict[Parameter, str]
    given: dict[str, str]
    terms: dict[str, Term]

    @property
    def is_whole(self) -> bool:
        return len(self.given) == len(self.slots)


class Matcher:
    """The wordings of some queries, and the names of one graph."""

    def __init__(self, engine: Engine, queries: Iterable[NamedQuery]) -> None:
        self.engine = engine
        self.wordings = [read_wording(query, ask) for query in queries for ask in query.asks]
        self._carriers: dict[str, dict[str, set[str]]] = {}
        self._texts: dict[str, list[str]] = {}
        self._shortest: dict[str, str] = {}

    def find_fits(self, text: str, tokens: list[Token]) -> Iterator[Fit]:
        """Yield each wording that takes in all the words of a question, slots included."""
        words = [word for word, _, _ in tokens]
        ends, starts = [0, *(end for _, _, end in tokens)], [*(at for _, at, _ in tokens), None]
        for wording in self.wordings:
            for spans in _spans(wording.parts, words) if wording.words.issubset(words) else ():
                fit = Fit(wording, {}, {}, {})
                for slot, first, last in spans:
                    fit.slots[slot] = name = text[starts[first] : ends[last + 1]].strip(MARKS)
                    wide = text[ends[first] : starts[last + 1]].strip(MARKS)
                    if found := self._resolve_name(slot.kind, name, wide):
                        fit.given[slot.name], fit.terms[slot.name] = found
                yield fit

    def _resolve_name(self, kind: str, text: str, wide: str) -> tuple[str, Term] | None:
        """Return a way to write the name that stands for exactly one thing, and that thing."""
        denied = kind == "text" and not DENYING.isdisjoint(question_key(text).split())
        if denied or text.startswith(("-", "–", "—")):  # names.normalise would drop the minus
            return None
        if kind == "text":
            return text, Literal(names.normalise(text))
        if kind == "date":
            written = read_date(text)
            return (text, Literal(find_last_day(written))) if written else None
        known = bundled.registry().named.get(kind)
        # “Housing department” is Housing, though not every partner is a department.
        also = ("department",) if kind == "partner" else ()
        noun = "|".join((*(known.words if known else (kind,)), *also))
        bare = re.sub(rf"(?i)^({noun}) | ({noun})$", "", text)
        for name in (wide, text, f"{text}.", to_british(text), bare):
            if carriers := self.find_carriers(kind, name):
                return (name, NamedNode(*carriers)) if len(carriers) == 1 else None
        return None

    def find_carriers(self, kind: str, name: str) -> set[str]:
        """Return the IRIs of what carries a name: `names.find`, for many names at once."""
        if kind not in self._carriers:
            known = self._carriers.setdefault(kind, {})
            texts = self._texts.setdefault(kind, [])
            for each in names.list_names(self.engine, list_kinds(kind)):
                iri = each.thing.iri
                if not is_iri(iri):
                    continue
                texts += [] if each.possible else [each.text]
                for text in (iri, names.to_path(iri), *([] if each.possible else [each.text])):
                    known.setdefault(names.normalise(text), set()).add(iri)
        known = self._carriers[kind]
        wanted = names.normalise(re.sub(r"^<(\S+)>$", r"\1", name))
        if wanted not in known:

            def find_bearers(forms: Collection[str]) -> dict[str, set[str]]:
                return {form: known[form] for form in forms if known.get(form)}

            known[wanted] = names.find_owned(self.engine, wanted, find_bearers)
        return known[wanted]

    def find_example(self, parameter: Parameter) -> str:
        """Return the example of a parameter; where nothing has that name, the shortest here."""
        kind, example = parameter.kind, parameter.example
        if not [*list_kinds(kind)] or self.find_carriers(kind, example):
            return example
        if kind not in self._shortest:
            known = self._carriers[kind]
            single = (t for t in self._texts[kind] if len(known[names.normalise(t)]) == 1)
            by_length = min(single, key=lambda text: (len(text) < 4, len(text), text), default="")
            self._shortest[kind] = by_length
        return self._shortest[kind] or example


def list_kinds(kind: str) -> Iterable[str]:
    """Return the kinds of named thing that a parameter of a kind takes; text and dates
    take none.
    """
    every = tuple(bundled.registry().named)
    return {"thing": every, "text": (), "date": ()}.get(kind, (kind,))


def read_wording(query: NamedQuery, ask: str) -> Wording:
    """Return an `#+ ask:` line as words and slots; the longer wording ranks first."""
    slots = {each.name: each for each in query.parameters}
    parts: list[str | Parameter] = []
    for number, piece in enumerate(re.split(r"\{(\w+)\}", ask)):
        parts += [slots[piece]] if number % 2 else question_key(piece).split()
    words = [part for part in parts if isinstance(part, str)]
    anything = sum(isinstance(part, Parameter) and part.kind in ("thing", "text") for part in parts)
    return Wording(query, ask, tuple(parts), frozenset(words), (len(words), -anything))


def _spans(parts: _Parts, words: list[str], at: int = 0) -> Iterator[_Spans]:
    """Yield each way in which the parts take in all words from `at`: slot, first, last word."""
    if not parts:
        if at == len(words):
            yield []
    elif isinstance(parts[0], str):
        if words[at : at + 1] == [parts[0]]:
            yield from _spans(parts[1:], words, at + 1)
    else:
        for end in range(at + 1, len(words) - len(parts) + 2):
            yield from ([(parts[0], at, end - 1), *rest] for rest in _spans(parts[1:], words, end))
