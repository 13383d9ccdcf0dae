"""What a click shows: the sentence with its words marked, who published it and when; victims unnamed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from babel.dates import format_date

from geotrack.maps import words
from geotrack.redaction import redact

_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Quoting:
    """How sentences are quoted: the language of dates, and whether victims are made nameless.

    `victims` holds the victim phrases of each document's incidents, by document id.
    """

    locale: str = "en"
    redacted: bool = True
    victims: Mapping[str, Sequence[str]] | None = None

    def clean(self, text: str, document_id: str) -> str:
        """Return quoted words as they may be shown."""
        return redact(text, (self.victims or {}).get(document_id, ())) if self.redacted else text


def victims_by_document(incidents: pd.DataFrame) -> dict[str, list[str]]:
    """Return the victim phrases of each document: a sentence may name another sentence's victim."""
    found: dict[str, dict[str, None]] = {}
    for document_id, victims in zip(incidents["document_id"], incidents["victims"], strict=True):
        found.setdefault(document_id, {}).update(dict.fromkeys(victims or []))
    return {document_id: list(victims) for document_id, victims in found.items()}


def quote(fact: Mapping[str, Any], quoting: Quoting) -> dict[str, Any]:
    """Return one fact's evidence for a page.

    Parameters
    ----------
    fact
        A row of the store's figures or incidents.

    Returns
    -------
    evidence
        `before`, `mark`, `after` (the sentence in three pieces), `title`, `publisher`, `published`,
        `url` (only http and https), `note` (that the document is retold, or empty).
    """
    document_id = str(fact["document_id"])
    before, mark, after = _marked(fact, quoting, document_id)
    return {
        "before": before,
        "mark": mark,
        "after": after,
        "title": quoting.clean(_text(fact.get("title")), document_id),
        "publisher": _text(fact.get("publisher")) or words.NO_PUBLISHER,
        "published": day(fact.get("published"), quoting.locale) or words.NO_DATE,
        "url": web_address(fact.get("url")),
        "note": words.RETOLD if fact.get("retold") is True or bool(fact.get("retold")) else "",
    }


def _marked(fact: Mapping[str, Any], quoting: Quoting, document_id: str) -> tuple[str, str, str]:
    """Return the sentence before, in and after the fact's own words.

    The sentence is made nameless as a whole, and the words are found in it again: taken apart first, a
    name on the seam would escape. Where they cannot be found the sentence stands unmarked.
    """
    sentence = str(fact["sentence"])
    start = max(int(fact["span_start"]) - int(fact["sentence_start"]), 0)
    end = min(int(fact["span_end"]) - int(fact["sentence_start"]), len(sentence))
    clean = quoting.clean(sentence, document_id)
    if clean == sentence:
        return sentence[:start], sentence[start:end], sentence[end:]
    mark = quoting.clean(sentence[start:end], document_id)
    place = clean.find(mark, min(len(quoting.clean(sentence[:start], document_id)), start))
    place = clean.find(mark) if place < 0 else place
    if place < 0 or not mark:
        return clean, "", ""
    return clean[:place], mark, clean[place + len(mark) :]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def web_address(url: object) -> str:
    """Return an address that a page may link to: http or https, else an empty string."""
    address = _text(url)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def day(value: object, locale: str) -> str:
    """Return a date, an ISO day, `YYYY-MM` or `YYYY` as people write it; nothing known is empty."""
    if isinstance(value, dt.date) and not pd.isna(value):
        return format_date(value, "d MMMM y", locale)
    text = _text(value)
    if _DAY.fullmatch(text):
        return format_date(dt.date.fromisoformat(text), "d MMMM y", locale)
    if _MONTH.fullmatch(text):
        return format_date(dt.date.fromisoformat(f"{text}-01"), "LLLL y", locale)
    return text


def period(start: object, end: object, *, stock: bool, locale: str) -> str:
    """Return a period as people write it: a level has an as-of day only."""
    first, last = day(start, locale), day(end, locale)
    if stock:
        return f"as of {last}" if last else "day not stated"
    if first and last:
        return first if first == last else f"{_beginning(start, end, locale) or first} \N{EN DASH} {last}"
    if first:
        return f"since {first}"
    return f"up to {last}" if last else "period not stated"


def _beginning(start: object, end: object, locale: str) -> str:
    """Return a first day without the month and year that it shares with the last one."""
    if not (isinstance(start, dt.date) and isinstance(end, dt.date)) or start.year != end.year:
        return ""
    return format_date(start, "d" if start.month == end.month else "d MMMM", locale)


def toll(event: Mapping[str, Any]) -> str:
    """Return whom an incident harmed, in words: what is not said is not printed as zero."""
    counts = {name: None if pd.isna(event[name]) else int(event[name]) for name in _TOLL}
    said = [
        f"{count} {_ONE.get(name, name) if count == 1 else name}" for name, count in counts.items() if count
    ]
    if said:
        return ", ".join(said)
    if counts["killed"] == 0 and counts["injured"] == 0:
        return "nobody harmed"
    return "victims not stated"


_TOLL = ("killed", "injured", "casualties")
_ONE = {"casualties": "casualty"}


def joined(names: Iterable[str], most: int = 4) -> str:
    """Return names in a row; beyond `most` the rest is counted."""
    listed = list(names)
    if len(listed) <= most + 1:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} and {len(listed) - most} more"
