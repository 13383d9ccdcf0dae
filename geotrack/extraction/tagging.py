"""The words of one sentence with what the lexicon says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter

from geotrack.extraction.lexicon import Lexicon, Tags
from geotrack.extraction.words import Word, split_words
from geotrack.models import Span

_NONE: Tags = frozenset()
# Marks an index that was built, though it may be empty: no tag is named so.
_BUILT = ""


_place = attrgetter("first", "last")


@cache
def _with_parents(tags: Tags) -> Tags:
    """Return tags and the tags above them; a lexicon has few sets of tags, and each is asked for often."""
    return frozenset(
        ".".join(parts[:n]) for tag in tags for parts in [tag.split(".")] for n in range(1, len(parts) + 1)
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the lexicon in a sentence: `words[first:last]` and its tags."""

    first: int
    last: int
    tags: Tags

    def has(self, *tags: str) -> bool:
        """Tell whether the phrase stands under one of the tags or below it."""
        return not _with_parents(self.tags).isdisjoint(tags)


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """The words of a sentence and the lexicon phrases among them, none overlapping.

    `phrase_at` is the phrase that covers each word, `tags_at` the tags of that phrase and those above them;
    `seen` holds the tags of all phrases and those above.
    """

    text: str
    lexicon: Lexicon
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    phrase_at: tuple[Phrase | None, ...]
    tags_at: tuple[Tags, ...]
    seen: Tags
    _found: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, repr=False, compare=False)
    _inside: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, folded: str, span: Span, lexicon: Lexicon) -> TaggedSentence:
        """Tag the part `span` of a text, whose folded form is given too."""
        words = tuple(split_words(folded, *span))
        forms = tuple(w.folded for w in words)
        phrases: list[Phrase] = []
        cover: list[Phrase | None] = [None] * len(words)
        tags_at = [_NONE] * len(words)
        at = 0
        while at < len(words):
            hit = lexicon.match(forms, at)
            if hit is None:
                at += 1
                continue
            phrase = Phrase(at, at + hit[0], hit[1])
            phrases.append(phrase)
            cover[at : phrase.last] = [phrase] * hit[0]
            tags_at[at : phrase.last] = [_with_parents(hit[1])] * hit[0]
            at = phrase.last
        seen = _NONE.union(*tags_at)
        return cls(text, lexicon, words, forms, tuple(phrases), tuple(cover), tuple(tags_at), seen)

    def has(self, at: int, *tags: str) -> bool:
        """Tell whether the phrase that covers a word has one of the tags or one below it."""
        return 0 <= at < len(self.tags_at) and not self.tags_at[at].isdisjoint(tags)

    def after(self, at: int) -> int:
        """Return the index of the first word after the phrase (or the word) at an index."""
        phrase = self.phrase_at[at] if at < len(self.words) else None
        return phrase.last if phrase else at + 1

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of `words[first:last]` in the text."""
        return self.words[first].start, self.words[last - 1].end

    def source(self, first: int, last: int) -> str:
        """Return the text of `words[first:last]` as written."""
        start, end = self.span(first, last)
        return self.text[start:end]

    def find_within(self, *tags: str) -> Sequence[Phrase]:
        """Return the phrases with one of the tags, those inside longer ones too: the mine of "hit a mine"."""
        if not self._inside:
            self._inside.update({_BUILT: (), **_by_tag(self._inner())})
        inner = _with_any(self._inside, tags)
        return (*self.find(*tags), *inner) if inner else self.find(*tags)

    def _inner(self) -> Iterator[Phrase]:
        """Yield the phrases inside longer ones."""
        for phrase in self.phrases:
            if phrase.last - phrase.first > 1:
                for first, last, own in self.lexicon.within(self.folded[phrase.first : phrase.last]):
                    yield Phrase(phrase.first + first, phrase.first + last, own)

    def find(self, *tags: str) -> Sequence[Phrase]:
        """Return the phrases that have one of the tags or one below it, in order."""
        if self.seen.isdisjoint(tags):
            return ()
        if not self._found:
            self._found.update(_by_tag(self.phrases))
        return _with_any(self._found, tags)


def _by_tag(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases of each tag: a sentence is asked for its tags far more often than it has phrases."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for tag in _with_parents(phrase.tags):
            found.setdefault(tag, []).append(phrase)
    return {tag: tuple(some) for tag, some in found.items()}


def _with_any(index: Mapping[str, tuple[Phrase, ...]], tags: Sequence[str]) -> tuple[Phrase, ...]:
    """Return the phrases of an index under any of some tags, in order, each once."""
    found = [index[tag] for tag in tags if tag in index]
    if len(found) <= 1:
        return found[0] if found else ()
    once = {id(p): p for some in found for p in some}
    return tuple(sorted(once.values(), key=_place))
