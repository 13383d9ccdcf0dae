"""Who says it: the words of a sentence that name its speaker, where they are plain."""

from __future__ import annotations

from geotrack.extraction.tagging import Phrase, TaggedSentence

# Words of a speaker at most: "the chairman of the board of the agency, …" is cut at its comma.
_LONGEST = 14
_CLOSING = frozenset(
    {",", ".", ";", ":", '"', "\u201c", "\u201d", "\u00ab", "\u00bb", "(", ")", "-", "\u2013", "\u2014"}
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "this", "that", "who", "we", "i"})


def speaker_of(tagged: TaggedSentence) -> str | None:
    """Return the words that name who says a sentence: "X said", "said X", "according to X"; else None."""
    for phrase in tagged.find("report.source", "report.verb"):
        words = _source(tagged, phrase) if phrase.has("report.source") else _subject(tagged, phrase)
        if words is not None:
            return words
    return None


def _source(tagged: TaggedSentence, phrase: Phrase) -> str | None:
    return _words(tagged, phrase.last, _until(tagged, phrase.last))


def _subject(tagged: TaggedSentence, phrase: Phrase) -> str | None:
    """Return the words behind ", said", else those before the verb back to its comma."""
    behind = _until(tagged, phrase.last)
    closed = phrase.first > 0 and tagged.folded[phrase.first - 1] in _CLOSING
    if closed and behind > phrase.last and not tagged.has(phrase.last, "report.that"):
        return _words(tagged, phrase.last, behind)
    first = phrase.first
    while first > 0 and tagged.folded[first - 1] not in _CLOSING and phrase.first - first <= _LONGEST:
        first -= 1
    return _words(tagged, first, phrase.first)


def _until(tagged: TaggedSentence, at: int) -> int:
    last = at
    while last < len(tagged.words) and tagged.folded[last] not in _CLOSING:
        last += 1
    return last


def _words(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """Return words as written; None for a pronoun, too many words, a statement, or words that were moved."""
    if not 0 < last - first <= _LONGEST or tagged.folded[first] in _PRONOUNS:
        return None
    if tagged.has(first, "located", "apart", "clause") or any(
        f[0].isdecimal() for f in tagged.folded[first:last]
    ):
        return None  # "in 2021 the world counted"
    starts = [word.start for word in tagged.words[first:last]]
    if starts != sorted(starts) or any(tagged.has(k, "predicate", "modality") for k in range(first, last)):
        return None
    return tagged.source(first, last).strip() or None
