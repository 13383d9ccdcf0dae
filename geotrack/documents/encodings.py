"""Bytes to text: the encoding is detected, broken encoding mended, and nothing else changed."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# The only legacy encodings in which reports in our languages are found. Windows-1254 holds all that
# Western European Windows-1252 texts in English use, too.
LEGACY_ENCODINGS = ("cp1251", "cp1254", "koi8_u")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In UTF-16 without a mark, every other byte is the alphabet's: 0 to 5 in all of ours. As characters of
# another encoding these would be control characters.
_ALPHABETS = bytes(range(6))
_ALPHABET_SHARE = 0.7
# A stray form feed is text; more control characters than one in two hundred are a binary file.
_CONTROL_SHARE = 0.005
_SAMPLE = 1 << 20
_INVISIBLE = re.compile("[\\u00ad\\u200b\\u2060\\ufeff]")
# They turn what stands beside them around: a publisher's name, a file's ending, a line of a terminal.
_TURNING = re.compile("[\\u202a-\\u202e\\u2066-\\u2069]")
_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
# The C1 controls are left out: mojibake is full of them, and it is mended.
_CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f]")
_LINES = re.compile("[^\\n]*\\n|[^\\n]+")
# A line in which nothing can be broken: ASCII without entities, dashes, typographic quotes.
_SOUND = re.compile("[\\t\\n -%'-~\u2013\u2014\u2018\u2019\u201c\u201d]*")


def decode(data: bytes, declared: str | None = None) -> str | None:
    """Return the text of a file's bytes, or None where they are no text in a known encoding.

    `declared` is an encoding that the file names itself (an HTML page's charset). It counts after
    a byte-order mark and before detection.
    """
    text = _decode_marked(data) or _decode_utf16(data) or _decode_as(data, declared)
    text = text or _decode_as(data, "utf-8") or _decode_legacy(data)
    return text if text is not None and _is_text(text) else None


def _decode_as(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (LookupError, UnicodeError):
        return None


def _decode_marked(data: bytes) -> str | None:
    return next((_decode_as(data, encoding) for mark, encoding in _BOMS if data.startswith(mark)), None)


def _decode_utf16(data: bytes) -> str | None:
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = data[offset:_SAMPLE:2]
        others = high.translate(None, _ALPHABETS)
        if len(data) > 1 and len(high) - len(others) > _ALPHABET_SHARE * len(high):
            return _decode_as(data, encoding)
    return None


def _decode_legacy(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    if 0 in data[:_SAMPLE]:
        return None
    best = from_bytes(data[:_SAMPLE], cp_isolation=list(LEGACY_ENCODINGS), enable_fallback=False).best()
    return data.decode(best.encoding, errors="replace") if best else None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    control = len(_CONTROL.findall(sample))
    return "\0" not in sample and control <= _CONTROL_SHARE * len(sample)


@cache
def _mending() -> TextFixerConfig:
    """Return what is mended: mojibake, HTML entities, ligatures, control characters, line ends; NFC.

    Quotation marks, dashes and wide characters stay as the publisher set them.
    """
    from ftfy import TextFixerConfig

    return TextFixerConfig(uncurl_quotes=False, fix_character_width=False, normalization="NFC", explain=False)


def mend(text: str) -> str:
    """Return the text as it is stored: encoding mended, lines ending in a line feed, no blanks at its end.

    Soft hyphens and zero-width spaces go: they split words and numbers and nobody sees them.
    """
    mended = _mended(text.replace("\f", "\n"))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", mended)).rstrip()


def _mended(text: str) -> str:
    from ftfy import fix_text

    if "<" in text:  # whether entities are mended hangs on the lines before
        return fix_text(text, _mending())
    lines = _LINES.findall(text)
    return "".join([line if _SOUND.fullmatch(line) else fix_text(line, _mending()) for line in lines])


def mended_line(stated: str | None) -> str | None:
    """Return a title, publisher or address as one line that commands no terminal and turns nothing around."""
    return " ".join(_TURNING.sub("", mend(stated)).split()) or None if stated else None


def printable(name: str) -> str:
    r"""Return a name as it can be shown: what commands a terminal or turns a line is escaped.

    `"a\x1b[2J.txt"` is told as `a\x1b[2J.txt` in plain characters; a name that a disk holds in another
    encoding has lone surrogates, which are escaped, too.
    """
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), name)
