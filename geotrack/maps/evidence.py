"""What a click shows: the sentence with its words marked, who published it and when; victims unnamed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from geotrack import languages
from geotrack.languages import gettext as _
from geotrack.languages import ngettext
from geotrack.maps import words
from geotrack.redaction import redact

_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Quoting:
    """How sentences are quoted: whether victims are made nameless.

    `victims` holds the victim phrases of each document's incidents, by document id.
    """

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
        "publisher": publisher(fact),
        "published": day(fact.get("published")) or _(words.NO_DATE),
        "url": web_address(fact.get("url")),
        "note": _(words.RETOLD) if fact.get("retold") is True or bool(fact.get("retold")) else "",
    }


def publisher(fact: Mapping[str, Any]) -> str:
    """Return who published a fact, or that nobody says."""
    return _text(fact.get("publisher")) or _(words.NO_PUBLISHER)


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


def day(value: object) -> str:
    """Return a date, an ISO day, `YYYY-MM` or `YYYY` as people write it; nothing known is empty."""
    if isinstance(value, dt.date) and not pd.isna(value):
        return languages.day(value)
    text = _text(value)
    if _DAY.fullmatch(text):
        return languages.day(dt.date.fromisoformat(text))
    if _MONTH.fullmatch(text):
        return languages.month(dt.date.fromisoformat(f"{text}-01"))
    return text


def dated(value: object) -> str:
    """Return a date as `day` does, or say that there is none."""
    return day(value) or _(words.NO_DATE)


def period(start: object, end: object, *, stock: bool) -> str:
    """Return a period as people write it: a level has an as-of day only."""
    first, last = day(start), day(end)
    if stock:
        return _("as of {day}").format(day=last) if last else _("day not stated")
    if first and last:
        return first if first == last else _between(start, end) or f"{first} \N{EN DASH} {last}"
    if first:
        return _("since {day}").format(day=first)
    return _("up to {day}").format(day=last) if last else _("period not stated")


def _between(start: object, end: object) -> str:
    """Return two days as a span in which what they share is said once; empty where one is no whole day."""
    if not (isinstance(start, dt.date) and isinstance(end, dt.date)):
        return ""
    return languages.days_between(start, end)


def toll(event: Mapping[str, Any]) -> str:
    """Return whom an incident harmed, in words: what is not said is not printed as zero."""
    counts = {name: None if pd.isna(event[name]) else int(event[name]) for name in _TOLL}
    # People harmed who are all told as killed or injured are not told again.
    if (counts["casualties"] or 0) <= (counts["killed"] or 0) + (counts["injured"] or 0):
        counts["casualties"] = None
    said = [harmed(name, count) for name, count in counts.items() if count]
    if said:
        return ", ".join(said)
    if counts["killed"] == 0 and counts["injured"] == 0:
        return _("nobody harmed")
    return _("victims not stated")


_TOLL = ("killed", "injured", "casualties")


def harmed(how: str, count: int) -> str:
    """Return a number of people killed, injured, or harmed without saying how."""
    if how == "killed":
        told = ngettext("{n} killed", "{n} killed", count)
    elif how == "injured":
        told = ngettext("{n} injured", "{n} injured", count)
    else:
        told = ngettext("{n} casualty", "{n} casualties", count)
    return told.format(n=languages.number(count))


def joined(names: Iterable[str], most: int = 4) -> str:
    """Return names in a row; beyond `most` the rest is counted."""
    rows = list(names)
    if len(rows) <= most + 1:
        return ", ".join(rows)
    rest = len(rows) - most
    told = ngettext("{names} and {n} more", "{names} and {n} more", rest)
    return told.format(names=", ".join(rows[:most]), n=languages.number(rest))
