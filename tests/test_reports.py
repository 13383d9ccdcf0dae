"""The reports that ship: retold, each with the address of its page, no two told alike."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import frontmatter
import pytest

from geotrack.config import reports_folder
from geotrack.documents import read_paths
from geotrack.models import Document

FILES = sorted(reports_folder().glob("*/*.md"))
AGENCIES = ("anama", "dsns")
# Outlets kept for exams, and pages that only pass their texts on.
RESERVED = ("menafn", "azertag", "azernews", "trend.az", "ukrinform", "dsns.gov.ua", "mediacenter.org.ua")
FIELDS = {"title", "publisher", "published", "published_inferred", "language", "origin", "url", "retold"}
# Two bulletins of one week share their numbers and districts, not their sentences.
MOST_ALIKE = 0.9
GOLD = Path(__file__).parent / "gold" / "reports.jsonl"


def head(path: Path) -> dict[str, object]:
    """Return what a file says of itself."""
    return frontmatter.loads(path.read_text(encoding="utf-8")).metadata


def test_there_are_reports_of_both_agencies_in_four_languages() -> None:
    """Each agency has over a hundred, and all four languages are among them."""
    assert {path.parent.name for path in FILES} == set(AGENCIES)
    assert min(sum(path.parent.name == agency for path in FILES) for agency in AGENCIES) > 100
    assert {head(path)["language"] for path in FILES} == {"az", "en", "ru", "uk"}


@pytest.mark.parametrize("agency", AGENCIES)
def test_each_says_that_it_is_retold_and_names_its_page(agency: str) -> None:
    """Publisher and address are there, in `origin` too; a day that we concluded says how."""
    for path in (path for path in FILES if path.parent.name == agency):
        told = head(path)
        assert set(told) <= FIELDS
        assert told["retold"] is True
        assert urlsplit(str(told["url"])).hostname
        assert told["origin"] == f"{told['publisher']}, {told['url']}"
        assert "published_inferred" not in told or told["published"]


def test_no_reserved_outlet_is_among_them() -> None:
    """Nothing comes from the outlets that are kept for exams."""
    assert [path.name for path in FILES if any(name in str(head(path)["url"]) for name in RESERVED)] == []


def test_no_two_are_told_alike() -> None:
    """No report is another one's wording with other numbers."""
    words = {
        path.stem: [
            w for w in frontmatter.loads(path.read_text(encoding="utf-8")).content.split() if w.isalpha()
        ]
        for path in FILES
    }
    alike = []
    for one, other in combinations(words, 2):
        matcher = SequenceMatcher(None, words[one], words[other], autojunk=False)
        likely = matcher.real_quick_ratio() >= MOST_ALIKE and matcher.quick_ratio() >= MOST_ALIKE
        if likely and matcher.ratio() >= MOST_ALIKE:
            alike.append((one, other))
    assert alike == []


def test_all_can_be_read_and_have_their_numbers_in_the_gold_set() -> None:
    """Every file is a document, and every document has a line in the gold set."""
    found = [one for one in read_paths([reports_folder()]) if isinstance(one, Document)]
    assert {Path(one.source.path or "").stem for one in found} == {path.stem for path in FILES}
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == {path.stem for path in FILES}
