"""HTML from templates, each value escaped unless it is marked as markup.

Out of scope: what a page says.
"""

from functools import cache
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


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
        bytecode_cache=_compiled_templates(),
    )


@cache
def _compiled_templates() -> "BytecodeCache":
    """Return what keeps the templates that this process has compiled, by their source.

    Compiling takes most of the time of a small page, and each page has an environment of its own.
    """
    from jinja2 import BytecodeCache

    class CompiledTemplates(BytecodeCache):
        def __init__(self) -> None:
            self._known: dict[tuple[str, str], CodeType | None] = {}

        def load_bytecode(self, bucket: "Bucket") -> None:
            bucket.code = self._known.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: "Bucket") -> None:
            self._known[bucket.key, bucket.checksum] = bucket.code

    return CompiledTemplates()
