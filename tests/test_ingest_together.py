"""Several processes that ingest at the same time leave what one of them would have left."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import OPTIONS, Program, read_folders
from store_samples import NumberReader, held

from geotrack.store import Store, ingest

pytest_plugins = ("databases",)

TEXTS = 12
# Each publisher leaves out every third text, and is now the first with one that it shares, now the last.
PUBLISHERS = ("ANAMA", "DSNS", "HALO")


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Give a folder of each publisher: texts that others have as well, by other dates, and a broken file."""
    made = []
    for number, publisher in enumerate(PUBLISHERS):
        folder = tmp_path / publisher
        folder.mkdir()
        for text in range(TEXTS):
            if text % len(PUBLISHERS) != number:
                day = 1 + (text * 7 + number * 5) % 11
                told = f"title: {publisher} {text}\npublisher: {publisher}\npublished: 2024-06-{day:02}"
                body = f"Mines found in the north of the district: {text * 10}, {text * 10 + 1}."
                (folder / f"{text:02}.md").write_text(f"---\n{told}\n---\n{body}")
        (folder / "broken.md").write_text("---\npublished: lately\n---\nMines found.")
        made.append(folder)
    return made


def test_several_processes_do_what_one_does(database: str, folders: list[Path], tmp_path: Path) -> None:
    """Three that read two folders each, of three, leave what one leaves that reads all; newer rules, too."""
    shares = [folders[:2], folders[1:], [folders[2], folders[0]]]
    with Store.open(tmp_path / "alone.db") as alone:
        for rules in ("1", "2"):
            ingest(alone, NumberReader(rules), folders, OPTIONS)
            started = [Program(read_folders, 0, database, share, rules) for share in shares]
            for program, share in zip(started, shares, strict=True):
                finished, _ = program.end()
                assert len(finished) == sum(1 for folder in share for _ in folder.iterdir())
            with Store.open(database) as together:
                assert held(together) == held(alone)
                assert together.problems() == []
                assert set(together.search("mines")) == set(together.documents()["document_id"])
