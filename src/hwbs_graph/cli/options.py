"""What every command file says, and how one parameter stands for several options.

Out of scope: the options themselves (`source`, `output`).
"""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from typer.core import TyperCommand, TyperOption

from hwbs_graph.errors import UsageError


class Command(NamedTuple):
    """A command: the function that runs it, and an example that can be pasted."""

    run: Callable[..., None]
    example: str


class StrictCommand(TyperCommand):
    """A command of which no option is given twice, unless it takes several values.

    Of two values the parser would keep the last, and the other would be lost in silence.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. Raises UsageError for an option that is repeated."""
        if not ctx.resilient_parsing:  # as completion does, of what is not whole yet
            _, _, given = self.make_parser(ctx).parse_args([*args])
            single = [each for each in given if isinstance(each, TyperOption) and not each.multiple]
            for option in single:
                if single.count(option) > 1:
                    raise UsageError(f"{option.opts[0]} is given twice; give it once.")
        return super().parse_args(ctx, args)


class Option(NamedTuple):
    """An option as Typer reads it: its annotated type, and its default."""

    annotation: Any
    default: Any = None


class SharedOptions(NamedTuple):
    """Annotates a parameter that stands for `options`; `build` makes its value of theirs."""

    build: Callable[..., Any]
    options: dict[str, Option]


def spread_options(run: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which the options of each shared parameter stand in its place.

    Typer makes one option of each parameter, and cannot make one value of several options.
    """
    signature = inspect.signature(run)
    shared = {
        name: found
        for name, each in signature.parameters.items()
        if (found := _find_shared(each.annotation))
    }

    def command(**given: Any) -> None:
        for name, each in shared.items():
            given[name] = each.build(**{option: given.pop(option) for option in each.options})
        run(**given)

    shown: list[inspect.Parameter] = []
    for name, each in signature.parameters.items():
        options = shared[name].options if name in shared else {}
        shown += [_make_parameter(*item) for item in options.items()]
        shown += [] if options else [each.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
    command.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in shown}
    command.__doc__, command.__name__ = run.__doc__, run.__name__
    return command


def _find_shared(annotation: Any) -> SharedOptions | None:
    extras = getattr(annotation, "__metadata__", ())
    return next((each for each in extras if isinstance(each, SharedOptions)), None)


def _make_parameter(name: str, option: Option) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=option.default, annotation=option.annotation)
