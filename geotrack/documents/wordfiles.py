"""Word files (.docx): paragraphs, headings, lists, and tables by rows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from geotrack.documents.drafts import MEGABYTE, Draft
from geotrack.errors import UnreadableDocumentError

# Text and layout, without pictures; they are read at five seconds a megabyte.
MAX_EXPANDED_BYTES = 10 * MEGABYTE
_PICTURES = (
    ".bmp",
    ".emf",
    ".gif",
    ".jpeg",
    ".jpg",
    ".png",
    ".svg",
    ".tif",
    ".tiff",
    ".wdp",
    ".webp",
    ".wmf",
)
_EMBEDDED = ("word/media/", "word/embeddings/", "word/fonts/")
# A picture is no text, and a title is a heading.
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What mammoth raises on damaged files: it trusts the parts and references that the file states.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    ET.ParseError,
    ExpatError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


def read_word(path: Path, data: bytes) -> Draft:
    """Return the text of a Word file: a line a paragraph, a line a table row; its first heading is the title.

    Inserted text counts and deleted text does not, as if all changes were accepted. The dates in the
    file's properties are a template's as often as the report's, and are not taken.

    Raises
    ------
    UnreadableDocumentError
        If the file is damaged, encrypted, of the older kind (.doc), or expands beyond all bounds.
    """
    import mammoth  # type: ignore[import-untyped, unused-ignore]

    if not data.startswith(b"PK"):
        problem = "this is no .docx file, or it has a password"
        remedy = "Open it in a word processor and save it as .docx without a password."
        raise UnreadableDocumentError(str(path), problem, remedy)
    try:
        text = _without_pictures(path, data)
        without_pictures = mammoth.images.img_element(lambda _: {"src": ""})
        page = mammoth.convert_to_html(text, style_map=_STYLES, convert_image=without_pictures)
        body = ET.fromstring(f"<div>{page.value}</div>")  # noqa: S314 - written by mammoth
    except _DAMAGE as error:
        remedy = "Open it in a word processor and save it as .docx anew."
        raise UnreadableDocumentError(str(path), "this Word file is damaged", remedy) from error
    heading = next((words for part in body if part.tag in _HEADINGS and (words := _words(part))), None)
    return Draft(text="\n".join(_lines(body)), title=heading)


def _without_pictures(path: Path, data: bytes) -> BytesIO:
    """Return the file without its pictures, however large they are, and other files embedded in it."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(held, "w") as kept:
        parts = {part.filename: part for part in archive.infolist() if not _is_embedded(part)}
        if sum(part.file_size for part in parts.values()) > MAX_EXPANDED_BYTES:
            problem = f"it expands to more than {MAX_EXPANDED_BYTES // MEGABYTE} MB without its pictures"
            raise UnreadableDocumentError(str(path), problem, "Save its text in parts, or as .txt.")
        for name, part in parts.items():
            kept.writestr(name, archive.read(part))
    held.seek(0)
    return held


def _is_embedded(part: ZipInfo) -> bool:
    name = part.filename.lower()
    return name.startswith(_EMBEDDED) or name.endswith(_PICTURES)


def _lines(body: ET.Element) -> Iterator[str]:
    """Yield the lines of a converted file; a list's items have a dash, a row's cells stand between bars."""
    for part in body:
        if part.tag == "table":
            for row in part.iter("tr"):
                yield f"| {' | '.join(_words(cell) for cell in row if cell.tag in ('td', 'th'))} |"
        elif part.tag in ("ul", "ol"):
            for item in part.iter("li"):
                yield f"- {_words(item)}"
        elif words := _words(part):
            yield words


def _words(part: ET.Element) -> str:
    return " ".join("".join(part.itertext()).split())
