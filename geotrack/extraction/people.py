"""People told of as persons: "a farmer", "two brothers", "Elvin Mammadov, born in 1987".

A person is told once however often the words turn: a description, a name, an age and a home that stand
in apposition are one; a counted group and the names that follow it are one group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geotrack.extraction.passages import Passage, once
from geotrack.extraction.persons import PAIR, Person, one_each, opens_as_said
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

_LONGEST_DESCRIPTION = 9
_SHORTEST_NAME = 2
# Words that may stand between a description and the name of the same person, or of what it belongs to.
_APPOSITION = 8
# A number up to this, bare and in digits beside a person, is an age.
_OLDEST = 110
# What tells of a person by no name.
_PERSONS = ("person", "head.person", "head.victim", "age.after")
# What ends the search for a noun behind a number.
_SHUT = (
    "predicate",
    "auxiliary",
    "barrier",
    "list.join",
    "located",
    "report",
    "number",
    "time.of",
    "subset",
    "age.after",
    "time.unit",
)


@once
def find_people(passage: Passage) -> list[Person]:
    """Return the persons that a passage tells of, in order, each once."""
    tagged = passage.tagged
    counted = _apart([p for q in passage.quantities if (p := _counted(passage, q)) is not None])
    taken = {k for p in counted for k in range(p.first, p.last)}
    others = [p for p in _described(passage) if p.first not in taken and p.last - 1 not in taken]
    taken |= {k for p in others for k in range(p.first, p.last)}
    named = [p for p in _named(passage) if p.first not in taken and p.last - 1 not in taken]
    told = sorted([*counted, *others, *named], key=lambda p: p.first)
    told = [_counted_by_ages(tagged, p) if p.count is None and not p.back else p for p in told]
    aged = [_with_age(tagged, p) if p.count == 1 else p for p in told]
    joined = one_each(passage, [p for p in aged if not _is_speaker(passage, p)])
    return [p if p.part or not _is_part(tagged, p) else replace(p, part=True) for p in joined]


def _apart(people: Sequence[Person]) -> list[Person]:
    """Drop a group inside the words of the one before: the two workers of "one of the two workers"."""
    kept: list[Person] = []
    for person in people:
        if not kept or person.first >= kept[-1].last:
            kept.append(person)
    return kept


# numbers --------------------------------------------------------------------------------------------


def _counted(passage: Passage, quantity: Quantity) -> Person | None:
    """Return the group that a number counts: "two men", "one of them", "another three", not an age."""
    tagged, number = passage.tagged, quantity.number
    if number.vague or number.value != int(number.value) or _is_age(passage, quantity):
        return None
    if quantity.head == "life":
        return Person(number.first, quantity.last, int(number.value))  # "took three lives"
    own = quantity.unit == "percent"  # "half of my body"
    if own or tagged.has(number.first, "person.all", "person.pair") or tagged.has(number.last, "person.open"):
        return None
    head = _head_after(passage, number.last)
    if head is None:
        if tagged.folded[max(0, number.first - 2) : number.first] == ("of", "the"):
            return None  # "of the three, one died"
        last = _behind_of(passage, number.last)
        bare = quantity.head != "other" and _stands_bare(tagged, number.last)
        bare = bare or tagged.has(number.first - 1, "person.whole", "band")  # "all three came to hospital"
        bare = bare and not _is_of_things(tagged, number.last)
        if not bare and last == number.last:
            return None
    else:
        last = head.last
    before = range(max(0, number.first - 2), number.first)
    definite = any(tagged.has(k, "time.article", "person.other") for k in before)
    further = any(tagged.has(k, "further", "person.alone") for k in (*before, *range(number.first, last)))
    return Person(number.first, last, int(number.value), further=further and not definite)


def _is_of_things(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a number is some of a lot of ordnance: "one of the grenades went off"."""
    of = tagged.lexicon.contains(tagged.folded[at : at + 1], "age.of")  # the "of" of "of the", too
    if not (of or tagged.has(at, "subset.strict")):
        return False
    return any(
        tagged.has(k, "device", "incident.cause", "incident.weak_cause") for k in range(at + 1, at + 4)
    )


def _behind_of(passage: Passage, at: int) -> int:
    """Return the word behind the group that a number is some of: "one of them", "three of the passengers"."""
    tagged = passage.tagged
    if not tagged.has(at, "subset.strict") and not tagged.lexicon.contains(
        tagged.folded[at : at + 1], "age.of"
    ):
        return at
    phrase = tagged.phrase_at[at]
    if phrase is not None and phrase.has("subset.strict"):
        return phrase.last
    for k in range(at + 1, min(at + _LONGEST_DESCRIPTION, len(tagged.words))):
        if tagged.has(k, "head.person", "head.victim", "person") and not tagged.has(k, "person.pronoun"):
            return tagged.after(k)
        if tagged.has(k, "predicate", "auxiliary", "barrier", "person.pronoun"):
            break
    return at


def _head_after(passage: Passage, at: int) -> Phrase | None:
    """Return the word for persons behind a number, past its adjectives: "four unarmed border guards"."""
    tagged, names = passage.tagged, passage.place_words()
    for k in range(at, min(at + _LONGEST_DESCRIPTION, len(tagged.words))):
        phrase = tagged.phrase_at[k]
        if phrase is not None and phrase.has("head.person", "person", "head.victim", "head.fatality"):
            if not _is_adjective(passage, phrase):
                return _last_of_run(tagged, phrase)
            continue
        inner = phrase is not None and phrase.has("predicate.killed.done", "predicate.injured.done")
        joint = tagged.folded[k] in {"-", "/"}
        shut = phrase is not None and phrase.has(*_SHUT) and k not in names
        if not joint and ((shut and not inner) or not tagged.folded[k][0].isalpha()):
            return None
    return None


def _last_of_run(tagged: TaggedSentence, phrase: Phrase) -> Phrase:
    """Return the last of words for persons that stand together: "staff members"."""
    while phrase.last < len(tagged.words):
        after = tagged.phrase_at[phrase.last]
        if after is None or not after.has("head.person"):
            break
        phrase = after
    return phrase


def _stands_bare(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a number stands alone: before a sign, a verb or a joining word, not before a noun."""
    if at >= len(tagged.words) or not tagged.folded[at][0].isalnum():
        return at >= len(tagged.words) or tagged.folded[at] not in {"%", "-", "/", "°", "$"}
    phrase = tagged.phrase_at[at]
    return phrase is not None and phrase.has(
        "predicate", "auxiliary", "time.of", "list.join", "located", "further", "barrier", "injury", "care",
        "subset", "modality", "site", "apart",
    )  # fmt: skip


def _is_age(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a bare number is an age: "a boy of 14", "Amid Asadov, 36,", "aged 58 and 37"."""
    tagged, number = passage.tagged, quantity.number
    at = number.first - 1
    of_one = tagged.has(at, "age.of") and tagged.has(at - 1, "person.singular")  # "a boy of 14 dead"
    if number.value > _OLDEST or not (of_one or _head_after(passage, number.last) is None):
        return False
    between = tagged.has(at, "number.between", "located")
    if between and any(tagged.has(at - k, "age.before") for k in (1, 2)):
        return True  # "aged between 13 and 15"
    child = tagged.has(at, "number.between", "age.of") and tagged.has(at - 1, "person", "head.person")
    if of_one or child or tagged.has(at, "age.before") or tagged.has(number.last, "age.after"):
        return True  # "children between 7 and 13", "a child of seven"
    if number.spelled:
        return False
    if tagged.has(at, "auxiliary") and tagged.has(at - 1, "barrier.weak"):
        return True
    opened = at >= 0 and (tagged.folded[at] in {",", "("} or tagged.has(at, "age.of", "number.and"))
    last = number.last
    closed = last >= len(tagged.words) or not tagged.folded[last][0].isalnum()
    return opened and (closed or tagged.has(at, "age.of") or tagged.has(last, "number.and"))


def _with_age(tagged: TaggedSentence, person: Person) -> Person:
    """Return a person with the age told behind: "a boy, 14,"."""
    last = _behind_age(tagged, person.last)
    return person if last == person.last else replace(person, last=last)


def _behind_age(tagged: TaggedSentence, last: int) -> int:
    """Return the word behind the age or the birth year of a person told until `last`: ", 36", "of 14"."""
    at = last
    while at < len(tagged.words) and at - last <= _APPOSITION:
        sign = tagged.folded[at] in {",", "(", "-"}
        born = tagged.has(at - 1, "age.birth") and tagged.has(at, "located")
        if not (sign or born or tagged.has(at, "age", "auxiliary") or tagged.folded[at].isdecimal()):
            return last
        if tagged.folded[at].isdecimal():
            return _closed(tagged, at + 1)
        if tagged.has(at, "age.before") and tagged.has(at + 1, "number.unit"):
            return at + 2
        at = tagged.after(at)
    return last


def _counted_by_ages(tagged: TaggedSentence, person: Person) -> Person:
    """Count people by the ages told of them: "their children, aged 26 and 13"."""
    at = person.last
    while at < len(tagged.words) and (
        tagged.folded[at] in {",", "("} or tagged.has(at, "age.birth", "located")
    ):
        at += 1
    opened = at > person.last or tagged.has(at, "age.before")
    at = tagged.after(at) if tagged.has(at, "age.before") else at
    ages = 0
    while at < len(tagged.words) and (
        tagged.folded[at].isdecimal() or (ages and (tagged.folded[at] == "," or tagged.has(at, "number.and")))
    ):
        ages += tagged.folded[at].isdecimal()
        at += 1
    return replace(person, count=ages, last=at) if opened and ages > 1 else person


def _closed(tagged: TaggedSentence, at: int) -> int:
    """Return the word behind "years old" and a closing bracket."""
    if tagged.has(at, "age.after"):
        at = tagged.after(at)
    return at + 1 if at < len(tagged.words) and tagged.folded[at] == ")" else at


# descriptions ---------------------------------------------------------------------------------------


def _described(passage: Passage) -> Iterator[Person]:
    """Yield "a farmer", "the driver of the tractor", "another", "he"."""
    last = 0
    for phrase in passage.tagged.find(*_PERSONS):
        person = _referred(passage, phrase) or _noun(passage, phrase) if phrase.last > last else None
        if person is not None:
            last = person.last
            yield person


def _referred(passage: Passage, phrase: Phrase) -> Person | None:
    """Return "he", "another", "both men", "the others": whoever is meant was told of before."""
    tagged = passage.tagged
    bare = _stands_bare(tagged, phrase.last) and not _is_of_things(tagged, phrase.last)
    if phrase.has("person.alone", "person.other") and bare:
        anew = phrase.has("person.alone") and not phrase.has("person.somebody")
        return Person(phrase.first, phrase.last, 1, further=anew)
    if phrase.has("person.pair"):
        if tagged.has(phrase.last, "person.possessive"):
            return None  # "both her legs"
        head = _head_after(passage, phrase.last)
        last = head.last if head else phrase.last
        return Person(phrase.first, last, PAIR, back=True) if head or bare else None
    if phrase.has("person.pronoun"):
        return Person(phrase.first, phrase.last, 1, back=True)
    if phrase.has("person.all") or (phrase.has("person.whole") and bare):
        return Person(phrase.first, phrase.last, None, back=True, further=phrase.has("person.rest"))
    return None


def _noun(passage: Passage, phrase: Phrase) -> Person | None:
    """Return "a farmer", "her husband", or some who are not counted: "soldiers"."""
    if phrase.has("person.two"):
        return replace(_description(passage.tagged, phrase), count=PAIR)
    if phrase.has("person.singular") and not _is_adjective(passage, phrase):
        return _description(passage.tagged, phrase)
    if phrase.has("head.person", "head.victim") and not (
        phrase.has("predicate") or _is_adjective(passage, phrase)
    ):
        one = phrase.has("head.victim") and _is_aged_one(passage.tagged, phrase)
        return replace(_description(passage.tagged, phrase), count=1 if one else None)
    return _aged(passage, phrase) if phrase.has("age.after") else None


def _is_aged_one(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a victim has an age: "the 43-year-old victim", not "the 15-year-old victims"."""
    age = tagged.phrase_at[phrase.first - 1] if phrase.first else None
    aged = age is not None and age.has("age.after") and tagged.folded[age.first - 1].isdecimal()
    return aged and not tagged.folded[phrase.last - 1].endswith("s")


def _aged(passage: Passage, phrase: Phrase) -> Person | None:
    """Return whom an age describes where no known word does: "a 13-year-old", "the 30-year-old welder"."""
    tagged, first = passage.tagged, phrase.first - 1
    if not tagged.has(first - 1, "time.article") or not tagged.folded[first].isdecimal():
        return None
    if tagged.has(phrase.last, "person", "head", "person_adjective"):
        return None
    return Person(first - 1, phrase.last, 1)


def _description(tagged: TaggedSentence, phrase: Phrase) -> Person:
    first = _description_start(tagged, phrase.first)
    words = range(first, phrase.first)
    other = any(tagged.has(k, "further") for k in words) or tagged.has(first, "person.possessive")
    kind = tagged.has(first, "number.unit") and tagged.has(first + 1, "time.article")
    return Person(first, phrase.last, 1, further=other, part=kind)


def _is_adjective(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a word for a person describes a noun behind it: "a civilian tractor"."""
    tagged = passage.tagged
    at = phrase.last
    if tagged.has(at, "organisation_part") and tagged.source(at, at + 1)[:1].isupper():
        return True  # "the State Border Guard Service"
    if not phrase.has("person_adjective") or at >= len(tagged.words):
        return False
    after = tagged.phrase_at[at]
    plain = after is None and tagged.folded[at].isalpha() and at not in passage.place_words()
    return plain or (after is not None and after.has("person", "head.person", "vehicle", "care.place"))


def _description_start(tagged: TaggedSentence, at: int) -> int:
    """Return where the article of a description stands, if it has one."""
    for k in range(at - 1, max(-1, at - _LONGEST_DESCRIPTION), -1):
        if tagged.has(k, "time.article", "further", "number.unit", "number.vague", "person.possessive"):
            return k
        if tagged.has(k, "barrier", "predicate", "report", "auxiliary", "located", "incident"):
            if tagged.folded[k] == "-":
                continue
            break
    return at


# names ----------------------------------------------------------------------------------------------


def _named(passage: Passage) -> Iterator[Person]:
    """Yield runs of capitalised words that name no place and no organisation."""
    tagged = passage.tagged
    places = passage.place_words()
    at = 0
    text, starts, folded, tags_at = tagged.text, tagged.starts, tagged.folded, tagged.tags_at
    while at < len(folded):
        # Most words are written small: no name begins with one.
        if not (
            text[starts[at] : starts[at] + 1].isupper() or len(folded[at]) == 1 or "name_part" in tags_at[at]
        ):
            at += 1
            continue
        first = last = _past_initials(tagged, at)
        while last < len(tagged.words) and _is_name_part(passage, last, places):
            last += 1
        last = at if last == first > at else last
        titled = last > at and any(tagged.has(at - k, "name_title") for k in (1, 2))  # "Mr. Koval"
        named = last - first >= _SHORTEST_NAME or last > first > at  # "Anar Aliyev", "A. Aliyev"
        named = named or (last - first == 1 and _is_harmed_by_name(tagged, first))
        long = (named or titled) and not tagged.has(at - 1, "title_word", "spot")
        if long and not _names_organisation(passage, at, last):
            yield Person(at, last, 1, named=True)
        at = max(last, at + 1)


def _is_harmed_by_name(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether one name is whom the words behind it harm: "in May Vasyl was injured by a mine"."""
    verb = at + 1
    helped = tagged.has(verb, "auxiliary.be") and not tagged.lexicon.contains(
        tagged.folded[verb : verb + 1], "several"
    )
    while tagged.has(verb, "auxiliary", "has"):
        verb = tagged.after(verb)
    harmed = tagged.has(verb, "predicate.killed.done", "predicate.injured.done", "predicate.blown")
    return harmed and helped


def _past_initials(tagged: TaggedSentence, at: int) -> int:
    """Return the word behind the initials of a name: the "Aliyev" of "A. Aliyev"."""
    while (
        tagged.folded[at + 1 : at + 2] == (".",) and len(tagged.folded[at]) == 1 and _is_capital(tagged, at)
    ):
        at += 2
    return at


def _is_capital(tagged: TaggedSentence, at: int) -> bool:
    return tagged.source(at, at + 1).isupper()


def _names_organisation(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a run of capitalised words, or the word behind it, is that of a body: "State Service"."""
    return any(passage.tagged.has(k, "organisation_part") for k in range(first - 1, last + 1))


def _is_name_part(passage: Passage, at: int, places: frozenset[int]) -> bool:
    tagged = passage.tagged
    tags = tagged.tags_at[at]
    if "name_part" in tags:
        return (at > 0 and tagged.source(at - 1, at)[:1].isupper()) or tagged.has(at - 1, "name_part")
    start, end, _ = tagged.words[at]
    word = tagged.text[start:end]
    return (
        word[:1].isupper()
        and word[1:].islower()
        and at not in places
        and (not tags or "organisation_part" in tags)
        and "time" not in tags
    )


def _is_speaker(passage: Passage, person: Person) -> bool:
    """Tell whether a person is who tells it: "wrote Dmytro Petrenko", "the chief, Dmytro Petrenko, said"."""
    tagged = passage.tagged
    after = person.last
    while after < len(tagged.words) and tagged.folded[after] in {",", ")"}:
        after += 1
    told = tagged.has(after, "report.verb") or (tagged.has(after, "speaks"))
    if told and after > person.last and (not person.named or _names_who_says(tagged, tagged.after(after))):
        told = False  # "a mine killed four people, said the police"
    by = not person.named and tagged.has(person.first - 1, "causes")  # "injuries were suffered by two girls"
    subject = not person.named and tagged.has(person.last, "auxiliary", "has")  # "says 17 men were hurt"
    return (
        told
        or opens_as_said(tagged, person)
        or (tagged.has(person.first - 1, "report.verb") and not subject)
        or (not by and tagged.has(person.first - 1, "title_word"))
    )


def _names_who_says(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether who says it stands behind the verb: ", said police", ", said Ivan Petrenko"."""
    if tagged.has(at, "time.article"):
        at += 1
    if at >= len(tagged.words):
        return False
    office = tagged.has(at, "national_body", "regional_office", "officialdom", "person", "head.person")
    return office or tagged.source(at, at + 1)[:1].isupper()


def _is_part(tagged: TaggedSentence, person: Person) -> bool:
    """Tell whether a person is some of a group: "among them two children", "one of them a child"."""
    if tagged.seen.isdisjoint(("subset.strict", "person.among")):
        return False
    ahead = range(max(0, person.first - 3), person.first)
    if any(tagged.has(k, "subset.strict") and not tagged.has(k - 1, "number.unit") for k in ahead):
        return True
    if any(tagged.has(k, "subset.strict") for k in range(person.first, person.last)):
        return True
    return any(tagged.has(k, "person.among") for k in (person.last, person.last + 1))
