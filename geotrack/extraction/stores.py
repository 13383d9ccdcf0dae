"""Ordnance that lies in stores or was seized, and none that was found in the ground."""

from __future__ import annotations

from geotrack.extraction.nouns import EXPLOSIVE
from geotrack.extraction.passages import Passage
from geotrack.extraction.quantities import Quantity

_ARTICLE = 2  # words: "searched the territory"


def is_in_store(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether ordnance lies in stores, was seized, or is no real one.

    "3 training mines" are only those three; cartridges among mines that were found are no seizure.
    """
    tagged = passage.tagged
    if tagged.find("stored.word", "treaty.stores") or seizes(passage):
        return True
    if tagged.find("stored.made") and not tagged.find("predicate.found"):
        return True
    mined = any(q.head in {"ap_mine", "at_mine", "mine", "item"} for q in passage.quantities)
    if tagged.find("seizure.cartridges") and not mined:
        return True
    alone = sum(q.head in EXPLOSIVE for q in passage.quantities) == 1
    return any(alone or quantity.first <= p.first <= quantity.last + 1 for p in tagged.find("stored.dummy"))


def seizes(passage: Passage) -> bool:
    """Tell whether a passage tells of a seizure: not of "15 detained Armenians" or "searched the fields"."""
    nations = {passage.words_of(m.span)[0] for m in passage.mentions if m.role == "demonym"}
    land = {q.first for q in passage.quantities if q.head == "area"}  # "searched 40 ha"
    tagged = passage.tagged
    return any(
        p.last not in nations | land
        and not tagged.has(p.last, "head.person")
        and not any(tagged.has(k, "land") for k in range(p.last, p.last + _ARTICLE))
        for p in tagged.find("seizure.word")
    )
