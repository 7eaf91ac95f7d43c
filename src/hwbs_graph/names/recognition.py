"""Names as people type them, where only one thing can be meant.

What is taken is said in a warning: the name less a leading “the” or a word such as “team”, its
plural or singular, its initials, or a beginning of whole words that no other name has. What is
only near in letters is never taken.

Out of scope: names in full, and what is suggested instead (`names`).
"""

import re
import warnings
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache

from hwbs_graph.data import bundled
from hwbs_graph.errors import AmbiguousError, NameTakenWarning, NotFoundError
from hwbs_graph.names import Name, Thing, find, list_names, normalise, suggest
from hwbs_graph.names.kept_names import LITTLE, find_alike, find_near
from hwbs_graph.store import Engine, is_iri

#: What a body is called after its field, which people say or leave out.
_BODIES = frozenset(["team", "department", "dept", "service", "services", "unit", "division"])
_LITTLE = frozenset(LITTLE)
#: A longer text is a sentence, and a shorter one begins too much.
_LONGEST, _SHORTEST = 120, 3
_MOST_INITIALS = 7
_MOST_OFFERED = 3


#: Things that may be meant, each with how its name differs.
_Found = list[tuple[Thing, str]]


def recognise(
    engine: Engine,
    text: str,
    kind: str | None = None,
    among: Container[str] | None = None,
) -> Thing:
    """Return the one thing that `text` names in full, or else can only mean.

    Warns with NameTakenWarning of what was not named in full. Raises what `names.find` raises,
    where several things are meant with their names.
    """
    try:
        return find(engine, text, kind, among)
    except NotFoundError as miss:
        if re.search("[/:<>]", text) or len(text) > _LONGEST:
            raise
        alike = find_alike(engine, normalise(text)) if among is None else None
        every = list_names(engine) if alike is None else alike
        known = [each for each in every if is_iri(each.thing.iri)]
        own = [each for each in known if _fits(each.thing, kind, among)]
        found = _find_meant(text, known, own) or _find_bare(engine, text, kind, among)
        things = {thing.iri: thing for thing, _ in found}
        if len(things) == 1:
            thing, why = found[0]
            warnings.warn(NameTakenWarning(text, thing.label, thing.kind, why), stacklevel=2)
            return thing
        labels = [thing.label for thing in things.values() if _fits(thing, kind, among)]
        fitting = dict.fromkeys(labels)
        if len(fitting) < len(labels):
            return find(engine, labels[0], kind, among)  # raises AmbiguousError with the choices
        offered = [*fitting][:_MOST_OFFERED] or _suggest_bare(engine, text, kind, among, own)
        raise NotFoundError(miss.kind, text, offered, miss.other) from None


def _suggest_bare(
    engine: Engine, text: str, kind: str | None, among: Container[str] | None, own: Iterable[Name]
) -> list[str]:
    """Return the names nearest to a text without words such as “team”: of `own`, or of a store."""
    bare = _strip_bodies(normalise(text))
    kinds = [kind] if kind else [*bundled.registry().named]
    near = find_near(engine, kinds, bare) if among is None else None
    return suggest(bare, own if near is None else [n for n in near if is_iri(n.thing.iri)])


def _fits(thing: Thing, kind: str | None, among: Container[str] | None) -> bool:
    return kind in (None, thing.kind) and (among is None or thing.iri in among)


def _find_meant(text: str, known: Iterable[Name], own: Iterable[Name]) -> _Found:
    """Return what a text may mean, by the first way of reading it that finds something.

    A name that people leave words out of is one of those asked for (`own`). Initials and
    beginnings must be of no other kind either; a label that is a sentence begins like others.
    """
    wanted = normalise(text)
    printed = [each for each in own if not each.possible]
    sentences = {kind.name for kind in bundled.registry().kinds if kind.long_named}
    short = [each for each in known if not each.possible and each.thing.kind not in sentences]
    fitting = {each.thing.iri for each in printed}
    found = [*_find_same(wanted, printed)]
    if not found and text.strip().isupper():
        found = _keep_fitting(_find_initials(text.strip(), short), fitting)
    if not found:
        found = _keep_fitting(_find_beginning(wanted, short), fitting)
    return found or [*_find_beginning(wanted, printed)]


def _find_bare(engine: Engine, text: str, kind: str | None, among: Container[str] | None) -> _Found:
    """Return what a name means without words such as “team”, perhaps said with its board."""
    wanted = normalise(text)
    bare = _strip_bodies(wanted)
    if bare == wanted:
        return []
    with suppress(NotFoundError, AmbiguousError):
        return [(find(engine, bare, kind, among), _word_less(wanted, bare))]
    return []


def _strip_bodies(wanted: str) -> str:
    return " ".join(word for word in wanted.split() if word not in _BODIES)


def _keep_fitting(found: Iterable[tuple[Thing, str]], fitting: Container[str]) -> _Found:
    """Return what was found of any kind if there are things asked for among it, else nothing."""
    every = list(found)
    return every if any(thing.iri in fitting for thing, _ in every) else []


def _find_same(wanted: str, names: Iterable[Name]) -> Iterator[tuple[Thing, str]]:
    """Yield the things of the same name but for what people leave out, add or say in the plural."""
    key = _fold(wanted)
    for name in names:
        form = normalise(name.text)
        if key and key == _fold(form):
            yield name.thing, _word_less(wanted, form)


def _fold(form: str) -> str:
    """Return a name without its generic words and its plurals, in which such names agree."""
    words = re.findall(r"[\w']+", form)
    words = words[1:] if words[:1] == ["the"] else words
    while words and words[-1] in _BODIES:
        words.pop()
    return _fold_words(words)


def fold_plurals(form: str) -> str:
    """Return a name without apostrophes, each word in the singular."""
    return _fold_words(re.findall(r"[\w']+", form))


def _fold_words(words: Iterable[str]) -> str:
    return " ".join([_make_singular(word) for word in words])


@lru_cache(maxsize=1 << 14)
def _make_singular(word: str) -> str:
    word = word.replace("'", "")
    if len(word) <= _SHORTEST or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return re.sub("(ie)?s$", lambda end: "y" if end[1] else "", word)


def _word_less(wanted: str, form: str) -> str:
    """Return how a name differs from what was typed."""
    extra = [word for word in wanted.split() if word in _BODIES | {"the"} and word not in form]
    missing = [word for word in form.split() if word in _BODIES | {"the"} and word not in wanted]
    if extra:
        return f"the name without “{' '.join(extra)}”"
    return f"the name with “{' '.join(missing)}”" if missing else "which differs in the plural"


def _find_initials(typed: str, names: Iterable[Name]) -> Iterator[tuple[Thing, str]]:
    """Yield the things whose names have these initials, or hold the abbreviation as a word."""
    letters = typed.replace(".", "")
    if not letters.isalpha() or not 1 < len(letters) <= _MOST_INITIALS:
        return
    for name in names:
        words = re.findall(r"[^\W_]+", name.text.replace("'", "").replace("’", ""))
        every = "".join(word[0] for word in words).upper()
        main = "".join(word[0] for word in words if word.lower() not in _LITTLE).upper()
        if letters in (every, main):
            yield name.thing, "the only name with these initials"
        elif letters in words:
            yield name.thing, "the only name with this abbreviation"


def _find_beginning(wanted: str, names: Iterable[Name]) -> Iterator[tuple[Thing, str]]:
    """Yield the things of which a name begins with these words."""
    words = wanted.split()
    while len(words) > 1 and words[-1] in _BODIES:
        words.pop()
    start = " ".join(words).removeprefix("the ")
    if len(start) < _SHORTEST or start in _BODIES:
        return
    for name in names:
        form = normalise(name.text).removeprefix("the ")
        if form.startswith(start) and not re.match(r"[\w']", form[len(start) :]):
            yield name.thing, "the only name that begins so"
