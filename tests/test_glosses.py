"""Glosses: words of other languages as the English words whose tags they share."""

# ruff: noqa: RUF001 letters of four languages

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from geotrack.extraction.lexicon import ENGLISH, Lexicon, languages
from geotrack.extraction.reader import Reader
from geotrack.extraction.words import fold
from geotrack.models import Document, Source

pytest_plugins = ("readers",)
ROOT = Path(__file__).parent.parent


def gloss(language: str, text: str) -> str:
    """Return the words of a text as the rules see them."""
    words = Lexicon.load(language).words(text, fold(text))
    return " ".join(w.folded for w in words)


@pytest.mark.parametrize(
    ("language", "text", "glossed"),
    [
        ("uk", "Знешкоджено 15 тис. 777 протитанкових мін", "defused 15 thousand 777 anti - tank mines"),
        ("uk", "на площі 3,256 тис. га", "in the area of 3.256 thousand ha"),
        ("uk", "вибух міни", "mine explosion"),
        ("uk", "чотири міни", "four mines"),
        ("az", "Ağdam, Füzuli və Qubadlı rayonlarında", "in ağdam , füzuli and qubadlı districts"),
        ("az", "5 HEKTAR TORPAQ TAPILIB", "5 hectares lands found"),
        ("az", "5 hektar erazi temizlenib", "5 hectares territories cleared"),
        ("az", "uşağı və uşaqları", "child and children"),
    ],
)
def test_a_form_is_glossed_by_what_it_means(language: str, text: str, glossed: str) -> None:
    """Cases, plurals, postpositions, plain spellings and abbreviations come out as English words."""
    assert gloss(language, text) == glossed


@pytest.mark.parametrize("language", sorted(set(languages()) - {ENGLISH}))
def test_words_keep_the_offsets_of_their_source(language: str) -> None:
    """Each word lies inside the text, and none begins before the one ahead of it."""
    text = "ANAMA 2023-cü ildə Ağdam rayonunda 45 min mina tapıb; у Херсонській області знешкоджено 3 міни."
    words = Lexicon.load(language).words(text, fold(text))
    starts = [w.start for w in words]
    assert starts == sorted(starts)
    assert all(0 <= w.start <= w.end <= len(text) for w in words)


def test_an_unknown_word_is_no_english_one() -> None:
    """What a glossary does not know says nothing, even if it is spelled as an English word is."""
    assert "dead" not in gloss("az", "Dead 5 found").split()


def test_forms_are_those_of_the_lemmas() -> None:
    """The tables of forms are what the script makes of the lexicons."""
    script = [sys.executable, str(ROOT / "scripts" / "build_forms.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_paragraphs_are_read_in_their_own_language(reader: Reader) -> None:
    """A page with paragraphs in several languages gives the facts of each."""
    text = (
        "In April, deminers in Aghdam district cleared 40 hectares of land of mines.\n\n"
        "За тиждень у Харківській області сапери знешкодили 120 протитанкових мін, кажуть рятувальники.\n\n"
        "May ayında Füzuli rayonunda 75 hektar ərazi minalardan təmizlənib, deyə agentlik bildirib."
    )
    document = Document(text=text, language="en", source=Source(published=dt.date(2024, 6, 3)))
    values = [f.value for f in reader.read(document).figures]
    assert values == [40, 120, 75]


@pytest.mark.parametrize(
    ("language", "text", "harmed"),
    [
        ("az", "Dünən Tərtər rayonunda traktor minaya düşüb, 41 yaşlı sürücü həlak olub.", (1, None)),
        ("az", "Dünən Ağdam rayonunda 17 yaşlı yeniyetmə minaya düşərək ayağını itirib.", (None, 1)),
        ("uk", "Учора в Ізюмському районі на міні підірвався 45-річний тракторист, він загинув.", (1, None)),
        ("ru", "Вчера в Агдамском районе на мине подорвался 35-летний пастух, он ранен.", (None, 1)),
    ],
)
def test_an_age_is_no_toll(
    reader: Reader, language: str, text: str, harmed: tuple[int | None, int | None]
) -> None:
    """Who was 41 years old is one person, in whatever way the language says it."""
    document = Document(text=text, language=language, source=Source(published=dt.date(2025, 9, 6)))
    assert [(i.killed, i.injured) for i in reader.read(document).incidents] == [harmed]


def test_a_short_paragraph_between_others_keeps_its_language(reader: Reader) -> None:
    """A page with an English and a Russian paragraph is read whole, whatever its main language is."""
    text = (
        "За тиждень у Харківській області знешкодили 120 протитанкових мін.\n\n"
        "7 ноября в Шушинском районе на мине подорвался пастух, он получил ранения.\n\n"
        "From 3 to 9 November, deminers in Zangilan district cleared 96 hectares of land."
    )
    document = Document(text=text, language="uk", source=Source(published=dt.date(2025, 11, 10)))
    reading = reader.read(document)
    assert [f.value for f in reading.figures] == [120, 96]
    assert [i.date for i in reading.incidents] == ["2025-11-07"]
