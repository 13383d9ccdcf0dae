"""Which of the languages there are a user wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NAMES = {"en": "English", "az": "Azərbaycanca", "uk": "Українська", "ru": "Русский"}
LANGUAGES = tuple(NAMES)
FIRST = LANGUAGES[0]


def negotiate(wanted: Iterable[str]) -> str | None:
    """Return the first language wanted that there is: `uk-UA` and `uk_UA.UTF-8` are `uk`; None if none is."""
    for one in wanted:
        code = one.strip().replace("_", "-").split(".")[0].split("@")[0].split("-")[0].lower()
        if code in NAMES:
            return code
    return None


def accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first."""
    weighed = []
    for part in header.split(","):
        name, _, rest = part.strip().partition(";")
        weighed.append((_weight(rest), name.strip()))
    return [name for weight, name in sorted(weighed, key=lambda pair: -pair[0]) if name and weight > 0]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def of_environment(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for: GEOTRACK_LANG, else its locale, else English."""
    asked = environment.get("GEOTRACK_LANG")
    if asked:
        return negotiate([asked]) or FIRST
    # The first one set decides, as for every program; a locale that is not ours (C, de_DE) is English.
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    wanted = environment.get("LANGUAGE", "").split(":") if locale not in {"", "C", "POSIX"} else []
    return negotiate([*filter(None, wanted), locale]) or FIRST
