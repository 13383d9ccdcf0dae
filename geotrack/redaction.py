# ruff: noqa: RUF001 - the words are Azerbaijani, Ukrainian and Russian
"""Victims' names, ages and birth years are taken out of sentences that leave the machine.

Exports and saved maps travel, and a name beside a date and a village finds a family. What is
replaced: every name in the incident's victim phrases, wherever the text repeats it and with the
endings that Azerbaijani, Ukrainian and Russian give it; every age and birth year; and a name that
stands beside an age or a birth year, even where no victim phrase was read. How many they were and
what they did for a living stays. When in doubt a word
goes: a lost word costs a look into the source, a kept name cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from geotrack.gazetteer.packs import gazetteer_folder, read_packs

PLACEHOLDER = "[…]"
FULL_SENTENCES_WARNING = (
    "Full sentences may hold the names, ages and birth years of victims: share this output only with "
    "people who may have them."
)

_Span = tuple[int, int]
_WORD = re.compile(r"[^\W\d_]+(?:['\u02bc\u2019\u2011-][^\W\d_]+)*")
# Words that, next to a capitalised word, show that it names a unit, an office or a role, not a person.
_NOT_NAMES = frozenset(
    """
    sea river fund fondu fondunun army forces force guard
    city village town settlement district rayon raion region oblast territory community resident
    street republic province ministry agency service police state national united january february march
    april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday the a an on in at of from to by with and or after before during when since
    rayonu rayonunun rayonunda kəndi kəndinin kəndində şəhəri şəhərinin bölgəsi
    район району районі область області село селі селища місто місті громада громади
    района районе области селе деревня деревне город городе посёлок поселок""".split(),  # noqa: SIM905 - a list of eighty literals reads worse
)
# Words that count or describe victims: in front of a name, or alone, they name nobody. Those that are
# names as well (Чабан, Əsgər) are left out.
_PLAIN = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve dozen both several some many another
    other man men woman women boy boys girl girls child children teenager teenagers person people
    civilian civilians worker workers employee employees staff farmer farmers driver drivers tractor
    shepherd shepherds deminer deminers sapper sappers soldier soldiers serviceman servicemen officer
    officers policeman policemen rescuer rescuers journalist journalists resident residents villager
    villagers pensioner pensioners local brother brothers sister sisters father mother son daughter
    husband wife his her their he she it they we i specialist specialists sergeant lieutenant captain
    major colonel junior senior private ensign o onlar він вона вони он она они ще ещё еще двух двох
    троих трьох мирні мирные
    лейтенант сержант капитан капітан майор военнослужащий военнослужащие
    військовослужбовець військовослужбовці механизатор механізатор пастух пастухи
    bir iki üç dörd beş altı yeddi səkkiz doqquz on nəfər kişi qadın uşaq
    şəxs mülki işçi əməkdaş əməkdaşı əməkdaşları fermer sürücü traktorçu sapyor hərbçi sakin
    sakini один одна двоє двое два дві две троє трое три четверо чотири четыре п'ятеро п'ять пятеро пять
    шестеро семеро десятеро чоловік чоловіки мужчина мужчины жінка жінки женщина женщины хлопчик
    хлопчики хлопець хлопці мальчик мальчики дівчинка дівчина девочка девушка дитина діти ребёнок
    ребенок дети підліток підлітки подросток подростки цивільний цивільні гражданский гражданские
    працівник працівники робітник робітники работник работники рабочий рабочие співробітник
    співробітники сотрудник сотрудники фермер фермери фермеры водій водії водитель водители тракторист
    трактористи трактористы сапер сапери сапёр саперы сапёры військовий військові военный военные солдат
    рятувальник рятувальники спасатель спасатели мешканець мешканка мешканці житель жителі жители
    жителька жительница місцевий местный пенсіонер пенсионер""".split(),  # noqa: SIM905 - a list of words reads worse as literals
)
_PARTICLES = frozenset(
    ("oglu", "oğlu", "ogly", "qizi", "qızı", "gizi", "kyzy", "огли", "оглы", "кизи", "кызы")
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?[^\W_]+[\s./,-]+|[^\W\d_]+\.?\s+\d{1,2},?\s+)?"
_YEAR = r"(?:18|19|20)\d\d"
_PERSONAL = re.compile(
    "|".join(
        (
            rf"\b(?:born|b\.)\s+(?:on\s+|in\s+)?{_DAY}{_YEAR}\b",
            rf"\b{_YEAR}-born\b",
            rf"\b(?:year|date) of birth:?\s+{_DAY}{_YEAR}\b",
            r"\baged?\s+(?:of\s+)?\d{1,3}\b",
            r"\b\d{1,3}[\s-]years?[\s-]olds?\b",
            r"\b\d{1,3}\s+years\s+of\s+age\b",
            rf"\b{_DAY}{_YEAR}(?:-\w{{2}})?\s+(?:il(?:də)?\s+)?(?:təvəllüdlü|anadan\s+olmuş|doğulmuş|doğumlu)",
            r"\b\d{1,3}\s+yaş(?:lı|ında|ındakı|ı)\w*",
            rf"\b{_DAY}{_YEAR}\s*(?:року\s+народження|р\.\s?н\.?|года\s+рождения|г\.\s?р\.?)",
            r"\b\d{1,3}[\s-]?(?:річн|летн)\w+",
            r"\b(?:віком|возрастом|в\s+возрасте|у\s+віці)\s+\d{1,3}(?:\s+(?:років|роки|рік|лет|года|год))?\b",
        ),
    ),
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(rf"\s*(?:,\s*\d{{1,3}}(?=\s*(?:[,;.)]|$))|\(\s*(?:\d{{1,3}}|{_YEAR})\s*\))")
_APPOSITIVE = re.compile(r"\s*[,(–—]?\s*(?:[^,.;()]{0,60},\s*)?")
_ROLE = re.compile(r"[\s,]+(?:[^\W\d_]+[\s,]+){0,3}")
_JOINED = re.compile(rf"{re.escape(PLACEHOLDER)}(?:[\s,()–—]*{re.escape(PLACEHOLDER)})+\)?")
_STEM_CUT_FROM = 6  # letters; below that a cut stem would match other words
_SHORT = 3  # letters; a name no longer than this takes an ending, and is not the beginning of other words
_ENDING = 4  # letters of an ending


def _folded(word: str) -> str:
    """Return a word for comparison; `İ` folds to `i`, not to `i` and a combining dot."""
    return word.replace("İ", "i").casefold()


def _is_capital(word: str) -> bool:
    """Tell whether a word is written as a name: a capital first, and not an acronym of a body."""
    return word[0].isupper()


def _name_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield each stretch of capitalised words, with patronymic particles, that is no unit or office."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        between = text[run[-1].end() : word.start()] if run else ""
        belongs = _is_capital(word[0]) or (run and _folded(word[0]) in _PARTICLES)
        if run and not (belongs and between.strip() in {"", "."}):
            yield run
            run = []
        if belongs:
            run.append(word)
    if run:
        yield run


def _without_titles(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop the words at a run's start that open a sentence, count, describe, or name a day; all of a unit."""
    while run and _folded(run[0][0]) in _NOT_NAMES | _PLAIN:
        run = run[1:]
    return [] if any(_folded(word[0]) in _NOT_NAMES for word in run) else run


@cache
def _nations() -> frozenset[str]:
    """Return the names of countries and of their people: "two Ukrainian soldiers" names nobody."""
    packs = read_packs(gazetteer_folder())
    rows = ((pack, row) for pack in packs for row in pack.names)
    return frozenset(
        _folded(name)
        for pack, (place_id, name, _, kind) in rows
        if kind == "demonym" or pack.adm0 in (place_id, "world")
    )


def _is_nation(names: list[str]) -> bool:
    return len(names) == 1 and _folded(names[0].removesuffix("'s").removesuffix("’s")) in _nations()


def _victim_words(victims: Iterable[str]) -> set[str]:
    """Return the words of the victims' names, folded; places and bodies in the phrase are left out."""
    words: set[str] = set()
    for victim in victims:
        for run in _name_runs(victim):
            follows = _WORD.match(victim, run[-1].end() + 1)
            if follows and _folded(follows[0]) in _NOT_NAMES:
                continue
            names = [word[0] for word in _without_titles(run)]
            acronym = len(names) == 1 and len(names[0]) > 1 and names[0].isupper() and len(run) == 1
            if not _is_nation(names) and (not acronym or victim.strip() == names[0]):
                words.update(_folded(name) for name in names if len(name) > 1)
    return words - _PARTICLES


def _repeats(word: str, name: str) -> bool:
    """Tell whether a word is a name with whatever ending; both folded."""
    stem = name[:-2] if len(name) >= _STEM_CUT_FROM else name
    return word.startswith(stem) and (len(name) > _SHORT or len(word) <= len(name) + _ENDING)


def _victim_spans(text: str, victims: Iterable[str]) -> Iterator[_Span]:
    """Yield the words of the text that repeat a victim's name, whatever their ending."""
    names = _victim_words(victims)
    for word in _WORD.finditer(text) if names else ():
        folded = _folded(word[0])
        if _is_capital(word[0]) and any(_repeats(folded, name) for name in names):
            yield word.span()


def _beside(text: str, run: list[re.Match[str]], facts: list[_Span]) -> _Span | None:
    """Return the span of a name that stands beside an age or birth year, with a bare `, 34` after it."""
    start, end = run[0].start(), run[-1].end()
    bare = _AFTER_NAME.match(text, end)
    if bare:
        return start, bare.end()
    for fact_start, fact_end in facts:
        if end <= fact_start and _APPOSITIVE.fullmatch(text, end, fact_start):
            return start, end
        role = text[fact_end:start]
        if fact_end <= start and _ROLE.fullmatch(role) and role == role.lower():
            return start, end
    return None


def _personal_spans(text: str) -> Iterator[_Span]:
    """Yield ages, birth years, and the full names (two words or more) beside them."""
    facts = [match.span() for match in _PERSONAL.finditer(text)]
    yield from facts
    for run in _name_runs(text):
        name = _without_titles(run)
        span = _beside(text, name, facts) if len(name) > 1 else None
        if span:
            yield span


def redact(sentence: str, victims: Iterable[str] = ()) -> str:
    """Return the sentence with victims' names, ages and birth years replaced by `[…]`.

    Parameters
    ----------
    sentence
        Any quoted words: a sentence, a title, a span.
    victims
        The victim phrases of the incidents of the same document, such as `"Elvin Aliyev, born 1987"`
        or `"a farmer"`; give all of the document's, for one sentence may name another's victim.

    Notes
    -----
    Pure, and stable: `redact(redact(s, v), v) == redact(s, v)`. Offsets of the result are its own;
    the spans of a fact stay those of the stored text.
    """
    spans = sorted({*_victim_spans(sentence, victims), *_personal_spans(sentence)})
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start >= done:
            pieces += (sentence[done:start], PLACEHOLDER)
        done = max(done, end)
    return _JOINED.sub(PLACEHOLDER, "".join((*pieces, sentence[done:])))
