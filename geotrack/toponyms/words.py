"""Which names are words of reports, too: those would be found wherever the word stands."""

from __future__ import annotations

from functools import cache

from geotrack.extraction.lexicon import Lexicon, languages
from geotrack.extraction.words import fold
from geotrack.gazetteer.folding import folded_name
from geotrack.gazetteer.lexicon import Lexicon as NameLexicon


def is_word(name: str) -> bool:
    """Tell whether a name is as a whole what the reader knows as a word, in any of its languages."""
    if folded_name(name) in _place_words():
        return True
    for language in languages():
        lexicon = Lexicon.load(language)
        words = [word.folded for word in lexicon.words(name, fold(name))]
        hit = lexicon.match(words, 0) if words else None
        if hit is not None and hit[0] == len(words):
            return True
    return False


@cache
def _place_words() -> frozenset[str]:
    """Return the words that stand beside names, and the names that are taken for one only beside these."""
    lexicon = NameLexicon.load()
    return frozenset((*lexicon.triggers, *lexicon.ordinary, *lexicon.openers, *lexicon.months))
