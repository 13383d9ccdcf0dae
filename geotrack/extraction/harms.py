"""Words of harm that say nothing of a number of people beside them: nouns, wounds, what mines do."""

from __future__ import annotations

from collections.abc import Iterator

from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

# Words between "the lives of" and the verb that ends them: "of the man, who works for X, were taken".
_FAR = 24
# Words between a wound and who suffered it: "injuries of differing severity were suffered".
_WOUNDED = 7


def says_nothing_of_people(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a word of harm speaks of others than a number: "340 doctors treat the wounded"."""
    return (
        _is_of_the_wound(sentence, phrase)
        or _is_of_those_hurt(sentence, phrase, quantity)
        or _is_done_by_mines(sentence, phrase, quantity)
    )


def _is_of_the_wound(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether "suffered" only leads to the wounds: "44 suffered injuries", "wounds suffered by 44"."""
    last = phrase.last
    wounds = ("predicate.injured", "injury.noun")
    before = range(max(0, phrase.first - _WOUNDED), phrase.first)
    led = sentence.has(last, *wounds) or (
        sentence.has(phrase.first - 1, "auxiliary") and any(sentence.has(k, *wounds) for k in before)
    )
    return (
        phrase.has("predicate.casualty")
        and led
        and sentence.lexicon.contains(sentence.folded[last - 1 : last], "injury.verb")
    )


def _is_of_those_hurt(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a harm names people whom somebody else deals with: "340 doctors treat the wounded"."""
    if phrase.first - 1 <= quantity.last or not phrase.has("predicate.killed.done", "predicate.injured.done"):
        return False
    linked = ("auxiliary", "level", "partitive", "subset", "has", "list.join")
    between = range(quantity.last, phrase.first - 1)
    article = sentence.folded[phrase.first - 1] == "the"
    return article and not any(sentence.has(k, *linked) for k in between)


def _is_done_by_mines(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether mines are who does what a verb says: "226 people were told how mines kill"."""
    if phrase.first < quantity.last or not phrase.has(
        "predicate.killed.transitive", "predicate.injured.transitive"
    ):
        return False
    if sentence.has(quantity.last, "relative.object"):
        return False  # "1,000 people whom mines have wounded"
    done = phrase.has("predicate.killed.done", "predicate.injured.done")
    return not done and sentence.has(phrase.first - 1, "many.devices")


def lives_over(sentence: TaggedSentence) -> Iterator[Phrase]:
    """Yield the lives that a verb behind them says to be over: "the lives of 37 people have been taken"."""
    for phrase in sentence.find("life_of"):
        behind = range(phrase.last, min(phrase.last + _FAR, len(sentence.words)))
        if any(sentence.has(k, "takes", "life_over", "predicate.took") for k in behind):
            yield phrase
