"""How far what a verb or a noun of work says happened: done, planned, needed, possible, denied."""

from __future__ import annotations

from functools import cache
from typing import Literal

from geotrack.extraction.lexicon import Tags
from geotrack.extraction.tagging import Phrase, TaggedSentence

Modality = Literal["done", "plan", "need", "maybe", "neg"]

_HELPERS: tuple[Modality, ...] = ("neg", "need", "done", "maybe", "plan")
# A helper verb further from its verb than this belongs to another one.
HELPER_REACH = 6
# What only began stands at most so many words before its noun or its verb.
_BEGUN_REACH = 2
# Words from "enabled" to the infinitive that it goes with, a number and its land between.
_ENABLED = 18
# A helper behind a noun stands this near.
_BEHIND = 12


def modality_of(sentence: TaggedSentence, phrase: Phrase, name: str) -> Modality:
    """Return whether a predicate happened, is planned, needed, possible or denied.

    The helper stands before a verb ("must be cleared"), before or behind a noun ("plans for the
    clearance of", "demining must be carried out"); "to be" is a plan unless more is said before it
    ("need to be cleared", "allowed 40 ha to be cancelled").
    """
    nominal = is_nominal(sentence, phrase, name)
    base = phrase.has(f"predicate.{name}.base") and not (nominal or phrase.has(f"predicate.{name}.done"))
    article = sentence.has(phrase.first - 1, "time.article") or sentence.folded[phrase.first - 1] == "the"
    before = phrase.first - (2 if article else 1)
    if nominal and before >= 0 and sentence.folded[before] == "for":
        return "need" if _is_marked(sentence, before) else "plan"
    if nominal or phrase.has(f"predicate.{name}.doing"):
        behind = _said_behind(sentence, phrase)
        if behind is not None:
            return behind
    if base and sentence.has(phrase.last, "modality.need"):
        return "need"  # "to demine must about 40 ha", as other languages say
    opens = nominal and before >= 0 and sentence.folded[before] == "," and _has_verb(sentence, phrase)
    told = None if opens else said_before(sentence, phrase, verbal=not nominal, base=base)
    if told is not None:
        return told
    if (
        nominal
        and not opens
        and any(_is_plan(sentence, p) for p in sentence.phrases[: _ahead(sentence, phrase)])
    ):
        return "plan"
    return "maybe" if base and not _is_headline_verb(sentence, phrase) else "done"


def _has_verb(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a noun has a verb of its own before the next number: "clearance covered 40 ha"."""
    for k in range(phrase.last, min(phrase.last + _BEHIND, len(sentence.words))):
        if sentence.has(k, "auxiliary", "level", "pointing"):
            return True
        if sentence.folded[k][0].isdecimal() or sentence.has(k, "barrier", "number.unit"):
            return False
    return False


def _is_plan(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a phrase names a plan, and not a body: "the United Nations Development Programme"."""
    named = phrase.first > 0 and sentence.source(phrase.first, phrase.last)[:1].isupper()
    return phrase.has("modality.plan_noun") and not named


def _is_headline_verb(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a sentence opens with who does it, as headlines do: "Sappers clear 40 ha"."""
    before = sentence.phrase_at[phrase.first - 1] if phrase.first else None
    opens = (
        before is not None and before.first == 0 and before.has("head.person", "head.other.staff", "crowd")
    )
    at = phrase.last
    while sentence.has(at, "qualifier"):
        at = sentence.after(at)
    return opens and at < len(sentence.words) and sentence.folded[at][0].isdecimal()


@cache
def _helper_of(tags: Tags) -> Modality | None:
    """Return what a helper verb with some tags says of its verb."""
    return next((kind for kind in _HELPERS if f"modality.{kind}" in tags), None)


def is_nominal(sentence: TaggedSentence, phrase: Phrase, name: str) -> bool:
    """Tell whether a word is a noun of work, and not the verb of the same form: "survey", "we survey"."""
    verb = phrase.has(f"predicate.{name}.base") and sentence.has(phrase.first - 1, "modality", "person")
    return phrase.has(f"predicate.{name}.noun") and not verb


def _is_marked(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether land was marked for a work: "marked 3 ha for clearance", not "funds for clearance"."""
    for k in range(at - 1, max(-1, at - _BEHIND), -1):
        if sentence.has(k, "modality.marked"):
            return True
        if sentence.has(k, "number.and", "barrier.strong") or sentence.folded[k] in {".", ":"}:
            break
    return False


def is_month(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word is a month: that of May is no possibility."""
    return sentence.has(at, "time.month") and sentence.source(at, at + 1)[:1].isupper()


def _said_behind(sentence: TaggedSentence, phrase: Phrase) -> Modality | None:
    """Return what the words behind a noun say: "demining must be carried out", "work on 3 ha is planned"."""
    at = phrase.last
    while at < min(phrase.last + _BEHIND, len(sentence.words)):
        if sentence.has(at, "barrier", "predicate", "report") or sentence.folded[at] in {".", ":"}:
            return None
        here = sentence.phrase_at[at]
        kind = _helper_of(here.under) if here is not None else None
        if kind == "plan" and sentence.folded[at - 1][0].isdecimal():
            return None  # "a survey of 90 ha of the 470 planned"
        if kind is not None and not is_month(sentence, at):
            return None if kind == "done" else kind
        at = sentence.after(at)
    return None


def said_before(sentence: TaggedSentence, phrase: Phrase, *, verbal: bool, base: bool) -> Modality | None:
    """Return what the words before a verb or noun say of it, the nearest first."""
    at = phrase.first - 1
    seen: Modality | None = None
    helped = sentence.has(at, "auxiliary")
    while at >= max(0, phrase.first - HELPER_REACH):
        here, word, tags = sentence.phrase_at[at], sentence.folded[at], sentence.tags_at[at]
        if "time.month" in tags and is_month(sentence, at):
            at -= 1
            continue
        if "barrier.strong" in tags or word in {".", ":", ")"} or (word == "," and verbal):
            break
        if helped and "predicate" in tags:
            break  # "land that needs survey was cleared"
        if verbal and "report.that" in tags and sentence.has(at - 1, "report.verb"):
            break  # "it must be said that 40 ha were cleared"
        if here is not None:
            near = phrase.first - here.last <= _BEGUN_REACH
            opens = here.has("war.verb") and sentence.find(
                "time.since.plain"
            )  # "since the war began mines hit"
            if (
                near
                and here.has("modality.begun")
                and not opens
                and not any(t.endswith(".done") for t in phrase.tags)
            ):
                return "plan"  # "began clearing 40 ha"
            kind = _helper_of(here.under)
            if kind is not None and not here.has("modality.to_be"):
                return "neg" if kind == "done" and _is_denied(sentence, here) else kind
            if kind is not None or (here.has("modality.infinitive") and base):
                seen = "need" if _is_outstanding(sentence, here.first - 1) else "plan"
            at = here.first
        at -= 1
    return "done" if seen is not None and _is_enabled(sentence, phrase.first) else seen


def _is_enabled(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether "enabled" opens the infinitive: "has enabled 90 ha of mined land to be cleared"."""
    for k in range(at - 1, max(-1, at - 1 - _ENABLED), -1):
        if sentence.has(k, "modality.done"):
            return True
        itself = sentence.has(k, "modality.to_be", "modality.infinitive")
        other = sentence.has(k, "barrier.strong", "modality.plan", "modality.plan_noun")
        if (other and not itself) or sentence.folded[k] in ".:,":
            break
    return False


def _is_outstanding(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether land is said to wait for a work: "the area to be demined", "leaving 3 ha to clear"."""
    if sentence.has(at, "land"):
        return True
    while at > 0 and (sentence.has(at, "unit", "qualifier") or sentence.folded[at][0].isdecimal()):
        at -= 1
    return sentence.has(at, "left_over.verb", "has")


def _is_denied(sentence: TaggedSentence, helper: Phrase) -> bool:
    """Tell whether nobody did what a helper tells as done: "nobody managed to", "never succeeded in"."""
    return any(sentence.has(helper.first - k, "modality.neg") for k in (1, 2))


def is_wanted(sentence: TaggedSentence, at: int, *tags: str) -> bool:
    """Tell whether a plan stands before a number with no verb of ours between: "a contract for 40 ha".

    With `tags`, whether one of these does.
    """
    wanted = tags or ("modality.plan", "modality.plan_noun")
    if sentence.seen.isdisjoint(wanted):
        return False
    for k in range(at - 1, max(-1, at - 1 - HELPER_REACH), -1):
        if sentence.has(k, "predicate", "barrier.strong"):
            return False
        if sentence.has(k, *wanted) and not is_month(sentence, k):
            return True
    return False


def _ahead(sentence: TaggedSentence, phrase: Phrase) -> int:
    """Return how many phrases stand before one."""
    return sum(p.first < phrase.first for p in sentence.phrases)
