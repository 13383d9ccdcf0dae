"""Plain text and Markdown with front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geotrack.documents.drafts import Draft
from geotrack.documents.encodings import decode
from geotrack.documents.metadata import draft_from
from geotrack.errors import UnreadableDocumentError

# Characters of front matter, and in it those that nest.
_SHORT, _LONG = 2_000, 50_000
_NESTING, _NESTED = "[{?-", 100


def read_plain(path: Path, data: bytes) -> Draft:
    """Return the text of a plain text file.

    Raises
    ------
    UnreadableDocumentError
        If the bytes are no text.
    """
    return Draft(text=decoded(path, data))


def read_markdown(path: Path, data: bytes) -> Draft:
    """Return the text below the front matter and what the front matter states.

    Raises
    ------
    UnreadableDocumentError
        If the bytes are no text, or the front matter is broken.
    """
    import frontmatter
    import yaml  # type: ignore[import-untyped, unused-ignore]
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        """The loader in C is quick, and what is nested too deep ends the process: it gets flat ones only."""

        def load(self, fm: str, **_options: object) -> Any:  # noqa: ANN401 - what a file states
            if len(fm) > _LONG:
                raise ValueError(len(fm))
            return super().load(fm) if _is_flat(fm) else super().load(fm, Loader=yaml.SafeLoader)

    text = decoded(path, data).lstrip("\ufeff")
    handler = Handler()
    if not handler.detect(text.lstrip()):
        return draft_from({}, text, str(path))
    try:
        fields, body = frontmatter.parse(text, handler=handler)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = f"its front matter is not valid YAML{_line_of(error)}"
        remedy = "Correct the lines between the --- marks; quote values that hold a colon."
        raise UnreadableDocumentError(str(path), problem, remedy) from error
    return draft_from(fields, body, str(path))


def _is_flat(stated: str) -> bool:
    return len(stated) <= _SHORT and sum(map(stated.count, _NESTING)) <= _NESTED


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    # YAML counts from 0, and what it was given begins with the end of the opening mark's line.
    return f" (line {mark.line + 1})" if mark is not None else ""


def decoded(path: Path, data: bytes, declared: str | None = None) -> str:
    """Return the text of a file's bytes.

    Raises
    ------
    UnreadableDocumentError
        If the bytes are no text in an encoding known here.
    """
    text = decode(data, declared)
    if text is None:
        problem = "this is no text in UTF-8, UTF-16, Windows-1251, Windows-1254 or KOI8-U"
        raise UnreadableDocumentError(str(path), problem, "Save the report as UTF-8 text.")
    return text
