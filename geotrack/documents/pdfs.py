"""PDF files with a text layer; wrapped lines are joined to paragraphs."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from geotrack.documents.drafts import MEGABYTE, Draft
from geotrack.documents.furniture.lines import Kind, ends_sentence, is_byline, kind_of
from geotrack.documents.quiet import quiet
from geotrack.errors import UnreadableDocumentError

# pypdf reads some 70,000 operators a second: these take it half a minute.
MAX_OPERATORS = 2_000_000
# What a page draws is parsed at about a megabyte a second before its first operator is seen.
MAX_DRAWN_BYTES = 30 * MEGABYTE
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
# By-lines stand this near to the top of a page; further down a line that looks like one is prose.
_HEAD_LINES = 6
# A page with fewer characters holds a header and a footer, or a sentence or two.
_SPARSE_CHARACTERS = 200
# An image with fewer pixels is a logo; a scanned page has millions.
_SCAN_PIXELS = 500_000
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")


def read_pdf(path: Path, data: bytes) -> Draft:
    """Return the text layer of a PDF, a blank line between pages, and the title in its properties.

    Raises
    ------
    UnreadableDocumentError
        If the file is damaged, encrypted, a scan without a text layer, or a bomb: much more to draw than
        a report has.
    """
    try:
        with quiet("pypdf"):
            pages, title, scanned = _extract(path, data)
    except DependencyError as error:
        raise _encrypted(path) from error
    except _DAMAGE as error:
        remedy = "Open it in a PDF viewer and print it to a new PDF."
        raise UnreadableDocumentError(str(path), "this PDF is damaged", remedy) from error
    if not any(page.strip() for page in pages):
        raise _scanned(path, "no text layer: this PDF is a scan")
    if _is_sparse(pages, scanned=scanned):
        raise _scanned(path, "almost no text layer: this PDF seems to be a scan")
    return Draft(text="\n\n".join(reflow(page) for page in pages), title=title)


def _extract(path: Path, data: bytes) -> tuple[list[str], str | None, bool]:
    """Return the text of each page, the title in the properties, and whether a page is a picture."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(path)
    title = reader.metadata.title if reader.metadata else None
    pages, scanned, drawn = [], False, _Drawn(path)
    for page in reader.pages:
        scanned = scanned or _is_picture(page)
        pages.append(drawn.text_of(page))
    return pages, _plausible(title), scanned


@dataclass
class _Drawn:
    """What was drawn of one file: shared streams and forms that draw forms make a small file endless."""

    path: Path
    n_bytes: int = 0
    n_operators: int = 0

    def text_of(self, page: PageObject) -> str:
        """Return the text of a page.

        Raises
        ------
        UnreadableDocumentError
            If it and the pages before it draw more than a report does.
        """
        contents = page.get_contents()
        self.n_bytes += len(contents.get_data()) if contents is not None else 0
        self._check()
        return page.extract_text(visitor_operand_before=self._count)

    def _count(self, *_drawn: object) -> None:
        self.n_operators += 1
        self._check()

    def _check(self) -> None:
        if self.n_bytes > MAX_DRAWN_BYTES or self.n_operators > MAX_OPERATORS:
            problem = "this PDF expands to far more than a report holds"
            raise UnreadableDocumentError(
                str(self.path), problem, "Save the pages that matter as a PDF of their own."
            )


def _is_picture(page: PageObject) -> bool:
    """Whether a page shows an image as large as a scan."""
    resources = page.get("/Resources", DictionaryObject()).get_object()
    shown = resources.get("/XObject", DictionaryObject()).get_object()
    images = (one.get_object() for one in shown.values())
    return any(
        one.get("/Subtype") == "/Image" and one.get("/Width", 0) * one.get("/Height", 0) >= _SCAN_PIXELS
        for one in images
    )


def _is_sparse(pages: list[str], *, scanned: bool) -> bool:
    """Whether no page holds more than a header and a footer: little text, on a picture or no sentence."""
    if any(len(page.strip()) >= _SPARSE_CHARACTERS for page in pages):
        return False
    lines = (line for page in pages for line in reflow(page).splitlines())
    return scanned or not any(kind_of(line.strip()) is Kind.BODY for line in lines)


def _plausible(title: str | None) -> str | None:
    """Return a title of several words; fewer are a file's name or a template's."""
    words = (title or "").split()
    named = len(words) >= _TITLE_WORDS and "." not in words[-1] and words[0] not in _PROGRAMS
    return " ".join(words) if named else None


def _encrypted(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        str(path), "this PDF is encrypted", f"Remove its password: qpdf --decrypt {path} OUT.pdf"
    )


def _scanned(path: Path, problem: str) -> UnreadableDocumentError:
    # Pages that have some text are left out by ocrmypdf unless it is told to read them anyway.
    forced = "--force-ocr " if problem.startswith("almost") else ""
    return UnreadableDocumentError(str(path), problem, f"Add one: ocrmypdf {forced}{path} OUT.pdf")


def reflow(page: str) -> str:
    """Join the wrapped lines of a page to paragraphs and take out the hyphens at line ends."""
    lines = [line.strip() for line in page.splitlines()]
    lengths = [len(line) for line in lines if line]
    full = _FULL_LINE * median(lengths) if lengths else 0
    paragraphs: list[str] = []
    joining = False
    seen = 0
    for line in lines:
        seen += bool(line)
        alone = seen <= _HEAD_LINES and is_byline(line)
        if joining and line and not alone:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        joining = bool(line) and len(line) >= full and not alone and not ends_sentence(line)
    return "\n".join(paragraphs)


def _joined(before: str, after: str) -> str:
    if _HYPHEN.search(before) and after[0].islower():
        return before[:-1] + after
    return f"{before} {after}"
