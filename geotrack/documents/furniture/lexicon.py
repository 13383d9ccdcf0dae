"""The words that pages print around articles: one TOML file a language, merged, since pages mix languages."""
# ruff: noqa: RUF001 - dashes, quotation marks and letters of four languages are meant

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_EDGES = re.compile(r"^[^\w©(]+|[^\w)]+$")
_SPACES = re.compile(r"\s+")
# İ and I fold to i in every language here: a capitalised Azerbaijani line then matches its lower-case entry.
_FOLDS = str.maketrans({"İ": "i", "ı": "i", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "_": " "})


def fold(text: str) -> str:
    """Return a line as the lexicon knows it: lower case, without bullets, end marks and double spaces."""
    return _EDGES.sub("", _SPACES.sub(" ", text.translate(_FOLDS).casefold())).strip()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded furniture words of all languages; the keys are explained in `en.toml`."""

    block: frozenset[str]
    inline: frozenset[str]
    lines: frozenset[str]
    starts: tuple[str, ...]
    credits: tuple[str, ...]
    byline: frozenset[str]
    published: frozenset[str]
    updated: frozenset[str]
    glue: frozenset[str]
    within_names: frozenset[str]
    event: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the language files once."""
    merged: dict[str, set[str]] = {}
    for entry in files(__package__).iterdir():
        if entry.name.endswith(".toml"):
            for key, words in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                merged.setdefault(key, set()).update(words)
    folded = {key: {fold(word) for word in words} for key, words in merged.items()}
    # Beginnings keep their colon and dash, which tell "photo: X" from a sentence about photos.
    raw = {key: {word.translate(_FOLDS).casefold() for word in merged[key]} for key in ("starts", "credits")}
    return Lexicon(
        block=frozenset(folded["block"]),
        inline=frozenset(folded["inline"]),
        lines=frozenset(folded["lines"]),
        starts=tuple(sorted(raw["starts"])),
        credits=tuple(sorted(raw["credits"])),
        byline=frozenset(word for entry in folded["byline"] for word in entry.split()),
        published=frozenset(folded["published"]),
        updated=frozenset(folded["updated"]),
        glue=frozenset(folded["glue"]),
        within_names=frozenset(folded["within_names"]),
        event=frozenset(folded["event"]),
    )


def folded_start(text: str) -> str:
    """Return the line as `Lexicon.starts` and `Lexicon.credits` know beginnings: end marks kept."""
    return re.sub(r"^[^\w©(]+", "", _SPACES.sub(" ", text.translate(_FOLDS).casefold()))
