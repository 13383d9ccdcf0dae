"""Files to read and pages that look like the web's, written for these tests."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from geotrack.documents import Options, Refused, read_paths
from geotrack.models import Document

ARTICLE = (
    "Deminers of the agency cleared 120 hectares in the Fuzuli district last week.\n\n"
    "They found 14 anti-tank mines and 3 unexploded shells, the agency said on Monday."
)


def read(*paths: Path, options: Options | None = None) -> list[Document | Refused]:
    """Return everything that the paths hold."""
    return list(read_paths(paths, options))


def read_one(path: Path, options: Options | None = None) -> Document:
    """Return the one document of a file that must be readable."""
    (document,) = read(path, options=options)
    assert isinstance(document, Document), document
    return document


def refusal(path: Path, options: Options | None = None) -> str:
    """Return the message of the one refusal that a file or folder gives."""
    (refused,) = read(path, options=options)
    assert isinstance(refused, Refused), refused
    return str(refused.error)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file as it is, text in UTF-8, and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _white(width: int, height: int) -> DecodedStreamObject:
    """Return a white picture of one bit a pixel."""
    picture = DecodedStreamObject()
    picture.set_data(b"\xff" * ((width + 7) // 8 * height))
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(width),
            NameObject("/Height"): NumberObject(height),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(1),
        }
    )
    return picture


def pdf_of(
    pages: Iterable[Iterable[str]], password: str | None = None, image: tuple[int, int] | None = None
) -> bytes:
    """Return a PDF with the given lines on its pages; without lines, a page has no text layer.

    `image` is the size in pixels of a white picture on each page.
    """
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        if image is not None:
            drawn = writer._add_object(_white(*image))
            page[NameObject("/Resources")][NameObject("/XObject")] = DictionaryObject(
                {NameObject("/Im0"): drawn}
            )
        shown = "\n".join(f"({line}) Tj T*" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 10 Tf 14 TL 40 800 Td {shown} ET".encode() if shown else b"")
        page[NameObject("/Contents")] = writer._add_object(content)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zip_of(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file with the given members."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word_of(body: str) -> bytes:
    """Return a Word file with the given WordprocessingML in its body."""
    return zip_of(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="' + _RELATIONS + '"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:styleId="T">'
            '<w:name w:val="Title"/></w:style></w:styles>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r2" Type="{_RELATED}/styles" '
            'Target="styles.xml"/></Relationships>',
        }
    )


def run_of(words: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph_of(runs: str, style: str = "") -> str:
    """Return a paragraph of runs."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"
