# ruff: noqa: RUF001 - names are Azerbaijani, Ukrainian and Russian
"""Names in a text become the places that the words around them mean; no span lies."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geotrack.gazetteer import Gazetteer
from geotrack.models import Mention

FIXTURE = Path(__file__).parent / "gazetteer_fixture"
GAZETTEER = Gazetteer.load(FIXTURE)


def places(text: str, **options: str) -> list[tuple[str, str]]:
    """Return (words, place id) of the mentions of a text."""
    return [(mention.text, mention.place.id) for mention in GAZETTEER.mentions(text, **options)]


def ids(text: str, **options: str) -> list[str]:
    """Return the place ids of a text's mentions."""
    return [place for _, place in places(text, **options)]


def roles(text: str) -> list[tuple[str, str]]:
    """Return (words, role) of the mentions of a text."""
    return [(mention.text, mention.role) for mention in GAZETTEER.mentions(text)]


UNITS = [
    ("A mine exploded in Aghdam.", ["AZ-AGM"]),
    ("A mine exploded in Aghdam city.", ["gn:1"]),
    ("A mine exploded in the city of Aghdam.", ["gn:1"]),
    ("Shelling of Kharkiv went on.", ["gn:11"]),
    ("Shelling of Kharkiv region went on.", ["UA-63"]),
    ("Shelling of Kharkiv Oblast went on.", ["UA-63"]),
    ("Shelling of the Kharkiv raion went on.", ["UA6312"]),
    ("Shelling of Kyiv region went on.", ["UA-32"]),
    ("Shelling of Kyiv went on.", ["UA-30"]),
    ("In Izyum District of Kharkiv Oblast", ["UA6304", "UA-63"]),
    ("Works in Barvinkove district of Kharkiv region", ["UA6304", "UA-63"]),
    ("Works in the Kharkivska oblast", ["UA-63"]),
    ("Aghstafa and Aghdam are two districts", ["AZ-AGA", "AZ-AGM"]),
    ("In Baku and Khankendi", ["AZ-BA", "AZ-XA"]),
    ("In Ağdam rayonu", ["AZ-AGM"]),
    ("AGHDAM DISTRICT", ["AZ-AGM"]),
]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_the_word_beside_the_name_decides(text: str, expected: list[str]) -> None:
    """City, district and oblast share names; the unit word tells them apart, alone the usual one is meant."""
    assert ids(text) == expected


LISTS = [
    ("Lachin, Kalbajar and Shusha Districts of Karabakh", ["AZ-LAC", "AZ-KAL", "AZ-SUS", "AZ:karabakh"]),
    ("districts of Aghdam, Fuzuli and Shusha", ["AZ-AGM", "AZ-FUZ", "AZ-SUS"]),
    ("Tartar, Aghdam, Fuzuli … regions", ["AZ-TAR", "AZ-AGM", "AZ-FUZ"]),
    ("the districts worked in are: Aghdam, Shusha", ["AZ-AGM", "AZ-SUS"]),
    ("regions that needed help include Kharkiv, Donetsk and Luhansk", ["UA-63", "UA-14", "UA-09"]),
    ("Kharkiv, Nowhereville and Donetsk oblasts", ["UA-63", "UA-14"]),
    ("villages of Aghdam district", ["AZ-AGM"]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_plural_governs_its_list(text: str, expected: list[str]) -> None:
    """A plural unit word before or after a list holds for every name of the list."""
    assert ids(text) == expected


PARENTS = [
    ("Qarvand village of the Aghdam district", ["AZ-AGM/qarvand", "AZ-AGM"]),
    ("Qarvand village of the Barda district", ["gn:6", "AZ-BAR"]),
    ("the village of Sarijali in Jabrayil district", ["gn:4", "AZ-CAB"]),
    ("Sarijali village, Aghdam district", ["gn:3", "AZ-AGM"]),
    ("In Aghdam district a mine hit Sarijali village", ["AZ-AGM", "gn:3"]),
    ("Balakliia, Kharkiv region", ["gn:13", "UA-63"]),
    ("Mykolaivka, Donetsk region", ["gn:15", "UA-14"]),
    ("Mykolaivka village in Kharkiv region", ["gn:14", "UA-63"]),
    ("the village of Bash Chirag in Lachin district", ["AZ-LAC/bash-chirag", "AZ-LAC"]),
    ("Kalbajar's Bash Garvand village", ["AZ-KAL", "AZ-KAL/bash-garvand"]),
    ("Aghdam district's Chirag village", ["AZ-AGM", "AZ-AGM/chirag"]),
    ("Kharkiv Oblast village of Mykolaivka", ["UA-63", "gn:14"]),
    ("Kharkiv Oblast's village of Mykolaivka", ["UA-63", "gn:14"]),
    ("Qarvand village of Azerbaijan's Barda district", ["gn:6", "AZ", "AZ-BAR"]),
    ("Sarijali (Barda district) saw a blast", ["AZ-BAR/sarijali", "AZ-BAR"]),
    ("villages of Sarijali and Qarvand of the Barda district", ["AZ-BAR/sarijali", "gn:6", "AZ-BAR"]),
    ("Kharkiv region was hit. Near Mykolaivka a tractor burnt.", ["UA-63", "gn:14"]),
    ("Mines Found In Liberated Village Of Barda", ["AZ-BAR"]),
    ("landmines in the Donbas, a region", ["UA:donbas"]),
    ("a blast near Mykolaivka (34 km east of Kharkiv)", ["gn:14", "gn:11"]),
    ("a blast in Stepky (12km north of Kharkiv)", ["UA-63/stepky", "gn:11"]),
    ("the Mission (12km north of Kharkiv) saw a blast", ["gn:11"]),
]


@pytest.mark.parametrize(("text", "expected"), PARENTS)
def test_a_parent_nearby_decides(text: str, expected: list[str]) -> None:
    """A village is the one of the district named with it, one that only the text knows included."""
    assert ids(text) == expected


SPELLINGS = [
    ("in Kalbadzhar and Xocavənd districts", ["AZ-KAL", "AZ-XVD"]),
    ("in Gubadly, Zengilan and Jebrail regions", ["AZ-QBI", "AZ-ZAN", "AZ-CAB"]),
    ("in Izyum city, in Balakliya town", ["gn:12", "gn:13"]),
    ("у Харків, в Агдам", ["gn:11", "AZ-AGM"]),
    ("Baku’s and Baku's", ["AZ-BA", "AZ-BA"]),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_press_spellings_are_read(text: str, expected: list[str]) -> None:
    """Romanisations that no list holds are found by their sound; other scripts by their own names."""
    assert ids(text) == expected


NO_PLACES = [
    "The Pole said that Mykolaivka is nice.",
    "Ilham Aliyev and Samir Aliyev spoke.",
    "They came from New Mexico.",
    "a bar near the pole, aghdam in small letters",
    "Bar Association",
    "Barbaric Lachinites",
    "The cleared lands lie fallow.",
    "",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_ordinary_words_and_people_are_no_places(text: str) -> None:
    """Ambiguous village names, surnames, small letters and insides of words give no mention."""
    assert ids(text) == []


ROLES = [
    ("The Aghdam District Prosecutor's Office said so.", [("Aghdam", "office")]),
    ("They were taken to the Barda Central Hospital.", [("Barda", "office")]),
    ("Kharkiv National University", [("Kharkiv", "office")]),
    ("Bank of Baku", [("Baku", "office")]),
    ("the State Emergency Service of Ukraine", [("Ukraine", "office")]),
    ("Karabakh FC and Dynamo Kyiv", [("Karabakh", "office"), ("Kyiv", "office")]),
    (
        "a resident of Sarijali village of Aghdam district was injured",
        [("Sarijali", "resident"), ("Aghdam", "resident")],
    ),
    ("a farmer from Barda was injured in Fuzuli", [("Barda", "resident"), ("Fuzuli", "")]),
    ("after the Second Karabakh War", [("Karabakh", "event-name")]),
    ("the Karabakh conflict", [("Karabakh", "event-name")]),
    ("BAKU, Azerbaijan, December 18. A total of", [("BAKU", "byline"), ("Azerbaijan", "byline")]),
    ("KHARKIV OBLAST, UKRAINE, May 8 — The", [("KHARKIV", "byline"), ("UKRAINE", "byline")]),
    ("She held a meeting in Baku.", [("Baku", "meeting")]),
    (
        "The talks were held in Armenia, Georgia and Turkey.",
        [("Armenia", "meeting"), ("Georgia", "meeting"), ("Turkey", "meeting")],
    ),
    ("Demining operations were held in Aghdam.", [("Aghdam", "")]),
    ("He visited the liberated city of Shusha.", [("Shusha", "meeting")]),
    ("Aliyev said in April that Azerbaijan needs help.", [("Azerbaijan", "")]),
    ("Armenian troops", [("Armenian", "demonym")]),
    ("300 citizens of Azerbaijan were killed.", [("Azerbaijan", "")]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_the_words_around_give_the_role(text: str, expected: list[tuple[str, str]]) -> None:
    """Offices, homes, by-lines, meetings, wars and nationalities are no scenes of events."""
    assert roles(text) == expected


SHIPPED = [
    ("mines in Terter, Agdere, Kelbajar, Agdam, Khojaly and Khankandi", "TAR x-AGHDARA KAL AGM XCI XA"),
    (
        "mines in Shusha, Khojavand, Lachin, Fizuli, Jabrail, Qubadli and Zangilan",
        "SUS XVD LAC FUZ CAB QBI ZAN",
    ),
    ("mines in Ağdam, Füzuli, Cəbrayıl, Qubadlı, Kəlbəcər, Xocavənd, Tərtər", "AGM FUZ CAB QBI KAL XVD TAR"),
    ("Lankaran and Shaki, Yevlakh and Aghstafa", "LAN SAK YEV AGA"),
]


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """Return the gazetteer with the packs that the project ships."""
    return Gazetteer.load()


@pytest.mark.parametrize(("text", "codes"), SHIPPED)
def test_shipped_districts_are_read_in_their_spellings(shipped: Gazetteer, text: str, codes: str) -> None:
    """Alone, each usual spelling of an Azerbaijani district is the district."""
    assert [mention.place.id for mention in shipped.mentions(text)] == [
        f"AZ-{code}" for code in codes.split()
    ]


def test_shipped_ukraine_tells_city_raion_and_oblast_apart(shipped: Gazetteer) -> None:
    """Kharkiv is the city, the raion or the oblast by the word beside it; old raions are the present ones."""
    text = "Kharkov, Kharkiv raion and Kharkiv Oblast; Balakliia district; Crimea, Sevastopol; Kyiv region"
    assert [mention.place.id for mention in shipped.mentions(text)] == [
        *("gn:706483", "UA6312", "UA-63", "UA6304", "UA-43", "UA-40", "UA-32")
    ]


def test_liberated_lands_belong_to_the_country_in_focus() -> None:
    """The phrase is Azerbaijan's region in an Azerbaijani text, and no place in a Ukrainian one."""
    assert ids("Mines in the liberated territories.", focus="AZ") == ["AZ:liberated"]
    assert ids("Mines in the liberated territories.", focus="UA") == []
    assert ids("Mines in the liberated territories.", title="News from Azerbaijan") == ["AZ:liberated"]
    assert places("Azerbaijan cleared de-occupied Azerbaijani lands")[1] == (
        "de-occupied Azerbaijani lands",
        "AZ:liberated",
    )
    assert places("Azerbaijani territories liberated from occupation")[1] == (
        "territories liberated",
        "AZ:liberated",
    )
    assert ids("the liberated Fuzuli region of Azerbaijan") == ["AZ-FUZ", "AZ"]
    assert ids("the liberated territories of Kharkiv region, Ukraine") == ["UA-63", "UA"]


def test_the_runners_up_and_the_reason_are_kept() -> None:
    """A mention says which places it could have been, how sure it is, and what decided."""
    (mention,) = GAZETTEER.mentions("Shelling of Kharkiv region went on.")
    assert [place.id for place in mention.alternatives] == ["gn:11", "UA6312"]
    assert "“region” beside the name" in mention.why
    assert GAZETTEER.mentions("Shelling of Kharkiv went on.")[0].score < mention.score <= 1


def test_skipped_spans_are_left_out() -> None:
    """No mention touches a span that is no part of the report."""
    text = "Menu: Karabakh. A mine exploded in Aghdam."
    assert [m.place.id for m in GAZETTEER.mentions(text, skip=[(0, 15)])] == ["AZ-AGM"]


def test_a_false_hit_does_not_swallow_a_true_name() -> None:
    """Where a longer name fails at a word's end, the names inside it are read."""
    assert ids("From Baku Karabakhian songs came; Nova Barda district and Kharkiv Oblastnoy") == [
        "AZ-BA",
        "AZ-BAR",
        "gn:11",
    ]


@pytest.mark.parametrize(
    "piece",
    ["Aghdam, ", "Kharkiv ", "village of ", "liberated ", "Nova ", "Mykolaivka Aghdam ", "\n", '." ', "X"],
)
def test_reading_stays_linear(piece: str) -> None:
    """A long text of one repeated piece is read in seconds: nothing in the reader is quadratic."""
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    GAZETTEER.mentions(text)
    assert time.process_time() - started < 10


WORDS = st.sampled_from(
    [
        *("Aghdam", "Kharkiv", "Qarvand", "Nova Kakhovka", "Nova", "Xocavənd", "İ", "ə", "War", "12"),
        *(
            "district",
            "districts",
            "region",
            "village",
            "of",
            "the",
            "liberated",
            "territories",
            "resident of",
        ),
        *(", ", " and ", ".", "\n", "’s", "-"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_spans_quote_the_text_and_never_overlap(text: str, skip: list[tuple[int, int]]) -> None:
    """Whatever the text: no error, spans quote it, in order, without overlap, none in what is skipped."""
    mentions: tuple[Mention, ...] = GAZETTEER.mentions(text, skip=skip)
    end = 0
    for mention in mentions:
        assert text[slice(*mention.span)] == mention.text
        assert mention.span[0] >= end
        assert 0 <= mention.score <= 1
        assert not any(max(start, mention.span[0]) < min(stop, mention.span[1]) for start, stop in skip)
        end = mention.span[1]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["Aghdam district. ", "Baku\n", "\n\n", "The mines of Lachin. "]), min_size=1)
)
def test_reading_twice_gives_the_same(parts: list[str]) -> None:
    """What a gazetteer has read before does not change what it reads."""
    text = "".join(parts)
    assert GAZETTEER.mentions(text) == Gazetteer.load(FIXTURE).mentions(text)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("uk", "На Донеччині та в Харківській області", {"Донеччині": "UA-14", "Харківській": "UA-63"}),
        ("uk", "біля Кривого Рогу та Куп'янська", {"Кривого Рогу": "gn:703845", "Куп'янська": "gn:703656"}),
        ("ru", "в Агдамском районе Азербайджана", {"Агдамском": "AZ-AGM", "Азербайджана": "AZ"}),
        ("az", "Füzulidə və Bakıda", {"Füzulidə": "AZ-FUZ", "Bakıda": "AZ-BA"}),
        ("en", "Füzulidə", {"Füzulidə": "AZ-FUZ"}),
    ],
)
def test_names_are_found_in_every_case(
    shipped: Gazetteer, language: str, text: str, names: dict[str, str]
) -> None:
    """Cases of Cyrillic names, and Azerbaijani suffixes in an Azerbaijani text, lead to the name."""
    assert {m.text: m.place.id for m in shipped.mentions(text, language=language)} == names
