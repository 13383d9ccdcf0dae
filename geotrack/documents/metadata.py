"""Fields that front matter and rows state about a report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from geotrack.documents.dates import parse_date
from geotrack.documents.drafts import Draft
from geotrack.errors import UnreadableDocumentError

# ISO 639-2 codes of our languages, and the country code that is often written for Ukrainian.
_CODES = {"eng": "en", "aze": "az", "ukr": "uk", "rus": "ru", "ua": "uk"}
_UNKEPT = re.compile("[\\x00\\ud800-\\udfff]")
_TRUE_WORDS = ("true", "yes", "1")


def draft_from(fields: Mapping[str, object], text: str, where: str) -> Draft:
    """Return a draft from stated fields: title, publisher, published, language, url, origin, retold, id.

    `where` is the file, or the file and line, that a refusal names.

    Raises
    ------
    UnreadableDocumentError
        If `published` is no date.
    """
    return Draft(
        text=text,
        title=_text(fields.get("title")),
        publisher=_text(fields.get("publisher")),
        published=_date(fields.get("published"), where),
        language=_language(fields.get("language")),
        url=_text(fields.get("url")),
        origin=_text(fields.get("origin")),
        retold=str(fields.get("retold", "")).casefold() in _TRUE_WORDS,
        row_id=_text(fields.get("id")),
    )


def _text(value: object) -> str | None:
    """Return a stated value as one line of text that a database can keep; an empty one is none."""
    return _UNKEPT.sub("\ufffd", " ".join(str(value).split())) or None if value is not None else None


def _language(value: object) -> str | None:
    """Return the primary subtag: uk of uk-UA; what is no code is none, and the text decides."""
    text = _text(value)
    code = text.replace("_", "-").split("-")[0].lower() if text else ""
    code = _CODES.get(code, code)
    return code if re.fullmatch("[a-z]{2,3}", code) else None


def _date(value: object, where: str) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    text = _text(value)
    date = parse_date(text) if text else None
    if text and date is None:
        raise UnreadableDocumentError(
            where, f"its publication date {text[:40]!r} is no date", "Write it as YYYY-MM-DD."
        )
    return date
