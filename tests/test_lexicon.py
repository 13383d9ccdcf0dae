"""The English lexicon: words and phrases, no patterns, and no tag that the code does not read."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.resources import files

import pytest

from geotrack.extraction import lexicon as lexicons
from geotrack.extraction.lexicon import Lexicon, languages
from geotrack.extraction.predicates import measure_table
from geotrack.extraction.words import fold, split_words

LEXICON = Lexicon.load("en")
TABLES = tomllib.loads(files("geotrack.extraction").joinpath("lexicon", "en.toml").read_text("utf-8"))
FOCUS = TABLES.pop("focus")
ENTRIES = [(tag, phrase) for tag, phrase, _ in lexicons._entries(TABLES)]
TAGS = {tag for tag, _ in ENTRIES}
# Digits stand in the names of wars and weapons, in units, fractions, quarters, counted months, articles.
WITH_DIGITS = (
    *("war.named", "time.part", "device", "incident.cause", "head", "unit", "number.fraction"),
    "treaty",
)
# Tables whose tags are made up at run time: what the f-string or the prefix in the code is completed with.
# Those of `idiom` and `aside` only take phrases out of the hands of other tables.
MADE_UP = re.compile(
    r"^(?:predicate\.[a-z_]+|modality|head|unit|qualifier|device|part|war\.(?:begun|over|named)|time\.unit|definite"
    r"|beside|idiom|aside)\."
)


def _read_tags() -> set[str]:
    """Return the strings in the code of the reader that look like tags."""
    found: set[str] = set()
    for path in files("geotrack.extraction").iterdir():
        if path.name.endswith(".py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return {text for text in found if re.fullmatch(r"[a-z_]+(\.[a-z_A-Z0-9]+)*", text)}


def _above(tag: str) -> set[str]:
    parts = tag.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts) + 1)}


def test_english_is_a_language_that_can_be_read() -> None:
    """`languages` lists what there is a lexicon for."""
    assert "en" in languages()


def test_every_phrase_is_found_in_a_text() -> None:
    """A phrase, tokenised as a text is, is matched from its first word to its last."""
    lost = []
    for tag, phrase in ENTRIES:
        words = [w.folded for w in split_words(fold(phrase))]
        hit = LEXICON.match(words, 0) if words else None
        if hit is None or hit[0] != len(words) or tag not in hit[1]:
            lost.append((tag, phrase))
    assert lost == []


def test_no_entry_is_a_pattern() -> None:
    """The lexicon holds words, which a person can change, and nothing of regular expressions."""
    assert [(t, p) for t, p in ENTRIES if len(p) > 1 and re.search(r"[\\\[\]{}?*|]|\.\+", p)] == []


def test_entries_are_folded_and_trimmed() -> None:
    """An entry stands as a text is folded: small letters, straight quotes, single spaces."""
    assert [(t, p) for t, p in ENTRIES if p != " ".join(fold(p).split())] == []


def test_digits_stand_only_in_names() -> None:
    """No entry names a value or a date of any report."""
    odd = [(t, p) for t, p in ENTRIES if re.search(r"\d", p) and not t.startswith(WITH_DIGITS)]
    assert odd == []


def test_no_entry_names_a_place_of_a_pack() -> None:
    """Names of settlements and districts are the gazetteer's."""
    places = {
        "aghdam",
        "fuzuli",
        "lachin",
        "jabrayil",
        "shusha",
        "kharkiv",
        "kherson",
        "mykolaiv",
        "donetsk",
        "izium",
    }
    assert [(t, p) for t, p in ENTRIES if places & set(p.split())] == []


def test_the_code_reads_no_tag_that_the_lexicon_lacks() -> None:
    """A dotted tag in the code stands in the lexicon: a typing error would never match and never fail."""
    known = {above for tag in TAGS for above in _above(tag)}
    tables = set(TABLES)
    read = {t for t in _read_tags() if "." in t and t.split(".")[0] in tables and not t.endswith(".toml")}
    assert sorted(read - known) == []


def test_the_lexicon_has_no_tag_that_no_code_reads() -> None:
    """Every table is read by its own name, a name above it, or a name that is made up at run time."""
    read = _read_tags()
    unread = [t for t in sorted(TAGS) if not _above(t) & read and not MADE_UP.match(t)]
    assert unread == []


def test_every_predicate_and_head_makes_a_measure() -> None:
    """The table of measures speaks of heads and predicates that the lexicon has."""
    predicates = {t.split(".")[1] for t in TAGS if t.startswith("predicate.")} | {"noun", "need"}
    heads = {t.split(".")[1] for t in TAGS if t.startswith("head.")} | {"area", "percent", "bare"}
    table = measure_table()
    assert sorted(set(table) - heads) == []
    assert sorted({p for row in table.values() for p in row} - predicates) == []


def test_a_phrase_may_stand_under_several_tags() -> None:
    """The longest phrase wins, with all its tags."""
    hit = LEXICON.match(["anti", "-", "tank", "mines", "were"], 0)
    assert hit is not None
    assert hit[0] == 4
    assert "head.at_mine" in hit[1]


@pytest.mark.parametrize(
    ("words", "tag", "expected"), [(["were", "cleared"], "predicate", True), (["x"], "head", False)]
)
def test_contains_looks_for_a_tag_or_one_below(words: list[str], tag: str, *, expected: bool) -> None:
    """A tag stands for all that lie below it."""
    assert LEXICON.contains(words, tag) is expected


def test_hints_of_a_country_are_folded() -> None:
    """The names that give a country away are looked for in folded text."""
    assert [n for names in FOCUS.values() for n in names if n != fold(n)] == []


def test_a_language_without_a_lexicon_cannot_be_loaded() -> None:
    """Asking for a language that is not there fails at once."""
    with pytest.raises(FileNotFoundError):
        Lexicon.load("xx")


@pytest.mark.parametrize(
    ("words", "length"),
    [("planted over 1000 mines", 1), ("are at least 1000 mines", 1), ("walked over 450 ha", 2)],
)
def test_a_phrase_leaves_a_qualifier_to_its_number(words: str, length: int) -> None:
    """The "over" of "planted over 1,000" is the number's, that of "walked over" the verb's."""
    first, last, *_ = next(Lexicon.load("en").phrases(words.split()))
    assert (first, last) == (0, length)
