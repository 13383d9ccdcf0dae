"""Word files and zip files: what they hold is read, and what is no report in them is refused by name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from document_files import ARTICLE, paragraph_of, read, read_one, refusal, run_of, word_of, write, zip_of
from hypothesis import given
from hypothesis import strategies as st

from geotrack.documents import MEGABYTE, Options, Refused, archives, read_bytes, wordfiles
from geotrack.models import Document


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph_of(run_of(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_word_file_gives_its_paragraphs_title_and_table(tmp_path: Path) -> None:
    """Paragraphs and rows are lines; inserted words count, deleted ones do not; controls hold text, too."""
    inserted = f'<w:ins w:id="1" w:author="x">{run_of("12 mines")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>99 mines</w:delText></w:r></w:del>'
    body = (
        paragraph_of(run_of("Clearance in June"), "T")
        + paragraph_of(run_of("The agency found ") + inserted + deleted + run_of(" & 3 shells."))
        + f"<w:sdt><w:sdtContent>{paragraph_of(run_of('In a content control.'))}</w:sdtContent></w:sdt>"
        + _table(("District", "Mines"), ("Aghdam", "7"))
        + paragraph_of(run_of("The end of it."))
    )
    document = read_one(write(tmp_path, "june.docx", word_of(body)))
    assert document.title == "Clearance in June"
    assert document.text.splitlines() == [
        "Clearance in June",
        "The agency found 12 mines & 3 shells.",
        "In a content control.",
        "| District | Mines |",
        "| Aghdam | 7 |",
        "The end of it.",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xd0\xcf\x11\xe0 an older Word file, or a locked one", "no .docx file, or it has a password"),
        (b"PK\x03\x04 cut off", "this Word file is damaged"),
        (zip_of({"readme.txt": "no Word file"}), "this Word file is damaged"),
        (word_of("<w:p>not closed"), "this Word file is damaged"),
        (word_of(""), "there is no text in it"),
    ],
)
def test_a_word_file_that_is_none_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    """Each refusal names the file, what is wrong, and what to do."""
    told = refusal(write(tmp_path, "june.docx", content))
    assert problem in told
    assert told.startswith(str(tmp_path / "june.docx"))


def test_a_word_file_that_expands_beyond_bounds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes that would fill the memory are not unpacked."""
    monkeypatch.setattr(wordfiles, "MAX_EXPANDED_BYTES", MEGABYTE)
    bomb = word_of(paragraph_of(run_of("mine " * 400_000)))
    assert len(bomb) < MEGABYTE / 50
    assert "expands to more than 1 MB" in refusal(write(tmp_path, "june.docx", bomb))


def test_a_zip_file_is_read_as_a_folder(tmp_path: Path) -> None:
    """Members come sorted, below the archive's path; hidden files and other kinds are passed over."""
    packed = zip_of(
        {
            "b/report.txt": ARTICLE,
            "a.docx": word_of(paragraph_of(run_of("Two mines were found."))),
            "rows.jsonl": '{"text": "One mine."}\n{"no": "text"}\n',
            "__MACOSX/a.txt": "no report",
            ".hidden.txt": "no report",
            "README.md": "no report",
            "photo.jpg": b"\xff",
        }
    )
    path = write(tmp_path, "reports.zip", packed)
    found = read(path)
    told = [
        str(one.source.path if isinstance(one, Document) else one.error)[len(str(path)) :] for one in found
    ]
    assert told[:2] == ["/a.docx", "/b/report.txt"]
    assert told[2] == "/rows.jsonl"
    assert told[3].startswith("/rows.jsonl line 2: there is no text field")
    assert read_one(path / "b" / "report.txt").text == ARTICLE
    assert "no such report" in refusal(path / "b" / "other.txt")


def test_names_in_a_zip_file_lead_nowhere_else(tmp_path: Path) -> None:
    """A member's name cannot make a document pass for another file of the disk."""
    path = write(
        tmp_path, "reports.zip", zip_of({"../../up.txt": ARTICLE, "/etc/root.txt": ARTICLE + "\nTwice."})
    )
    paths = [one.source.path for one in read(path) if isinstance(one, Document)]
    assert paths == [str(path / "up.txt"), str(path / "etc" / "root.txt")]


def test_a_bomb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, too much in all, or one file too large: each has its bound and its way out."""
    small = Options(max_bytes=1000)
    many = write(tmp_path, "many.zip", zip_of({f"{n}.txt": ARTICLE for n in range(9)}))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 8)
    assert "it holds 9 files, over the limit of 8" in refusal(many)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 100)
    monkeypatch.setattr(archives, "MAX_DOCUMENTS", 3)
    large = write(tmp_path, "large.zip", zip_of({"1.txt": "mine " * 1000}))
    assert "it expands to over" in refusal(large, small)
    monkeypatch.setattr(archives, "MAX_DOCUMENTS", 30)
    assert "over the limit of 0.001 MB" in refusal(large, small)
    nested = write(tmp_path, "nested.zip", zip_of({"in.zip": zip_of({"a.txt": ARTICLE})}))
    assert "an archive in an archive" in refusal(nested)


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    """A member that holds more than it says is damaged; no more than it says is unpacked."""
    honest = zip_of({"1.txt": "mine " * 100_000})
    lying = honest.replace((500_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert lying != honest
    (refused,) = read(write(tmp_path, "reports.zip", lying))
    assert isinstance(refused, Refused)
    assert "damaged in the archive" in str(refused.error)


def test_a_locked_member_and_a_damaged_archive(tmp_path: Path) -> None:
    """A member with a password is refused by its name; an archive that is cut off, as a whole."""
    packed = zip_of({"1.txt": ARTICLE})
    with zipfile.ZipFile(write(tmp_path, "good.zip", packed)) as archive:
        offset = archive.getinfo("1.txt").header_offset
    directory = packed.index(b"PK\x01\x02")
    locked = bytearray(packed)
    locked[offset + 6] |= 1
    locked[directory + 8] |= 1
    assert "has a password" in refusal(write(tmp_path, "locked.zip", bytes(locked)))
    assert "this zip file is damaged" in refusal(write(tmp_path, "cut.zip", packed[: len(packed) // 2]))
    assert "this zip file is damaged" in refusal(write(tmp_path, "no.zip", b"no archive at all"))


@given(
    position=st.integers(0, 2000),
    junk=st.binary(min_size=1, max_size=20),
    suffix=st.sampled_from([".docx", ".zip"]),
)
def test_damage_raises_nothing(
    tmp_path_factory: pytest.TempPathFactory, position: int, junk: bytes, suffix: str
) -> None:
    """Bytes changed anywhere give a document or a refusal."""
    whole = word_of(paragraph_of(run_of("Two mines were found in Aghdam.")) + _table(("a", "b")))
    at = position % len(whole)
    path = write(
        tmp_path_factory.getbasetemp(), f"damaged{suffix}", whole[:at] + junk + whole[at + len(junk) :]
    )
    assert all(isinstance(one, Document | Refused) for one in read(path))


def test_bytes_are_read_as_a_file_is(tmp_path: Path) -> None:
    """What was uploaded gives what the same file would, also packed; what is none is refused."""
    path = write(tmp_path, "june.txt", ARTICLE)
    assert [*read_bytes(path, ARTICLE.encode())] == read(path)
    packed = zip_of({"june.txt": ARTICLE, "in.zip": zip_of({})})
    found, nested = sorted(read_bytes(Path("a.zip"), packed), key=lambda one: isinstance(one, Refused))
    assert isinstance(found, Document)
    assert (found.text, found.source.path) == (ARTICLE, "a.zip/june.txt")
    assert isinstance(nested, Refused)
    for name, content, problem in (
        ("a.txt", b"", "empty"),
        ("a.zip", zip_of({}), "no such report"),
        ("a.odt", b"PK", "of the kind .odt are not read"),
        ("a.txt", b"m" * 11_000_000, "over the limit of 10 MB"),
    ):
        (refused,) = read_bytes(Path(name), content)
        assert isinstance(refused, Refused)
        assert problem in str(refused.error)
