"""Write the inflected forms of the lexicons of Azerbaijani, Russian and Ukrainian, with their glosses.

`geotrack/extraction/lexicon/<language>.toml` lists lemmas with the English words that they mean;
this script inflects them and writes `<language>.forms.tsv`. Russian and Ukrainian forms come from the
dictionaries of pymorphy3, Azerbaijani ones from the suffixes that `az.toml` lists.
Run `python scripts/build_forms.py [LANGUAGE …]` after an edit; `--check` tells whether a file would change.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pymorphy3  # type: ignore[import-untyped, unused-ignore]

from geotrack.extraction.lexicon import ENGLISH
from geotrack.extraction.words import fold

LEXICONS = Path(__file__).parent.parent / "geotrack" / "extraction" / "lexicon"

# What a form of a verb is called in an entry "base | past | doing | passive".
BASE, PAST, DOING, PASSIVE = range(4)
# The cases of a form, those of older Russian as what they stand for.
_CASES = {
    **{case: case for case in ("nomn", "gent", "datv", "accs", "ablt", "loct")},
    "gen1": "gent",
    "gen2": "gent",
    "acc2": "accs",
    "loc1": "loct",
    "loc2": "loct",
}
# What marks a surname spelled as a noun, and the case of address.
_NAMES = frozenset({"Surn", "Name", "Patr", "Fixd"})
_ADDRESS = "voct"
_GENDERS = frozenset({"masc", "femn", "neut"})
Form = tuple[str, str, str]


def forms_of(language: str) -> list[Form]:
    """Return (form, gloss, gloss of several) of all lemmas of a language, sorted by form.

    Where two lemmas share a form, the one listed first gives the gloss.
    """
    tables = tomllib.loads((LEXICONS / f"{language}.toml").read_text("utf-8"))
    rows = _azerbaijani(tables) if language == "az" else _slavic(language, tables)
    found: dict[str, tuple[str, str]] = {}
    for form, one, many in rows:
        known = found.get(form)
        if known is None:
            found[form] = one, many
        elif not known[1]:
            found[form] = known[0], many or (one if one != known[0] else "")
    return [(form, *found[form]) for form in sorted(found)]


# Russian and Ukrainian -----------------------------------------------------------------------------


@cache
def _analyzer(language: str) -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang=language)


def _slavic(language: str, tables: Mapping[str, Any]) -> Iterator[Form]:
    for lemma, gloss in tables.get("noun", {}).items():
        yield from _nouns(language, lemma, gloss, by="")
    for lemma, gloss in tables.get("agent", {}).items():
        yield from _nouns(language, lemma, gloss, by="by ")
    for lemma, gloss in tables.get("adjective", {}).items():
        yield from _adjectives(language, lemma, gloss)
    for lemma, gloss in tables.get("verb", {}).items():
        yield from _verbs(language, lemma, gloss)


def _adjectives(language: str, lemma: str, gloss: str) -> Iterator[Form]:
    """Yield the forms of an adjective, of a participle those of its voice and tense."""
    words = lemma.split()
    best = _parses(language, words[-1], "ADJF", "PRTF", "ADJS")[0]
    kind = _marks(best.tag) & {"pssv", "actv", "pres", "past"}
    for form in best.lexeme:
        marks = _marks(form.tag)
        if kind <= marks and marks & {"ADJF", "ADJS", "PRTF", "PRTS"}:
            yield _spelled(" ".join([*words[:-1], form.word])), gloss, ""


def _marks(tag: object) -> frozenset[str]:
    """Return the grammemes of a tag of pymorphy3."""
    return frozenset(str(tag).replace(" ", ",").split(","))


def _parses(language: str, word: str, *kinds: str) -> list[Any]:
    """Return the best reading of a word in its first form as one of some parts of speech.

    Raises
    ------
    SystemExit
        If the dictionary knows no such word; its forms then have to be written as glosses.
    """
    parses = [p for p in _analyzer(language).parse(word) if not _marks(p.tag).isdisjoint(kinds)]
    best = [p for p in parses if _spelled(p.normal_form) == _spelled(word)] or parses
    best = [p for p in best if _marks(p.tag).isdisjoint(_NAMES)] or best
    if not best:
        msg = f"{word}: no {'/'.join(kinds)} of that name in the dictionary; write its forms under [gloss]"
        raise SystemExit(msg)
    return best[:1]


def _nouns(language: str, lemma: str, gloss: str, by: str) -> Iterator[Form]:
    """Yield the forms of a noun; adjectives before it agree with it, what stands behind it stays.

    A form of one means several behind a number: "41 person" as much as "4 of person".
    """
    one, _, many = (part.strip() for part in gloss.partition("|"))
    many = many or one
    words = lemma.split()
    at = next((k for k, w in enumerate(words) if _is_noun(language, w)), len(words) - 1)
    head = _parses(language, words[at], "NOUN", "ADJF", "PRTF")[0]
    lively = "anim" in _marks(head.tag)
    forms = [(f.word, _marks(f.tag)) for f in head.lexeme]
    for word, marks in forms:
        case = next((_CASES[c] for c in _CASES if c in marks), None)
        if case is None and "NOUN" in marks and _ADDRESS not in marks:
            case = "nomn"  # the dictionary of Ukrainian leaves it out with words in -a
        if case is None or ("ADJF" in marks and not marks & {"masc", "femn", "plur"}):
            continue
        before = [
            _agreeing(language, w, marks | _marks(head.tag) & _GENDERS, case, lively=lively)
            for w in words[:at]
        ]
        phrase = _spelled(" ".join([*before, word, *words[at + 1 :]]))
        prefix = by if case == "ablt" else ""
        if "plur" in marks:
            yield phrase, prefix + many, ""
        else:
            yield phrase, prefix + one, prefix + many if case == "gent" else ""


def _is_noun(language: str, word: str) -> bool:
    """Tell whether a word is a noun in its first form, and no adjective."""
    parses = [p for p in _analyzer(language).parse(word) if _spelled(p.normal_form) == _spelled(word)]
    return bool(parses) and "NOUN" in _marks(parses[0].tag)


def _agreeing(language: str, adjective: str, marks: frozenset[str], case: str, *, lively: bool) -> str:
    """Return an adjective in the case, number and gender of its noun, and what is none as it is."""
    parses = [
        p for p in _analyzer(language).parse(adjective) if not _marks(p.tag).isdisjoint({"ADJF", "PRTF"})
    ]
    if not parses:
        return adjective
    wanted = {"plur"} if "plur" in marks else marks & _GENDERS
    kind = _marks(parses[0].tag) & {"ADJF", "PRTF", "pssv", "actv", "pres", "past"}
    own = [
        f.word
        for f in parses[0].lexeme
        for m in [_marks(f.tag)]
        if wanted <= m and kind <= m and any(_CASES.get(c) == case for c in m) and "Supr" not in m
    ]
    if case == "accs" and len(own) > 1:
        return str(own[0] if lively else own[-1])
    return str(own[0]) if own else adjective


def _verbs(language: str, lemma: str, gloss: str) -> Iterator[Form]:
    base, past, doing, passive = _parts(gloss)
    yield _spelled(lemma), f"to {base}", ""
    for form in _parses(language, lemma, "INFN", "VERB")[0].lexeme:
        marks, word = _marks(form.tag), _spelled(form.word)
        if marks & {"INFN", "infn"}:
            yield word, f"to {base}", ""
        elif "actv" in marks:
            yield word, f"who {past if 'past' in marks else doing}", ""
        elif marks & {"PRTF", "PRTS", "Impe"}:
            yield word, passive, ""
        elif "GRND" in marks:
            yield word, doing, ""
        elif "past" in marks:
            yield word, past, ""
        elif "futr" in marks:
            yield word, f"will {base}", ""
        elif {"pres", "3per"} <= marks:
            yield word, f"are {doing}", ""


def _parts(gloss: str) -> tuple[str, str, str, str]:
    """Return the base, past, "-ing" and passive forms that an entry of a verb writes."""
    base, past, doing, *passive = (part.strip() for part in gloss.split("|"))
    return base, past, doing, passive[0] if passive else past


def _spelled(word: str) -> str:
    return fold(word).replace("ё", "е")  # noqa: RUF001


# Azerbaijani ---------------------------------------------------------------------------------------

_BACK, _FRONT = "aıou", "eəiöü"  # noqa: RUF001 a dotless i
_ROUND = "ouöü"
# The velar consonants behind a front and a back vowel.
_VELAR = {"K": "kq", "Q": "yğ"}
# The closed vowel by whether the one before is a back one, and a rounded one.
_CLOSED = {(True, True): "u", (True, False): "ı", (False, True): "ü", (False, False): "i"}  # noqa: RUF001


def attach(stem: str, suffix: str) -> str:
    """Attach a suffix by vowel harmony.

    `A` and `I` are the open and the closed vowel that go with the last one of the word, `K` and `Q` are q and
    ğ behind a back vowel, k and y behind a front one; a letter in brackets stands only between two vowels
    or, if it is a vowel, only between two consonants.
    """
    word = stem
    at = 0
    while at < len(suffix):
        sign = suffix[at]
        if sign == "(":
            letter = suffix[at + 1]
            vowel = word[-1] in _BACK + _FRONT
            if vowel != (letter in "AI"):
                word += _harmonic(word, letter)
            at += 3
            continue
        word = (_softened(word, sign) if word == stem else word) + _harmonic(word, sign)
        at += 1
    return word


def _harmonic(word: str, letter: str) -> str:
    vowel = next((c for c in reversed(word) if c in _BACK + _FRONT), "ə")
    if letter == "A":
        return "a" if vowel in _BACK else "ə"
    if letter == "I":
        return _CLOSED[vowel in _BACK, vowel in _ROUND]
    if letter in _VELAR:
        return _VELAR[letter][vowel in _BACK]
    return letter


def _softened(word: str, sign: str) -> str:
    """Return a word whose last consonant softens before a vowel: q and k of several syllables, "et"."""
    if sign in "AI" and word.endswith(" et"):
        return word[:-1] + "d"
    several = sum(c in _BACK + _FRONT for c in word) > 1
    if sign in "AI" and several and word[-1] in "qk":
        return word[:-1] + {"q": "ğ", "k": "y"}[word[-1]]
    return word


def _azerbaijani(tables: Mapping[str, Any]) -> Iterator[Form]:
    rules = tables["inflection"]
    of_dates = {**rules, "case": {**rules["case"], **rules["calendar"]}}
    for kind in ("calendar", "noun", "agent"):
        for lemma, gloss in tables.get(kind, {}).items():
            one, _, many = (part.strip() for part in gloss.partition("|"))
            yield from _declined(lemma, one, many or one, of_dates if kind == "calendar" else rules)
    for lemma, gloss in tables.get("adjective", {}).items():
        yield lemma, gloss, ""
    for stem, gloss in tables.get("verb", {}).items():
        yield from _conjugated(stem, gloss, rules)


def _declined(lemma: str, one: str, many: str, rules: Mapping[str, Any]) -> Iterator[Form]:
    """Yield a noun in all cases, alone and possessed, of one and of several."""
    for plural in (False, True):
        stem = attach(lemma, rules["plural"]) if plural else lemma
        for suffix, prefix in rules["case"].items():
            word = attach(stem, suffix) if suffix else stem
            if plural:
                yield word, prefix + many, ""
            else:
                yield word, prefix + one, prefix + many


def _conjugated(stem: str, gloss: str, rules: Mapping[str, Any]) -> Iterator[Form]:
    parts = _parts(gloss)
    for name, suffixes in rules["verb"].items():
        for suffix in suffixes:
            yield attach(stem, suffix), _verb_gloss(name, parts), ""


def _verb_gloss(name: str, parts: tuple[str, str, str, str]) -> str:
    base, past, doing, noun = parts
    passive = base.startswith("be ")
    return {
        "past": past,
        "future": f"will {base}",
        "present": f"are being {past.removeprefix('were ')}" if passive else f"are {doing}",
        "while": f"while {doing}",
        "after": f"after {doing}",
        "participle": past,
        "denied": f"not {past.removeprefix('were ')}",
        "infinitive": f"to {base}",
        "need": f"must {base}",
        "noun": noun if noun != past else doing,
    }[name]


def _listed() -> list[str]:
    """Return the languages that have a glossary."""
    return sorted(p.stem for p in LEXICONS.glob("*.toml") if p.stem != ENGLISH)


def main() -> int:
    """Write the forms of the languages named, of all without names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stale = []
    for language in options.languages or _listed():
        path = LEXICONS / f"{language}.forms.tsv"
        text = "".join("\t".join(row).rstrip("\t") + "\n" for row in forms_of(language))
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(path.name)
            if not options.check:
                path.write_text(text, "utf-8")
    if stale and options.check:
        sys.stderr.write(f"run python scripts/build_forms.py: {', '.join(stale)} is out of date\n")
    return int(bool(stale) and options.check)


if __name__ == "__main__":
    raise SystemExit(main())
