"""What a query from outside may not ask for: changes, and machines that were not allowed.

Workers without a way out are the second guard.

Out of scope: what a token is (`store.tokens`), and whether the query is valid.
"""

from collections.abc import Set

from hwbs_graph.protocol.message import Refusal
from hwbs_graph.store.tokens import UPDATES, tokens


def refuse(text: str, services: Set[str] = frozenset()) -> None:
    """Refuse what would change data, or would ask a machine that the operator has not allowed."""
    found = [*tokens(text), ("end", ""), ("end", "")]
    opening = [token for kind, token in found if kind == "word" and token not in ("PREFIX", "BASE")]
    if opening and opening[0] in UPDATES:
        raise Refusal(403, f"{opening[0]} would change data, and this server only reads.")
    for number, (kind, token) in enumerate(found):
        if kind == "word" and "SERVICE" in token:
            after = found[number + 1]
            if after == ("word", "SILENT"):
                after = found[number + 2]
            if token != "SERVICE" or after[0] != "iri" or after[1][1:-1] not in services:
                raise Refusal(403, _service(services))


def _service(services: Set[str]) -> str:
    if not services:
        return (
            "SERVICE would ask another machine, and this server asks only its own graph; "
            "its operator can allow an address with --allow-service."
        )
    return f"SERVICE may ask only, written in full: {', '.join(sorted(services))}."
