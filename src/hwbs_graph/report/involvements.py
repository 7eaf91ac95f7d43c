"""Involvements: who is named for which action, and what is read off them.

An involvement is a row with code, and with partner, action, objective and theme and their labels
(partnerLabel and so on). One given twice counts once.

Out of scope: where the records come from (`measure_inputs`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hwbs_graph.grouping import Row, group_pairs

Records = Sequence[Mapping[str, str]]


def label_partners(involvements: Records) -> dict[str, str]:
    """Return partners with their labels, in the order in which every answer lists them at first."""
    labels = {(row["partnerLabel"].casefold(), row["partner"]): row for row in involvements}
    return {partner: labels[key, partner]["partnerLabel"] for key, partner in sorted(labels)}


def collect_values(records: Records, key: str, value: str) -> dict[str, dict[str, None]]:
    """Return what stands beside each key, once each, in order; nothing beside an unknown one.

    A level that a plan does not print is no value.
    """
    groups = group_pairs((row[key], row[value]) for row in records if row[key] and row[value])
    return defaultdict(dict, {key: dict.fromkeys(values) for key, values in groups.items()})


def build_pair(labels: Mapping[str, str], one: str, other: str) -> Row:
    """Return two partners with their labels."""
    return {
        "partner": one,
        "partnerLabel": labels[one],
        "other": other,
        "otherLabel": labels[other],
    }
