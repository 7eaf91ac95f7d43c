"""From a question in plain English to the named query that answers it, without guessing.

Every word must be accounted for: by a wording of the catalogue (`#+ ask:`), by the name in one
of its slots, or as a courtesy that says nothing. A word left over, such as “not” or “before
2020”, would make it another question, so the question is refused and the word is named.

Out of scope: running the query (`answer`), and names that nothing carries (`names` suggests).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from hwbs_graph import names
from hwbs_graph.data import bundled
from hwbs_graph.errors import AmbiguousError, HwbsError, NothingFoundError
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery, Parameter
from hwbs_graph.question.words import MARKS, Token, question_key, readings, split_words, to_british
from hwbs_graph.store import Engine, Term

__all__ = ["Phrasebook", "Understood", "Wording", "question_key"]

_Parts = tuple[str | Parameter, ...]
_Spans = list[tuple[Parameter, int, int]]
_DENYING = """not no non without never except excepting excluding nobody none nothing neither nor
exclude but lacking minus unless apart besides other nowhere"""
#: What follows a name as a further condition, rather than being part of a misspelt name.
_JOINING = """and or before after since until during between from to in on at by for with over
under more less fewer most least only last first next than that which who when where if also"""


class Understood(NamedTuple):
    """The query that a question asks, the words given for each parameter, and what they name."""

    query: NamedQuery
    given: dict[str, str]
    terms: dict[str, Term]


class Wording(NamedTuple):
    """One wording of a query: words as compared, and parameters where its slots are."""

    query: NamedQuery
    text: str
    parts: _Parts
    words: frozenset[str]
    rank: tuple[int, int]

    def filled(self, said: Mapping[str, str]) -> str:
        """Return the wording with a name by its kind in its slot, else with the example."""
        slots = self.query.parameters
        named = said if len(slots) == 1 else {}
        return self.text.format_map(
            {each.name: named.get(each.kind) or each.example for each in slots}
        )


class _Fit(NamedTuple):
    """A wording that takes in a whole question: what stands in each slot, and what that names."""

    wording: Wording
    slots: dict[Parameter, str]
    given: dict[str, str]
    terms: dict[str, Term]

    @property
    def whole(self) -> bool:
        return len(self.given) == len(self.slots)


class Phrasebook:
    """Every wording of the catalogue, to be held against questions over one graph."""

    def __init__(self, engine: Engine, queries: Iterable[NamedQuery] | None = None) -> None:
        self._engine = engine
        self._known: dict[str, dict[str, set[str]]] = {}
        chosen = catalogue.all_queries() if queries is None else queries
        self.wordings = [_wording(query, ask) for query in chosen for ask in query.asks]

    def understand(self, text: str) -> Understood:
        """Return the one query that `text` asks, with what its slots name.

        Raises AmbiguousError where two queries fit equally well or a name stands for several
        things, NotFoundError for a name that nothing carries, and NothingFoundError, with the
        words left over and the nearest questions, for whatever else is not understood.
        """
        if len(text) > 1000 or len(text.split()) > 60:
            raise self._refusal(text)
        fits = [fit for tokens in readings(text) for fit in self._fits(text, tokens)]
        fits.sort(key=lambda fit: fit.wording.rank, reverse=True)
        whole = [fit for fit in fits if fit.whole]
        best = [fit for fit in whole if fit.wording.rank == whole[0].wording.rank]
        asked = {f"{fit.wording.query.name} {fit.terms}": fit.wording.query for fit in best}
        if len(asked) > 1:
            raise AmbiguousError(text, [(query.name, query.summary) for query in asked.values()])
        if not best or self._misread(best[0], fits[: fits.index(best[0])]):
            raise self._error(text, [fit for fit in fits if not fit.whole])
        return Understood(best[0].wording.query, best[0].given, best[0].terms)

    def _fits(self, text: str, tokens: list[Token]) -> Iterator[_Fit]:
        words = [word for word, _, _ in tokens]
        ends, starts = [0, *(end for _, _, end in tokens)], [*(at for _, at, _ in tokens), None]
        for wording in self.wordings:
            for spans in _spans(wording.parts, words) if wording.words.issubset(words) else ():
                fit = _Fit(wording, {}, {}, {})
                for slot, first, last in spans:
                    fit.slots[slot] = name = text[starts[first] : ends[last + 1]].strip(MARKS)
                    wide = text[ends[first] : starts[last + 1]].strip(MARKS)
                    if found := self._named(slot.kind, name, wide):
                        fit.given[slot.name], fit.terms[slot.name] = found
                yield fit

    def _misread(self, chosen: _Fit, better: list[_Fit]) -> bool:
        """Say whether a longer wording fits but for a name, which must not go unsaid."""
        anything = any(slot.kind == "text" for slot in chosen.slots)
        slots = [slot for fit in better for slot in fit.slots.items()]
        return any(anything or len(self._carriers(slot.kind, name)) > 1 for slot, name in slots)

    def _named(self, kind: str, text: str, wide: str) -> tuple[str, Term] | None:
        """Return how to write the name so that it stands for exactly one thing, and the thing."""
        denied = kind == "text" and not set(_DENYING.split()).isdisjoint(question_key(text).split())
        if denied or text.startswith(("-", "–", "—")):  # names.normalise would drop the minus
            return None
        if kind == "text":
            return text, Literal(names.normalise(text))
        noun = "partner|department|organisation" if kind == "partner" else kind
        bare = re.sub(rf"(?i)^({noun}) | ({noun})$", "", text)
        for name in (wide, text, f"{text}.", to_british(text), bare):
            if carriers := self._carriers(kind, name):
                return (name, NamedNode(*carriers)) if len(carriers) == 1 else None
        return None

    def _carriers(self, kind: str, name: str) -> set[str]:
        """Return the IRIs of what carries a name: `names.find`, for many names at once."""
        if kind not in self._known:
            known = self._known.setdefault(kind, {})
            for each in names.list_names(self._engine, _kinds(kind)):
                iri = each.thing.iri
                for text in (iri, names.to_path(iri), *([] if each.possible else [each.text])):
                    known.setdefault(names.normalise(text), set()).add(iri)
        return self._known[kind].get(names.normalise(re.sub(r"^<(\S+)>$", r"\1", name)), set())

    def _error(self, text: str, misses: list[_Fit]) -> HwbsError:
        """Return what helps most: a name of several things, words left over, or a misnomer."""
        wrong = [
            (slot.kind, name, len(fit.wording.parts) > 3)
            for fit in misses
            for slot, name in fit.slots.items()
            if slot.name not in fit.given and slot.kind != "text"
        ]
        several = [miss for miss in wrong if len(self._carriers(*miss[:2])) > 1]
        left = self._left_over(text)
        further = set(f"{_DENYING} {_JOINING}".split())
        for kind, name, telling in several or wrong[:1]:
            kind = kind if {kind} == {each[0] for each in wrong if each[1] == name} else "thing"
            extra = question_key(left or name).split()
            if several or not any(word in further or word.isdigit() for word in extra):
                try:
                    names.find(self._engine, name, None if kind == "thing" else kind)
                except HwbsError as error:
                    known = (
                        () if several or telling else names.list_names(self._engine, _kinds(kind))
                    )
                    if several or telling or names.suggest(names.normalise(name), known):
                        return error
        return self._refusal(text, left)

    def _left_over(self, text: str) -> str:
        """Return the fewest words in a row without which a question is left."""
        for size in range(1, 9):
            for tokens in readings(text):
                for at in reversed(range(len(tokens) - size + 1 if size * 2 <= len(tokens) else 0)):
                    rest = tokens[:at] + tokens[at + size :]
                    if any(fit.whole for fit in self._fits(text, rest)):
                        return text[tokens[at][1] : tokens[at + size - 1][2]]
        return ""

    def _refusal(self, text: str, left: str = "") -> NothingFoundError:
        listed = "".join(f"\n  {example}" for example in self.nearest(text))
        known = question_key(listed).split()
        # A year or number that no near question has is most likely what is wrong.
        asked = question_key(text).split()
        left = left or " ".join(word for word in asked if word.isdigit() and word not in known)
        said = f"“{(left or text)[:80].strip(MARKS)}” was not understood"
        said += ", and leaving it out would ask something else." if left else "."
        return NothingFoundError(f"{said} The nearest questions that are understood:{listed}")

    def nearest(self, text: str, limit: int = 3) -> list[str]:
        """Return the questions nearest to `text`, one a query, with its own names in their slots.

        Where `text` holds no name of the kind, the example of the catalogue stands there.
        """
        from rapidfuzz import fuzz

        asked = question_key(text[:300])
        denied = set(asked.split()).intersection(_DENYING.split())

        kinds = {each.kind for wording in self.wordings for each in wording.query.parameters}
        said = {kind: self._said(text[:300], kind) for kind in kinds}
        examples = {wording: wording.filled(said) for wording in self.wordings}

        def likeness(wording: Wording) -> float:
            # What is asked in the negative is nearer to other negatives than to its opposite.
            bonus = 0 if denied.isdisjoint(wording.words) else 15
            return bonus + fuzz.token_sort_ratio(asked, question_key(examples[wording]))

        found: dict[str, str] = {}
        for wording in sorted(self.wordings, key=likeness, reverse=True):
            found.setdefault(wording.query.name, examples[wording])
        return list(found.values())[:limit]

    def _said(self, text: str, kind: str) -> str:
        """Return the longest name in `text` that stands for exactly one thing of the kind."""
        tokens = split_words(text, 0, len(text))
        for size in range(min(8, len(tokens)), 0, -1):
            for at in range(len(tokens) - size + 1):
                name = text[tokens[at][1] : tokens[at + size - 1][2]].strip(MARKS)
                if kind not in ("text", "thing") and len(self._carriers(kind, name)) == 1:
                    return name
        return ""


def _kinds(kind: str) -> Iterable[str]:
    return {"thing": tuple(bundled.registry().named), "text": ()}.get(kind, (kind,))


def _wording(query: NamedQuery, ask: str) -> Wording:
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
