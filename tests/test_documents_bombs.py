"""Files made to do harm: small ones that are endless, deep, or other than they say; the rest is read."""

from __future__ import annotations

import stat
import struct
import threading
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from document_files import ARTICLE, paragraph_of, run_of, word_of

from geotrack.documents import Options, Refused, addresses, read_bytes, webpages
from geotrack.documents.addresses import Fetched
from geotrack.documents.encodings import printable
from geotrack.models import Document

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "mine ">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
HEAD = "<html><head><title>Mines in Fuzuli today</title></head><body><article>"
PAGE = HEAD + "<p>" + ARTICLE.replace("\n\n", "</p><p>") + "</p>"


def _told(name: str, data: bytes) -> str:
    """Return what the one document of a file says, or why there is none."""
    (found,) = read_bytes(Path(name), data)
    return found.text if isinstance(found, Document) else str(found.error)


def _zip(members: Iterable[tuple[ZipInfo | str, str]]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return held.getvalue()


def _link(name: str, kind: int) -> ZipInfo:
    made = ZipInfo(name)
    made.external_attr = (kind | 0o644) << 16
    return made


def test_members_that_are_no_reports_are_refused_by_name_and_the_rest_is_read() -> None:
    """Links, devices, endless names and those that command a terminal are told of by a name to show."""
    long = "x" * 5000 + ".txt"
    packed = _zip(
        [
            ("good.txt", ARTICLE),
            (_link("link.txt", stat.S_IFLNK), "/etc/passwd"),
            (_link("device.txt", stat.S_IFCHR), "x"),
            (long, ARTICLE),
            ("red\x1b[31m\u202etxt.txt", ARTICLE),
        ]
    )
    found = [*read_bytes(Path("a.zip"), packed)]
    assert [one.source.path for one in found if isinstance(one, Document)] == ["a.zip/good.txt"]
    told = {one.path: one.error.problem for one in found if isinstance(one, Refused)}
    shown = next(path for path in told if "…" in path)
    assert told == {
        "a.zip/link.txt": "this is a link in the archive, and no file",
        "a.zip/device.txt": "this is a link in the archive, and no file",
        "a.zip/red\\x1b[31m\\u202etxt.txt": "its name holds characters that cannot be seen",
        shown: "its name has 5004 characters",
    }
    assert len(shown) < 200


def test_members_that_lie_in_each_other_are_read_once() -> None:
    """An archive whose directory names one text a hundred times does not hold it so often."""
    packed = _zip([("000.txt", ARTICLE)])
    at = packed.index(b"PK\x01\x02")
    entry, end = packed[at : packed.index(b"PK\x05\x06")], packed[packed.index(b"PK\x05\x06") :]
    entries = b"".join(entry.replace(b"000.txt", b"%03d.txt" % n) for n in range(100))
    bomb = packed[:at] + entries + end[:8] + struct.pack("<HHI", 100, 100, len(entries)) + end[16:]
    found = [*read_bytes(Path("a.zip"), bomb)]
    assert len(found) == 100
    problems = {one.error.problem for one in found if isinstance(one, Refused)}
    assert sum(isinstance(one, Document) for one in found) <= 1
    assert "this file in the archive lies in another one" in problems


def _word(inside: str, before: str = "") -> bytes:
    made = word_of(paragraph_of(run_of("MARK")))
    held = BytesIO()
    with ZipFile(BytesIO(made)) as archive, ZipFile(held, "w", ZIP_DEFLATED) as kept:
        for name in archive.namelist():
            part = archive.read(name).decode()
            if name == "word/document.xml":
                declared, _, root = part.rpartition("?>")
                part = f"{declared}?>" * bool(declared) + before + root.replace("MARK", inside)
            kept.writestr(name, part)
    return held.getvalue()


def test_word_files_expand_nothing_and_open_nothing() -> None:
    """Entities of entities, and those that name a file, end in a refusal; so does markup without end."""
    assert _told("a.docx", _word("31 mines")) == "31 mines"
    assert "this Word file is damaged" in _told("a.docx", _word("&a9;", LAUGHS))
    assert "there is no text in it" in _told("a.docx", _word("&a9;", FILE))
    cell = "</w:t></w:r></w:p><w:tbl><w:tr><w:tc>"
    assert "this Word file is damaged" in _told("a.docx", _word(cell * 20_000))
    many = "</w:t></w:r></w:p>" + "<w:p/>" * 2_000_000
    assert "expands to more than 10 MB without its pictures" in _told("a.docx", _word(many))


def test_a_word_file_s_pictures_are_not_opened() -> None:
    """Of whatever size they say they are; the text beside them is read."""
    held = BytesIO(word_of(paragraph_of(run_of("31 mines"))))
    with ZipFile(held, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", b" " * 20_000_000)
    assert _told("a.docx", held.getvalue()) == "31 mines"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 90_000,
        "<b>" * 90_000,
        "<ul><li>" * 40_000,
        "<table><tr><td>" * 30_000,
        "<!--" * 90_000,
        "<" * 30_000,
    ],
    ids=["div", "b", "ul", "table", "comment", "open"],
)
def test_pages_nested_without_end_are_read_or_refused(markup: str) -> None:
    """Nearly a hundred thousand deep, what stands before it is read."""
    assert "cleared 120 hectares" in _told("a.html", (PAGE + markup).encode())


def test_pages_of_far_too_much_markup_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags and attributes are counted as a browser does: none is hidden in quotes, and code is none."""
    attributes = " ".join(f"a{n}=1" for n in range(600))
    code = f"for (i=0;i<n;) {attributes}"
    script = f"<script>{code}</script><style>{code}</style><!-- <p {attributes}> -->"
    quoted = "<p title='<p " + attributes + '\' class="x">'
    monkeypatch.setattr(webpages, "MAX_TAGS", 100)
    assert "120 hectares" in _told("a.html", (PAGE + script + quoted + "<p>x" * 80).encode())
    for markup in (
        f"<p {attributes}>",
        f"<script {attributes}>",
        "<p" + " a" * 600,
        "<p/a=''" + "/b" * 600,
        "<p>x" * 100,
    ):
        assert "far more markup than a report has" in _told("a.html", (PAGE + markup).encode()), markup[:20]


@pytest.mark.parametrize(
    "nested", ["[" * 20_000, "- " * 9_000, "? " * 20_000, "[" * 1_500, "{a: " * 400, "a: b\n" * 20_000]
)
def test_front_matter_without_end_ends_no_process(nested: str) -> None:
    """Nested a thousand deep or endless, it is refused, also on the small stack of a thread."""
    told: list[str] = []
    before = threading.stack_size(512 * 1024)
    thread = threading.Thread(
        target=lambda: told.append(_told("a.md", f"---\n{nested}\n---\n{ARTICLE}".encode()))
    )
    thread.start()
    threading.stack_size(before)
    thread.join()
    assert "its front matter is not valid YAML" in told[0]


def test_rules_in_a_text_are_no_front_matter() -> None:
    """A Markdown text with two rules in it is read whole."""
    text = "Deminers cleared 5 ha.\n\n---\n\nThey found mines.\n\n---\n\nThe end."
    assert _told("a.md", text.encode()) == text


def _feed(title: str, before: str = "") -> Fetched:
    item = f"<item><title>{title}</title><link>http://news.example/1</link></item>"
    page = f"<?xml version='1.0'?>{before}<rss version='2.0'><channel><title>N</title>{item}</channel></rss>"
    return Fetched("http://news.example/", "text/xml", page.encode())


def _linked(feed: Fetched) -> list[str]:
    return [entry.address for entry in addresses.feed_entries(feed) or ()]


def test_feeds_expand_nothing_and_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entities of entities, files, markup without end: the entry is found, or none; a long one is no feed."""
    for feed in (_feed("&a9;", LAUGHS), _feed("&a9;", FILE), _feed("&lt;b&gt;" * 20_000)):
        assert _linked(feed) == ["http://news.example/1"]
    assert _linked(_feed("<b>" * 2_000)) in ([], ["http://news.example/1"])
    monkeypatch.setattr(addresses, "MAX_FEED_BYTES", 100)
    assert addresses.feed_entries(_feed("x")) is None


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF of one page with objects after the first three: 4 is drawn, 5 is its font."""
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
    first = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    body, places = b"%PDF-1.7\n", b""
    for number, one in enumerate((*first, *objects)[: 3 + len(objects)], 1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    count = len(objects) + 4
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, places)
    return body + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))


def _stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), said, data)


FLATE, FORM = b"/Filter/FlateDecode", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 72 700 Td (Two mines were found in Fuzuli on Monday by them.) Tj ET\n"
ONCE = zlib.compress(b" " * 60_000_000, 9)


@pytest.mark.parametrize(
    "bomb",
    [
        _pdf(_stream(ONCE, FLATE), FONT),
        _pdf(_stream(zlib.compress(ONCE), b"/Filter[/FlateDecode/FlateDecode]"), FONT),
        _pdf(_stream(zlib.compress(b"[" * 3_000_000), FLATE), FONT),
        _pdf(_stream(zlib.compress(b"<</a" * 900_000), FLATE), FONT),
        _pdf(_stream(TEXT), b"[" * 400_000),
        _pdf(
            _stream(TEXT + b"/X Do "), FONT, _stream(b"/X Do ", FORM + b"/Resources<</XObject<</X 6 0 R>>>>")
        ),
        _pdf(_stream(TEXT), FONT).replace(b"Kids[3 0 R]", b"Kids[2 0 R]"),
        _pdf(_stream(TEXT), FONT).replace(b"Kids[3 0 R]", b"Kids[" + b"3 0 R " * 9_000 + b"]"),
    ],
    ids=[
        "spaces",
        "twice",
        "lists",
        "dictionaries",
        "font",
        "form in itself",
        "pages in themselves",
        "one page",
    ],
)
def test_pdf_bombs_are_refused_or_read_by_name(bomb: bytes) -> None:
    """What unpacks, nests or repeats without end costs what a report does."""
    assert len(bomb) < 1_000_000
    assert _told("bomb.pdf", bomb).startswith(("bomb.pdf: this PDF ", "Two mines were found in Fuzuli"))


def test_names_can_be_shown() -> None:
    """What commands a terminal, turns a line around or is half a character is escaped; letters stay."""
    assert printable("Füzuli \u200fмины.txt") == "Füzuli \u200fмины.txt"
    assert printable("a\x1b]0;x\x07\n\x9b2J\u2066\udce4") == r"a\x1b]0;x\x07\n\x9b2J\u2066\udce4"


def test_options_bound_what_unpacks_of_all() -> None:
    """The sum over an archive is bounded by what one report may have."""
    packed = _zip((f"{n}.txt", "mine " * 200) for n in range(300))
    (refused,) = read_bytes(Path("a.zip"), packed, Options(max_bytes=1000))
    assert isinstance(refused, Refused)
    assert "it expands to over" in str(refused.error)
