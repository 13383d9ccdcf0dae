"""Files that were made to harm: PDFs without an end, titles that command a terminal."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from document_files import read, read_one, refusal, write
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
)

from geotrack.documents import pdfs
from geotrack.documents.drafts import Refused

TEXT = "Teams cleared 250 ha of land in Aghdam in April 2024."


def _drawing(writer: PdfWriter, drawn: bytes, forms: IndirectObject | None, font: IndirectObject) -> None:
    """Add a page that draws this, with a form named F."""
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(drawn)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = _resources(forms, font)


def _resources(form: IndirectObject | None, font: IndirectObject) -> DictionaryObject:
    held = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    if form is not None:
        held[NameObject("/XObject")] = DictionaryObject({NameObject("/F"): form})
    return held


def _bomb(*, pages: int, depth: int, lines: int) -> bytes:
    """Return a PDF whose forms each draw the one below ten times, and whose pages all draw the topmost."""
    writer = PdfWriter()
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    line = f"BT /F1 12 Tf 10 10 Td ({TEXT} ) Tj ET\n".encode()
    form: IndirectObject | None = None
    for _ in range(depth):
        stream = DecodedStreamObject()
        stream.set_data(line + b"/F Do\n" * 10)
        stream[NameObject("/Type")] = NameObject("/XObject")
        stream[NameObject("/Subtype")] = NameObject("/Form")
        stream[NameObject("/BBox")] = ArrayObject(FloatObject(one) for one in (0, 0, 600, 800))
        stream[NameObject("/Resources")] = _resources(form, font)
        form = writer._add_object(stream)
    for _ in range(pages):
        _drawing(writer, line * lines + (b"/F Do\n" * 10 if form else b""), form, font)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("bound", "shape"),
    [
        ("MAX_DRAWN_BYTES", {"pages": 3, "depth": 0, "lines": 200}),
        ("MAX_OPERATORS", {"pages": 1, "depth": 0, "lines": 900}),
        ("MAX_OPERATORS", {"pages": 1, "depth": 8, "lines": 1}),
    ],
    ids=["pages", "operators", "forms of forms"],
)
def test_a_pdf_without_an_end_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, shape: dict[str, int]
) -> None:
    """Shared pages, long pages and forms that draw forms end at a bound, and the next file is read."""
    monkeypatch.setattr(pdfs, bound, 4_000 if bound == "MAX_OPERATORS" else 20_000)
    bomb = write(tmp_path, "bomb.pdf", _bomb(**shape))
    assert "bomb.pdf: this PDF expands to far more than a report holds" in refusal(bomb)
    refused, document = read(bomb, write(tmp_path, "report.txt", TEXT))
    assert isinstance(refused, Refused)
    assert not isinstance(document, Refused)
    assert document.text == TEXT


def test_what_is_told_of_a_report_commands_no_terminal(tmp_path: Path) -> None:
    """Escape sequences and marks that turn a line around leave title, publisher, address and text."""
    hostile = "Mines\x1b]8;;http://evil.example\x07 \x1b[2J\x1b[31mred \x9b2J\u202egnp.exe\u2066 \x00"
    fields = dict.fromkeys(("title", "publisher", "url", "origin"), hostile)
    path = write(tmp_path, "a.jsonl", json.dumps(fields | {"id": "r", "text": f"{TEXT} {hostile}"}))
    document = read_one(path)
    told = (document.title, document.source.publisher, document.source.url, document.source.origin)
    for line in told:
        assert line is not None
        assert line.isprintable()
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not {one for one in document.text if ord(one) < ord(" ") or "\x7f" <= one <= "\x9f"}
