"""What commands print: names and texts of strangers command no terminal and mark nothing up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

# Escape sequences begin with the first; the second turn a line around; a lone surrogate cannot be printed.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    r"""Return a text as it can be printed, lines and all: a control character as `\u001b`.

    So JSON stays the same JSON.
    """
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: object = "", *, err: bool = False) -> None:
    """Print a line of words."""
    typer.echo(shown(str(text)), err=err)


def say_json(told: object, **options: Any) -> None:  # noqa: ANN401 - those of json.dumps
    """Print JSON."""
    say(json.dumps(told, ensure_ascii=False, **options))


def screen(*, stderr: bool = False, soft_wrap: bool = False) -> Console:
    """Return where tables are printed; no cell is markup."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Shown(Console):
        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterable[Segment]:
            for one in super().render(renderable, options):
                yield one if one.control else Segment(shown(one.text), one.style)

    return Shown(stderr=stderr, soft_wrap=soft_wrap, markup=False, emoji=False)
