"""What a check finds: a value, never a print-out.

Out of scope: deciding what to do about it; the command line maps findings to exit codes.
"""

from dataclasses import asdict, dataclass, fields
from typing import Literal, NamedTuple

Severity = Literal["violation", "warning"]


class Breach(NamedTuple):
    """What breaks a rule: the thing's IRI, and a sentence that says what to do."""

    severity: Severity
    rule: str
    focus: str
    message: str


@dataclass(frozen=True, order=True)
class Finding:
    """One problem: how grave, which rule, what it is about, and a sentence that says what to do.

    `focus` is an IRI or a file; `label` names it for a reader; `source` says where it stands.
    """

    severity: Severity
    rule: str
    focus: str
    label: str
    message: str
    source: str = ""

    @classmethod
    def columns(cls) -> list[str]:
        """Return the names of the fields, in order."""
        return [field.name for field in fields(cls)]

    def as_dict(self) -> dict[str, str]:
        """Return the finding as a flat dictionary, in column order."""
        return asdict(self)

    def describe(self) -> str:
        """Return the finding as a paragraph for a person."""
        where = f"; {self.source}" if self.source else ""
        return (
            f"{self.severity.upper()}  {self.label}\n"
            f"    {self.message}\n"
            f"    {self.rule}{where}\n"
            f"    <{self.focus}>\n"
        )
