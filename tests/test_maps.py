# ruff: noqa: RUF001 - Ukrainian units and dashes as they are printed
"""Maps: classes that never lie, evidence that names no victim, pages that ask for nothing."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from pathlib import Path

import map_samples as samples
import pandas as pd
import pytest
import saved_maps
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from geotrack.errors import OutputError, UsageError
from geotrack.maps import Scene, base_map, boundary_note, gather, overlay, save_map, write_assets
from geotrack.maps import outlines as outline_module
from geotrack.maps.classes import Scheme, classify
from geotrack.maps.evidence import Quoting, day, joined, period, quote, toll, web_address
from geotrack.maps.pages import asset, script_json
from geotrack.maps.ramps import CHA_RED, DEVICES, RAMPS, SHA_ORANGE, colours, ramp_of
from geotrack.maps.saving import external_references, page
from geotrack.maps.scales import Scale, scale_of
from geotrack.maps.words import MEASURES

SCHEMES: list[Scheme] = ["quantile", "equal", "natural"]
values = st.lists(st.floats(min_value=0, max_value=1e11), min_size=1, max_size=60)
counts = st.lists(st.integers(min_value=0, max_value=10**6).map(float), min_size=1, max_size=60)


def scene(**changes: object) -> Scene:
    """Return the sample scene; content tables can be replaced by name."""
    return Scene(samples.content(**changes), samples.style())


@settings(deadline=None)  # the first one imports mapclassify
@given(values, st.sampled_from(SCHEMES), st.integers(1, 6))
def test_every_value_lies_within_the_printed_limits_of_its_class(
    drawn: list[float], scheme: Scheme, count: int
) -> None:
    """A printed value is over the limit of the class below and not over that of its own."""
    scale = scale_of("m2", drawn)
    classes = classify(drawn, scale, "YlGnBu", scheme, count)
    uppers = [0.0, *(item.upper for item in classes.items if item.upper is not None)]
    assert uppers == sorted(set(uppers))
    assert len(classes.items) <= count
    for value in drawn:
        number = classes.index(value)
        if value == 0:
            assert number == -1
        else:
            assert number is not None
            assert uppers[number] < scale.shown(value) <= uppers[number + 1]


@settings(deadline=None)
@given(counts, st.sampled_from(["quantile", "natural"]))
def test_quantile_and_natural_classes_hold_a_value_each(drawn: list[float], scheme: Scheme) -> None:
    """No class of these schemes is empty, and labels differ."""
    classes = classify(drawn, scale_of("count", drawn), "PuRd", scheme)
    used = {classes.index(value) for value in drawn if value > 0}
    labels = [item.label for item in classes.items]
    assert used == set(range(len(classes.items)))
    assert len(set(labels)) == len(labels)


def test_few_values_are_classes_of_their_own() -> None:
    """Two different values make two classes, labelled with the values."""
    classes = classify([3, 5, 5], Scale("count"), "YlGnBu")
    assert [item.label for item in classes.items] == ["3", "5"]


def test_manual_breaks_are_printed_as_given() -> None:
    """The last manual class is open; a value on a limit lies below it."""
    classes = classify([1e4, 1e6], Scale("ha"), "YlGnBu", "manual", breaks=[10, 50])
    assert [item.label for item in classes.items] == ["up to 10 ha", "over 10 to 50 ha", "over 50 ha"]
    assert [classes.index(hectares * 1e4) for hectares in (10, 10.01, 50, 9000)] == [0, 1, 1, 2]


@pytest.mark.parametrize("breaks", [[], [5, 5], [0, 3], [9, 2]])
def test_manual_breaks_must_rise(breaks: list[float]) -> None:
    """Breaks that do not make classes are refused."""
    with pytest.raises(UsageError, match="must be positive and rise"):
        classify([1, 2], Scale("count"), "YlGnBu", "manual", breaks=breaks)


def test_ties_make_fewer_classes() -> None:
    """A value that half of the units share is one class, not two."""
    classes = classify([1.0] * 50 + [2, 3, 4, 5, 6, 7, 100], Scale("count"), "YlGnBu")
    assert classes.index(1) == 0
    assert len({item.label for item in classes.items}) == len(classes.items) < 5


def test_no_data_is_not_zero() -> None:
    """NaN and None are no data; zero is a class of its own."""
    classes = classify([0, 5], Scale("count"), "YlGnBu")
    assert [classes.index(value) for value in (math.nan, None, 0, 5)] == [None, None, -1, 0]


@pytest.mark.parametrize(
    ("value", "qualifier", "locale", "text"),
    [
        (716_700, "exact", "en", "71.67 ha"),
        (12_345_678, "at_least", "en", "at least 1,235 ha"),
        (3, "approx", "en", "about 0.01 ha"),
        (716_700, "exact", "uk", "71,67 га"),
    ],
)
def test_areas_are_printed_with_their_unit(value: float, qualifier: str, locale: str, text: str) -> None:
    """Areas keep about four digits, in the language's format; a little is never nothing."""
    assert scale_of("m2", [value], locale).text(value, qualifier) == text


def test_large_areas_are_printed_in_km2() -> None:
    """174,000 km² is not 17,400,000 ha."""
    assert scale_of("m2", [1.74e11]).text(1.74e11, "approx") == "about 174,000 km²"


def test_percent_has_no_float_noise() -> None:
    """33.3 percent is 33.3%."""
    assert Scale("percent").text(33.3) == "33.3%"


def test_unit_of_another_kind_is_refused() -> None:
    """Mines are not shown in hectares."""
    with pytest.raises(UsageError, match="cannot be shown in ha"):
        scale_of("count", [1], unit="ha")


def _distance(one: str, other: str) -> float:
    return math.dist(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]))


@pytest.mark.parametrize("reserved", [SHA_ORANGE, CHA_RED])
def test_reserved_colours_stay_reserved(reserved: str) -> None:
    """No ramp and no device comes near the colours of hazardous areas."""
    used = [colour for ramp in RAMPS.values() for colour in ramp] + list(DEVICES.values())
    assert min(_distance(reserved, colour) for colour in used) > 50


def test_ramps_darken() -> None:
    """Each ramp goes from light to dark, whatever the number of classes."""
    for name in RAMPS:
        for count in range(1, 7):
            lights = [sum(bytes.fromhex(colour[1:])) for colour in colours(name, count)]
            assert lights == sorted(lights, reverse=True)
            assert len(lights) == count


def test_measures_have_their_ramp() -> None:
    """Contamination is brown, harm is red, clearance blue-green."""
    assert [ramp_of(name) for name in ("area_contaminated", "killed", "area_cleared")] == [
        "YlOrBr",
        "PuRd",
        "YlGnBu",
    ]


def test_unknown_ramp_and_too_many_classes_are_refused() -> None:
    """The refusal names what there is."""
    with pytest.raises(UsageError, match="Ramps: YlOrBr"):
        colours("rainbow", 3)
    with pytest.raises(UsageError, match="at most 6"):
        colours("YlGnBu", 7)


def test_outlines_keep_shared_borders() -> None:
    """Simplified neighbours leave no gap and no overlap."""
    collection = outline_module.outlines(samples.polygons(), 2000)
    shapes = [shape(feature["geometry"]) for feature in collection["features"]]
    assert shapely.coverage_is_valid(shapes)
    assert [feature["id"] for feature in collection["features"]] == samples.UNIT_IDS
    assert sum(one.area for one in shapes) == pytest.approx(9)


def test_outlines_fit_their_budget() -> None:
    """Ragged outlines are simplified until they fit."""
    units = samples.polygons()
    units.geometry = units.geometry.segmentize(0.0005)
    assert len(json.dumps(outline_module.outlines(units, 4000))) <= 4000


def test_overlapping_outlines_are_drawn_too() -> None:
    """An imported layer whose units overlap is simplified one by one."""
    units = samples.polygons()
    units.loc["XX-A", "geometry"] = shapely.box(45, 39, 46.2, 40.1)
    assert len(outline_module.outlines(units)["features"]) == 9


def test_empty_layer_is_refused() -> None:
    """There is no map of nothing."""
    with pytest.raises(UsageError, match="no unit to draw"):
        outline_module.outlines(samples.polygons().iloc[:0])


def test_units_wear_their_class() -> None:
    """Known, zero, group-only and unknown units are told apart."""
    view = scene().view
    fills = {unit_id: (unit["fill"], unit["hatched"]) for unit_id, unit in view["units"].items()}
    assert len({fills[one] for one in ("XX-A", "XX-B", "XX-C", "XX-D", "XX-G")}) == 5
    assert fills["XX-D"] == fills["XX-E"] == fills["XX-F"]
    assert view["units"]["XX-A"]["text"] == "at least 123 ha"
    assert view["legend"]["zero"] == fills["XX-C"][0]
    assert view["legend"]["approximate"]


def test_density_is_by_area() -> None:
    """With density the colour goes by share of land, and the total stays printed."""
    dense = Scene(samples.content(), samples.style(density=True))
    assert dense.drawn["XX-A"] == pytest.approx(1.23 / 9500 * 100)
    assert dense.view["units"]["XX-B"]["text"] == "0.58% (at least 5,500 ha)"
    people = Scene(
        samples.content(totals=samples.totals({"XX-A": 19.0}, "count")), samples.style(density=True)
    )
    assert people.view["units"]["XX-A"]["text"] == "0.2 per 100 km² (at least 19)"


def test_only_settlements_get_a_pin() -> None:
    """A village without a point counts on its district's badge; a country's incident is listed beside."""
    made = scene()
    assert [(point["id"], point["lon"], point["lat"]) for point in made.view["points"]] == [
        ("e1", 45.5, 39.5)
    ]
    assert [(badge["id"], badge["count"]) for badge in made.view["badges"]] == [("XX-B", 1)]
    assert made.story()["unplaced"] == ["e3"]


def test_unit_without_outline_is_not_lost() -> None:
    """A unit that has no polygon keeps its value in the list, and its incidents a badge at its point."""
    known = pd.concat([samples.totals(), samples.totals().loc[["XX-A"]].rename(index={"XX-A": "XX-x-J"})])
    moved = samples.events().assign(place_ids=[["gn:1"], ["XX-x-J"], ["XX"]])
    made = scene(totals=known, events=moved)
    assert made.view["units"]["XX-x-J"]["bare"]
    assert made.view["units"]["XX-x-J"]["text"] == "at least 123 ha"
    assert [(badge["id"], badge["lon"]) for badge in made.view["badges"]] == [("XX-x-J", 48.5)]
    assert made.story()["units"]["XX-x-J"]["events"] == ["e2"]


def test_groups_are_listed_and_not_split() -> None:
    """A figure of three districts colours none of them."""
    made = scene()
    story = made.story()
    assert [made.drawn.isna()[one] for one in ("XX-D", "XX-E", "XX-F")] == [True] * 3
    assert story["groups"]["rows"][0]["value"] == "900 ha"
    assert story["units"]["XX-E"]["groups"] == [0]


def test_contradictions_stay_visible() -> None:
    """A unit's panel lists both values, which one is drawn, and why."""
    story = scene().story()
    conflict = story["conflicts"]["rows"][story["units"]["XX-A"]["conflicts"][0]]
    assert conflict["value"] == "123 ha \N{EN DASH} 132 ha"
    assert conflict["reason"] == "The map shows 123 ha: more reports state it."
    assert set(conflict["figures"]) <= set(story["quotes"])


def test_contradiction_outside_the_map_is_not_listed() -> None:
    """A conflict none of whose figures is on the map is no part of it."""
    elsewhere = samples.conflicts().assign(figure_ids=[["f8", "f9"]])
    assert scene(conflicts=elsewhere).story()["conflicts"]["rows"] == []


def test_quote_marks_the_words() -> None:
    """The sentence in three pieces is the sentence."""
    row = samples.figures().to_dict("records")[0]
    evidence = quote(row, Quoting())
    assert evidence["mark"] == "123 ha"
    assert evidence["before"] + evidence["mark"] + evidence["after"] == row["sentence"]
    assert (evidence["publisher"], evidence["published"]) == ("The Agency", "6 May 2024")


def test_victims_are_nameless_unless_asked() -> None:
    """Names and birth years go from sentences and titles; the owner can keep them."""
    hidden = json.dumps(scene().story(), ensure_ascii=False)
    kept = Scene(samples.content(), samples.style(redacted=False)).story()
    assert not re.search("Elvin|Aliyev|1987", hidden)
    assert kept["events"]["e1"]["quotes"][0]["before"] == "Elvin Aliyev, born in 1987, "


def test_marked_words_survive_redaction() -> None:
    """The fact's own words are still marked in a sentence made nameless."""
    evidence = scene().story()["events"]["e1"]["quotes"][0]
    assert (evidence["before"], evidence["mark"]) == ("[…], ", "stepped on a mine")


def test_retold_documents_say_so() -> None:
    """A retold document's quote carries the note, others none."""
    quotes = scene().story()["quotes"]
    assert [bool(quotes[one]["note"]) for one in ("f1", "f2")] == [False, True]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: object, kept: bool) -> None:  # noqa: FBT001 - a parameter of the case
    """Scripts and local files are no links."""
    assert bool(web_address(url)) is kept


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.date(2024, 11, 18), dt.date(2024, 11, 24), "18 – 24 November 2024"),
        (dt.date(2024, 3, 2), dt.date(2024, 4, 2), "2 March – 2 April 2024"),
        (dt.date(2023, 12, 30), dt.date(2024, 1, 2), "30 December 2023 – 2 January 2024"),
        (dt.date(2024, 1, 2), dt.date(2024, 1, 2), "2 January 2024"),
        (dt.date(2024, 1, 2), None, "since 2 January 2024"),
        (None, dt.date(2024, 1, 2), "up to 2 January 2024"),
        (None, None, "period not stated"),
    ],
)
def test_periods_are_written_briefly(start: dt.date | None, end: dt.date | None, text: str) -> None:
    """A shared month and year are written once."""
    assert period(start, end, stock=False).replace("\N{EN DASH}", "–") == text


def test_dates_keep_their_precision() -> None:
    """A month stays a month, a year a year."""
    assert [day(text) for text in ("2023-05-01", "2023-05", "2023", None, pd.NaT)] == [
        "1 May 2023",
        "May 2023",
        "2023",
        "",
        "",
    ]


def test_toll_does_not_print_what_is_not_said() -> None:
    """Nobody harmed is said; nothing known is not zero."""
    said = {"killed": None, "injured": None, "casualties": 1}
    assert toll(said) == "1 casualty"
    assert toll({**said, "killed": 1}) == "1 killed"
    assert toll({**said, "killed": 1, "casualties": 3}) == "1 killed, 3 casualties"
    assert toll({**said, "casualties": None}) == "victims not stated"
    assert toll({"killed": 0, "injured": 0, "casualties": None}) == "nobody harmed"
    assert joined("abcdefg") == "a, b, c, d and 3 more"


def test_saved_page_asks_for_nothing(tmp_path: Path) -> None:
    """The page holds no address that a browser would fetch, is small, and forbids the network to itself."""
    text = save_map(tmp_path / "map.html", scene()).read_text(encoding="utf-8")
    assert list(external_references(text)) == []
    assert len(text.encode()) < 1_500_000
    assert "default-src 'none'" in text
    assert "Not for navigation or operations." in text
    assert "Boundaries: Sketch." in saved_maps.told(text)


@pytest.mark.parametrize(
    "piece",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link href="//cdn.example/x.css">',
        '<img src="tile.png">',
        '<style>@import "x.css";</style>',
        "<style>a { background: url(https://x) }</style>",
        '<p style="background:url(x.png)"></p>',
    ],
)
def test_page_that_asks_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    """One external address is enough to refuse."""
    monkeypatch.setattr("geotrack.maps.saving.page", lambda *_: f"<html>{piece}</html>")
    with pytest.raises(OutputError, match="would ask for"):
        save_map(tmp_path / "map.html", scene())
    assert list(tmp_path.iterdir()) == []


def test_document_text_cannot_leave_its_string() -> None:
    """A script in a sentence stays data: no word of it is in the page but packed."""
    text = page(scene())
    assert "window.hacked" not in text
    assert json.dumps(samples.HOSTILE)[1:-1] in saved_maps.told(text)


@given(st.text(alphabet="{}%#<>&/'\"\\ $ab\u2028", max_size=40))
def test_scripts_carry_any_text_unchanged(text: str) -> None:
    """Whatever a document says comes out of the script as it was, and opens no tag and no template."""
    written = script_json({"text": {"inner": text}})
    assert json.loads(written) == {"text": {"inner": text}}
    assert not re.search(r"[<>&\u2028]|\{[{%#]", written)


def test_document_text_is_no_template() -> None:
    """Template braces in a sentence, and in a title that a caller gives, are printed and not run."""
    text = page(Scene(samples.content(), samples.style(title="{{7*7}} <b>")))
    assert "<title>{{7*7}} &lt;b&gt;</title>" in text
    assert "{{7*7}}" in saved_maps.told(text)


def test_unwritable_folder_is_one_clear_error(tmp_path: Path) -> None:
    """A file where a folder should be gives an error that names the target."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"map\.html: cannot be written"):
        save_map(tmp_path / "file" / "map.html", scene())


def test_vendored_files_refer_to_nothing() -> None:
    """Scripts carry no source maps, styles no images by address."""
    for name in ("leaflet.js", "leaflet.css", "markercluster.js", "markercluster.css"):
        text = asset(f"vendor/{name}")
        assert "sourceMappingURL" not in text
        assert not re.search(r"url\((?!data:|#)", text)
    for name in ("leaflet.LICENSE", "markercluster.LICENSE"):
        assert "copyright" in asset(f"vendor/{name}").lower()


def test_base_map_is_constant(tmp_path: Path) -> None:
    """The same outlines give the app the same script, so that the frame is never rebuilt."""
    frame = outline_module.bounds(samples.polygons())
    hashes = {
        generate_js_hash(_get_map_string(base_map("/units.json", frame, "/static")), "map") for _ in range(2)
    }
    assert len(hashes) == 1
    links = base_map("/units.json", frame, "/static").default_js
    served = {path.name for path in write_assets(tmp_path)}
    assert {url.removeprefix("/static/") for _, url in links} <= served


def test_overlay_sends_the_view_to_the_app() -> None:
    """What streamlit-folium evaluates names the frame's map and carries the view, hostile text as data."""
    base = base_map("/units.json", outline_module.bounds(samples.polygons()), "/static")
    script = _get_feature_group_string(overlay(scene().view, "XX-A"), base)
    assert "geotrackMap.show(map_div, {" in script
    assert '}, "XX-A", null, false);' in script


def test_gather_answers_from_the_stores_tables() -> None:
    """Totals, groups and incidents come from the analysis; incidents can be the measure."""
    columns = dict.fromkeys(("review", "alt_of", "part", "value_max"))
    figures = samples.figures().assign(
        **columns, measure="area_cleared", unit="m2", basis="period", flags=[[]] * 3, done_by=[[]] * 3
    )
    figures["value"] = figures["value_si"]
    figures.loc[2, "review"] = "rejected"
    told = samples.incidents().assign(review=None)
    tables = (figures, told, samples.Places(), samples.polygons())
    cleared = gather(*tables, samples.style())
    assert cleared.totals["value"]["XX-A"] == 1_230_000
    assert cleared.groups["unit_ids"].tolist() == [["XX-D", "XX-E", "XX-F"]]
    assert len(cleared.events) == 3
    incidents = gather(*tables, samples.style(measure="incidents"))
    assert incidents.totals["value"].dropna().to_dict() == {"XX-A": 1, "XX-B": 1}
    later = gather(*tables, samples.style(start=dt.date(2025, 1, 1)))
    assert (len(later.events), later.totals["value"].notna().sum()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "part"), [({"measure": "x"}, "Measures: "), ({"locale": "qq"}, "language")]
)
def test_gather_refuses_what_nobody_knows(change: dict[str, str], part: str) -> None:
    """A wrong measure or language is named with what there is."""
    tables = (samples.figures(), samples.incidents(), samples.Places(), samples.polygons())
    with pytest.raises(UsageError, match=part):
        gather(*tables, samples.style(**change))


def test_boundary_note_says_whose_and_how_good() -> None:
    """Source, import date, licence and approximate borders are all said."""
    from geotrack.boundaries import LayerInfo

    info = LayerInfo("XX", "adm1", Path("x"), 9, 2, "Cadastre", "CC BY 4.0", "2025-01-02")
    assert boundary_note(info) == (
        "Boundaries: Cadastre (CC BY 4.0), imported on 2025-01-02. 2 of 9 outlines are approximate."
    )


def test_every_measure_has_words() -> None:
    """Each measure of the contract, and incidents, has a title."""
    from typing import get_args

    from geotrack.models import Measure

    assert set(MEASURES) == {*get_args(Measure), "incidents"}


def test_the_legend_stands_where_least_land_lies() -> None:
    """Land in every corner leaves the usual one; without the units there, another corner is emptier."""
    whole = samples.polygons()
    assert outline_module.emptiest_corner(whole) == "bottomright"
    assert outline_module.emptiest_corner(whole.drop("XX-A")) == "bottomleft"
    assert outline_module.emptiest_corner(whole.drop("XX-I")) == "topright"
