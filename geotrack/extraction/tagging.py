"""The words of one sentence with what the lexicon says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from geotrack.extraction.lexicon import Inner, Lexicon, Tags, with_parents
from geotrack.extraction.words import Word
from geotrack.models import Span

_NONE: Tags = frozenset()


class Phrase(NamedTuple):
    """A phrase of the lexicon in a sentence: `words[first:last]`, its tags, and these with those above."""

    first: int
    last: int
    tags: Tags
    under: Tags

    @classmethod
    def of(cls, first: int, last: int, tags: Tags) -> Phrase:
        """Return the phrase that some words and tags make."""
        return cls(first, last, tags, with_parents(tags))

    def has(self, *tags: str) -> bool:
        """Tell whether the phrase stands under one of the tags or below it."""
        return not self.under.isdisjoint(tags)


@dataclass(slots=True, eq=False)
class TaggedSentence:
    """The words of a sentence and the lexicon phrases among them, none overlapping.

    All offsets are those in the sentence's own `text`: what is said of it holds wherever it stands. `starts`
    are the offsets of the words, `phrase_at` is the phrase that covers each word, `tags_at` the tags of that
    phrase and those above them; `seen` holds the tags of all phrases and those above, `numbers` are the words
    that begin with a digit.
    Only the answers kept change.
    """

    text: str
    lexicon: Lexicon
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    folded: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    phrase_at: tuple[Phrase | None, ...]
    tags_at: tuple[Tags, ...]
    seen: Tags
    numbers: tuple[int, ...]
    # What was asked for before: a sentence is asked for the same tags again and again.
    _found: dict[tuple[str, ...], tuple[Phrase, ...]] = field(default_factory=dict, repr=False, compare=False)
    _inside: dict[tuple[str, ...], tuple[Phrase, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _nested: list[tuple[int, tuple[Inner, ...]]] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, folded: str, lexicon: Lexicon) -> TaggedSentence:
        """Tag a sentence, whose folded form is given too."""
        words = tuple(lexicon.words(text, folded))
        starts, _, forms = zip(*words, strict=True) if words else ((), (), ())
        phrases = tuple(map(partial(tuple.__new__, Phrase), lexicon.phrases(forms)))
        cover: list[Phrase | None] = [None] * len(words)
        tags_at = [_NONE] * len(words)
        for phrase in phrases:
            at, last, _, under = phrase
            cover[at], tags_at[at] = phrase, under
            at += 1
            while at < last:
                cover[at], tags_at[at] = phrase, under
                at += 1
        seen = _NONE.union(*set(tags_at))
        numbers = tuple([k for k, form in enumerate(forms) if form[0].isdecimal()])
        covers = tuple(cover), tuple(tags_at)
        return cls(text, lexicon, words, starts, forms, phrases, *covers, seen, numbers)

    def has(self, at: int, *tags: str) -> bool:
        """Tell whether the phrase that covers a word has one of the tags or one below it."""
        try:
            return at >= 0 and not self.tags_at[at].isdisjoint(tags)
        except IndexError:  # behind the last word: asked a hundred times a sentence, and seldom so
            return False

    def after(self, at: int) -> int:
        """Return the index of the first word after the phrase (or the word) at an index."""
        phrase = self.phrase_at[at] if at < len(self.words) else None
        return phrase.last if phrase else at + 1

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of `words[first:last]` in the sentence.

        Words that a gloss moved have no length and no place of their own: none begins a span.
        """
        while first < last - 1 and self.words[first].start == self.words[first].end:
            first += 1
        return self.words[first].start, self.words[last - 1].end

    def source(self, first: int, last: int) -> str:
        """Return the text of `words[first:last]` as written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def find_within(self, *tags: str) -> Sequence[Phrase]:
        """Return the phrases with one of the tags, those inside longer ones too: the mine of "hit a mine"."""
        if self._nested is None:
            self._nested = self._inner()
        if not self._nested:
            return self.find(*tags)
        found = self._inside.get(tags)
        if found is None:
            wanted = self.lexicon.under(tags)
            inner = [
                Phrase(at + first, at + last, own, under)
                for at, inside in self._nested
                for first, last, own, under in inside
                if under in wanted
            ]
            found = self._inside[tags] = (*self.find(*tags), *inner)
        return found

    def _inner(self) -> list[tuple[int, tuple[Inner, ...]]]:
        """Return the first words of phrases that hold shorter ones, and these."""
        within, folded = self.lexicon.within, self.folded
        longer = [(at, within(folded[at:end])) for at, end, _, _ in self.phrases if end - at > 1]
        return [(at, inside) for at, inside in longer if inside]

    def find(self, *tags: str) -> Sequence[Phrase]:
        """Return the phrases that have one of the tags or one below it, in order."""
        if self.seen.isdisjoint(tags):
            return ()
        found = self._found.get(tags)
        if found is None:
            wanted = self.lexicon.under(tags)
            found = self._found[tags] = tuple([p for p in self.phrases if p.under in wanted])
        return found
