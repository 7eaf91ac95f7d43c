"""The words by which plans call their columns, levels and names, in each language that is known.

Out of scope: deciding from them (`column_roles`, `levels`, `bodies`).
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

LANGUAGES = ("english", "welsh")
#: A plan repeats its words: so many answers are kept.
_KEPT = 1 << 17
_SIDES = re.compile(r"(?i)\s*(?:[,/;]|\s(?:and|ac|&|\+)\s)\s*")
#: Words without a sign between them, which are as they are to be.
_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """Return text by which two spellings are one: case, spaces, quotes, ligatures, final stop."""
    plain = text.casefold()
    if not text.isascii():
        plain = _fold_letters(text)
    plain = plain.replace("`", "'")
    return " ".join(plain.split()).rstrip(".").strip()


def _fold_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub("[‘’‚‛`´ʼ]", "'", re.sub("[“”„]", '"', plain))
    return re.sub("[‐‑‒–—−]", "-", re.sub("[\xad\u200b\ufeff]", "", plain))


@lru_cache(_KEPT)
def fold_words(text: str) -> str:
    """Return text in small letters without brackets and punctuation, for comparing headings."""
    folded = fold(text).replace("_", " ")
    if _PLAIN.fullmatch(folded):
        return folded
    plain = re.sub(r"\([^()]*\)|\[[^]]*\]", " ", folded)
    # Lead(s) is Leads; who/when and who & when read as words.
    plain = re.sub(r"[/+&|]", " and ", plain) if plain.strip() else folded
    spaced = re.sub(r"[^\w%£$?#-]|(?<=\W)-|-(?=\W)", " ", plain).replace("-", " ")
    words = " ".join(spaced.split())
    # A heading may be a question; a question mark alone stands for what is not known.
    return " ".join(words.replace("?", " ").split()) or words


@cache
def read_words() -> dict[str, dict[str, list[str]]]:
    """Return the tables of all languages as one: table -> key -> expressions."""
    tables: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        path = files("hwbs_graph.intake") / "words" / f"{language}.toml"
        for table, entries in tomllib.loads(path.read_text("utf-8")).items():
            for key, expressions in entries.items():
                tables.setdefault(table, {}).setdefault(key, []).extend(expressions)
    return tables


@cache
def compile_words(table: str, key: str) -> re.Pattern[str]:
    """Return one expression for all of a key's."""
    return re.compile("|".join(f"(?:{each})" for each in read_words()[table][key]))


@lru_cache(_KEPT)
def matches(table: str, key: str, text: str) -> bool:
    """Say whether folded text is, as a whole, one of a key's expressions."""
    return bool(compile_words(table, key).fullmatch(text))


def is_ditto(text: str) -> bool:
    """Say whether words or a mark stand for what is printed above."""
    return matches("names", "ditto", fold(text))


def names_all_partners(text: str) -> bool:
    """Say whether words, without any beside them, mean the partners of the plan as one group."""
    return matches("names", "whole_plan", fold(text))


def split_sides(text: str) -> list[str]:
    """Return what stands on the sides of commas, slashes, semicolons and words for “and”."""
    return _SIDES.split(text)


def is_blank(text: str) -> bool:
    """Say whether printed words stand for nothing, or for what is not yet known."""
    words = fold(text)
    return not words or matches("names", "none", words) or matches("names", "unknown", words)


def find_exact(table: str, text: str, order: tuple[str, ...] = ()) -> list[str]:
    """Return the keys of a table of which folded text is an expression."""
    if not _compile_table(table).fullmatch(text):
        return []
    keys = order or tuple(read_words()[table])
    return [key for key in keys if matches(table, key, text)]


@cache
def _compile_table(table: str) -> re.Pattern[str]:
    """Return one expression for all keys of a table: most words are none of its."""
    return re.compile("|".join(compile_words(table, key).pattern for key in read_words()[table]))


def holds_any(table: str, text: str) -> bool:
    """Say whether folded text holds an expression of any key of a table."""
    return bool(_compile_table(table).search(text))
