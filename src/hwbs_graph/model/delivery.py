"""How an element of a plan is carried out: when, by what measure, and how it stands.

The values are what JSON holds; the words are the same in every sheet, page and picture.

Out of scope: asking the graph (`queries/internal/delivery.rq`), and what the dates are (`dates`).
"""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from hwbs_graph.grouping import Row
from hwbs_graph.model.dates import word_date


class Measure(TypedDict):
    """A target or an indicator: its wording, the plan's word for it, and by when."""

    label: str
    kind: str | None
    indicator: str | None
    targetDate: str | None


class Progress(TypedDict):
    """One progress update: as of when, in the words of the scheme, as printed, and its text."""

    asOf: str | None
    state: str | None
    printed: str | None
    text: str | None


class Delivery(TypedDict):
    """What a plan prints of how an element is carried out; the latest progress comes first."""

    timescale: str | None
    startDate: str | None
    targetDate: str | None
    measures: list[Measure]
    progress: list[Progress]


def read_delivery(rows: Iterable[Row]) -> Delivery:
    """Return the rows of `internal/delivery` on one element; what is not there is None."""
    found: Delivery = {
        "timescale": None,
        "startDate": None,
        "targetDate": None,
        "measures": [],
        "progress": [],
    }
    for row in rows:
        _add_fact(found, row)
    counted = {measure["indicator"] for measure in found["measures"] if measure["label"]}
    # An indicator that a target names is told with the target.
    found["measures"] = [
        {**each, "label": each["label"] or str(each["indicator"])}
        for each in found["measures"]
        if each["label"] or each["indicator"] not in counted
    ]
    return found


def _add_fact(found: Delivery, row: Row) -> None:
    written = row["written"] or None
    match row["fact"]:
        case "timescale":
            found["timescale"] = row["text"]
        case "start":
            found["startDate"] = written
        case "due":
            found["targetDate"] = written
        case "progress":
            state, printed, text = (row[key] or None for key in ("state", "kind", "text"))
            found["progress"].append(
                {"asOf": written, "state": state, "printed": printed, "text": text}
            )
        case _:
            kind, indicator = row["kind"] or None, row["indicator"] or None
            found["measures"].append(
                {
                    "label": row["text"],
                    "kind": kind,
                    "indicator": indicator,
                    "targetDate": written,
                }
            )


def word_delivery(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Yield what there is as heading and text: ("due", "March 2027"), ("progress", ...)."""
    if when := word_time(delivery):
        yield when
    for measure in delivery["measures"]:
        yield "measure", word_measure(measure)
    for update in delivery["progress"]:
        yield "progress", word_progress(update)


def word_time(delivery: Delivery) -> tuple[str, str] | None:
    """Return “due” and the date, else “timescale” and the printed words; None without either."""
    printed = delivery["timescale"]
    if not delivery["targetDate"]:
        begun = delivery["startDate"]
        words = [f"from {word_date(begun)}"] if begun else []
        words += [f"printed “{printed}”"] if printed else []
        return ("timescale", ", ".join(words)) if words else None
    start = f", from {word_date(delivery['startDate'])}" if delivery["startDate"] else ""
    words_printed = f", printed “{printed}”" if printed else ""
    return "due", f"{word_date(delivery['targetDate'])}{start}{words_printed}"


def word_measure(measure: Measure) -> str:
    """Return a measure with the plan's word for it, its indicator and its date."""
    indicator = measure["indicator"] if measure["indicator"] != measure["label"] else None
    due = f"due {word_date(measure['targetDate'])}" if measure["targetDate"] else None
    beside = "; ".join(filter(None, (measure["kind"], indicator, due)))
    return f"{measure['label']} ({beside})" if beside else measure["label"]


def word_progress(update: Progress) -> str:
    """Return “Amber (some risk) in October 2026: ...”; no date is said to be none."""
    printed, state = update["printed"], update["state"]
    if printed and state and printed.casefold() != state.casefold():
        stands = f"{printed} ({state})"
    else:
        stands = printed or state or "update"
    text = f": {update['text']}" if update["text"] else ""
    return f"{stands}{_word_day(update['asOf'])}{text}"


def _word_day(as_of: str | None) -> str:
    if not as_of:
        return ", of no printed date"
    return f" {'on' if len(as_of) == len('2026-10-31') else 'in'} {word_date(as_of)}"
