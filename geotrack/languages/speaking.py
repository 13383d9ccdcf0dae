"""Texts in the language that is spoken now: each thread and task of the app speaks its own user's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from geotrack.languages.catalogues import translations
from geotrack.languages.choosing import FIRST

_SPOKEN: ContextVar[str] = ContextVar("spoken language", default=FIRST)


def spoken() -> str:
    """Return the locale that is spoken now."""
    return _SPOKEN.get()


def speak(locale: str) -> None:
    """Speak a language from here on."""
    _SPOKEN.set(locale)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _SPOKEN.set(locale)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def gettext(text: str) -> str:
    """Return a text in the language spoken."""
    return translations(spoken()).gettext(text) if text else ""


def pgettext(context: str, text: str) -> str:
    """Return a text whose English wording means more than one thing; the context says which."""
    return translations(spoken()).pgettext(context, text)


def ngettext(one: str, several: str, number: float) -> str:
    """Return the form of a text that goes with a number, by the language's own rules."""
    return translations(spoken()).ngettext(one, several, int(number))


def no_translation(text: str) -> str:
    """Return a text as it is: a mark for the catalogue, translated where it is shown."""
    return text
