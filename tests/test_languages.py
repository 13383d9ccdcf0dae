# ruff: noqa: RUF001 - the texts are Azerbaijani, Ukrainian and Russian
"""The catalogues are whole, and numbers, dates, plurals and names follow the language."""

from __future__ import annotations

import ast
import datetime as dt
import re
import string
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from babel.messages.catalog import Message

from geotrack.charts import axis_locale
from geotrack.errors import StoreError, UnknownPlaceError
from geotrack.gazetteer import Gazetteer
from geotrack.languages import (
    LANGUAGES,
    alphabetical,
    day,
    days_between,
    gettext,
    negotiate,
    ngettext,
    number,
    of_environment,
    pgettext,
    retold,
    speak,
    speaking,
    spoken,
)
from geotrack.languages.catalogues import RETOLD, catalogue
from geotrack.languages.choosing import accepted
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.scales import Scale
from geotrack.models import Measure

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import translations  # noqa: E402 - a script of the checkout

OTHERS = [language for language in LANGUAGES if language != "en"]
UNITS = {"unit", "units", "of_unit", "of_units"}


@pytest.fixture(scope="module")
def texts() -> list[translations.Message]:
    """Collect what the code says."""
    return translations.messages()


def _messages(language: str) -> list[Message]:
    return [one for one in catalogue(language) if one.id]


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_without_translation(language: str, texts: list[translations.Message]) -> None:
    """Each text of ours is in the catalogue, in every plural form, and none waits for a check (fuzzy)."""
    known = catalogue(language)
    missing = [one for one in texts if known.get(one.id, one.context) is None]
    unfinished = [one.id for one in _messages(language) if one.fuzzy or not all(_forms(one))]
    assert [(one.place, one.id) for one in missing] == []
    assert unfinished == []
    plural = [one for one in _messages(language) if one.pluralizable]
    assert {len(_forms(one)) for one in plural} == {known.num_plurals}


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_current(language: str, texts: list[translations.Message]) -> None:
    """What `make translations` would write is what is there: no text that has gone, no other order."""
    assert translations.path_of(language).read_bytes() == translations.updated(language, texts)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_the_gaps(language: str) -> None:
    """A value that the English text shows is shown; only the form of a unit's word may be another."""
    wrong = []
    for message in _messages(language):
        wanted = _gaps(_ids(message)[-1])
        for form in _forms(message):
            gaps = _gaps(form)
            lost, added = wanted - gaps, gaps - wanted
            if wanted & UNITS:
                lost, added = lost - UNITS, added - UNITS
            if message.context == RETOLD:
                lost = set()  # what English inflects by a value, another language may leave out
            if lost or added:
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_the_english_text(language: str) -> None:
    """A text of words that stands in the catalogue as it is in English is one that somebody forgot."""
    alike = [
        message.id
        for message in _messages(language)
        if _forms(message)[0] == _ids(message)[0]
        and re.search(r"[A-Za-z]{3,}", re.sub(r"\{[^}]*\}", "", _ids(message)[0]))
    ]
    assert alike == []


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_cyrillic_translations_hold_no_english_words(language: str) -> None:
    """Latin letters stand in names, commands, formats and codes only."""
    known = re.compile(
        r"geotrack|GeoNames|Natural|Geo\w+|QGIS|Earth|HTML|HXL|CSV|XLSX|JSON|YAML|TOML|PDF|RFC|UTF|NUL|KOI8|Windows|"
        r"SQLite|F1|d01|"
        r"PostgreSQL|Shapefile|Markdown|Lines|Text|Ctrl|Shift|EPSG|UTM|zip|gpkg|geojson|csv|txt|xlsx|md|html|pdf|jsonl?|shx|dbf|"
        r"country|adm[12]|incidents|area_cleared|period|manual|reliability|ID|ISO|AZ|UA|AGM|en|az|uk|ru|CODE|OUT|"
        r"true|false|null|text|value|value_si|date|id|SOURCE_DATE_EPOCH|GEOTRACK_\w+|PGPASSWORD|corrected|cp1251|"
        r"C|U|app|ingest|boundaries|import|reset|show|list|documents|extract|qpdf|ocrmypdf|decrypt|chmod|u|r|pip|install|"
        r"python|scripts|build_packs|py|places|docs|reading|Confidence|CC|BY|F|P|m|N|S|d|YYYY|MM|DD|user|password|"
        r"host|port|name|postgresql|blue|gold|rules|locale|db|out|lang|from|to|level|code|column|crs|encoding|layer|"
        r"fail|under|breaks|scheme|restore|max|mb|linked|same_as|unit_si|UTC|link|reviews|accept|reject|correct|complete|undo|fact|Word|docx|https?|RSS|Atom|"
        r"Python|R|DuckDB|Excel|LibreOffice|GeoParquet|Parquet|parquet|xlsx|office|serve|OGC|API|Features|ArcGIS|"
        r"PYTHONUTF8|reader|editor|owner|CREATE|EXTENSION|ROLE|PostGIS|postgis|SQL|make|ACLED|UCDP|GED|HDX|HAPI|KATOTTG|kind|geonames|katottg|incident|figure|device|measure|qualifier|mapping|Dask|dask|scheduler|worker|tcp|nthreads|"
        r"Chrome|Edge|Firefox|Safari|JavaScript|Zip|backup|copy|init|migrate|c|print|secrets|token_hex|cookie_secret|feeds?|watch|every_minutes|words|address|robots|ETag|Retry|After|cli|"
        + "|".join(get_args(Measure)),
    )
    found = set()
    for message in _messages(language):
        for form in _forms(message):
            plain = re.sub(r"\{[^}]*\}|--[a-z-]+", " ", form)
            found |= {
                word for word in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", plain) if not known.fullmatch(word)
            }
    assert found == set()


def _wrapped(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a text stands in a call that translates it, or builds on one that does."""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "_",
            "n_",
            "ngettext",
            "pgettext",
            "retold",
        }:
            return True
        if isinstance(node, ast.stmt):
            return False
    return False


# What shows its text to the user, and which of its arguments are none.
SHOWN = re.compile(
    r"st\.(\w+)|note|html|links?\.link|link|left_out|marked|alt\.TitleParams|alt\.Tooltip|st\.column_config\.\w+"
)
TEXT_KEYWORDS = {"label", "help", "title", "placeholder", "body", "caption", "text"}
WORDS = re.compile(r"[A-Za-z]{2,}")
NOT_TEXT = {
    "cache_resource",
    "cache_data",
    "container",
    "columns",
    "logo",
    "set_page_config",
    "Page",
    "stop",
    "rerun",
}


SHOWS_NOTHING = ("st.session_state", "st.query_params", "st.get_option")


def _texts_shown(tree: ast.Module) -> list[tuple[int, str]]:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        hit = SHOWN.fullmatch(name)
        if not hit or hit[1] in NOT_TEXT or name.startswith(SHOWS_NOTHING):
            continue
        given = [] if name.startswith("alt.") else call.args  # its first argument is a column
        shown = [*given, *(one.value for one in call.keywords if one.arg in TEXT_KEYWORDS)]
        for argument in shown:
            for one in ast.walk(argument):
                is_text = isinstance(one, ast.Constant) and isinstance(one.value, str)
                if is_text and not _wrapped(one, parents) and not _is_key(one, parents):
                    found.append((one.lineno, one.value))
    return found


def _is_key(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Tell whether a text is a key, a format's gap, or an argument of something inside that shows nothing."""
    parent = parents[node]
    if isinstance(parent, ast.Dict):
        return node in parent.keys or WORDS.fullmatch(str(getattr(node, "value", ""))) is None
    if isinstance(parent, ast.keyword):
        return not SHOWN.fullmatch(ast.unparse(parents[parent].func))  # type: ignore[attr-defined]
    return isinstance(parent, ast.Subscript | ast.Compare | ast.FormattedValue) or (
        isinstance(parent, ast.Call) and not SHOWN.fullmatch(ast.unparse(parent.func))
    )


def test_no_text_is_marked_inside_an_f_string() -> None:
    """There the extractor does not see it, and it would never be translated."""
    hidden = [
        (path.name, node.lineno)
        for path in translations._files()
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"_", "n_", "gettext", "ngettext", "pgettext"}
        and isinstance(node.args[0], ast.Constant)
    ]
    assert hidden == []


def test_bare_texts_are_found() -> None:
    """The walk over the app sees a text that nobody wrapped, wherever a call shows it."""
    bare = 'st.button("Go on")\nhtml("<b>{}</b> of all", 1)\nst.selectbox(_("A"), [], help="B and C")'
    assert [line for line, _ in _texts_shown(ast.parse(bare))] == [1, 2, 3]
    assert _texts_shown(ast.parse('st.button(_("Go on").format(n=1), key="on")')) == []


@pytest.mark.parametrize(
    "path",
    sorted(path for noun in ("app", "charts") for path in (ROOT / "geotrack" / noun).rglob("*.py")),
    ids=lambda path: path.stem,
)
def test_app_shows_no_bare_text(path: Path) -> None:
    """A text that a page gives to Streamlit goes through the catalogue; only markup is bare."""
    bare = []
    for line, text in _texts_shown(ast.parse(path.read_text(encoding="utf-8"))):
        plain = re.sub(r"<[^>]*>|\{[^}]*\}|[\w-]+:[A-Z]|%\S+", " ", text)
        if WORDS.search(plain) and not re.fullmatch(r"\s*geotrack[^a-z]*(Apache)?.*", plain):
            bare.append((line, text))
    assert bare == []


def test_scripts_of_maps_hold_no_words() -> None:
    """What a map's scripts print comes from the page: they have names of things, no sentences."""
    for name in ("map.js", "panel.js"):
        source = (ROOT / "geotrack" / "maps" / "assets" / name).read_text(encoding="utf-8")
        told = re.findall(r'text: "([^"]*)"', source)
        assert [text for text in told if WORDS.search(text)] == []


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("uk", 1, "1 інцидент"),
        ("uk", 3, "3 інциденти"),
        ("uk", 11, "11 інцидентів"),
        ("uk", 22, "22 інциденти"),
        ("ru", 21, "21 инцидент"),
        ("ru", 104, "104 инцидента"),
        ("ru", 112, "112 инцидентов"),
        ("az", 5, "5 hadisə"),
        ("en", 1, "1 incident"),
        ("en", 0, "0 incidents"),
    ],
)
def test_plurals_follow_the_language(language: str, count: int, text: str) -> None:
    """Three forms in Ukrainian and Russian, by the last digits; one in Azerbaijani."""
    with speaking(language):
        assert ngettext("{n} incident", "{n} incidents", count).format(n=count) == text


@pytest.mark.parametrize(
    ("language", "written", "area", "date"),
    [
        ("en", "1,234.5", "at least 1,235 ha", "5 June 2024"),
        ("az", "1.234,5", "ən azı 1.235 ha", "5 iyun 2024"),
        ("uk", "1 234,5", "щонайменше 1 235 га", "5 червня 2024 р."),
        ("ru", "1 234,5", "не менее 1 235 га", "5 июня 2024 г."),
    ],
)
def test_numbers_units_and_dates_follow_cldr(language: str, written: str, area: str, date: str) -> None:
    """Separators, units and months are the language's own."""

    def plain(text: str) -> str:
        return re.sub(r"[\u00a0\u202f]", " ", text)

    with speaking(language):
        assert plain(number(1234.5)) == written
        assert plain(day(dt.date(2024, 6, 5))) == date
    assert plain(Scale("ha", language).text(12_345_678, "at_least")) == area


def test_two_days_of_a_month_name_it_once() -> None:
    """A span says month and year once, with the month in its case."""
    first, last = dt.date(2024, 6, 1), dt.date(2024, 6, 7)
    with speaking("uk"):
        assert re.sub(r"[\u00a0\u202f]", " ", days_between(first, last)) == "1 \N{EN DASH} 7 червня 2024 р."
    assert days_between(first, last) == "1 \N{EN DASH} 7 June 2024"


def test_axes_of_charts_name_months() -> None:
    """Vega draws months in the language, a week from Sunday on, whichever language was drawn before."""
    with speaking("az"):
        assert axis_locale().to_dict()["time"]["shortMonths"][5] == "iyn"
    with speaking("uk"):
        locale: Any = axis_locale().to_dict()
    assert locale["time"]["months"][5] == "червень"
    assert locale["time"]["shortMonths"][5] == "черв."
    assert locale["time"]["days"][0] == "неділя"
    assert locale["number"]["decimal"] == ","


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("az", ["Ağdam", "Əmir", "Füzuli", "Xocalı", "Qax", "Zəngilan"]),
        ("uk", ["Ґалаґан", "Енергодар", "Євпаторія", "Ізюм", "Їжівці", "Ямпіль"]),
        ("ru", ["Ейск", "Ёлкино", "Ждановка"]),
    ],
)
def test_names_sort_by_the_alphabet(language: str, names: list[str]) -> None:
    """Letters that stand elsewhere in the code table stand where readers look for them."""
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: alphabetical(name, language)) == names


def test_language_of_an_environment() -> None:
    """GEOTRACK_LANG wins over the locale; what is none of ours is English."""
    assert of_environment({}) == "en"
    assert of_environment({"LANG": "uk_UA.UTF-8"}) == "uk"
    assert of_environment({"LANG": "C.UTF-8", "LANGUAGE": "uk"}) == "uk"
    assert of_environment({"LC_ALL": "C", "LANG": "uk_UA.UTF-8"}) == "en"
    assert of_environment({"LANG": "uk_UA.UTF-8", "GEOTRACK_LANG": "az"}) == "az"
    assert of_environment({"LANG": "de_DE.UTF-8"}) == "en"
    assert of_environment({"GEOTRACK_LANG": "xx"}) == "en"


def test_language_of_a_browser() -> None:
    """The language with the greatest weight that we have is taken."""
    assert accepted("de-DE,az;q=0.4, uk-UA;q=0.9,ru;q=0") == ["de-DE", "uk-UA", "az"]
    assert negotiate(accepted("de-DE,az;q=0.4, uk-UA;q=0.9")) == "uk"
    assert negotiate(accepted("de")) is None
    assert accepted("uk;q=high") == []


def test_each_thread_speaks_for_itself() -> None:
    """A language spoken for a while ends with it, and does not reach another thread."""
    from threading import Thread

    heard: list[str] = []
    with speaking("uk"):
        listener = Thread(target=lambda: heard.append(spoken()))
        listener.start()
        listener.join()
        assert gettext("Country") == "Країна"
    assert heard == ["en"]
    assert spoken() == "en"
    speak("en")


def test_a_context_tells_words_apart() -> None:
    """What English says with one word may need two."""
    with speaking("ru"):
        assert pgettext("legend", "figure") == "число"
    assert pgettext("legend", "figure") == "figure"


def test_errors_are_told_again() -> None:
    """An error is English in logs and for programs, and in the user's language where it is shown."""
    error = str(StoreError("x.db", "does not exist", "Ingest something first: geotrack ingest PATH."))
    with speaking("uk"):
        assert retold(error) == "x.db: не існує. Спершу прочитайте щось: geotrack ingest ШЛЯХ."
        assert retold(str(UnknownPlaceError("Qqq"))).startswith(
            "Немає місця, яке відповідає 'Qqq'. Спробуйте"
        )
        assert retold("confidence 0.6 is below 0.9") == "впевненість 0.6 нижча за 0.9"
        assert retold("Something of another program") == "Something of another program"
    assert retold(error) == error


@pytest.mark.parametrize(
    ("place_id", "language", "name", "titled"),
    [
        ("AZ-FUZ", "en", "Fuzuli", "Fuzuli District"),
        ("AZ-AGM", "az", "Ağdam", "Ağdam rayonu"),
        ("AZ-AGM", "uk", "Агдам", "Агдамський район"),
        ("AZ-AGM", "ru", "Агдам", "Агдамский район"),
        ("AZ-BA", "uk", "Баку", "Баку"),
        ("UA-63", "uk", "Харківська область", "Харківська область"),
        ("UA-63", "az", "Xarkov vilayəti", "Xarkov vilayəti"),
        ("UA6304", "ru", "Изюмский район", "Изюмский район"),
        ("UA6304", "az", "Izium rayonu", "Izium rayonu"),
        ("AZ-AGM/qarvand", "uk", "Qarvand", "Qarvand"),
    ],
)
def test_places_bear_their_names(place_id: str, language: str, name: str, titled: str) -> None:
    """Labels come from the packs; where a language has none, from what its readers can read."""
    places = LabelledPlaces(Gazetteer.load(), language)
    place = places.place(place_id)
    if "/" not in place_id:
        assert places.titled(place_id) == titled
    assert place.name == name or "/" in place_id


@pytest.mark.parametrize("language", OTHERS)
def test_every_shipped_unit_has_a_name_in_each_language(language: str) -> None:
    """No country and no first-level unit is left with its English name only."""
    gazetteer = Gazetteer.load()
    for adm0 in ("AZ", "UA"):
        for unit in gazetteer.units(adm0, "adm1"):
            assert language in gazetteer.names(unit.id), unit
        both = (False, True)
        forms = {gazetteer.level_name(adm0, "adm1", language, plural=p, of=o) for p in both for o in both}
        assert len(forms) >= 3
