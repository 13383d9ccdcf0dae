"""Text comes out of any usual encoding as its author wrote it; what is broken is mended, nothing else."""

# ruff: noqa: RUF001 - Cyrillic letters and typographic marks are meant

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from document_files import ARTICLE, read_one, write
from ftfy import fix_text
from hypothesis import given
from hypothesis import strategies as st

from geotrack.documents import encodings
from geotrack.documents.encodings import decode, mend
from geotrack.documents.languages import language_of

UKRAINIAN = "За минулу добу сапери обстежили 83 га території Харківщини та знешкодили 416 боєприпасів."
RUSSIAN = "За минувшую неделю в Агдамском районе обезврежено 12 противотанковых мин, очищено 120 гектаров."
AZERBAIJANI = "Ötən həftə Füzuli rayonunda 14 tank əleyhinə mina aşkarlanıb, 120 hektar ərazi təmizlənib."
TURKISH_LETTERS = "Işğaldan azad edilmiş Ağdam rayonunda 14 mina tapılıb, çölde 2 partlayış olub."
ENGLISH = "The agency’s chief said “no mines” were found – in Ağdam or in Füzuli."
LETTERS = st.characters(
    min_codepoint=0x20,
    max_codepoint=0x52F,
    categories=("Lu", "Ll", "Nd", "Po", "Zs"),
    exclude_characters="\u00a0&",
)


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN, AZERBAIJANI, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_told_apart(text: str, encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 are read with and without a mark; a mark is never part of the text."""
    if encoding in ("utf-16-le", "utf-16-be") and text in (UKRAINIAN, RUSSIAN):
        text = f"ANAMA / DSNS: {text}"
    assert mend(decode(text.encode(encoding)) or "") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8_u"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_u"),
        (TURKISH_LETTERS, "cp1254"),
        (ENGLISH, "cp1254"),
        ("Сапери знешкодили 12 мін.", "cp1251"),
        ("Обезврежено 12 мин.", "koi8_u"),
    ],
)
def test_legacy_encodings_are_detected(tmp_path: Path, text: str, encoding: str) -> None:
    """One sentence is enough to tell Windows-1251, Windows-1254 and KOI8-U apart."""
    assert read_one(write(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize("text", [UKRAINIAN, AZERBAIJANI, ENGLISH])
def test_mojibake_is_mended_before_the_text_is_stored(tmp_path: Path, text: str) -> None:
    """UTF-8 that somebody read as a Windows encoding is turned back."""
    encoding = "cp1251" if text == UKRAINIAN else "cp1252"
    broken = text.encode().decode(encoding, errors="strict" if encoding == "cp1251" else "replace")
    if "\ufffd" in broken:
        broken = "".join(bytes([byte]).decode("sloppy-windows-1252") for byte in text.encode())
    assert read_one(write(tmp_path, "a.txt", broken)).text == text


def test_typography_stays_as_the_publisher_set_it() -> None:
    """Quotation marks, dashes, primes and non-breaking spaces are not touched."""
    text = "“No mines,” said ANAMA’s chief – «нет» — 10\u00a0456 m² … №\u202f7"
    assert mend(text) == text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("роз\u00adмінування", "розмінування"),
        ("Fu\u0308zuli", "Füzuli"),
        ("10&nbsp;456 mines &amp; shells", "10\u00a0456 mines & shells"),
        ("ﬁelds", "fields"),
        ("\ufeffReport", "Report"),
        ("page\fpage", "page\npage"),
    ],
)
def test_what_mending_changes(broken: str, mended: str) -> None:
    """Line ends, invisible hyphens, combining marks, entities, ligatures and page breaks are normal."""
    assert mend(broken) == mended


@given(st.text(LETTERS, min_size=1).filter(str.strip))
def test_ordinary_text_survives_as_it_is(text: str) -> None:
    """What is not broken is stored character by character, blanks at the end aside."""
    normal = unicodedata.normalize("NFC", text).rstrip()
    assert mend(decode(normal.encode()) or "") == mend(normal)
    assert mend(mend(text)) == mend(text)


@given(st.lists(st.sampled_from(f"{ARTICLE} {UKRAINIAN} {RUSSIAN} {AZERBAIJANI}".split()), min_size=1))
def test_words_of_reports_survive_a_round_trip(words: list[str]) -> None:
    """Reports in four languages come back from UTF-8 and UTF-16 as they went in."""
    text = " ".join(words)
    assert [mend(decode(text.encode(name)) or "") for name in ("utf-8", "utf-16")] == [text, text]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (AZERBAIJANI, "az"),
        (UKRAINIAN, "uk"),
        (RUSSIAN, "ru"),
        ("Обезврежено 12 мин.", "ru"),
        ("Ağdamda mina partlayıb", "az"),
        ("Ağrı'da askeri aracın geçişi sırasında mayın patladı, iki kişi yaralandı.", "tr"),
        ("Im Gebiet Charkiw haben Minenräumer in der vergangenen Woche zwölf Minen entschärft.", "de"),
        ("12", "en"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    """A sentence is given its language; what says nothing gets one of the four expected."""
    assert language_of(text) == language or (text == "12" and language_of(text) in ("en", "az", "uk", "ru"))


def test_the_menu_does_not_decide_the_language(tmp_path: Path) -> None:
    """English furniture around a Ukrainian article leaves it Ukrainian."""
    menu = "\n".join(["Home", "Sign in", "Subscribe", "Contact us", "Privacy policy", "Terms of use"] * 5)
    assert read_one(write(tmp_path, "a.txt", f"{menu}\n\n{UKRAINIAN}\n\n{menu}")).language == "uk"


@given(st.text("abE1 .,'’‘“”–—&;<\n\r\x85\x92âÃ€™"))
def test_lines_that_are_passed_by_need_no_mending(text: str) -> None:
    """What is mended line by line, sound ones left out, is what mending all of it gives."""
    assert fix_text(text, encodings._mending()) == encodings._mended(text)
