"""HTML from templates, each value escaped unless it is marked as markup.

Out of scope: what a page says.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def build_environment(package: str, *, keep_trailing_newline: bool = False) -> "Environment":
    """Return the environment of the templates in `package`'s folder `static`.

    A name that a template misspells is an error.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, "static"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
