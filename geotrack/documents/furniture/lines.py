"""Lines of a page and their shapes: sentence, headline, by-line, link, picture name."""
# ruff: noqa: RUF001 - dashes, quotation marks and letters of four languages are meant

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from geotrack.documents.dates import dates_in, dump_field, months, weekdays
from geotrack.documents.furniture.lexicon import fold, folded_start, lexicon

# Sentences of articles have this many words at least; shorter ones are captions and slogans.
SENTENCE_WORDS = 5
# No headline is longer; a longer line without a full stop is a paragraph that lost it.
HEADLINE_WORDS = 25
LINK_WORDS = 4
LABEL_WORDS = 2
# A whole-line furniture phrase may run on a little ("Subscribe to our channel, so that you miss nothing").
PHRASE_WORDS = 25
BYLINE_CHARACTERS = 140
BYLINE_WORDS = 14
# Wrapped prose has lines of this length at least before it breaks.
WRAPPED_CHARACTERS = 40
TICKER_ITEMS = 3

_WORD = re.compile(r"[^\W\d_][\w'’ʼ-]*")
_TERMINAL = re.compile(r"[.!?…][\"'”»’)\]]*\s*$")
_OPEN_END = re.compile(r"[:;,]\s*$")
_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:\s*[AaPp]\.?[Mm]\b\.?)?")
_BULLET = re.compile(r"^\s*(?:[•●▪◦*·–—-]|\d{1,2}[.)])\s+")
# A checksum or UUID in the role of a picture's name, alone or glued to the first word of a paragraph.
_HASH = re.compile(r"^[0-9a-fA-F][0-9a-f]{3,}(?:-[0-9a-f]{4,})*(?=[^\Wa-z\d]|[“\"«(]|$)")
_HASH_DIGITS = 24
_PICTURE = re.compile(
    r"^(?:<image>.*|!?\[[^\]]*\]\(data:.*|\[image[^\]]*\]|img|image|\d+x\d+"
    r"|[\w -]*\d{3,}x\d{3,}\w*|[\w-]+\.(?:jpe?g|png|gif|webp|svg)"
    r"|\d{8,}_[0-9a-f-]{20,}\w*)$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?=(?:\S*\d){4})(?:[0-9a-f]{4,}[ _-]){3,}[\w ]+$", re.IGNORECASE)
_BREADCRUMB = re.compile(r"^[^«]*[^\W\d]\s+(?:[>»›→]|::)\s+[^\W\d][^«]*$")
# One question alone on a line is a headline: articles do not open with one.
_QUESTION = re.compile(r"^[^.!?…\"“«]+\?$")
_TAGS = re.compile(r"^(?:[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?, ){3,}[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?$")
# Labels of a menu set side by side in columns: so many gaps of four blanks.
_GAP = re.compile(r"\S\s{4}")
_COLUMN_GAPS = 2
# A longer line is a paragraph, whatever is in it; no pattern for short lines is tried on it.
LINE_CHARACTERS = 1000
_DASH = re.compile(r"^\s*[-–—]\s*$")
# "Caspian Herald, " and "FSD Ukraine, published " in front of a date.
_SIGNED = re.compile(
    r"^(?P<names>[^\W\d_][^\d|:;.!?]+?)\s*(?:,|\s[|–—-])\s*(?P<label>[^\W\d_]+(?: on)?:?)?\s*$"
)
_BYLINE_START = re.compile(r"^(?:by|автор|авторка|müəllif)\b[:\s]+(?P<name>.+)$", re.IGNORECASE)


class Kind(Enum):
    """What a line is by its shape and words."""

    BLANK = auto()
    BODY = auto()  # a sentence or more
    HEADLINE = auto()
    SHORT = auto()  # a link, a label, a name
    DATE = auto()  # a by-line or time stamp
    PHRASE = auto()  # furniture by its words or shape
    BLOCK = auto()  # a heading over links to other stories
    INLINE = auto()  # a pointer to one other story


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its span without surrounding blanks, its words, its kind."""

    start: int
    end: int
    text: str
    kind: Kind

    @property
    def bulleted(self) -> bool:
        """Whether the line is an item of a list."""
        return bool(_BULLET.match(self.text))

    @property
    def figured(self) -> bool:
        """Whether the line holds a figure, not only digits inside a name such as COP29."""
        return bool(re.search(r"(?<!\w)\d", self.text))

    @property
    def opens_list(self) -> bool:
        """Whether the line announces what follows, so that the next lines belong to it."""
        return self.text.rstrip().endswith(":")


def word_count(text: str) -> int:
    """Count the words of a line; numbers are none."""
    return len(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_TERMINAL.search(text))


def split_lines(text: str) -> list[Line]:
    """Cut a text into lines with their kinds; lines of wrapped prose are BODY."""
    lines: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        start = position + len(raw) - len(raw.lstrip()) if stripped else position
        lines.append(Line(start, start + len(stripped), stripped, kind_of(stripped)))
        position += len(raw)
    return _join_wrapped(lines)


def kind_of(text: str) -> Kind:
    """Tell the kind of one stripped line."""
    if not text:
        return Kind.BLANK
    if len(text) > LINE_CHARACTERS:
        # Nobody writes a thousand characters without a blank: a picture's data, a script's code.
        furniture = is_ticker(text) or text.startswith("<image>") or not re.search(r"\s", text)
        return Kind.PHRASE if furniture else Kind.BODY
    return _furniture_kind(text, fold(text)) or _prose_kind(text)


def _furniture_kind(text: str, folded: str) -> Kind | None:
    words = lexicon()
    if folded in words.block:
        return Kind.BLOCK
    if folded in words.inline or _points_elsewhere(text):
        return Kind.INLINE
    if is_byline(text):
        return Kind.DATE
    return Kind.PHRASE if folded in words.lines or _is_phrase(text) or is_picture(text) else None


def _prose_kind(text: str) -> Kind:
    count = word_count(text)
    if _TAGS.match(text):
        return Kind.SHORT
    if _QUESTION.match(text) and LINK_WORDS < count <= HEADLINE_WORDS:
        return Kind.HEADLINE
    if (ends_sentence(text) and count >= SENTENCE_WORDS) or count > HEADLINE_WORDS:
        return Kind.BODY
    if _BULLET.match(text) and count > 2 * LINK_WORDS:
        return Kind.BODY
    if count <= LINK_WORDS or ends_sentence(text) or _OPEN_END.search(text):
        return Kind.SHORT
    return Kind.HEADLINE


def _points_elsewhere(text: str) -> bool:
    """Whether a line is "Read also: the headline of another story"."""
    head, colon, rest = text.partition(":")
    return bool(colon) and fold(head) in lexicon().inline and word_count(rest) <= HEADLINE_WORDS


def _is_phrase(text: str) -> bool:
    count = word_count(text)
    if not any(character.isalnum() for character in text) or _is_columns(text):
        return True
    if count > PHRASE_WORDS:
        return is_ticker(text)
    start = folded_start(text)
    if start.startswith(lexicon().starts):
        return True
    if start.startswith(lexicon().credits) and not re.search(r"\d", text):
        return True
    return is_ticker(text) or (bool(_BREADCRUMB.search(text)) and not ends_sentence(text))


def _is_columns(text: str) -> bool:
    return len(_GAP.findall(text)) >= _COLUMN_GAPS and not re.search(r"\d", text)


def is_ticker(text: str) -> bool:
    """Whether a line strings headlines together, each with the hour at which it appeared."""
    return len(_CLOCK.findall(text)) >= TICKER_ITEMS and text.count("|") + text.count("•") >= TICKER_ITEMS - 1


def is_picture(text: str) -> bool:
    """Whether a line is the name of a picture or a checksum."""
    return bool(_PICTURE.match(text) or _CODE.match(text)) or hash_prefix(text) == len(text)


def hash_prefix(text: str) -> int:
    """Return the length of the checksum that a line starts with, glued to its first word or alone; else 0."""
    match = _HASH.match(text)
    name = match.group() if match else ""
    return len(name) if len(name.replace("-", "")) >= _HASH_DIGITS and re.search(r"\d", name) else 0


def is_byline(text: str) -> bool:
    """Whether a line is a by-line or time stamp by its shape, never a sentence that holds a date."""
    if len(text) > BYLINE_CHARACTERS:
        return False
    author = _BYLINE_START.match(text)
    if author and _is_names(author["name"]) and not ends_sentence(text):
        return True
    if not re.search(r"\d", text):
        return False
    field = dump_field(text)[1]
    return _is_field(text[field:].strip()) if field else _is_dated(text)


def _is_field(rest: str) -> bool:
    """Whether what follows a dump's date field belongs to it and is not the article already."""
    return word_count(rest) <= LABEL_WORDS or is_byline(rest)


def _is_dated(text: str) -> bool:
    dates = list(dates_in(text))
    if any(_DASH.match(text[one.end : two.start]) for one, two in pairwise(dates)):
        return False  # a period, not a day of publication
    clock = bool(_CLOCK.search(text))
    if not dates and not clock:
        return _is_counter(text)
    return _is_stamp(text, [(each.start, each.end) for each in dates], clock=clock)


def is_bare_date(text: str) -> bool:
    """Whether a line is a date and nothing that says when something was published: no hour, no label."""
    if len(text) > BYLINE_CHARACTERS or _CLOCK.search(text) or next(dates_in(text), None) is None:
        return False
    return not any(fold(word) in lexicon().byline for word in _WORD.findall(text))


def _is_stamp(text: str, dates: list[tuple[int, int]], *, clock: bool) -> bool:
    rest = text
    for start, end in reversed(dates):
        rest = rest[:start] + " " + rest[end:]
    rest = _CLOCK.sub(" ", rest)
    words = [word for word in _WORD.findall(rest) if not _is_calendar_word(word)]
    known = {word: fold(word) for word in words}
    labels = [word for word in words if known[word] in lexicon().byline]
    names = [
        word for word in words if known[word] not in lexicon().byline and known[word] not in lexicon().glue
    ]
    if not all(word[0].isupper() for word in names) or len(words) > BYLINE_WORDS:
        return False
    signed = bool(byline_name(text))
    allowed = (len(names) + 1 if labels else 0) or (
        2 * LINK_WORDS if signed or (clock and dates) else LABEL_WORDS
    )
    return len(names) <= allowed and not (ends_sentence(text) and len(names) > LINK_WORDS)


def byline_name(text: str) -> str | None:
    """Return who signs a line that is a name and a date ("United Nations, Kyiv, 12 June 2024"), or None.

    The first name counts: a seat may follow it. A headline that ends with its day is none.
    """
    dates = list(dates_in(text)) if len(text) <= BYLINE_CHARACTERS else []
    if len(dates) != 1 or text[dates[0].end :].strip(" .)"):
        return None
    signed = _SIGNED.match(text[: dates[0].start])
    if signed is None or (signed["label"] and fold(signed["label"]) not in lexicon().published):
        return None
    words = _WORD.findall(signed["names"])
    known = lexicon().within_names
    capital = all(word[0].isupper() or fold(word) in known for word in words)
    spoken = {fold(word) for word in words} & (lexicon().event | lexicon().byline)
    sound = capital and not spoken and not any(map(_is_calendar_word, words))
    return signed["names"].split(",")[0].strip() if sound and len(words) <= 2 * LINK_WORDS else None


def _is_calendar_word(word: str) -> bool:
    return fold(word) in months() or fold(word) in weekdays()


def _is_counter(text: str) -> bool:
    """Whether a line only counts views, comments or minutes of reading."""
    words = [fold(word) for word in _WORD.findall(text)]
    return 0 < len(words) <= LINK_WORDS and all(word in lexicon().byline | {"k"} for word in words)


def _is_names(text: str) -> bool:
    words = _WORD.findall(text)
    capital = all(word[0].isupper() or fold(word) in lexicon().glue for word in words)
    return 0 < len(words) <= 2 * LINK_WORDS and capital and not re.search(r"\d", text)


def _join_wrapped(lines: list[Line]) -> list[Line]:
    """Turn the lines of wrapped prose into BODY: the next line starts small where the last one ran on."""
    wrapped = {
        index + step
        for index in range(len(lines) - 1)
        for step in (0, 1)
        if _runs_on(lines[index], lines[index + 1])
    }
    for index in range(1, len(lines)):
        if (
            lines[index].kind is Kind.HEADLINE
            and index - 1 in wrapped
            and not ends_sentence(lines[index - 1].text)
        ):
            wrapped.add(index)
    return [
        Line(line.start, line.end, line.text, Kind.BODY) if index in wrapped else line
        for index, line in enumerate(lines)
    ]


def _runs_on(line: Line, after: Line) -> bool:
    return (
        len(line.text) >= WRAPPED_CHARACTERS
        and line.kind in (Kind.HEADLINE, Kind.SHORT, Kind.BODY)
        and not ends_sentence(line.text)
        and bool(after.text)
        and after.text[0].islower()
    )
