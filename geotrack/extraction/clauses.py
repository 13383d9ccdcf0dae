"""Clauses that say nothing of their own: they only tell when, where and how many.

"In 2023 they were 127", "the total came to 40 ha", "for May the ministry gives 12 shells" go on with what
was told before, because none of their words says what happened.
"""

from __future__ import annotations

from geotrack.extraction.passages import Passage
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import TaggedSentence

# Words that only lead to a number.
_EMPTY = (
    *("telling", "level", "auxiliary", "has", "counted", "total", "whole", "qualifier", "result"),
    *("time", "continuation", "report", "located", "referent", "definite", "number", "list"),
    *("national_body", "officialdom", "subset", "partitive", "comparison", "modality.maybe"),
)
# Who tells something is named by so few words.
_TELLER = 6


def says_nothing(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether the clause of a number says nothing of what it counts: "the answer is 40 hectares".

    Names are no matter, nor is who says it, before or behind a comma.
    """
    tagged = passage.tagged
    first, last = _clause(passage, quantity)
    known = {k for q in passage.quantities for k in range(q.first, q.last)}
    known.update(k for t in passage.times for k in range(t.first, t.last))
    known.update(passage.place_words())
    return all(
        k in known
        or not tagged.folded[k][0].isalpha()
        or (tagged.has(k, *_EMPTY) and not _says_more(tagged, k))
        or (tagged.has(k, "modality.infinitive") and k + 1 == quantity.first)
        or (tagged.phrase_at[k] is None and k > 0 and tagged.source(k, k + 1)[:1].isupper())
        for k in range(first, last)
    )


def _says_more(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a word is a verb of its own, or one of a plan or a denial; "did" takes one up."""
    if tagged.has(at, "telling.proverb"):
        return False
    open_one = tagged.has(at, "modality.done", "modality.maybe")
    return tagged.has(at, "predicate") or (tagged.has(at, "modality") and not open_one)


def _clause(passage: Passage, quantity: Quantity) -> tuple[int, int]:
    """Return the words of a number's clause, without those that only say who tells it."""
    tagged = passage.tagged
    first, last = passage.list_of(quantity)
    strong = [p.first for p in tagged.find("barrier.strong")]
    start = max((k + 1 for k in strong if k < first), default=0)
    end = min((k for k in strong if k >= last), default=len(tagged.words))
    commas = [k for k in range(start, end) if tagged.folded[k] == ","]
    before = next((k for k in commas if k < first), start)
    if any(tagged.has(k, "report") for k in range(start, before)):
        start = before
    told = [k for k in range(start, min(first, start + _TELLER)) if tagged.has(k, "report.verb")]
    if told and before == start:
        start = told[-1]  # "the governor put the figure at 40 ha"
    behind = next((k for k in commas if k >= last), end)
    if any(tagged.has(k, "report") for k in range(behind, end)):
        end = behind
    return start, end if behind == end else _without_apposition(passage, behind, end)


def _without_apposition(passage: Passage, comma: int, end: int) -> int:
    """Return where a clause ends without what a comma adds to its number: ", a very quick pace"."""
    tagged = passage.tagged
    added = tagged.has(comma + 1, "single.article") or tagged.folded[comma + 1 : comma + 2] == ("which",)
    bare = not any(tagged.has(k, "predicate") or tagged.folded[k] == "," for k in range(comma + 1, end))
    counts = any(q.first > comma for q in passage.quantities)
    return comma if added and bare and not counts else end
