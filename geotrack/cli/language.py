"""The language of the command line: help, and errors, in what the user speaks.

Commands are written in English. Help texts are translated after the tree of commands is built, and the
words that Typer puts around them with them. What a command prints for programs stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import typer

from geotrack.errors import UsageError
from geotrack.languages import LANGUAGES, negotiate, of_environment, retold, speak, spoken
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_

OPTION = "--lang"
# Typer's own texts. Those that it reads anew at each use, by where they stand in `typer.rich_utils`.
PANELS = {
    "ARGUMENTS_PANEL_TITLE": n_("Arguments"),
    "OPTIONS_PANEL_TITLE": n_("Options"),
    "COMMANDS_PANEL_TITLE": n_("Commands"),
    "ERRORS_PANEL_TITLE": n_("Error"),
    "ABORTED_TEXT": n_("Aborted."),
    "DEFAULT_STRING": n_("[default: {}]"),
    "REQUIRED_LONG_STRING": n_("[required]"),
    "RICH_HELP": n_("Try [blue]'{command_path} {help_option}'[/] for help."),
}
# And those that it writes into the commands themselves.
OPTIONS = (
    n_("Show this message and exit."),
    n_("Install completion for the current shell."),
    n_("Show completion for the current shell, to copy it or customize the installation."),
)
# What its refusals say: wordings that are told again.
REFUSALS = (
    "No such option: {0}",
    "No such option: {0} Did you mean {1}?",
    "No such command {0}.",
    "No such command {0}. Did you mean {1}?",
    "Missing argument {0}.",
    "Missing option {0}.",
    "Missing parameter: {0}",
    "Option {0} requires an argument.",
    "Invalid value for {0}: {1}",
    "Invalid value: {0}",
    "{0} is not one of {1}.",
    "{0} is not a valid int.",
    "{0} is not a valid float.",
    "{0} is not in the range {1}.",
    "Got unexpected extra argument ({0})",
    "Got unexpected extra arguments ({0})",
    "Missing command.",
)
USAGE = n_("Usage:")


def settle(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Speak the language of `--lang`, else GEOTRACK_LANG, else of the locale; return it.

    Raises
    ------
    UsageError
        If `--lang` names none of the languages there are.
    """
    speak(of_environment(os.environ if environment is None else environment))
    asked = _asked(arguments)
    if asked is not None:
        speak(known(asked))
    return spoken()


def known(asked: str) -> str:
    """Return one of the languages there are.

    Raises
    ------
    UsageError
        If it is none of them.
    """
    language = negotiate([asked])
    if language is None:
        raise UsageError(f"No language {asked!r}. Languages: {', '.join(LANGUAGES)}.")
    return language


def _asked(arguments: Sequence[str]) -> str | None:
    """Return what `--lang` says, before Typer reads any option: help is asked for in a language, too."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument == OPTION:
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if argument.startswith(f"{OPTION}="):
            return argument.partition("=")[2]
    return None


def translated(app: typer.Typer) -> Any:  # noqa: ANN401 - Typer's own command, whose type it does not show
    """Return the tree of commands with its help in the language spoken."""
    command = typer.main.get_command(app)
    if spoken() != "en":
        _translate_words()
        _translate(command)
    return command


def _translate_words() -> None:
    """Put our words for Typer's own into the places from which it reads them."""
    from typer import rich_utils
    from typer._click import exceptions, formatting

    for name, text in PANELS.items():
        setattr(rich_utils, name, _(text))
    written = formatting.HelpFormatter.write_usage

    def write_usage(formatter: Any, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ANN401 - Typer's formatter
        written(formatter, prog, args, f"{_(USAGE)} " if prefix is None else prefix)

    formatting.HelpFormatter.write_usage = write_usage  # type: ignore[method-assign, assignment]
    for one in vars(exceptions).values():
        if isinstance(one, type) and "format_message" in vars(one):
            one.format_message = _retelling(one.format_message)  # type: ignore[attr-defined]


def _retelling(tell: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what tells an error of Typer's in the language spoken, our own part of it, too."""

    def told(error: Any) -> str:  # noqa: ANN401 - Typer's errors
        return retold(tell(error))

    return told


def _translate(command: Any) -> None:  # noqa: ANN401 - as above
    if command.help:
        command.help = help_text(command.help)
    if getattr(command, "short_help", None):
        command.short_help = _(command.short_help)
    for option in command.params:
        if getattr(option, "help", None):
            option.help = _(option.help)
    own_option = command.get_help_option

    def help_option(context: Any) -> Any:  # noqa: ANN401 - as above
        option = own_option(context)
        if option is not None:
            option.help = _(OPTIONS[0])
        return option

    command.get_help_option = help_option
    for one in getattr(command, "commands", {}).values():
        _translate(one)


def help_text(text: str) -> str:
    """Return a command's help, translated paragraph by paragraph; its example stays as it is typed."""
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n"))


def _paragraph(part: str) -> str:
    plain = " ".join(part.split())
    if plain.startswith(EXAMPLE):
        return f"{_(EXAMPLE)} {plain.removeprefix(EXAMPLE).strip()}"
    return _(plain)


EXAMPLE = n_("Example:")
