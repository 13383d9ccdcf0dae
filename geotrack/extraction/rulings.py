"""What the rulings say of a quantity: what is never a figure, and which of its verbs stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.distances import ATTRIBUTE
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.predicates import Governor
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.results import ends_with_rate
from geotrack.extraction.stores import is_in_store
from geotrack.extraction.tagging import TaggedSentence

_WHOLE = 100
# Words between "brought" or "down" and the level reached.
_NEAR_FALL = 9
# Words that may stand between a number and "worldwide".
_OWN_WORDS = 3
_FEW_COUNTRIES = 2
_DEFINITE = frozenset({"the", "these", "those"})
_MINES = frozenset({"ap_mine", "at_mine", "mine"})
# "Of the" stands between a share and the number that it is a share of.
_OF_NUMBER = 3
# Words between "died" and "wounded" where both are said of one number.
_TOGETHER = 3
# Words between "the share of" and its verb.
_SUBJECT = 16
_BESIDES = {
    "other": "says something else of the land",
    "assisted": "says something else of the people",
}
# More people than this did not all come to harm: "affected by mines" tells of those at risk.
MOST_HARMED = 20000
_REASONS = {"plan": "a plan", "maybe": "a possibility", "neg": "denied", "need": "a need"}


def is_fallen_level(passage: Passage, quantity: Quantity, own: Governor | str | None) -> bool:
    """Tell whether land is a level before or after a fall: "brought it down from 156 to 142 thousand km²".

    Cleared land that fell is none: "the area cleared fell to 12 ha"; "surveys, and clearing, cut it to 12".
    """
    tagged = passage.tagged
    falls = [p for p in tagged.find("change.fall") if p.last <= quantity.first]
    if quantity.head != "area" or not falls:
        return False
    if isinstance(own, Governor) and own.name == "cleared":
        at = own.phrase.last if own.phrase else falls[-1].first
        if "," not in [word[0] for word in tagged.folded[at : falls[-1].first]]:
            return False
    moved = range(falls[-1].last, quantity.first - 1)
    told = any(q.first in moved for q in passage.quantities)
    origin = any(tagged.has(k, "number.from") for k in range(falls[-1].first, quantity.first))
    near = not told and len(moved) <= _NEAR_FALL and tagged.folded[quantity.first - 1] == "to"
    return (origin or near) and tagged.has(quantity.first - 1, "number.from", "number.range")


def never_a_figure(  # noqa: PLR0911 - one way out for each reason
    passage: Passage, quantity: Quantity
) -> str | None:
    """Return why a quantity is none of ours whatever is said of it: a rate, a change, a vague number."""
    tagged = passage.tagged
    after = quantity.last
    while tagged.has(after, "land", "time.of", "share.of_land") and after < quantity.last + 4:
        after += 1
    if "rate" in tagged.seen and (_opens_with_rate(tagged) or _is_rate(passage, quantity, after)):
        return "a rate, not an amount"
    if _is_change(tagged, quantity):
        return "a change, not a level"
    if quantity.head == "percent" and quantity.number.value > _WHOLE:
        return "more than all of it"
    behind = (quantity.last, quantity.last + 1, after)
    if _is_goal(tagged, quantity) or any(tagged.has(k, "modality.planned") for k in behind):
        return _REASONS["plan"]
    if quantity.head in EXPLOSIVE and is_in_store(passage, quantity):
        return "not on the ground"
    if quantity.head in EXPLOSIVE and (told := _is_no_find(passage, quantity)):
        return told
    if quantity.number.vague:
        return "no number: the text is vague"
    if _is_known(tagged, quantity):
        return "told before"
    return _REASONS["neg"] if _is_denied(tagged, quantity) else _speaks_of_others(passage, quantity)


def _is_known(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a bare number means persons told before: "the three, A, B and C", "the one who"."""
    definite = tagged.folded[quantity.first - 1] in _DEFINITE if quantity.first else False
    named = tagged.folded[quantity.last : quantity.last + 1] in {(",",), ("(",), ("who",)}
    return quantity.head == "bare" and quantity.number.spelled and definite and named


def _is_denied(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether none of a number is meant: "not one of the 75 mines"."""
    at = quantity.first - 1
    while tagged.has(at, "time.article", "time.of_the"):
        at -= 1
    at -= tagged.has(at, "time.of")
    return at < quantity.first - 1 and tagged.has(at, "modality.none")


def _is_goal(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number is what is aimed at: "its target for the year is 40 ha cleared"."""
    labelled = tagged.folded[quantity.first - 1 : quantity.first] in {("-",), (":",)} and tagged.has(
        0, "modality.goal"
    )  # "The plan for the year: 40 ha"
    if not (labelled or tagged.has(quantity.first - 1, "level")):
        return False
    for k in range(quantity.first - 2, max(-1, quantity.first - 2 - _NEAR_FALL), -1):
        if tagged.has(k, "modality.goal"):
            return True
        if tagged.has(k, "predicate", "barrier.strong") or tagged.folded[k] in {",", ".", ":"}:
            break
    return False


def _is_rate(passage: Passage, quantity: Quantity, after: int) -> bool:
    """Tell whether a quantity is one of a day or a year: "daily 20 ha", "from 2 to 6 shells a day".

    `after` is the word behind what the quantity counts. "In a month" before a number is no rate.
    """
    tagged = passage.tagged
    if quantity.head_from == "shared":
        after = next((q.last for q in passage.quantities if q.first > quantity.first), after)
    before = tagged.phrase_at[quantity.first - 1] if quantity.first else None
    single = before is not None and before.last - before.first == 1
    if before is not None and (before.has("rate.average") or (single and before.has("rate"))):
        return True
    while tagged.has(after, "time.of", "share.of_land"):
        after = tagged.after(after)
    if any(tagged.has(k, "rate") for k in (quantity.last, quantity.last + 1, after)):
        return True
    return quantity.number.value_max is not None and ends_with_rate(tagged, quantity.last)


def _opens_with_rate(tagged: TaggedSentence) -> bool:
    """Tell whether "every month", "each year" opens a sentence."""
    opening = tagged.phrase_at[0]
    if opening is None or tagged.has(opening.last, "time.ago", "time.shift_back", "time.shift_on"):
        return False  # "A year ago 90 ha were mined"
    return opening.has("rate") and opening.last > 1


def _speaks_of_others(passage: Passage, quantity: Quantity) -> str | None:
    """Return why a passage does not tell of a country: a survey's sample, the world, "in 49 countries"."""
    tagged = passage.tagged
    if quantity.head in PEOPLE | {"bare"} and tagged.find("sample"):
        return "of those who were asked"
    if _is_of_the_world(tagged, quantity):
        return "speaks of the world"
    if passage.mentions or tagged.find("superlative", "world.ranking"):
        return None
    many = _counts_countries(passage)
    scopes = [p for p in tagged.find("world.scope") if not tagged.has(p.first - 1, "war.begun")]
    return "speaks of the world" if many or scopes else None  # not "since the largest war in Europe began"


@once
def _counts_countries(passage: Passage) -> bool:
    """Tell whether a passage counts the countries of the world: "in 49 countries"."""
    counted = (q for q in passage.quantities if q.head == "other" and q.number.value > _FEW_COUNTRIES)
    return any(passage.tagged.has(q.last - 1, "world.counted") for q in counted)


def _is_of_the_world(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number's own words say that it is the world's: "half of the 219 victims worldwide"."""
    at = quantity.last
    while tagged.has(at, "predicate", "auxiliary") and at < quantity.last + _OWN_WORDS:
        at = tagged.after(at)
    return tagged.has(at, "world.scope") and not tagged.has(at, "world.ranking")


def _is_single(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether one item alone was told of in words: "one more mine lay beneath the tractor"."""
    alone = passage.list_of(quantity) == (quantity.first, quantity.last)
    return alone and quantity.number.spelled and quantity.number.value == 1


def _is_no_find(passage: Passage, quantity: Quantity) -> str | None:
    """Return why ordnance is none that was found: it went off before, or is what a story is about."""
    if _has_gone_off(passage, quantity):
        return "exploded before"
    return "one item of a story" if _is_single(passage, quantity) else None


def _has_gone_off(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether ordnance lies spent: "13 exploded shells", "13 shells that had already exploded"."""
    tagged = passage.tagged
    shared = quantity.head_from == "shared"
    counted = [q for q in passage.quantities if q.group == quantity.group and q.head_from != "shared"]
    named = counted[-1] if shared and counted else quantity
    inner = any(tagged.has(k, "gone_off") for k in range(named.number.last, named.last))
    if inner:
        return True
    at = quantity.last + 1
    while tagged.has(at, "has", "auxiliary"):
        at = tagged.after(at)
    return tagged.has(quantity.last, "clause") and tagged.has(at, "gone_off")


def _is_change(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a quantity is by how much something changed: "fell by 12,000 km²"."""
    before = quantity.first - 1
    if _is_difference(tagged, quantity):
        return True
    if quantity.unit == "people" or not (
        tagged.has(before, "change.by") or tagged.has(before - 1, "change.by")
    ):
        return False
    phrase = tagged.phrase_at[before]
    whole = phrase is not None and phrase.last - phrase.first > 1  # "fell by", not "by" alone
    return whole or any(tagged.has(k, "change.verb") for k in range(max(0, before - 5), before + 1))


def _is_difference(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number says how far two amounts differ: "3 km² less than", "40 more mines than"."""
    behind = tagged.folded[quantity.last : quantity.last + 1]
    if tagged.has(quantity.last, "change.than", "comparison"):
        return tagged.has(quantity.last, "change.than") or tagged.lexicon.contains(behind, "change.more")
    more = tagged.has(quantity.number.last, "change.more")
    return more and any(
        tagged.folded[k] == "than"
        for k in range(quantity.last, min(quantity.last + _NEAR_FALL, len(tagged.words)))
    )


def _is_in_use(tagged: TaggedSentence) -> bool:
    """Tell whether a sentence is about land in use: "the farm could sow only a quarter of its fields"."""
    used = tagged.find("share.of_use")
    return bool(used) and not tagged.find("modality.neg") and not tagged.find("predicate.contaminated")


def is_share_of_land(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a percentage is one of a territory or a class of land: "20 % of the farmland"."""
    near = range(quantity.last, min(quantity.last + 5, len(passage.tagged.words)))
    planned = any(passage.tagged.has(k, "share.of_plan") for k in near)
    if planned or _names_kind(passage.tagged, quantity) or _is_in_use(passage.tagged):
        return False
    if any(q.head == "area" and q.first in near[:_OF_NUMBER] for q in passage.quantities):
        return False  # "44 % of the 470,000 hectares chosen"
    for k in near:
        phrase = passage.tagged.phrase_at[k]
        if (
            phrase is not None
            and phrase.has("predicate.contaminated")
            and (passage.tagged.has(phrase.last, "land") or phrase.has("predicate.contaminated.noun"))
        ):
            return False  # "6 % of the contaminated land" is no share of the country
    land = any(q.head == "area" and q.last <= quantity.first for q in passage.quantities)
    rest = passage.tagged.has(passage.tagged.after(quantity.last), "predicate.contaminated.done")
    if _is_named_share(passage, quantity) or (land and rest):
        return True  # "20 ha have been cleared, but 40 % remain contaminated"
    names = passage.place_words()
    if any(k in names and passage.tagged.has(k - 1, "time.of") for k in near):
        return True
    return any(passage.tagged.has(k, "share.of_land", "land") for k in near)


def _is_named_share(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a percentage is the share of land: "the share of mined land is 30 %"."""
    tagged, at = passage.tagged, quantity.first - 1
    if not (tagged.has(at, "level", "counted.verb") or tagged.folded[at] == "at"):
        return False
    names = passage.place_words()
    for k in range(at - 1, max(-1, at - _SUBJECT), -1):
        if tagged.has(k, "share.noun"):
            after = range(k, min(tagged.after(k) + _OF_NUMBER, len(tagged.words)))
            return any(j in names or tagged.has(j, "land", "predicate.contaminated.noun") for j in after)
        if tagged.has(k, "barrier.strong") or any(q.first == k for q in passage.quantities):
            return False
    return False


def _names_kind(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a share is said to be land of some kind: "half of this is arable land"."""
    behind = range(quantity.last, len(tagged.words))  # "of its total territory" has no verb yet
    verbs = (k for k in behind if tagged.has(k, "auxiliary", "level") and not tagged.has(k, "total"))
    at = next(verbs, len(tagged.words))
    return any(tagged.has(k, "land") and not tagged.has(k, "predicate") for k in (at + 1, at + 2))


def settle(passage: Passage, quantity: Quantity, governors: list[Governor]) -> Governor | str | None:
    """Return the governor, the reason for a refusal, or None where nothing governs.

    The cheapest decides; two verbs said in one breath can make another of it ("died or were wounded").
    """
    if quantity.head == "area" and _is_left_over(passage.tagged, quantity):
        return Governor("contaminated", None, "done", 0.0)
    if not governors:
        return None
    governor = governors[0]
    if governor.name in _BESIDES:
        return _BESIDES[governor.name]
    if governor.name in {"killed", "injured"} and _harmed_together(passage, quantity, governors):
        return replace(governor, name="casualty")
    governor = _affected(quantity, governor, governors)
    if _is_rid_of(passage.tagged, quantity, governor):
        governor = replace(governor, name="recorded", modality="done")
    listed = governor.phrase is not None and governor.phrase.has("predicate.recorded.noun")
    if listed and governor.name == "recorded" and governor.modality in {"plan", "maybe"}:
        governor = replace(governor, modality="done")  # "maps that were to tell the coordinates of 90 mines"
    if governor.name == "surveyed":
        governor = _surveyed_and_cleared(passage.tagged, governor, governors) or governor
    if governor.modality in {"need", "plan"}:
        governor = _done_to_the_needy(passage.tagged, quantity, governor, governors) or governor
    if governor.name == "contaminated" or (governor.name == "spread" and governor.modality == "maybe"):
        return governor if governor.modality != "neg" else "denied"
    # "40 ha are to be demined by the end of the year"
    planned = governor.modality == "need" and passage.tagged.find("time.through")
    return _REASONS["plan"] if planned else _by_modality(quantity, governor, governors)


def _is_left_over(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether land is what has yet to be done: "40 ha have been cleared and 30 ha remain"."""
    at = quantity.last
    while tagged.has(at, "land", "time.of"):
        at = tagged.after(at)
    behind = tagged.after(at)
    if not tagged.has(at, "left_over.word"):
        return False
    return (
        behind >= len(tagged.words)
        or tagged.folded[behind] in {",", ".", ";", ")"}
        or tagged.has(behind, "located", "time", "clause")
    )


def _is_rid_of(tagged: TaggedSentence, quantity: Quantity, governor: Governor) -> bool:
    """Tell whether land has yet to be rid of mines: "to clear the territory of a million mines"."""
    planned = governor.modality in {"plan", "need", "maybe"} and quantity.head in _MINES
    return (
        planned
        and governor.phrase is not None
        and governor.phrase.has("predicate.cleared")
        and (governor.phrase.last < quantity.first - 1 and tagged.folded[quantity.first - 1] == "of")
    )


def _affected(quantity: Quantity, governor: Governor, governors: Sequence[Governor]) -> Governor:
    """Return what "affected by mines" says of people: those at risk where they are too many to be all hurt.

    What may befall them puts them at risk, too: "220,000 children are at risk of being killed".
    """
    if quantity.head not in PEOPLE:
        return governor
    at_risk = next((g for g in governors if g.name == "at_risk" and g.modality == "done"), None)
    if at_risk is None:
        return governor
    if governor.modality == "maybe":
        return at_risk
    if governor is not at_risk or quantity.number.value > MOST_HARMED:
        return governor
    return next((g for g in governors if g.name == "casualty" and g.phrase == at_risk.phrase), governor)


def _by_modality(quantity: Quantity, governor: Governor, governors: Sequence[Governor]) -> Governor | str:
    """Return a governor that holds by how far it happened, or the reason why it does not."""
    if governor.modality == "done" or (governor.name == "recorded" and governor.modality == "maybe"):
        return governor  # "up to two million mines may have been laid" is an estimate, not a possibility
    if governor.modality == "need" and governor.name == "at_risk":
        return replace(governor, modality="done")  # "600,000 people have to live with mines"
    if governor.modality == "need" and quantity.head in {"area", "percent"}:
        released = governor.name == "released"  # "should be released by May"
        return _REASONS["plan"] if released else replace(governor, name="need")
    contaminated = next((g for g in governors if g.name == "contaminated" and g.modality != "neg"), None)
    described = contaminated is not None and contaminated.cost >= ATTRIBUTE
    if governor.modality == "plan" and described:
        return _REASONS["plan"]  # "will clear 3 ha of mined land", not "3 ha that are mined will be cleared"
    if governor.modality in {"plan", "maybe"} and contaminated is not None and quantity.head == "area":
        return contaminated
    return _REASONS[governor.modality]


def _done_to_the_needy(
    tagged: TaggedSentence, quantity: Quantity, need: Governor, governors: Sequence[Governor]
) -> Governor | None:
    """Return what was done to land that a clause calls needy: "9 ha that need survey were cleared".

    "Of 9 ha that need clearing they did 2" takes the verb up.
    """
    if (
        tagged.has(quantity.first - 1, "telling.proverb")
        and need.phrase
        and need.phrase.last < quantity.first
    ):
        return replace(need, modality="done")
    at = need.phrase.first if need.phrase else quantity.last
    if not any(tagged.has(k, "clause", "modality.marked") for k in range(quantity.last, at)):
        return None
    done = (g for g in governors if g.modality == "done" and g.phrase is not None and g.phrase.first > at)
    return next((g for g in done if g.phrase and tagged.has(g.phrase.first - 1, "auxiliary")), None)


def _surveyed_and_cleared(
    tagged: TaggedSentence, surveyed: Governor, governors: Sequence[Governor]
) -> Governor | None:
    """Return the clearance of land that was surveyed and cleared in one breath: "surveyed and demined"."""
    for other in governors:
        if other.name != "cleared" or other.phrase is None or surveyed.phrase is None:
            continue
        one, two = sorted((surveyed.phrase, other.phrase), key=lambda p: p.first)
        between = range(one.last, two.first)
        joined = between and all(tagged.has(k, "list.join", "number.and") for k in between)
        if joined and tagged.folded[one.last] != "," and other.modality == surveyed.modality == "done":
            return other
    return None


def _harmed_together(passage: Passage, quantity: Quantity, governors: Sequence[Governor]) -> bool:
    """Tell whether one number died or was wounded: "400 died or were wounded", "maimed or killed 12"."""
    pair = [next((g for g in governors if g.name == name), None) for name in ("killed", "injured")]
    told = [(g.phrase, g.cost) for g in pair if g is not None and g.phrase is not None]
    if len(told) < len(pair) or told[0][0] == told[1][0]:
        return False
    one, two = sorted((phrase for phrase, _ in told), key=lambda p: p.first)
    if one.last <= quantity.first < two.first:
        return False  # "killed one and injured another"
    others = [q for q in passage.quantities if q is not quantity]
    if any(one.last <= q.first <= two.last for q in others):
        return False  # "65 died and 280 were injured", "65 were killed and injured 280"
    between = range(one.last, two.first)
    if not any(passage.tagged.has(k, "list.join", "number.range") for k in between):
        return False  # "died of the wounds"
    if any(passage.tagged.has(k, "person", "further") for k in between):
        return False  # "65 died, the others were wounded"
    return 0 < len(between) <= _TOGETHER and abs(told[0][1] - told[1][1]) < 2 * _TOGETHER
