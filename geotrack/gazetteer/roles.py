"""Why a place name may be no scene of events: an office, a home, a by-line, a meeting, the name of a war."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import Hit, NameHit, TriggerHit, word_before
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.models import Role

MAX_OFFICE_NAME = 60  # characters between a name and the office word that closes it
MAX_FILLER_WORDS = 4  # words between "visited" and the name ("visited the liberated city of Shusha")
MAX_INDENT = 20  # characters between the start of a line and a by-line
_WORD = re.compile(r"[^\W_]+")
_PUNCTUATION = re.compile(r"[^\w\s'\u2019-]")
_BYLINE = re.compile(
    r"[\s,.]*(?:\([^()\n]{1,40}\))?[\s,]*(?:([^\W\d_]+)\.? ?\d{1,2}\b|\d{1,2} ([^\W\d_]+)|[-\u2013\u2014/]\s)"
)
_NUMBER_SOON = re.compile(r"[^.\n\d]{0,25}\d")  # between the dash of an item and its number
_ENTRY = re.compile(r"\s*\d[\d.,\s]*([^\W\d_]*)[\s.;,]*(?:\n|\Z)")  # all that stands behind it: "120 ha"
_INHERITED = frozenset({"resident", "meeting", "byline"})


class Roles:
    """Gives each name of a text its role, from the trigger words around it."""

    def __init__(self, text: str, hits: Sequence[Hit], lexicon: Lexicon) -> None:
        self.text, self.hits, self.lexicon = text, hits, lexicon
        self._triggers = [hit for hit in hits if isinstance(hit, TriggerHit)]

    def write(self, names: Sequence[NameHit]) -> None:
        """Write the roles; the names are in text order."""
        place = 0
        previous: NameHit | None = None
        for name in names:
            while place < len(self._triggers) and self._triggers[place].start < name.start:
                place += 1
            name.role = self._role(name, place, previous)
            previous = name
        self._widen(names)

    def _role(self, name: NameHit, index: int, previous: NameHit | None) -> Role:
        if name.info.demonym:
            return "demonym"
        return (
            self._after(name, index)
            or self._before(name, index)
            or self._inherited(name, previous)
            or self._byline(name)
        )

    def _after(self, name: NameHit, index: int) -> Role:
        """Return what the words after the name make of it ("Aghdam District Prosecutor's Office")."""
        for hit in self._triggers[index : index + 8]:
            if hit.start < name.tail:
                continue
            if hit.start - name.tail > MAX_OFFICE_NAME:
                return ""
            if hit.trigger.after and self._closes(name, hit):
                return hit.trigger.after
        return ""

    def _closes(self, name: NameHit, hit: TriggerHit) -> bool:
        if hit.trigger.capital_only and not self.text[hit.start].isupper():
            return False
        between = self.text[name.tail : hit.start]
        if _PUNCTUATION.search(between) or "\n" in between:
            return False
        if hit.trigger.after == "resident" and name.tail < hit.start and self._names_between(name, hit):
            return False  # "in X village Aghdam resident Y"
        if hit.trigger.after == "resident" and self._is_site(name):
            return False  # "in X residents entered a house"
        return all(word[0].isupper() or word in self.lexicon.modifiers for word in _WORD.findall(between))

    def _is_site(self, name: NameHit) -> bool:
        """Whether a bare name stands behind "in", so that those told of behind it were there."""
        before = word_before(self.text, name.head).lower()
        return name.unit is None and before in self.lexicon.sited

    def _names_between(self, name: NameHit, hit: TriggerHit) -> bool:
        """Whether another name of more than a town stands between a name and a word for its people."""
        following = _name_after(self.hits, name)
        return following is not None and following.end <= hit.start and following.info.administrative

    def _before(self, name: NameHit, index: int) -> Role:
        """Return what the words before the name make of it ("a resident of", "met in")."""
        position = index - 1
        while position >= 0 and self._triggers[position].end > name.head:
            position -= 1
        for hit in reversed(self._triggers[max(0, position - 2) : position + 1]):
            role = self._opened(name, hit)
            if role:
                return role
        return ""

    def _opened(self, name: NameHit, hit: TriggerHit) -> Role:
        between = self.text[hit.end : name.head]
        if len(between) > MAX_OFFICE_NAME or _PUNCTUATION.search(between):
            return ""
        words = _WORD.findall(between)
        role = hit.trigger.before
        if role:
            articles = {"the", "a", "an"} if role == "office" else self.lexicon.fillers
            fits = len(words) <= MAX_FILLER_WORDS and all(word.lower() in articles for word in words)
            return role if fits and (not hit.trigger.weak or self._tells_of_meeting(hit)) else ""
        if hit.trigger.after == "office" and words[-2:] and words[-1] in {"of", "the"}:
            named = self.text[hit.start].isupper() and all(
                word[0].isupper() or word in self.lexicon.modifiers for word in words
            )
            return "office" if named and "of" in words[-2:] else ""
        return ""

    def _tells_of_meeting(self, hit: TriggerHit) -> bool:
        """Whether a noun for a meeting stands before "held in" in its sentence."""
        start = max(self.text.rfind(". ", max(0, hit.start - 200), hit.start), hit.start - 200, 0)
        words = set(fold(self.text[start : hit.start]).split())
        return not words.isdisjoint(self.lexicon.weak_nouns)

    def _inherited(self, name: NameHit, previous: NameHit | None) -> Role:
        """Return the role of the list that the name continues."""
        if (
            previous is None
            or previous.role not in _INHERITED
            or name.start - previous.tail > MAX_OFFICE_NAME
        ):
            return ""
        words = " ".join(self.text[previous.tail : name.head].split())
        return previous.role if words in self.lexicon.separators else ""

    def _byline(self, name: NameHit) -> Role:
        """Return whether the name opens a line that a date or a dash follows ("BAKU, Azerbaijan, May 7")."""
        back = max(0, name.head - MAX_INDENT)
        line = self.text.rfind("\n", back, name.head) + 1 or back
        if (line and self.text[line - 1] != "\n") or self.text[line : name.head].strip(
            " \t•*#-\u2013\u2014|"
        ):
            return ""
        end = name.tail
        listed = self._next_in_list(name)
        while listed is not None:
            end = listed.tail
            listed = self._next_in_list(listed)
        found = _BYLINE.match(self.text, end)
        if not found or self._opens_item(name, line, found.end()):
            return ""
        month = found[1] or found[2]
        return "byline" if not month or fold(month) in self.lexicon.months else ""

    def _opens_item(self, name: NameHit, line: int, end: int) -> bool:
        """Tell whether a number follows the dash of an item : "Kharkiv region \u2013 190 mines"."""
        entry = _ENTRY.match(self.text, end)
        if entry is not None and fold(entry[1]) not in self.lexicon.months:
            return True
        marked = name.unit is not None or bool(self.text[line : name.head].strip())
        return marked and _NUMBER_SOON.match(self.text, end) is not None

    def _next_in_list(self, name: NameHit) -> NameHit | None:
        following = _name_after(self.hits, name)
        if following is None or self.text[name.tail : following.head].strip() != ",":
            return None
        return following

    def _widen(self, names: Sequence[NameHit]) -> None:
        """Give a chain's wider place the role of its narrower one ("resident of X village of Y district")."""
        for name in names:
            outer = name.outer
            if (
                outer is not None
                and outer.start > name.start
                and not outer.role
                and name.role in _INHERITED | {"office"}
                and outer.place is not None
                and name.place is not None
                and outer.place.id in (name.place.adm2, name.place.adm1, name.place.adm0)
            ):
                outer.role = name.role


def _name_after(hits: Sequence[Hit], name: NameHit) -> NameHit | None:
    low, high = 0, len(hits)
    while low < high:
        middle = (low + high) // 2
        if hits[middle].start <= name.start:
            low = middle + 1
        else:
            high = middle
    for hit in hits[low : low + 3]:
        if isinstance(hit, NameHit):
            return hit
    return None
