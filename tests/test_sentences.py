"""Sentences with their offsets, and what kind of line each stands in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.sentences import LONGEST_SENTENCE, split_sentences

LEXICON = Lexicon.load("en")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as written."""
    return [text[s.start : s.end] for s in split_sentences(text, LEXICON)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Petrov of St. Andrew cleared 5 sq. km of land.",
        "Some approx. 300 mines were found in Nov. 2023 near Izium.",
        "The U.S. Army and the U.N. gave 5 machines.",
        "V. I. Petrov and J. Smith spoke.",
        "It cleared 1,644.6 ha. of land.",
        "They found 5 mln. items, i.e. mines, in plot No. 5.",
        "Gen. Zaluzhnyi said so.",
        "He said: “Stop.” and went on.",
        "They met at 5 p.m. on Friday.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(text: str) -> None:
    """A point behind an abbreviation, an initial or inside a number goes on."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five mines were found. Two were destroyed!", ["Five mines were found.", "Two were destroyed!"]),
        ("It cleared 45 km. The work goes on.", ["It cleared 45 km.", "The work goes on."]),
        ('"We cleared it." He left.', ['"We cleared it."', "He left."]),
        ("Really?! Yes. 12 mines were found.", ["Really?!", "Yes.", "12 mines were found."]),
        ("Mines were found.Then the team left.", ["Mines were found.", "Then the team left."]),
        ("It had reported five.[2] In 2012 it was six.", ["It had reported five.[2]", "In 2012 it was six."]),
        ("Мін немає. Роботи тривають.", ["Мін немає.", "Роботи тривають."]),
    ],
)
def test_sentences_end_where_a_writer_ends_them(text: str, expected: list[str]) -> None:
    """Stops, quotes, glued sentences and footnote marks are told apart."""
    assert sentences(text) == expected


def test_wrapped_lines_are_one_sentence() -> None:
    """A line of a program's length without a stop goes on in the next."""
    text = "In the course of the week, teams of the agency found and\ndestroyed 31 anti-tank mines in Fuzuli."
    assert sentences(text) == [text]


def test_a_short_line_is_a_heading_and_stands_alone() -> None:
    """A heading is no part of the sentence below it."""
    found = split_sentences("Mines in Fuzuli\nFive mines were found.", LEXICON)
    assert [s.kind for s in found] == ["heading", "sentence"]


def test_bullets_are_items_without_their_mark() -> None:
    """Each bullet, number or emoji opens an item; the mark belongs to none."""
    text = "Found in May:\n- 31 anti-tank mines;\n• 40 shells;\n1) 5 bombs;\n🔹 2 grenades"
    found = split_sentences(text, LEXICON)
    assert [(text[s.start : s.end], s.kind) for s in found] == [
        ("Found in May:", "sentence"),
        ("31 anti-tank mines;", "item"),
        ("40 shells;", "item"),
        ("5 bombs;", "item"),
        ("2 grenades", "item"),
    ]


def test_paragraphs_are_counted() -> None:
    """Sentences of one block share its number."""
    found = split_sentences("One. Two.\n\nThree.", LEXICON)
    assert [s.paragraph for s in found] == [0, 0, 1]


def test_sentences_in_furniture_say_so() -> None:
    """A sentence that lies in a furniture span for the most part is furniture."""
    text = "Five mines were found.\n\nYou might also like: 12 mines were found."
    found = split_sentences(text, LEXICON, [(24, len(text))])
    assert [s.furniture for s in found] == [False, True]


def test_no_sentence_is_longer_than_any_sentence_is() -> None:
    """A file without a stop is cut at spaces."""
    text = "mines and shells " * 1000
    found = split_sentences(text, LEXICON)
    assert max(s.end - s.start for s in found) <= LONGEST_SENTENCE
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)


@given(st.text(alphabet=" .!?\n\t-•1)\"'”«aAbБ[]…;:,", max_size=200))
def test_sentences_cover_every_word_once(text: str) -> None:
    """No letter is lost but those of bullets, none is in two sentences, none begins or ends in a space."""
    found = split_sentences(text, LEXICON)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)
    outside = set(range(len(text))) - {k for s in found for k in range(s.start, s.end)}
    assert not [k for k in outside if text[k].isalpha()]
