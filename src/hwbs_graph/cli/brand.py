"""The options that the pages of a server and a site share: whose they are, what texts they show.

Out of scope: what the pages make of them (`web.branding`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hwbs_graph.cli.options import Option, SharedOptions

if TYPE_CHECKING:
    from hwbs_graph.web.branding import Branding


class Brand(NamedTuple):
    """What was typed."""

    title: str | None = None
    logo: Path | None = None
    colour: str | None = None
    contact: str | None = None

    def read(self) -> "Branding":
        """Return what the pages show. Raises UsageError, PathError."""
        from hwbs_graph.web.branding import read_branding

        return read_branding(*self)


def _option(type: object, name: str, metavar: str, help: str) -> Option:
    return Option(
        Annotated[type, typer.Option(name, metavar=metavar, help=help, show_default=False)]
    )


#: The folder of documents whose texts the pages show.
ShownTexts = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        help="A folder with the texts that were read, as `hwbs verify` takes it: pages show"
        " each passage in its text. Only what you may publish belongs there.",
        show_default=False,
    ),
]
PageBranding = Annotated[
    Brand,
    SharedOptions(
        Brand,
        {
            "title": _option(str | None, "--title", "TEXT", "Whose pages these are, on each page."),
            "logo": _option(Path | None, "--logo", "FILE", "A picture before the title: SVG, PNG."),
            "colour": _option(
                str | None, "--colour", "#RRGGBB", "The colour of the line below the title."
            ),
            "contact": _option(
                str | None, "--contact", "ADDRESS", "Whom to ask: an e-mail address or a page."
            ),
        },
    ),
]
