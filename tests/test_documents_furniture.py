"""Menus, by-lines, feeds and footers are marked; sentences and lists of the article never are."""

# ruff: noqa: RUF001 - Cyrillic letters and typographic marks are meant

from __future__ import annotations

import pytest
from document_files import ARTICLE
from hypothesis import given, settings
from hypothesis import strategies as st

from geotrack.documents.furniture import Page, find_furniture
from geotrack.documents.furniture.lexicon import lexicon

HASH = "9b1c3d5e7f90a2b4c6d8e0f1a3b5c7d9"
SENTENCES = (
    "Deminers of the agency cleared 120 hectares in the Fuzuli district last week.",
    "Two shepherds were injured when a mine went off near Izium on Friday.",
    "За добу сапери знешкодили 45 вибухонебезпечних предметів на Херсонщині.",
    "Ötən həftə Tərtər rayonunda 14 tank əleyhinə mina zərərsizləşdirilib.",
    "В Джебраильском районе на мине подорвался житель села Солтанлы.",
)
FEED = (
    "Related news",
    "Latest news",
    "Читайте також",
    "Son xəbərlər",
    "Похожие новости",
    "Home",
    "Follow us on Telegram",
    "12.05.2023 14:20",
    "By Leyla Mammadova",
    "Bus overturns on the Baku highway",
    "Mine blast leaves one wounded",
    "• Economy",
    HASH,
    "© 2021 The Daily Mine",
)


def marked(text: str, title: str | None = None) -> list[str]:
    """Return the lines that are furniture, whole or in part."""
    spans = find_furniture(Page(text, title))
    return [line.strip() for start, end in spans for line in text[start:end].splitlines() if line.strip()]


PAGE = f"""We use cookies to make this site better.
Accept all
The Daily Mine logo
  • Home
  • Economy
  • Karabakh
  • COP29
Follow us
The Daily Mine > Society > Deminers clear a field near Fuzuli
Society

Deminers clear a field near Fuzuli

The Daily Mine
By Leyla Mammadova Published June 3, 2024 2.3k Views 4 Min Read
{HASH}

{ARTICLE}

1717399120_a94c20de-b117-442a-8d05-31c977bbf02e_850

What the agency reports by district:

  • In Fuzuli 14 anti-tank mines were found and 120 hectares were cleared of mines
  • In Tartar nobody was hurt, and 3 shells were taken away by the teams

{HASH}The teams will go on next week, the agency added, with 40 more people.

You Might Also Like

Bus overturns on the Baku highway, 12 people hurt

Mine blast leaves one wounded

The Daily Mine June 3, 2024 June 3, 2024

New articles

814472 src
Cargo plane crash: 20 dead
News November 13, 2025
0x0
Two sappers killed in a far country
World November 12, 2025

Useful links

  • Privacy Policy
  • Terms and Conditions
Email: desk@example.org
© 2021 The Daily Mine
Welcome Back!
Sign in to your account
Lost your password?"""

KEPT = [
    "Deminers clear a field near Fuzuli",
    *ARTICLE.split("\n\n"),
    "What the agency reports by district:",
    "• In Fuzuli 14 anti-tank mines were found and 120 hectares were cleared of mines",
    "• In Tartar nobody was hurt, and 3 shells were taken away by the teams",
]


def test_everything_around_an_article_is_marked() -> None:
    """Of a whole page only the title and the article's own lines are left."""
    found = set(map(str.strip, marked(PAGE)))
    rest = [line.strip() for line in PAGE.splitlines() if line.strip() and line.strip() not in found]
    assert rest == [*KEPT, f"{HASH}The teams will go on next week, the agency added, with 40 more people."]


def test_a_picture_name_glued_to_a_paragraph_is_marked_alone() -> None:
    """The paragraph after the name is the article's."""
    assert marked(f"{HASH}The teams cleared 40 hectares in Tartar last week.") == [HASH]
    assert marked("6f3e7ed9-a9c3c6afdbef34ffc69d514522cf35c4Мінери очистили 40 гектарів поля.") == [
        "6f3e7ed9-a9c3c6afdbef34ffc69d514522cf35c4"
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("count", [1, 3])
def test_sentences_are_never_furniture(sentence: str, count: int) -> None:
    """An article without furniture has none."""
    assert marked("\n\n".join([sentence, *SENTENCES][:count])) == []


def test_an_article_goes_on_after_a_block_of_links() -> None:
    """Links between paragraphs are marked, the paragraphs on both sides are not."""
    links = "You may also like\nMine kills 3 men in a far village\nBus overturns near Baku"
    text = f"{SENTENCES[0]}\n\n{links}\n\n{ARTICLE}"
    assert marked(text) == [
        "You may also like",
        "Mine kills 3 men in a far village",
        "Bus overturns near Baku",
    ]


def test_a_last_paragraph_with_figures_survives_a_block_of_links() -> None:
    """One paragraph after the links is the article's when it holds figures."""
    links = "Related news\nBus overturns on the Baku highway\nFog closes the airport again"
    text = f"{ARTICLE}\n\n{links}\n\n{SENTENCES[0]}"
    assert marked(text) == [
        "Related news",
        "Bus overturns on the Baku highway",
        "Fog closes the airport again",
    ]


def test_teasers_of_dated_headlines_are_marked() -> None:
    """Sentences that tease other stories below the article are no part of it."""
    teaser = "На міні підірвалися 3 людини у полі біля села."
    tail = f"Статті\n\nДонецьк\n26.04.2024\n16:00\n{teaser}\nДонецьк\n25.04.2024\n10:45\n{teaser}"
    assert marked(f"{SENTENCES[2]}\n\n{tail}") == [line for line in tail.split("\n") if line]


@pytest.mark.parametrize(
    "pointer",
    [
        "Read also: Mine kills 3 men in a far village",
        "Читайте також: На міні загинули 3 людини",
        "Читайте также: На мине погибли 3 человека",
        "Həmçinin oxuyun: Minaya düşən 3 nəfər ölüb",
    ],
)
def test_a_pointer_to_another_story_is_marked(pointer: str) -> None:
    """One line that names another story belongs to that story."""
    assert marked(f"{SENTENCES[0]}\n\n{pointer}\n\n{SENTENCES[1]}") == [pointer]


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Twitter @TheDailyMine",
        "Якщо ви помітили помилку, виділіть її та натисніть Ctrl + Enter",
        "Bizi Telegram kanalımızda izləyin",
        "Подписывайтесь на наш канал в Telegram",
        "21:34 Mina partladı, 2 ölü | 21:29 Yeni yol açıldı | 20:23 Hava soyuyur",
        "Home > News > Karabakh",
        "   Europe          Asia          Africa",
        "Фото: ДСНС України",
        "<image>data:image/png;base64,AAAA</image>",
        "4.2k Views",
        "<image>data:image/png;base64," + "iVBORw0KGgo" * 200 + ' alt="Mine kills 2"</image>',
        "iVBORw0KGgo" * 200,
        "14:12 25 Avqust 2025",
        "— 01.11.2023 20:03",
    ],
)
def test_furniture_of_four_languages_is_marked(line: str) -> None:
    """A line of furniture is marked wherever it stands."""
    assert marked(f"{SENTENCES[0]}\n\n{line}\n\n{SENTENCES[1]}") == [line.strip()]


def test_headlines_above_the_title_are_marked() -> None:
    """A feed of other stories before the article goes, its title stays."""
    feed = [
        "Power plant goes dark after an attack",
        "Nine people dead after bad weather in the south",
        "In which cities are the best restaurants?",
        "Old house for sale for 15 million dollars",
    ]
    title = "Record area cleared of mines in Kharkiv Oblast"
    text = "\n".join([*feed, title, "Kyiv • News", " • 424 views", "", ARTICLE])
    assert marked(text) == [*feed, "Kyiv • News", "• 424 views"]


def test_a_fact_sheet_above_an_article_is_kept() -> None:
    """Lines of label and figure are no headlines of other stories."""
    facts = [
        "Likelihood of meeting the deadline: high",
        "Casualties in 2006: 10 in all, 7 of them killed",
        "Area cleared in 2006 | 71.2 km2 of mined land",
        "Survivors of mines and shells: at least 47",
        "Mine action funding in 2006: not reported",
    ]
    assert marked("\n".join([*facts, "", ARTICLE])) == []


def test_a_known_title_ends_the_feed_above_it() -> None:
    """Where the title is known, links above it do not swallow it."""
    title = "Two men hurt by a mine near Izium"
    text = f"Most popular\nFog closes the airport again\n{title}\n\n{ARTICLE}"
    assert marked(text, title) == ["Most popular", "Fog closes the airport again"]


def test_a_list_that_a_colon_announces_is_the_articles() -> None:
    """Places and figures by place in short lines are kept."""
    text = f"{SENTENCES[0]}\n\nDistricts:\nAghdam\nFuzuli\nTartar\nLachin\nJabrayil"
    assert marked(text) == []


def test_figures_in_short_lines_are_kept() -> None:
    """A bulletin of label and figure is no menu."""
    assert (
        marked("Weekly report\nAghdam: 30 AP mines\nFuzuli – 20 AP mines\nTartar: 5 AT mines\n- 3 bombs")
        == []
    )


def test_the_dates_of_a_chronicle_are_kept() -> None:
    """A bare date between sentences heads an entry; a time stamp does not."""
    entries = f"12 May 2023\n{SENTENCES[1]}\n\n13.05.2023\n{SENTENCES[0]}"
    text = f"{SENTENCES[0]}\n\n{entries}\n\n13.05.2023 14:20\n{ARTICLE}"
    assert marked(text) == ["13.05.2023 14:20"]


def test_a_period_in_a_short_line_is_no_time_stamp() -> None:
    """From one day to another is what a project lasts."""
    assert marked(f"Term: 01.12.2024 - 31.08.2027\n\n{ARTICLE}") == []


def test_wrapped_prose_is_prose() -> None:
    """Lines that break in mid-sentence are no headlines."""
    text = (
        "Mine blast near Fuzuli\n\nOn Friday a mine went off in a field that had not been\n"
        "cleared, and two shepherds who had led their flock there\nwere injured. Agency teams came\n"
        "from Tartar and found 3 more mines in the course of the\nafternoon before it grew dark."
    )
    assert marked(text) == []


def test_a_repeated_headline_is_marked_once() -> None:
    """Pages print their title twice; the first stays."""
    title = "Two men hurt by a mine near Izium"
    spans = find_furniture(Page(f"{title}\n\n{title}\n\n{ARTICLE}"))
    assert spans == ((len(title) + 2, 2 * len(title) + 2),)


def test_every_language_has_every_list() -> None:
    """Each language's file states the same keys, and the merged lists hold them."""
    assert {"you might also like", "son xəbərlər", "останні новини", "последние новости"} <= lexicon().block


@settings(deadline=None)
@given(st.lists(st.sampled_from((*SENTENCES, *FEED, "")), max_size=30))
def test_spans_are_sorted_disjoint_and_inside(lines: list[str]) -> None:
    """Whatever the page, its furniture is a row of separate spans."""
    text = "\n".join(lines)
    spans = find_furniture(Page(text))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from((*SENTENCES, "Home", "12.05.2023 14:20", HASH, "Follow us on Telegram")), max_size=20
    )
)
def test_sentences_outside_blocks_are_never_marked(lines: list[str]) -> None:
    """Without a heading over links, no sentence is furniture."""
    assert not set(marked("\n".join(lines))) & set(SENTENCES)


@settings(deadline=None)
@given(st.text(alphabet="aZяЇ0123456789 .:|>»«-–•()\n\t\x0b\u2028é", max_size=200))
def test_any_characters_give_sound_spans(text: str) -> None:
    """Odd line ends and marks do not break the spans."""
    edges = [edge for span in find_furniture(Page(text)) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
