"""The title and the publication date that a page itself states."""
# ruff: noqa: RUF001, RUF003 - dashes, quotation marks and letters of four languages are meant

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from geotrack.documents.dates import dates_in, day_of, dump_field
from geotrack.documents.furniture import Kind, Page
from geotrack.documents.furniture.lexicon import fold, lexicon
from geotrack.documents.furniture.lines import byline_name

# A stamp above the title belongs to it when it is no further away; higher up stands today's date.
LINES_ABOVE_TITLE = 3
# Who publishes is said right below the title, or after a subtitle.
LINES_BELOW_TITLE = 2
_HEADING = re.compile(r"^#{1,6}\s+")
_CENTURY = 2000
# "City/08.11.21/Agency:" opens a report of an agency; the only place where two digits are a year.
_SLASHED = re.compile(r"^[^\W\d_]+/(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)/[^\W\d_]+:")
# "BAKU, Azerbaijan, December 18, 2024 /Agency/": capitalised places, then the date, then a break.
_PLACES = re.compile(r"^(?:[^\W\d_][\w.'’-]*[,.]?\s+){1,4}$")
# "21 December 2017 – The agency": a date alone opens a report only before a dash; a chronicle has colons.
_LEADING_BREAK = re.compile(r"^\s*[–—-]\s")
_BREAK = re.compile(r"^\s*[./(–—:-]")
# "Mine incident in Izium, 21 August 2024": a day set off at the end; after a number it ends a period.
_SET_OFF = re.compile(r"(?<!\d)(?<!\d\s)(?:[,(|:–—]|\s-)\s*$")
# One word before a date is a city as often as an agency.
_PUBLISHER_WORDS = 2


def title_of(page: Page) -> str | None:
    """Return the headline of the page without Markdown marks, or None where no line looks like one."""
    heading = next((line.text for line in page.lines if line.text.startswith("# ")), None)
    if heading is None and page.title_index is not None:
        heading = page.lines[page.title_index].text
    return _HEADING.sub("", heading[dump_field(heading)[1] :].strip()) if heading else None


def published_on(page: Page) -> dt.date | None:
    """Return the publication date that a by-line states, never one from a sentence of the article.

    The first stated between title and article counts; then one labelled as such anywhere outside
    lists of other stories; then one just above the title; then the dateline that opens the article;
    then the day of the last change.
    """
    return next(_stated(page), None)


def publisher_of(page: Page) -> str | None:
    """Return who signs the line of name and date next to the title, or above an article without one."""
    title = page.title_index if page.title_index is not None else -1
    near = range(max(0, title - 1), min(title + 1 + LINES_BELOW_TITLE, page.head.stop))
    names = (byline_name(page.lines[index].text) for index in near if page.lines[index].kind is Kind.DATE)
    return next((name for name in names if name and len(name.split()) >= _PUBLISHER_WORDS), None)


def date_of_title(title: str | None) -> dt.date | None:
    """Return the full date that a title sets off at its end, or None."""
    found = list(dates_in(title or ""))
    if not title or len(found) != 1 or title[found[0].end :].strip(" .)"):
        return None
    return found[0].date if _SET_OFF.search(title[: found[0].start]) else None


def _stated(page: Page) -> Iterator[dt.date]:
    title = page.title_index if page.title_index is not None else -1
    if page.lines:
        yield from _some(dump_field(page.lines[0].text)[0])
    for index in page.head:
        if index > title:
            yield from _stamp(page, index)
    yield from _labelled(page, lexicon().published)
    for index in reversed(page.head):
        if title - LINES_ABOVE_TITLE <= index < title:
            yield from _stamp(page, index)
    if page.body:
        yield from _some(dateline(page.lines[page.body[0]].text))
    yield from _labelled(page, lexicon().updated)


def _some(date: dt.date | None) -> Iterator[dt.date]:
    if date:
        yield date


def _stamp(page: Page, index: int) -> Iterator[dt.date]:
    line = page.lines[index]
    if line.kind is Kind.DATE:
        yield from (each.date for each in dates_in(line.text))


def _labelled(page: Page, labels: frozenset[str]) -> Iterator[dt.date]:
    """Yield the dates of stamps outside lists of other stories that carry one of the labels."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(labels)))})\b")
    for index, line in enumerate(page.lines):
        if index not in page.in_blocks and line.kind is Kind.DATE and pattern.search(fold(line.text)):
            yield from _stamp(page, index)


def dateline(text: str) -> dt.date | None:
    """Return the full date of the dateline that opens a report, or None."""
    slashed = _SLASHED.match(text)
    if slashed:
        return day_of(_CENTURY + int(slashed["year"]), slashed["month"], slashed["day"])
    first = next(dates_in(text), None)
    if first is None:
        return None
    places = text[: first.start].rstrip(",. ") + " "
    if not places.strip():
        return first.date if _LEADING_BREAK.match(text[first.end :]) else None
    capital = all(word[0].isupper() for word in places.split())
    return first.date if _PLACES.match(places) and capital and _BREAK.match(text[first.end :]) else None
