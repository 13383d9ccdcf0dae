"""PDF files with a text layer; wrapped lines are joined to paragraphs."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import Path
from statistics import median

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from geotrack.documents.drafts import Draft
from geotrack.documents.furniture.lines import ends_sentence
from geotrack.documents.quiet import quiet
from geotrack.errors import UnreadableDocumentError

# What pypdf raises on damaged files besides its own errors: it trusts types and offsets that the file states.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
# A line of at least this share of the usual length ran on to the next one.
_FULL_LINE = 0.75
_TITLE_WORDS = 3
# Word processors put themselves in front of a file's name.
_PROGRAMS = ("Microsoft", "LibreOffice", "OpenOffice")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")


def read_pdf(path: Path, data: bytes) -> Draft:
    """Return the text layer of a PDF, a blank line between pages, and the title in its properties.

    Raises
    ------
    UnreadableDocumentError
        If the file is damaged, encrypted, or a scan without a text layer.
    """
    try:
        with quiet("pypdf"):
            pages, title = _extract(path, data)
    except DependencyError as error:
        raise _encrypted(path) from error
    except _DAMAGE as error:
        remedy = "Open it in a PDF viewer and print it to a new PDF."
        raise UnreadableDocumentError(str(path), "this PDF is damaged", remedy) from error
    if not any(page.strip() for page in pages):
        raise _scanned(path)
    return Draft(text="\n\n".join(reflow(page) for page in pages), title=title)


def _extract(path: Path, data: bytes) -> tuple[list[str], str | None]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(path)
    title = reader.metadata.title if reader.metadata else None
    return [page.extract_text() for page in reader.pages], _plausible(title)


def _plausible(title: str | None) -> str | None:
    """Return a title of several words; fewer are a file's name or a template's."""
    words = (title or "").split()
    named = len(words) >= _TITLE_WORDS and "." not in words[-1] and words[0] not in _PROGRAMS
    return " ".join(words) if named else None


def _encrypted(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        str(path), "this PDF is encrypted", f"Remove its password: qpdf --decrypt {path} OUT.pdf"
    )


def _scanned(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        str(path), "no text layer: this PDF is a scan", f"Add one: ocrmypdf {path} OUT.pdf"
    )


def reflow(page: str) -> str:
    """Join the wrapped lines of a page to paragraphs and take out the hyphens at line ends."""
    lines = [line.strip() for line in page.splitlines()]
    lengths = [len(line) for line in lines if line]
    full = _FULL_LINE * median(lengths) if lengths else 0
    paragraphs: list[str] = []
    joining = False
    for line in lines:
        if joining and line:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        joining = bool(line) and len(line) >= full and not ends_sentence(line)
    return "\n".join(paragraphs)


def _joined(before: str, after: str) -> str:
    if _HYPHEN.search(before) and after[0].islower():
        return before[:-1] + after
    return f"{before} {after}"
