"""People who review at the same time lose no word; `test_store_killed.py` is of those who are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from store_samples import NumberReader

from geotrack.models import Document
from geotrack.store import NothingToUndoError, OvertakenReviewError, Review, Store

pytest_plugins = ("databases",)

WORDS, PERSONS = 12, ("aysel", "oleh", "iryna")
DOCUMENT = Document("10 11 12 13")
# Reviewers speak of the same few facts, and print each word that was answered.
REVIEW = """
import random, sys
from geotrack.store import NothingToUndoError, Review, Store
database, who, words, *facts = sys.argv[1:]
chance = random.Random(who)
with Store.open(database, wait_s=60) as store:
    for _ in range(int(words)):
        fact, verdict = chance.choice(facts), chance.choice(["accepted", "rejected", "corrected", "undone"])
        try:
            if verdict == "undone":
                store.undo(fact, who)
            else:
                fields = {"value": chance.randrange(99)} if verdict == "corrected" else {}
                store.review(Review(fact, verdict, who, fields))
        except NothingToUndoError:
            continue
        print(fact, verdict, flush=True)
"""


def _start(database: str, who: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[1]
    facts = [figure.id for figure in NumberReader().read(DOCUMENT).figures]
    return subprocess.Popen(
        [sys.executable, "-c", REVIEW, database, who, str(WORDS), *facts],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@pytest.fixture
def library(database: str) -> str:
    """Give a library with a few figures."""
    with Store.open(database) as store:
        store.add(DOCUMENT, NumberReader().read(DOCUMENT))
    return database


def _kept(store: Store) -> Counter[tuple[str, str, str]]:
    said = store.reviews()
    return Counter(zip(said["who"], said["fact_id"], said["verdict"], strict=True))


def _check_whole(store: Store) -> None:
    """Assert that what holds is what a stack of the kept words leaves, and that the database is sound."""
    said, stacks = store.reviews(), {}
    for word in said.to_dict("records"):
        stack = stacks.setdefault(word["fact_id"], [])
        if word["verdict"] == "undone":
            # Each undo had a word to take back when it came.
            stack.pop()
        else:
            stack.append((word["verdict"], word["who"]))
    expected = {fact: stack[-1] for fact, stack in stacks.items() if stack}
    rows = store.figures().to_dict("records")
    assert {row["figure_id"]: (row["review"], row["review_by"]) for row in rows if row["review"]} == expected
    if store._engine.dialect.name == "sqlite":
        with store._reading() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_people_who_review_at_once_lose_no_word(library: str) -> None:
    """Each word that was answered is kept once, whoever else was speaking of the same fact."""
    processes = {who: _start(library, who) for who in PERSONS}
    answered: Counter[tuple[str, str, str]] = Counter()
    for who, process in processes.items():
        lines = process.communicate(timeout=120)[0].splitlines()
        assert process.returncode == 0
        answered.update((who, *line.split()) for line in lines)
    with Store.open(library) as store:
        assert _kept(store) == answered
        assert store.revision == 1 + answered.total()
        _check_whole(store)


def test_two_undos_of_one_word_take_back_one(library: str) -> None:
    """Who undoes a word that another person undid already is told so."""
    with Store.open(library) as store:
        fact = store.figures()["figure_id"][0]
        word = store.complete(store.documents()["document_id"][0], "aysel")
        document = store.documents()["document_id"][0]
        assert store.undo(document, "oleh", review_id=word) == word
        with pytest.raises(NothingToUndoError):
            store.undo(document, "aysel", review_id=word)
        with pytest.raises(NothingToUndoError):
            store.undo(fact, "aysel", review_id=word)


# Each waits for the other, and then speaks of what both saw: that nobody had judged the fact.
CLASH = """
import sys
from geotrack.store import OvertakenReviewError, Review, Store
database, who, verdict, fact = sys.argv[1:]
with Store.open(database, wait_s=60) as store:
    seen = store.standing(fact)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        store.review(Review(fact, verdict, who), seen=seen and seen.review_id)
        print("kept")
    except OvertakenReviewError as error:
        print("overtaken by", error.who, error.verdict)
"""


def test_of_two_conflicting_verdicts_one_is_refused(library: str) -> None:
    """Two programs that saw the same fact unjudged: the second verdict is refused and names the first."""
    fact = NumberReader().read(DOCUMENT).figures[0].id
    said = {"aysel": "accepted", "oleh": "rejected"}
    processes = {
        who: subprocess.Popen(
            [sys.executable, "-c", CLASH, library, who, verdict, fact],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
        for who, verdict in said.items()
    }
    for process in processes.values():
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes.values():
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = {who: process.communicate(timeout=120)[0].strip() for who, process in processes.items()}
    first = next(who for who, line in told.items() if line == "kept")
    second = next(who for who in said if who != first)
    assert told[second] == f"overtaken by {first} {said[first]}"
    with Store.open(library) as store:
        assert _kept(store) == Counter({(first, fact, said[first]): 1})


def test_of_many_verdicts_at_once_one_is_kept(library: str) -> None:
    """Threads of one store that all saw the same word: one replaces it, all others are refused."""
    with Store.open(library, wait_s=60) as store:
        fact = store.figures()["figure_id"][0]
        seen = store.review(Review(fact, "accepted", "aysel"))
        at_once = threading.Barrier(8)

        def judge(number: int) -> bool:
            at_once.wait()
            try:
                store.review(Review(fact, "rejected", f"person {number}"), seen=seen)
            except OvertakenReviewError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(judge, range(8))) == 1
        assert len(store.reviews()) == 2


def test_a_word_on_what_was_taken_back_is_refused(library: str) -> None:
    """Who saw a word that is undone by now has not seen what holds."""
    with Store.open(library) as store:
        fact = store.figures()["figure_id"][0]
        seen = store.review(Review(fact, "accepted", "aysel"))
        store.undo(fact, "aysel")
        with pytest.raises(OvertakenReviewError, match="the word before was taken back"):
            store.review(Review(fact, "rejected", "oleh"), seen=seen)
        store.review(Review(fact, "rejected", "oleh"), seen=None)
