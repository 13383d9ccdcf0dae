"""Who ingests or reviews and is killed loses nothing that was finished, and leaves nothing half done.

`make soak` kills at many more moments.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import programs
from store_samples import NumberReader, held

from geotrack.models import Document
from geotrack.store import Store, ingest

pytest_plugins = ("databases",)

KILLS = int(os.environ.get("GEOTRACK_TEST_KILLS", "20"))
SEED = int(os.environ.get("GEOTRACK_TEST_SEED", "20240601"))


def _moments(whole: int) -> Iterator[int]:
    """Yield so many moments as kills are asked for, at random, each once before any comes again."""
    chance = random.Random(SEED)  # noqa: S311 - the same moments at each run
    return islice(
        (moment for _ in range(KILLS) for moment in chance.sample(range(1, whole + 1), whole)), KILLS
    )


@contextmanager
def _named(number: int, moment: int) -> Iterator[None]:
    """Say of a failure which kill it came from."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"GEOTRACK_TEST_SEED={SEED}: killed in round {number}, at moment {moment}")
        raise


def _reports(folder: Path, number: int) -> Path:
    """Make a folder of two reports with numbers of their own."""
    folder.mkdir()
    for name in ("a", "b"):
        numbers = ", ".join(str(number * 100 + index) for index in range(6))
        (folder / f"{name}.txt").write_text(f"Mines found in district {name} of the north: {numbers}.")
    return folder


def _check_read(store: Store, folders: Sequence[Path], finished: Sequence[str], number: int) -> None:
    """Assert that each document has one whole reading, that of the newest rules if it was finished."""
    documents = store.documents()
    newest = []
    for document_id, path in zip(documents["document_id"], documents["path"], strict=True):
        if Path(path).parent in folders:
            found = store.document(document_id)
            rules = found.reading.rules_version
            assert found.reading == NumberReader(rules).read(found.document)
            assert rules in {str(number - 1), str(number)}
            newest += [path] if rules == str(number) else []
    assert set(finished) <= set(newest)
    # One more at most: written, and killed before it could tell.
    assert len(newest) <= len(finished) + 1
    assert set(documents["n_sources"]) <= {1}
    assert set(store.search("mines")) == set(documents["document_id"])


def _round_of_reading(database: str, folders: Sequence[Path], number: int, moment: int) -> int:
    """Ingest by newer rules, killed at a moment, and again to the end; return how many moments there were."""
    rules = str(number)
    with _named(number, moment):
        finished, moments = programs.Program(programs.read_folders, moment, database, folders, rules).end()
        with Store.open(database) as store:
            _check_read(store, folders, finished, number)
            report = ingest(store, NumberReader(rules), folders, programs.OPTIONS)
            assert (report.taken, report.exit_code) == (4, 0)
    return moments


def test_a_killed_ingest_loses_nothing(database: str, tmp_path: Path) -> None:
    """Killed among new reports and old ones read anew, what was finished is there, and the rest follows."""
    archive = _reports(tmp_path / "archive", 0)
    rounds = [[archive, _reports(tmp_path / str(number), number)] for number in range(1, KILLS + 3)]
    _round_of_reading(database, rounds[0], 1, 0)
    whole = _round_of_reading(database, rounds[1], 2, 0)
    for number, moment in enumerate(_moments(whole), 3):
        _round_of_reading(database, rounds[number - 1], number, moment)
    with Store.open(tmp_path / "spared.db") as spared, Store.open(database) as store:
        for number, folders in enumerate(rounds, 1):
            ingest(spared, NumberReader(str(number)), folders, programs.OPTIONS)
        assert held(store) == held(spared)
        assert store.problems() == []


def _check_said(store: Store, document: Document, answered: Sequence[str]) -> int:
    """Assert that of what was to be said the first words are kept, whole; return how many."""
    said = store.reviews()
    kept = said.loc[said["document_id"] == document.id, "verdict"].tolist()
    assert kept == [verdict for verdict, _ in programs.words(document)][: len(kept)]
    # One more at most: kept, and killed before it could tell.
    assert len(answered) <= len(kept) <= len(answered) + 1
    assert len(store.document(document.id).added) == kept.count("added")
    assert (store.standing(document.id) is not None) == ("complete" in kept)
    return len(kept)


def _round_of_words(database: str, document: Document, number: int, moment: int) -> int:
    """Review a new document, killed at a moment, and say the rest; return how many moments there were."""
    with _named(number, moment):
        with Store.open(database) as store:
            store.add(document, NumberReader().read(document))
        answered, moments = programs.Program(programs.speak, moment, database, document).end()
        with Store.open(database) as store:
            kept = _check_said(store, document, answered)
            for _, say in programs.words(document)[kept:]:
                say(store)
            assert store.reading_revision == number
    return moments


def test_a_killed_reviewer_loses_nothing(database: str, tmp_path: Path) -> None:
    """Killed among words of each kind, all that was answered is kept, and the rest can be said."""
    documents = [
        Document(f"Mines found: {number}1, {number}2. {programs.ADDED} in May.")
        for number in range(1, KILLS + 2)
    ]
    whole = _round_of_words(database, documents[0], 1, 0)
    for number, moment in enumerate(_moments(whole), 2):
        _round_of_words(database, documents[number - 1], number, moment)
    with Store.open(tmp_path / "spared.db") as spared, Store.open(database) as store:
        for document in documents:
            spared.add(document, NumberReader().read(document))
            programs.speak(spared, str, document)
        assert held(store) == held(spared)
        assert store.problems() == []
