"""Where the words of a gold fact stand in its document, and what the reader said of them."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePath

from geotrack.extraction.sentences import Sentence, document_sentences, sentences_over
from geotrack.models import Document, Reading, Span


def gold_id(document: Document) -> str:
    """Return the id that gold calls a document by: its row's own, else the stem of its file."""
    source = document.source
    return document.row_id or (PurePath(source.path).stem if source.path else document.id)


class Evidence:
    """A document and its reading, asked for the sentences and refusals of gold's words."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self.document, self.reading = document, reading

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return document_sentences(self.document)

    def span(self, words: str) -> Span | None:
        """Return where words stand first, whole words before parts of words, or None."""
        text = self.document.text
        found = words and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        if found:
            return found.span()
        at = text.find(words) if words else -1
        return (at, at + len(words)) if at >= 0 else None

    def sentence_span(self, words: str) -> Span | None:
        """Return the span of the sentences that hold the words, or None where the text lacks them."""
        span = self.span(words)
        return None if span is None else sentences_over(self._sentences, span)

    def sentence(self, words: str) -> str:
        """Return the sentences that hold the words; the words themselves where the text lacks them."""
        span = self.sentence_span(words)
        return self.document.text[slice(*span)] if span else words

    def refusals(self, words: str) -> tuple[str, ...]:
        """Return the reasons for which the reader took nothing from the words, or from the whole document."""
        span = self.span(words)
        reasons = (
            refusal.reason
            for refusal in self.reading.refused
            if not refusal.text or (span and _overlap(refusal.span, span))
        )
        return tuple(dict.fromkeys(reasons))


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]
