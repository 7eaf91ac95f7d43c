"""Checks the passages that sentences cite: which of them stand in the documents, and which do not.

Whether a sentence follows from its passages is not judged here; a person must read both.

Out of scope: reading the documents themselves (`hwbs verify`); the record's passages are searched.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hwbs_graph.grouping import Row
from hwbs_graph.query.results import run_named
from hwbs_graph.store import Engine
from hwbs_graph.text import count
from hwbs_graph.web.assistant.tool_answers import ToolAnswer

#: Fewer characters stand in too many places to prove anything.
_SHORTEST = 3


def check_sentences(engine: Engine, sentences: Sequence[Mapping[str, Any]]) -> ToolAnswer:
    """Return a row for each passage that a sentence cites: whether, and where, it stands.

    A sentence has `sentence` and `passages`, each with `words` and, if it says which, `document`
    and `line`. A sentence that cites nothing has one row, without words.
    """
    printed = [(_fold(row["printedText"]), row) for row in run_named(engine, "internal/passages")]
    rows = [
        _judge(str(each.get("sentence", "")), cited, printed)
        for each in sentences
        for cited in each.get("passages") or [{}]
    ]
    missing = sum(not row["stands"] for row in rows)
    found = f"{count(len(rows), 'passage')} of {count(len(sentences), 'sentence')}"
    return ToolAnswer(f"{found}: {missing} do not stand in the record.", rows, [])


def _judge(
    sentence: str, cited: Mapping[str, Any], printed: Sequence[tuple[str, Row]]
) -> dict[str, Any]:
    """Return the verdict on one cited passage, with every place where its words stand."""
    words = str(cited.get("words") or "")
    wanted = _fold(words)
    places = [row for text, row in printed if wanted in text] if len(wanted) >= _SHORTEST else []
    fitting = [row for row in places if _is_cited(row, cited)]
    return {
        "sentence": sentence,
        "words": words,
        "stands": bool(fitting),
        "why": _explain(wanted, places, fitting),
        "places": [
            {"document": row["identifier"], "line": int(row["line"]), "place": row["place"]}
            for row in (fitting or places)[:5]
        ],
    }


def _is_cited(row: Row, cited: Mapping[str, Any]) -> bool:
    """Say whether a passage is of the document and line that are cited, where any are."""
    document, line = str(cited.get("document") or ""), str(cited.get("line") or "")
    return document in ("", row["identifier"], row["document"]) and line in ("", row["line"])


def _explain(wanted: str, places: Sequence[Row], fitting: Sequence[Row]) -> str:
    if fitting:
        return ""
    if len(wanted) < _SHORTEST:
        return "The sentence cites no words." if not wanted else "The words are too short to tell."
    if places:
        return "The words stand elsewhere, not where they are said to stand."
    return "No passage of the record has these words."


def _fold(text: str) -> str:
    """Return text as it is compared: spaces, line ends and kinds of quotation marks alike."""
    plain = text.translate(str.maketrans("‘’“”", "''\"\""))
    return re.sub(r"\s+", " ", plain).strip().casefold()
