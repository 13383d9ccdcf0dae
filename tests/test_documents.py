"""Files and folders become documents; what cannot be read is refused in one line, and the rest goes on."""

# ruff: noqa: RUF001 - Cyrillic letters are meant

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
from pathlib import Path
from subprocess import run

import pytest
from document_files import ARTICLE, pdf_of, read, read_one, refusal, write
from hypothesis import given, settings
from hypothesis import strategies as st

from geotrack.documents import MEGABYTE, SUFFIXES, Options, Refused, find_files, read_file, read_paths
from geotrack.models import Document

FRONT_MATTER = """---
title: Clearance in Fuzuli
publisher: The Agency
published: 2024-06-03
language: uk-UA
url: https://example.org/fuzuli
origin: The Agency, weekly report
retold: true
id: report-7
---
"""


def test_plain_text_is_stored_whole(tmp_path: Path) -> None:
    """The stored text is the file's text, blanks at its end aside."""
    assert read_one(write(tmp_path, "a.txt", ARTICLE + "\n\n")).text == ARTICLE


def test_plain_text_has_no_metadata_but_its_path(tmp_path: Path) -> None:
    """Nothing is made up: no title, publisher or date where the file states none, whatever its mtime."""
    path = write(tmp_path, "a.txt", ARTICLE)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    document = read_one(path)
    stated = (document.title, document.source.publisher, document.source.published, document.row_id)
    assert (*stated, document.source.path) == (None, None, None, None, str(path))


def test_front_matter_states_the_metadata(tmp_path: Path) -> None:
    """Every field of the front matter reaches the document, and the text starts below it."""
    document = read_one(write(tmp_path, "a.md", FRONT_MATTER + ARTICLE))
    source = document.source
    assert (document.title, document.language, document.row_id) == ("Clearance in Fuzuli", "uk", "report-7")
    assert (source.publisher, source.published) == ("The Agency", dt.date(2024, 6, 3))
    assert (source.url, source.origin) == ("https://example.org/fuzuli", "The Agency, weekly report")
    assert source.retold
    assert document.text == ARTICLE


def test_markdown_without_front_matter_takes_its_heading(tmp_path: Path) -> None:
    """The first heading of a Markdown file is its title."""
    assert (
        read_one(write(tmp_path, "a.markdown", f"# A week in Fuzuli\n\n{ARTICLE}")).title
        == "A week in Fuzuli"
    )


@pytest.mark.parametrize(
    "stated", ["3 June 2024", "03.06.2024", "2024-06-03T10:00:00+04:00", "3 червня 2024 року"]
)
def test_front_matter_dates_may_be_written_out(tmp_path: Path, stated: str) -> None:
    """A date in words or with points is read as one day."""
    path = write(tmp_path, "a.md", f'---\npublished: "{stated}"\n---\n{ARTICLE}')
    assert read_one(path).source.published == dt.date(2024, 6, 3)


@pytest.mark.parametrize(
    ("stated", "language"), [("UK_ua", "uk"), ("ua", "uk"), ("aze", "az"), ("English", "en"), ("de", "de")]
)
def test_languages_are_stored_as_codes(tmp_path: Path, stated: str, language: str) -> None:
    """Regions and longer codes are shortened; a word that is no code leaves the text to decide."""
    assert read_one(write(tmp_path, "a.md", f"---\nlanguage: {stated}\n---\n{ARTICLE}")).language == language


def test_front_matter_with_no_date_is_refused(tmp_path: Path) -> None:
    """A publication date that is none is not guessed at."""
    message = refusal(write(tmp_path, "a.md", f"---\npublished: lately\n---\n{ARTICLE}"))
    assert message.endswith("a.md: its publication date 'lately' is no date. Write it as YYYY-MM-DD.")


def test_broken_front_matter_names_its_line(tmp_path: Path) -> None:
    """YAML that cannot be read is refused with the line of the file."""
    assert "not valid YAML (line 3)" in refusal(
        write(tmp_path, "a.md", f"---\ntitle: A\nb: c: d\n---\n{ARTICLE}")
    )


def test_options_fill_only_what_is_lacking(tmp_path: Path) -> None:
    """Defaults for publisher, date and language never replace what a file states."""
    options = Options(published=dt.date(2020, 1, 1), publisher="Somebody", language="az")
    stated = read_one(write(tmp_path, "a.md", FRONT_MATTER + ARTICLE), options)
    bare = read_one(write(tmp_path, "b.txt", ARTICLE), options)
    assert (stated.source.publisher, stated.source.published, stated.language) == (
        "The Agency",
        dt.date(2024, 6, 3),
        "uk",
    )
    assert (bare.source.publisher, bare.source.published, bare.language) == (
        "Somebody",
        dt.date(2020, 1, 1),
        "az",
    )


def test_json_lines_hold_one_document_each(tmp_path: Path) -> None:
    """Good lines are read, bad ones refused with number and reason, blank ones passed over."""
    good = {"id": 5, "text": ARTICLE, "title": "T", "publisher": "P", "published": "2024-06-03", "url": "u"}
    lines = [
        json.dumps(good),
        "",
        "{",
        '["text"]',
        '{"text": 3}',
        '{"id": "x", "text": " "}',
        json.dumps({"text": "B"}),
    ]
    found = read(write(tmp_path, "a.jsonl", "\n".join(lines)))
    documents = [each for each in found if isinstance(each, Document)]
    refused = [each for each in found if isinstance(each, Refused)]
    assert [each.row_id for each in documents] == ["5", None]
    assert documents[0].source.published == dt.date(2024, 6, 3)
    assert [each.error.path.rpartition("line ")[2] for each in refused] == ["3", "4", "5", "6"]
    assert [each.row_id for each in refused] == [None, None, None, "x"]


def test_a_long_json_line_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    """The limit holds for a row, not for the file."""
    rows = [{"text": "x" * 300}, {"text": ARTICLE}, {"text": "y" * 500}]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    kinds = [type(each).__name__ for each in read(path, options=Options(max_bytes=250))]
    assert kinds == ["Refused", "Document", "Refused"]


def test_a_web_page_gives_text_title_site_and_date(tmp_path: Path) -> None:
    """The article is taken out of its page, with what the page's head states."""
    page = f"""<html lang="en"><head><title>Week in Fuzuli | The Agency</title>
    <meta charset="utf-8"><meta property="og:title" content="Week in Fuzuli">
    <meta property="og:site_name" content="The Agency">
    <meta property="article:published_time" content="2024-06-03T08:00:00Z"></head>
    <body><nav><a href="/">Home</a><a href="/news">News</a></nav><article><h1>Week in Fuzuli</h1>
    <p>{ARTICLE.replace(chr(10) * 2, "</p><p>")}</p></article>
    <footer>© 2011 The Agency</footer></body></html>"""
    document = read_one(write(tmp_path, "a.html", page))
    assert (document.title, document.source.publisher) == ("Week in Fuzuli", "The Agency")
    assert document.source.published == dt.date(2024, 6, 3)
    assert "14 anti-tank mines" in document.text
    assert "Home" not in document.text


def test_a_web_page_in_windows_1251_is_read_by_its_charset(tmp_path: Path) -> None:
    """The page's own charset decides before any guess."""
    body = "<p>Сапери знешкодили 12 протитанкових мін у Харківській області минулого тижня.</p>" * 3
    page = f'<html><head><meta charset="windows-1251"><title>Т</title></head><body>{body}</body></html>'
    assert "12 протитанкових мін" in read_one(write(tmp_path, "a.htm", page.encode("cp1251"))).text


def test_a_web_page_without_text_is_refused(tmp_path: Path) -> None:
    """A page that a script would fill holds nothing to read."""
    page = "<html><head><script>go()</script></head><body><div id='app'></div></body></html>"
    assert "holds no article text. Open it in a browser" in refusal(write(tmp_path, "a.html", page))


def test_pdf_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    """Lines that a page's width broke are one paragraph; words divided at the line's end are whole."""
    lines = [
        "Deminers of the agency cleared 120 hectares in the Fuzuli dis-",
        "trict and found 14 anti-tank mines in the course of the week",
        "before the rain set in.",
        "They went on in Tartar.",
    ]
    expected = (
        "Deminers of the agency cleared 120 hectares in the Fuzuli district and found 14 anti-tank mines"
        " in the course of the week before the rain set in.\nThey went on in Tartar."
    )
    assert read_one(write(tmp_path, "a.pdf", pdf_of([lines]))).text == expected


def test_a_scanned_pdf_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    """Pages without a text layer need one."""
    path = write(tmp_path, "scan.pdf", pdf_of([[], []]))
    assert refusal(path) == f"{path}: no text layer: this PDF is a scan. Add one: ocrmypdf {path} OUT.pdf"


def test_a_pdf_keeps_its_byline_apart(tmp_path: Path) -> None:
    """The line that says who reports and when joins neither the title nor the first paragraph."""
    byline = "State Emergency Service of Ukraine, 3 September 2024"
    lines = [
        byline,
        "Deminers of the service cleared a field near the village and",
        "found 14 anti-tank mines in it.",
    ]
    document = read_one(write(tmp_path, "a.pdf", pdf_of([lines])))
    assert document.text.splitlines() == [byline, f"{lines[1]} {lines[2]}"]
    assert document.source.publisher == "State Emergency Service of Ukraine"
    assert document.source.published == dt.date(2024, 9, 3)


def test_a_pdf_with_little_but_a_footer_is_refused_as_a_scan(tmp_path: Path) -> None:
    """A header and a footer that a scanner or a printer added are no report."""
    pages = [["14 May 2024", "12 Nizami St., Baku", f"Page {number}"] for number in (1, 2)]
    path = write(tmp_path, "scan.pdf", pdf_of(pages))
    assert refusal(path) == (
        f"{path}: almost no text layer: this PDF seems to be a scan. "
        f"Add one: ocrmypdf --force-ocr {path} OUT.pdf"
    )


def test_a_page_that_is_a_picture_is_a_scan_despite_a_sentence_on_it(tmp_path: Path) -> None:
    """A scanned page with a printed sentence has its report in the picture; a small logo changes nothing."""
    line = ["This copy was printed by the office on Friday."]
    scan = write(tmp_path, "scan.pdf", pdf_of([line], image=(1654, 2339)))
    assert "almost no text layer" in refusal(scan)
    assert read_one(write(tmp_path, "logo.pdf", pdf_of([line], image=(120, 80)))).text == line[0]


def test_a_title_states_the_day_where_nothing_else_does(tmp_path: Path) -> None:
    """The day in a title gives way to the one that the user names."""
    path = write(tmp_path, "a.txt", f"Mine incident in Balakliia, 21 August 2024\n\n{ARTICLE}")
    given = Options(published=dt.date(2024, 8, 22))
    days = [read_one(path, options).source.published for options in (None, given)]
    assert days == [dt.date(2024, 8, 21), dt.date(2024, 8, 22)]


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    """A PDF that needs a password is named as such."""
    assert "this PDF is encrypted" in refusal(write(tmp_path, "a.pdf", pdf_of([["Text"]], password="secret")))  # noqa: S106 - a test file's


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_damaged_pdf_is_refused_or_read_in_silence(
    tmp_path: Path, cut: float, capfd: pytest.CaptureFixture[str]
) -> None:
    """A torn file says nothing on the terminal and raises nothing."""
    data = pdf_of([["Text of a report on mines."]])
    (found,) = read(write(tmp_path, "a.pdf", data[: int(len(data) * cut)]))
    assert isinstance(found, Document) or "damaged" in str(found.error) or "no text layer" in str(found.error)
    assert capfd.readouterr() == ("", "")


def test_folders_are_read_recursively_in_order(tmp_path: Path) -> None:
    """Files come sorted, then subfolders; hidden ones, other kinds and READMEs are passed over."""
    for name in (
        "b.txt",
        "a.md",
        "z/c.txt",
        "README.md",
        "z/readme.txt",
        "x.odt",
        ".hidden.txt",
        ".git/d.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, f"{name} {ARTICLE}")
    skipped: list[Path] = []
    found = list(read_paths([tmp_path], on_skip=skipped.append))
    assert [Path(each.source.path or "").name for each in found if isinstance(each, Document)] == [
        "a.md",
        "b.txt",
        "c.txt",
    ]
    assert [path.name for path in skipped] == ["README.md", "x.odt", "readme.txt"]


def test_arguments_are_read_in_their_order(tmp_path: Path) -> None:
    """What the user names first comes first, and a README that is named is read."""
    paths = [write(tmp_path, name, ARTICLE) for name in ("z.txt", "a.txt", "README.md")]
    assert list(find_files(paths)) == paths


def test_nothing_is_read_ahead(tmp_path: Path) -> None:
    """The first document is there before the second file exists."""
    first, second = write(tmp_path, "a.txt", ARTICLE), tmp_path / "b.txt"
    documents = read_paths([first, second])
    assert isinstance(next(documents), Document)
    write(tmp_path, "b.txt", ARTICLE)
    assert isinstance(next(documents), Document)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "the file is empty. Put the report's text in it, or remove it."),
        ("blank.txt", b" \n\t\n", "there is no text in it. Put the report's text in, or remove it."),
        ("empty.jsonl", b"", "the file is empty."),
        (
            "photo.txt",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 9,
            "this is no text in UTF-8, UTF-16, Windows-1251",
        ),
        (
            "a.odt",
            b"PK",
            "files of the kind .odt are not read. Save it as txt, md, html, pdf, docx or jsonl.",
        ),
        ("noname", b"text", "the file has no suffix that says its kind."),
    ],
)
def test_refusals_name_file_and_way_out(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    """Each unreadable file gives one line that starts with its path."""
    path = write(tmp_path, name, content)
    message = refusal(path)
    assert message.startswith(f"{path}: {problem}")
    assert "\n" not in message


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    """A path that is not there is named."""
    missing = tmp_path / "none.txt"
    assert refusal(missing) == f"{missing}: there is no such file or folder. Check the spelling of the path."


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without reports is named, also when it holds other files."""
    write(tmp_path, "table.xlsx", b"PK")
    assert refusal(tmp_path).startswith(f"{tmp_path}: there is no report in this folder. Put txt")


def test_what_is_refused_does_not_stop_the_rest(tmp_path: Path) -> None:
    """Good files after bad ones are read."""
    bad, good = write(tmp_path, "a.txt", b""), write(tmp_path, "b.txt", ARTICLE)
    assert [type(each).__name__ for each in read(bad, tmp_path / "none", good)] == [
        "Refused",
        "Refused",
        "Document",
    ]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    """A file that may not be read says how to grant it."""
    path = write(tmp_path, "a.txt", ARTICLE)
    path.chmod(0)
    assert "no permission to read it. Grant it: chmod u+r" in refusal(path)


def test_a_permission_error_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the command, also where tests run as a user whom no permission binds."""
    path = write(tmp_path, "a.txt", ARTICLE)

    def forbid(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", forbid)
    assert refusal(path) == f"{path}: no permission to read it. Grant it: chmod u+r {path}"


def test_a_file_over_the_limit_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """50 MB of text are refused by their size alone, with the switch that raises the limit."""
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50 * MEGABYTE)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    assert refusal(path) == f"{path}: 50.0 MB, over the limit of 10 MB. Raise the limit: --max-mb 51"


def test_a_raised_limit_is_enough(tmp_path: Path) -> None:
    """The limit that a refusal names lets the file through."""
    path = write(tmp_path, "a.txt", "Deminers cleared a field near Aghdam.\n" * 30_000)
    assert "--max-mb 2" in refusal(path, Options(max_bytes=MEGABYTE))
    assert isinstance(read(path, options=Options(max_bytes=2 * MEGABYTE))[0], Document)


def test_importing_documents_is_light() -> None:
    """No library for pages, PDFs, languages or tables is loaded before a file needs it."""
    heavy = ["trafilatura", "pypdf", "ftfy", "numpy", "pandas", "lxml", "babel", "py3langid"]
    code = f"import sys, geotrack.documents; print([name for name in {heavy} if name in sys.modules])"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.sampled_from(SUFFIXES))
def test_arbitrary_bytes_raise_nothing(data: bytes, suffix: str) -> None:
    """Whatever a file holds, it is read or refused, and spans lie in order inside the text."""
    with tempfile.TemporaryDirectory() as folder:
        for each in read_file(write(Path(folder), f"a{suffix}", data)):
            if isinstance(each, Document):
                check_spans(each)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=60), st.integers(0, 600))
def test_damaged_pdfs_raise_nothing(junk: bytes, position: int) -> None:
    """Junk written over any part of a PDF is refused or read."""
    data = pdf_of([["Deminers cleared a field."]])
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "a.pdf", data[:position] + junk + data[position + len(junk) :])
        (found,) = read_file(path)
    assert isinstance(found, Document | Refused)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["text", "title", "published", "language", "id", "retold"]),
        st.text() | st.none() | st.integers() | st.lists(st.integers()),
    )
)
def test_rows_of_any_content_raise_nothing(row: dict[str, object]) -> None:
    """A row with wrong types is refused or read."""
    with tempfile.TemporaryDirectory() as folder:
        (found,) = read_file(write(Path(folder), "a.jsonl", json.dumps(row)))
    assert isinstance(found, Document | Refused)


def check_spans(document: Document) -> None:
    """Fail unless furniture spans are sorted, disjoint, not empty and inside the text."""
    edges = [edge for span in document.furniture for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(document.text) for start, end in document.furniture)


def test_a_name_too_long_for_the_disk_is_refused(tmp_path: Path) -> None:
    """A path that no file can have is refused like any other."""
    assert "it cannot be read" in refusal(tmp_path / ("x" * 300 + ".txt"))
