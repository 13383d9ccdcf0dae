"""Blows: the words of a passage that say what happened to somebody, verbs and verbs with their nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geotrack.extraction.casualties import event_phrases
from geotrack.extraction.harms import lives_over
from geotrack.extraction.modalities import is_month, modality_of
from geotrack.extraction.passages import Passage
from geotrack.extraction.tagging import Phrase, TaggedSentence

Outcome = Literal["killed", "injured", "casualty", "struck", "none"]
# Words between a verb and the noun that make a harm together: "received multiple shrapnel wounds".
_COMPOSED = 7
# What was lost may stand further off: "cost the man, who works for X, one of his legs".
_FAR = 24
# Words between a turned verb and its helper, and between a denial and its verb.
_OBJECT, _NEGATED = 6, 4


@dataclass(frozen=True, slots=True)
class Blow:
    """The words that say what happened to somebody: a verb, or a verb with its noun.

    A `personal` one tells of a person even where it names none ("was hospitalised"); a house can suffer too.
    """

    first: int
    last: int
    outcome: Outcome
    active: bool = False
    personal: bool = True


def find_blows(passage: Passage) -> list[Blow]:
    """Return the words of harm of a passage, in order."""
    tagged = passage.tagged
    composed = _composed(tagged)
    covered = {k for b in composed for k in range(b.first, b.last)}
    verbs = (b for b in _verbs(tagged) if b.outcome == "killed" or b.first not in covered)
    found = [*verbs, *composed, *_struck(passage)]
    found += [Blow(p.first, p.last, "none") for p in tagged.find("harm.none", "harm.survived")]
    found += _lives_taken(tagged)
    found += [
        Blow(p.first, p.last, "injured" if tagged.has(p.first - 1, "nearly", "body") else "killed")
        for p in tagged.find("harm.killed")
    ]
    return sorted(found, key=lambda b: (b.first, b.last))


def _lives_taken(tagged: TaggedSentence) -> list[Blow]:
    """Return the lives that a verb says to be over: "took three lives", "two men's lives were cut short"."""
    taken = [
        Blow(p.first, p.last, "killed", active=True)
        for p in tagged.find("takes")
        if any(tagged.has(k, "head.life") for k in range(p.last, p.last + _OBJECT // 2))
        and tagged.has(p.last, "number")
    ]
    return taken + [Blow(p.first, p.last, "killed", active=True) for p in lives_over(tagged)]


def _verbs(tagged: TaggedSentence) -> list[Blow]:
    found = []
    outcomes: tuple[Outcome, ...] = ("killed", "injured", "casualty")
    for phrase in tagged.find("predicate.killed", "predicate.injured", "predicate.casualty"):
        for outcome in outcomes:
            tag = f"predicate.{outcome}"
            turned = _inverted(tagged, phrase)
            if not phrase.has(tag) or (turned is None and _is_noun(tagged, phrase)):
                continue
            modality = modality_of(tagged, phrase, outcome)
            if modality == "plan" and any(p.has("modality.plan") for p in tagged.find("auxiliary.now")):
                modality = "done"  # "is being treated in hospital", "his death is being investigated"
            if modality in {"plan", "maybe", "need"} or phrase.has("harm", "injury.noun"):
                if phrase.has("harm.injured") and modality not in {"plan", "maybe", "need"}:
                    hurt: Outcome = "none" if modality == "neg" else "injured"
                    found.append(Blow(phrase.first, phrase.last, hurt, personal=False))
                break
            active = phrase.has(f"{tag}.transitive", f"{tag}.noun") and (
                not phrase.has(f"{tag}.done") or _is_active(tagged, phrase.first, phrase.last)
            )
            if phrase.has(f"{tag}.done") and _is_possession(tagged, phrase):
                break
            told = "none" if modality == "neg" else outcome
            personal = not phrase.has(f"{tag}.noun")
            found.append(
                Blow(phrase.first, turned or phrase.last, told, active or turned is not None, personal)
            )
            break
    return found


def _is_noun(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a word of harm names persons or describes: "identifying the dead", "fallen leaves"."""
    if phrase.last - phrase.first > 1:
        return False
    bare = phrase.has("predicate.injured.transitive") and not phrase.has("predicate.injured.done")
    if bare and tagged.has(phrase.first - 1, "time.article"):
        return True  # "a wound of the leg"
    at = phrase.last
    plain = at < len(tagged.words) and tagged.phrase_at[at] is None and tagged.folded[at].isalpha()
    still = not phrase.has("predicate.killed.transitive", "predicate.injured.transitive")
    attribute = plain and still and not tagged.has(phrase.first - 1, "auxiliary")
    definite = tagged.has(phrase.first - 1, "definite.word") and not tagged.has(phrase.first - 1, "relative")
    return definite or (attribute and phrase.has("predicate.killed"))


def _is_possession(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a life is only spoken of: "their lives are out of danger", "a threat to his life"."""
    if not tagged.lexicon.contains(tagged.folded[phrase.first : phrase.first + 1], "person.possessive"):
        return False
    return not any(tagged.has(k, "takes") for k in range(phrase.first - _FAR // 2, phrase.first))


def _inverted(tagged: TaggedSentence, phrase: Phrase) -> int | None:
    """Return where the persons of a turned sentence begin: "Injured were A and B", "Those killed are A"."""
    opens = not phrase.first or not tagged.folded[phrase.first - 1][0].isalnum()
    if not opens and not tagged.has(phrase.first - 1, "harmed_article"):
        return None
    for k in range(phrase.last, min(phrase.last + _OBJECT, len(tagged.words))):
        if tagged.has(k, "auxiliary") or (tagged.folded[k] == ":" and not phrase.first):
            return tagged.after(k)
        if tagged.has(k, "person", "head.person", "number", "barrier", "predicate"):
            return None
    return None


def _is_active(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Tell whether a form that can be either is active: no helper before it, a person right behind it."""
    if any(tagged.has(first - k, "auxiliary") for k in (1, 2)):
        return False
    at = _past_limbs(tagged, last)
    while tagged.has(at, "qualifier", "person.whole"):
        at = tagged.after(at)
    if at >= len(tagged.words):
        return False
    name = tagged.source(at, at + 1)[:1].isupper() and not tagged.has(at, "time")
    counted = tagged.folded[at].isdecimal() and not tagged.has(at + 1, "time.month")  # "two killed 3 May"
    return name or counted or tagged.has(
        at, "number.unit", "time.article", "person", "head.person", "further"
    )  # fmt: skip


def _past_limbs(tagged: TaggedSentence, at: int) -> int:
    """Return the word behind what was hurt: the "in the legs" of "wounded in the legs a farmer"."""
    limb = tagged.after(at)
    return tagged.after(limb) if tagged.has(at, "located") and tagged.has(limb, "body") else at


def _composed(tagged: TaggedSentence) -> list[Blow]:
    """Return the harms of two words: "received burns", "his leg had to be taken off", "taken to a clinic"."""
    found: list[Blow] = []
    for verb, noun in (("injury.verb", "injury.noun"), ("injury.loss", "body"), ("care.verb", "care.place")):
        if tagged.seen.isdisjoint({noun}):
            continue
        for phrase in tagged.find_within(verb):
            after = _noun_near(tagged, phrase.last, noun, 1, _FAR if noun == "body" else _COMPOSED)
            passive = noun == "injury.noun" and tagged.has(phrase.first - 1, "auxiliary")
            ahead = noun != "care.place"  # "shrapnel wounds were diagnosed", "wounds received a farmer"
            before = _noun_near(tagged, phrase.first - 1, noun, -1, _COMPOSED) if ahead else None
            if ahead and before is None and tagged.has(0, noun) and phrase.first <= _FAR:
                before = 0  # "a wound, while he was defusing a mine, received a deminer"
            other = after if after is not None else before
            if other is None:
                continue
            first, last = min(phrase.first, other), max(phrase.last, other + 1)
            denied = any(
                tagged.has(k, "modality.neg", "modality.maybe", "modality.plan")
                and not tagged.has(k, "auxiliary.now")
                for k in range(max(0, first - _NEGATED), last)
                if not phrase.first <= k < phrase.last and not is_month(tagged, k)
            )
            by = passive and tagged.folded[last : last + 1] == (
                "by",
            )  # "injuries were suffered by two girls"
            turned = noun == "injury.noun" and after is None and not passive
            owned = noun == "body" and after is not None and _is_of_whom(tagged, last)
            turned = turned or owned
            told: Outcome = "none" if denied else "injured"
            found.append(Blow(first if by else phrase.first, last, told, active=by or turned))
    return found


def _is_of_whom(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether whose limb it was stands behind it: "the foot of a shepherd"; not "of his hand"."""
    of = tagged.lexicon.contains(tagged.folded[at : at + 1], "age.of")
    return of and not tagged.has(at + 1, "person.possessive")


def _noun_near(tagged: TaggedSentence, at: int, tag: str, step: int, reach: int) -> int | None:
    """Return the index of a noun a few words before or behind a verb, in the same clause."""
    for k in range(at, at + step * reach, step):
        if not 0 <= k < len(tagged.words) or tagged.has(k, "barrier.strong", "predicate.killed"):
            return None
        if tagged.has(k, tag):
            return k
        if tagged.folded[k] in {",", "(", ")", ":"} and reach < _FAR:
            return None
    return None


def _struck(passage: Passage) -> list[Blow]:
    """Return the verbs that put a person into the blast: "stepped on a mine", "were blown up"."""
    events = event_phrases(passage, in_context=True)
    return [Blow(p.first, p.last, "struck", active=p.has("predicate.blown.transitive")) for p in events]
