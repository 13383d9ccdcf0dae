"""The full text of documents, searched by words: SQLite's FTS5 and PostgreSQL's text search.

Both hold the folded text (`geotrack.gazetteer.folding`): small letters without marks, so that `Gence` finds
Gəncə and `Kupiansk` finds Kup'iansk. What stands between spaces in a query is looked for as one phrase
whose last word may go on (`27,000` finds 27 000; `Ağdam` finds Ağdamda), quotation marks make one phrase
of several words, and a document matches when it holds all of them in its text, title or publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, select, text

from geotrack.gazetteer.folding import fold
from geotrack.models import Span
from geotrack.store import tables

_QUOTED = re.compile(r'"([^"]*)"?|(\S+)')
# PostgreSQL refuses a text whose words and positions exceed 1 MB: long ones are indexed in parts.
_PART = 200_000
# SQLite's row numbers are signed; a document id is 64 unsigned bits.
_HALF = 1 << 63
_AROUND = 110  # characters of an excerpt on each side of the first words found
_MARKED = 50


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document around what was searched for; `spans` are the matches within `text`."""

    text: str
    spans: tuple[Span, ...]


def phrases_of(query: str) -> list[str]:
    """Return the folded phrases that a query asks for, each of words with single spaces between them."""
    pieces = (quoted or bare for quoted, bare in _QUOTED.findall(query))
    return [phrase for phrase in (" ".join(fold(piece).split()) for piece in pieces) if phrase]


def create(connection: Connection) -> None:
    """Make the index, and fill it with the documents that are there."""
    if _is_sqlite(connection):
        # No copy of the text is kept: a row's number is its document's id.
        options = "content='', columnsize=0, tokenize='unicode61 remove_diacritics 0'"
        connection.execute(text(f"CREATE VIRTUAL TABLE document_words USING fts5(words, {options})"))
    else:
        connection.execute(
            text(
                "CREATE TABLE document_words ("
                "document_id varchar(16) NOT NULL REFERENCES documents ON DELETE CASCADE, "
                "part integer NOT NULL, words tsvector NOT NULL, PRIMARY KEY (document_id, part))"
            )
        )
        connection.execute(text("CREATE INDEX ix_document_words ON document_words USING gin (words)"))
    fill(connection)


def fill(connection: Connection) -> None:
    """Index all documents, where none is indexed yet."""
    for document_id in connection.scalars(select(tables.documents.c.document_id)).all():
        add(connection, document_id, _text(connection, document_id))


def add(connection: Connection, document_id: str, body: str) -> None:
    """Index a document's text."""
    if _is_sqlite(connection):
        statement = "INSERT INTO document_words(rowid, words) VALUES (:row, :words)"
        connection.execute(text(statement), {"row": _row(document_id), "words": fold(body)})
        return
    statement = "INSERT INTO document_words VALUES (:document_id, :part, to_tsvector('simple', :words))"
    for part, words in enumerate(_parts(fold(body))):
        row = {"document_id": document_id, "part": part, "words": words}
        connection.execute(text(statement), row)


def forget(connection: Connection, document_id: str) -> None:
    """Take a document that is still there out of the index, and its words from the disk.

    PostgreSQL does so with the document's row. SQLite only marks words as gone until the index is
    written anew, which takes time with the size of the index (0.1 s for 5,000 reports of 1.5 kB).
    """
    if _is_sqlite(connection):
        gone = {"row": _row(document_id), "words": fold(_text(connection, document_id))}
        statement = "INSERT INTO document_words(document_words, rowid, words) VALUES ('delete', :row, :words)"
        connection.execute(text(statement), gone)
        connection.execute(text("INSERT INTO document_words(document_words) VALUES ('optimize')"))


def find(connection: Connection, query: str) -> list[str]:
    """Return the ids of the documents that hold all that a query asks for, the newest first, undated last.

    A query without any word finds nothing.
    """
    phrases = phrases_of(query)
    if not phrases:
        return []
    found = set.intersection(*(_in_texts(connection, one) | _in_titles(connection, one) for one in phrases))
    sources = tables.sources
    published = func.min(sources.c.published)
    newest_first = (
        select(sources.c.document_id)
        .group_by(sources.c.document_id)
        .order_by(published.is_(None), published.desc(), func.min(sources.c.source_id).desc())
    )
    return [document_id for document_id in connection.scalars(newest_first) if document_id in found]


def _in_texts(connection: Connection, phrase: str) -> set[str]:
    if _is_sqlite(connection):
        matching = text("SELECT rowid FROM document_words WHERE document_words MATCH :phrase")
        return {f"{row + _HALF:016x}" for row in connection.scalars(matching, {"phrase": f'"{phrase}" *'})}
    asked = " <-> ".join(f"'{word}'" for word in phrase.split()) + ":*"
    matching = text("SELECT document_id FROM document_words WHERE words @@ to_tsquery('simple', :asked)")
    return set(connection.scalars(matching, {"asked": asked}))


def _in_titles(connection: Connection, phrase: str) -> set[str]:
    documents, sources = tables.documents, tables.sources
    pattern = pattern_of([phrase])
    titled = connection.execute(select(documents.c.document_id, documents.c.title))
    found = {document_id for document_id, title in titled if title and pattern.search(fold(title))}
    publishers = connection.scalars(select(sources.c.publisher).distinct())
    named = [name for name in publishers if name and pattern.search(fold(name))]
    return found | set(
        connection.scalars(select(sources.c.document_id).where(sources.c.publisher.in_(named)))
    )


def excerpt(connection: Connection, document_id: str, query: str) -> Excerpt | None:
    """Return the words of a document's text around the first match, with all matches in them marked.

    None where only the title or the publisher holds what was searched for.
    """
    phrases = phrases_of(query)
    body = _text(connection, document_id)
    matches = (match.span() for match in pattern_of(phrases).finditer(fold(body))) if phrases else ()
    spans = [*islice(matches, _MARKED)]
    if not spans:
        return None
    start, end = _widened(body, spans[0])
    inside = tuple((first - start, last - start) for first, last in spans if last <= end)
    return Excerpt(body[start:end], inside)


def pattern_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return what finds phrases in folded text: their words in order, of which the last may go on."""
    told = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{told})\w*")


def _widened(body: str, span: Span) -> Span:
    """Return a stretch of one paragraph around a span, cut between words."""
    start, end = max(0, span[0] - _AROUND), min(len(body), span[1] + _AROUND)
    start = max(start, body.rfind("\n", start, span[0]) + 1)
    line_end = body.find("\n", span[1], end)
    end = line_end if line_end >= 0 else end
    if start and not body[start - 1].isspace():
        start = body.find(" ", start, span[0]) + 1 or start
    if end < len(body) and not body[end].isspace():
        space = body.rfind(" ", span[1], end)
        end = space if space > 0 else end
    return start, end


def _parts(folded: str) -> Iterator[str]:
    """Cut a text between words."""
    start = 0
    while start < len(folded):
        end = start + _PART
        if end < len(folded):
            space = folded.rfind(" ", start, end)
            end = space + 1 if space > start else end
        yield folded[start:end]
        start = end


def _text(connection: Connection, document_id: str) -> str:
    documents = tables.documents
    found = connection.scalar(select(documents.c.text).where(documents.c.document_id == document_id))
    return str(found or "")


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _row(document_id: str) -> int:
    return int(document_id, 16) - _HALF
