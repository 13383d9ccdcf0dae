"""Collect the texts of the interface, and bring the catalogues up to date with them.

Three kinds of texts: those that the code marks (`_`, `n_`, `ngettext`, `pgettext`); the help of the command
line, which is read off the commands; and what errors and tables tell in English and the edges tell again
(`geotrack.languages.retelling`), whose wordings are read off the places where they are made.

Usage: translations.py [--check]. With --check nothing is written, and what is out of date ends it with 1.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from geotrack.cli.commands import app  # noqa: E402 - the checkout's own package
from geotrack.cli.language import EXAMPLE  # noqa: E402
from geotrack.languages.catalogues import DOMAIN, RETOLD  # noqa: E402
from geotrack.languages.choosing import FIRST, LANGUAGES  # noqa: E402

PACKAGE = ROOT / "geotrack"
FOLDER = PACKAGE / "translations"
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "n_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# Where wordings are made that are told again: the modules before the edges, and the edges' own refusals.
# What the server of features answers is for programs, in English.
QUIET = ("languages", "translations", "models", "charts", "serving")
# Names and arguments that hold wordings; a function that returns one has such a name in its own.
TOLD_NAMES = re.compile(
    r"problem|remedy|reason|why|hint|refus|warning|upper_bound|says|_note$", re.IGNORECASE
)
RULES = ("analysis",)
PHRASE = re.compile(r"[a-z][\w'-]*(?:[ ,]+[\w'{}-]+){2,}$")
PLAIN_ERRORS = {"ValueError", "AttributeError"}
PROSE = re.compile(r"[^\W\d_]{2,}\W+(?:\w+\W+)*?[^\W\d_]{2,}")
# Not ours, or shown to nobody: what drivers say, by which their errors are known, and what exports tell.
FOREIGN = frozenset(
    {
        "database is locked",
        "database table is locked",
        "file is not a database",
        "readonly database",
        "unable to open database file",
        "disk is full",
        "disk i/o error",
        "no space left on device",
        "password authentication failed",
        "no password supplied",
        "permission denied",
        "read-only transaction",
        "connection refused",
        "lock timeout",
        "{0}: {1}, of which {2} is preferred: {3}",
        "{0} with a confidence below {1} {2} left out.",
    }
)
_CONVERSION = re.compile(r"\{[^{}]*\}")


class Message(NamedTuple):
    """A text, its forms where it goes with a number, its context, and where it stands."""

    id: str | tuple[str, str]
    context: str | None
    place: str


def messages() -> list[Message]:
    """Return every text of ours that a user may read, by file and line."""
    found: dict[tuple[Any, str | None], Message] = {}
    for one in (*_marked(), *_help(), *_told()):
        found.setdefault((one.id, one.context), one)
    singles = {one.id[0] for one in found.values() if isinstance(one.id, tuple)}
    return [one for one in found.values() if one.id not in singles]


def _files() -> list[Path]:
    return [ROOT / "app.py", *sorted(PACKAGE.rglob("*.py"))]


def _marked() -> Iterator[Message]:
    for path in _files():
        place = path.relative_to(ROOT).as_posix()
        for line, text, _, context in extract_from_file("python", path, KEYWORDS):
            if text:
                yield Message(text, context, f"{place}:{line}")


def _help() -> Iterator[Message]:
    for text in dict.fromkeys(_help_of(typer.main.get_command(app))):
        yield Message(text, None, "geotrack/cli")


def _help_of(command: Any) -> Iterator[str]:  # noqa: ANN401 - Typer does not show its commands' type
    for part in (command.help or "").split("\n\n"):
        plain = " ".join(part.split())
        if plain and not plain.startswith(EXAMPLE):
            yield plain
    for option in command.params:
        if getattr(option, "help", None):
            yield option.help
    for one in getattr(command, "commands", {}).values():
        yield from _help_of(one)


# what is told again ---------------------------------------------------------------------------------


def _told() -> Iterator[Message]:
    for path in _files():
        noun = path.relative_to(ROOT).parts[1].removesuffix(".py") if path.parent != ROOT else ""
        if noun in {"", *QUIET}:
            continue
        place = path.relative_to(ROOT).as_posix()
        for line, text in _wordings(ast.parse(path.read_text(encoding="utf-8")), noun):
            yield Message(text, RETOLD, f"{place}:{line}")


def _wordings(tree: ast.Module, noun: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for value in (*_holders(node, noun), *_reasons(node, noun)):
            for one in _strings(value):
                text = _wording(one)
                if text not in FOREIGN and PROSE.search(_CONVERSION.sub("", text)):
                    yield one.lineno, text


def _holders(node: ast.AST, noun: str) -> Iterator[ast.expr]:
    """Yield the expressions that hold wordings: of errors, of reasons, and what rules answer."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.endswith(("Error", "super().__init__", "BadParameter")) and name not in {
            "ValueError",
            "AttributeError",
        }:
            yield from node.args
            yield from (one.value for one in node.keywords)
        else:
            yield from (one.value for one in node.keywords if TOLD_NAMES.search(one.arg or ""))
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(TOLD_NAMES.search(ast.unparse(one)) for one in targets):
            yield node.value
    elif isinstance(node, ast.FunctionDef) and _answers_in_words(node, noun):
        yield from (one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value)


def _reasons(node: ast.AST, noun: str) -> Iterator[ast.expr]:
    """Yield the phrases of rules: in these modules every one is a reason that a table or tooltip shows."""
    holders = (ast.Dict, ast.Tuple, ast.IfExp, ast.BoolOp, ast.Assign, ast.Return)
    if noun in RULES and isinstance(node, holders):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant | ast.JoinedStr) and PHRASE.match(_wording_of(child)):
                yield child


def _wording_of(child: ast.Constant | ast.JoinedStr) -> str:
    return _wording(child) if isinstance(child, ast.JoinedStr) or isinstance(child.value, str) else ""


def _answers_in_words(function: ast.FunctionDef, noun: str) -> bool:
    returns = ast.unparse(function.returns) if function.returns else ""
    quiet = noun in {"app", "maps", "cli", "export", "evaluation"}
    return "str" in returns and not quiet


def _strings(value: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield the texts in an expression, those inside an f-string's gaps after it; no call's arguments."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str):
            yield value
    elif isinstance(value, ast.JoinedStr):
        yield value
        for part in value.values:
            if isinstance(part, ast.FormattedValue):
                yield from _strings(part.value)
    elif not isinstance(value, ast.Call):
        for child in ast.iter_child_nodes(value):
            if isinstance(child, ast.expr):
                yield from _strings(child)


def _wording(text: ast.Constant | ast.JoinedStr) -> str:
    """Return a text with numbered gaps where values come in."""
    if isinstance(text, ast.Constant):
        return str(text.value).strip()
    parts, gaps = [], 0
    for part in text.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{gaps}}}")
            gaps += 1
    return "".join(parts).strip()


# catalogues -----------------------------------------------------------------------------------------


def path_of(language: str) -> Path:
    """Return the file of a language's catalogue."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def template(found: list[Message], language: str) -> Catalog:
    """Return an empty catalogue of all texts."""
    made = Catalog(locale=language, project="geotrack", copyright_holder="the geotrack authors", fuzzy=False)
    for one in found:
        made.add(one.id, context=one.context, locations=[(one.place.partition(":")[0], None)])
    return made


def updated(language: str, found: list[Message]) -> bytes:
    """Return a language's catalogue with all texts, as the bytes of its file; what it has stays."""
    path = path_of(language)
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    made = template(found, language)
    for message in made:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and old.string:
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
    target = BytesIO()
    write_po(target, made, width=110, omit_header=True, sort_by_file=True)
    return _header(made).encode() + target.getvalue()


def _header(made: Catalog) -> str:
    """Return a catalogue's header without dates and tools, which would make each run a change."""
    fields = (
        f"Language: {made.locale_identifier}",
        f"Plural-Forms: {made.plural_forms}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    lines = "".join(f'"{field}\\n"\n' for field in fields)
    return f'# Texts of the interface, language {made.locale_identifier}.\nmsgid ""\nmsgstr ""\n{lines}\n'


def main() -> int:
    """Write the catalogues anew, or tell which of them are out of date."""
    found, check = messages(), "--check" in sys.argv[1:]
    stale = []
    for language in LANGUAGES:
        if language == FIRST:
            continue
        path, content = path_of(language), updated(language, found)
        if path.exists() and path.read_bytes() == content:
            continue
        stale.append(language)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    if check and stale:
        print(f"out of date: {', '.join(stale)}; run: make translations")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
