"""What became of each fact of gold: its verdict, what differs, and how sure the reader was."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.errors import UsageError
from geotrack.evaluation import Evaluation, GoldDocument, GoldError, evaluate, load_gold, to_json
from geotrack.evaluation.report import miss_lines
from geotrack.models import Document, Figure, Incident, Place, Reading, Refusal, Source

AGHDAM = Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM")
FUZULI = Place("AZ-FUZ", "Fuzuli", "adm1", "AZ", "AZ-FUZ")
FIRST = "In Aghdam 12 anti-tank mines were found."
SECOND = "Dozens of shells lay there."
THIRD = "A farmer died in Fuzuli."
TEXT = f"{FIRST} {SECOND} {THIRD}"
DAY = dt.date(2024, 5, 6)


def figure(text: str, sentence: str = FIRST, **changed: object) -> Figure:
    """Return a figure that quotes some words of the text."""
    at, start = TEXT.index(text), TEXT.index(sentence)
    fields: dict[str, object] = {
        "id": text,
        "measure": "at_mines_found",
        "value": 12.0,
        "unit": "count",
        "value_si": 12.0,
        "unit_si": "count",
        "qualifier": "exact",
        "basis": "period",
        "places": (AGHDAM,),
        "start": DAY,
        "end": DAY,
        "text": text,
        "span": (at, at + len(text)),
        "sentence": sentence,
        "sentence_span": (start, start + len(sentence)),
        "confidence": 0.95,
        "rule": "at_mine+found",
    }
    return Figure(**(fields | changed))  # type: ignore[arg-type]


def incident(**changed: object) -> Incident:
    """Return the farmer's incident as it was read."""
    at = TEXT.index(THIRD)
    fields: dict[str, object] = {
        "id": "i",
        "date": "2024-05-06",
        "places": (FUZULI,),
        "killed": 1,
        "injured": None,
        "casualties": None,
        "device": "mine",
        "victims": ("A farmer",),
        "text": "died",
        "span": (TEXT.index("died"), TEXT.index("died") + 4),
        "sentence": THIRD,
        "sentence_span": (at, at + len(THIRD)),
        "confidence": 0.8,
        "rule": "event",
    }
    return Incident(**(fields | changed))  # type: ignore[arg-type]


MINES = {
    "measure": "at_mines_found",
    "value": 12,
    "places": ["AZ-AGM"],
    "start": "2024-05-06",
    "end": "2024-05-06",
    "evidence": "12 anti-tank mines",
}
SHELLS = {"measure": "uxo_found", "value": 24, "evidence": "Dozens of shells", "trap": "dozens"}
FARMER = {"date": "2024-05-06", "places": ["AZ-FUZ"], "killed": 1, "evidence": "A farmer died"}


@pytest.fixture
def compare(tmp_path: Path) -> Callable[..., Evaluation]:
    """Return a function that compares gold rows of one document with one reading of it."""

    def compared(row: dict[str, object], reading: Reading | None = None) -> Evaluation:
        path = tmp_path / "gold.jsonl"
        path.write_text(json.dumps({"id": "one"} | row), "utf-8")
        document = Document(TEXT, source=Source(path="one.md"))
        return evaluate(load_gold(path), [(document, reading or Reading(document.id))])

    return compared


Compare = Callable[..., Evaluation]


def test_what_is_right_is_no_miss(compare: Compare) -> None:
    """A figure and an incident that agree in everything are right at every level."""
    reading = Reading("d", figures=(figure("12 anti-tank mines"),), incidents=(incident(),))
    evaluation = compare({"figures": [MINES], "incidents": [FARMER]}, reading)
    assert {score.f1 for score in evaluation.scores().values()} == {1.0}
    assert evaluation.misses() == ()


@pytest.mark.parametrize(
    ("changed", "level", "told"),
    [
        ({"places": (FUZULI,)}, "place", [("place", "AZ-AGM", "AZ-FUZ")]),
        ({"start": None}, "period", [("period", "2024-05-06 to 2024-05-06", "… to 2024-05-06")]),
        (
            {"places": (), "end": dt.date(2024, 5, 7)},
            "place",
            [
                ("place", "AZ-AGM", "nowhere"),
                ("period", "2024-05-06 to 2024-05-06", "2024-05-06 to 2024-05-07"),
            ],
        ),
    ],
)
def test_what_is_partly_right_says_what_differs(
    compare: Compare, changed: dict[str, object], level: str, told: list[tuple[str, str, str]]
) -> None:
    """A wrong place or period is told with gold's and the reader's, and is right at the levels before it."""
    evaluation = compare(
        {"figures": [MINES]}, Reading("d", figures=(figure("12 anti-tank mines", **changed),))
    )
    (miss,) = evaluation.misses(level)
    assert [(one.field, one.gold, one.got) for one in miss.differences] == told
    assert (miss.verdict(3), miss.sentence, evaluation.misses("value")) == ("partly right", FIRST, ())


def test_an_incident_says_what_differs(compare: Compare) -> None:
    """Fields of an event that was found are compared one by one."""
    reading = Reading("d", incidents=(incident(date="2024-05", killed=None, injured=1),))
    evaluation = compare({"incidents": [FARMER]}, reading)
    (miss,) = evaluation.misses()
    assert [(one.field, one.gold, one.got) for one in miss.differences] == [
        ("date", "2024-05-06", "2024-05"),
        ("killed", "1", "not said"),
        ("injured", "not said", "1"),
    ]
    assert (evaluation.score("incidents").f1, evaluation.score("incident_fields").f1) == (1.0, 0.0)


def test_a_missed_fact_has_its_sentence_and_the_readers_reasons(compare: Compare) -> None:
    """What the reader refused in the words of gold is told; what it refused elsewhere is not."""
    at = TEXT.index("Dozens")
    refused = (Refusal("Dozens", (at, at + 6), "a vague number"), Refusal("A", (0, 1), "something else"))
    evaluation = compare({"figures": [SHELLS]}, Reading("d", refused=refused))
    (miss,) = evaluation.misses()
    assert (miss.verdict(1), miss.sentence, miss.refusals) == ("missed", SECOND, ("a vague number",))
    assert miss_lines(miss) == [
        "missed: one: uxo_found 24 count, nowhere, … to … [dozens]",
        "refused: a vague number",
        f"“{SECOND}”",
    ]


def test_a_document_refused_as_a_whole_gives_the_reason_for_each_miss(compare: Compare) -> None:
    """A language without rules is the reason for every fact missed in it."""
    reading = Reading("d", refused=(Refusal("", (0, 0), "no reading rules for the language 'fr' yet"),))
    (miss,) = compare({"figures": [SHELLS]}, reading).misses()
    assert miss.refusals == ("no reading rules for the language 'fr' yet",)


def test_evidence_is_found_as_whole_words(compare: Compare) -> None:
    """Gold's "A" is the word, not the first letter of "Aghdam"; what is no whole word is found, too."""
    (miss,) = compare({"figures": [SHELLS | {"evidence": "ozens"}]}).misses()
    assert miss.sentence == SECOND
    (miss,) = compare({"figures": [SHELLS | {"evidence": "A"}]}).misses()
    assert miss.sentence == THIRD
    (miss,) = compare({"figures": [SHELLS | {"evidence": "words that are not there"}]}).misses()
    assert miss.sentence == "words that are not there"


def test_a_spurious_fact_counts_for_the_trap_in_its_sentence(compare: Compare) -> None:
    """It lowers the precision of the trap that it fell into, and of no other."""
    wrong = figure("Dozens of shells", SECOND, measure="uxo_found", value=36.0)
    evaluation = compare(
        {"figures": [MINES, SHELLS]}, Reading("d", figures=(wrong, figure("12 anti-tank mines")))
    )
    traps = {name: (one.right, one.predicted, one.gold) for name, one in evaluation.by_trap().items()}
    assert traps == {"dozens": (0, 1, 1), "none": (1, 1, 1)}
    assert [one.verdict(1) for one in evaluation.misses()] == ["missed", "spurious"]


def test_a_documents_trap_is_that_of_its_facts(compare: Compare) -> None:
    """Facts without a trap of their own, and spurious ones, count for the document's."""
    evaluation = compare({"trap": "plan", "figures": [SHELLS]}, Reading("d", figures=(figure("12"),)))
    assert {name: (one.predicted, one.gold) for name, one in evaluation.by_trap().items()} == {
        "dozens": (0, 1),
        "plan": (1, 0),
    }


def test_a_fact_with_several_traps_counts_for_each(compare: Compare) -> None:
    """Labels are parted by semicolons; empty ones are none."""
    evaluation = compare({"figures": [MINES | {"trap": "group; month;"}, SHELLS | {"trap": "month"}]})
    assert {name: one.gold for name, one in evaluation.by_trap().items()} == {"group": 1, "month": 2}
    assert set(compare({"figures": [MINES | {"trap": " ; "}]}).by_trap()) == {"none"}


def test_an_answer_counts_for_golds_measure(compare: Compare) -> None:
    """A measure that is also right does not give another measure a precision above one."""
    reading = Reading("d", figures=(figure("12 anti-tank mines", measure="mines_found"),))
    evaluation = compare({"figures": [MINES | {"alt_measures": ["mines_found"]}]}, reading)
    assert {name: one.precision for name, one in evaluation.by_measure().items()} == {"at_mines_found": 1.0}


def test_what_does_not_count_is_in_no_score(compare: Compare) -> None:
    """A neutral fact is neither found nor missed, and its figure is in no bin of confidence."""
    reading = Reading("d", figures=(figure("12 anti-tank mines"),))
    evaluation = compare({"figures": [MINES | {"restatement": True}]}, reading)
    score = evaluation.score("value")
    assert (score.right, score.predicted, score.gold, evaluation.misses()) == (0, 0, 0, ())
    assert sum(one.facts for one in evaluation.reliability()) == 0


def test_documents_without_partner_are_named(tmp_path: Path) -> None:
    """Gold without a document is missed as a whole; a document without gold does not count."""
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id": "there", "figures": []}\n' + json.dumps({"id": "gone", "figures": [MINES]}), "utf-8"
    )
    document = Document(TEXT)
    readings = [
        (Document(TEXT, row_id="there"), Reading(document.id)),
        (Document(TEXT, row_id="other"), Reading(document.id, figures=(figure("12"),))),
    ]
    evaluation = evaluate(load_gold(path), readings)
    assert (evaluation.documents, evaluation.without_document, evaluation.without_gold) == (
        ("there", "gone"),
        ("gone",),
        ("other",),
    )
    assert [(one.document, one.sentence) for one in evaluation.misses()] == [("gone", "12 anti-tank mines")]
    with pytest.raises(UsageError, match="Two documents have the id 'other'"):
        evaluate(load_gold(path), [readings[1], readings[1]])


# reliability ---------------------------------------------------------------------------------------


def test_reliability_counts_what_is_right_among_the_equally_sure(compare: Compare) -> None:
    """Each bin says how many facts it holds, how many have the value, and how many also place and period."""
    reading = Reading(
        "d",
        figures=(
            figure("12 anti-tank mines", confidence=0.9),
            figure("12", places=(), value=13.0, confidence=0.95),
            figure("Dozens", SECOND, measure="uxo_found", value=24.0, confidence=0.5),
        ),
        incidents=(incident(confidence=1.0),),
    )
    evaluation = compare({"figures": [MINES, SHELLS], "incidents": [FARMER | {"places": ["AZ"]}]}, reading)
    found = evaluation.reliability([0, 0.5, 0.9, 1])
    assert [(one.low, one.high, one.facts, one.right, one.exact) for one in found] == [
        (0, 0.5, 0, 0, 0),
        (0.5, 0.9, 1, 1, 0),
        (0.9, 1, 2, 1, 1),
    ]
    assert [(one.confidence, one.right_share) for one in found] == [(None, None), (0.5, 1.0), (0.925, 0.5)]
    (incidents,) = evaluation.reliability(1, "incidents")
    assert (incidents.facts, incidents.right, incidents.exact, incidents.exact_share) == (1, 1, 0, 0.0)


@given(st.lists(st.integers(0, 100).map(lambda n: n / 100), max_size=20), st.integers(1, 20))
def test_every_fact_is_in_one_bin(confidences: list[float], bins: int) -> None:
    """Bins hold all facts, each between its ends, whatever the confidence and however many bins."""
    reading = Reading("d", figures=tuple(figure("12", confidence=one) for one in confidences))
    found = evaluate([GoldDocument("one")], [(Document(TEXT, row_id="one"), reading)]).reliability(bins)
    assert sum(one.facts for one in found) == len(confidences)
    assert all(one.low <= one.confidence <= one.high for one in found if one.confidence is not None)
    assert [one.facts for one in found] == [
        sum(one.low <= c and (c < one.high or one.high == 1) for c in confidences) for one in found
    ]


@pytest.mark.parametrize("bins", [0, -1, [], [0, 1, 1], [0.1, 1], [1, 0]])
def test_bins_that_make_no_sense_are_refused(compare: Compare, bins: int | list[float]) -> None:
    """Bins are one or more, and span 0 to 1."""
    with pytest.raises(UsageError, match="confidence"):
        compare({}).reliability(bins)


def test_an_evaluation_is_json(compare: Compare) -> None:
    """Everything that is printed is there for programs, too."""
    reading = Reading("d", figures=(figure("12 anti-tank mines", start=None),), incidents=(incident(),))
    row = to_json(compare({"figures": [MINES, SHELLS]}, reading), bins=2)
    assert json.loads(json.dumps(row)) == row
    assert [(one["verdict"], one["kind"], one["trap"]) for one in row["misses"]] == [
        ("partly right", "figure", "none"),
        ("missed", "figure", "dozens"),
        ("spurious", "incident", "none"),
    ]
    assert row["levels"]["value"]["recall"] == 0.5
    assert [one["right"] for one in row["reliability"]["figures"]] == [0, 1]


# gold files ----------------------------------------------------------------------------------------


def gold_error(tmp_path: Path, *lines: str) -> GoldError:
    """Return the error that a gold file of these lines gives."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(GoldError) as raised:
        load_gold(path)
    assert str(raised.value).startswith(str(path))
    return raised.value


def figure_row(**changed: object) -> str:
    """Return a line of gold with one figure."""
    return json.dumps({"id": "one", "figures": [MINES | changed]})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "one",', "it is no JSON: "),
        ("[1, 2]", "it must be a JSON object, not [1, 2]."),
        ("[" * 100_000, "a number in it is too long, or it is nested too deeply"),
        ("9" * 10_000, "a number in it is too long, or it is nested too deeply"),
        ('{"figures": []}', 'it has no "id".'),
        ('{"id": "one", "figures": {}}', '"figures" must be a list, not {}.'),
        ('{"id": "one", "incidents": [7]}', "incident 1: it must be a JSON object, not 7."),
        ('{"id": "zero"}', "there is an earlier line with the id 'zero'."),
        (
            figure_row(measure="area_cleard"),
            'figure 1: "measure" is "area_cleard". Is \'area_cleared\' meant?',
        ),
        (figure_row(measure="money"), "Write one of: area_contaminated, "),
        (figure_row(measure=None), '"measure" is null.'),
        (figure_row(value=None), 'it has no "value".'),
        (figure_row(value="12"), '"value" must be a number, not "12".'),
        (figure_row(value=True), '"value" must be a number, not true.'),
        (figure_row(value=float("nan")), '"value" must be a number, not NaN.'),
        (figure_row(value=10**400), '"value" must be a number, not 1000'),
        (figure_row(unit="hectares"), '"unit" is "hectares".'),
        (figure_row(start="2024-02-30"), '"start" is "2024-02-30". Write a day as 2024-12-31, or null.'),
        (figure_row(end="May 2024"), '"end" is "May 2024".'),
        (figure_row(places="AZ"), '"places" must be a list of texts, not "AZ".'),
        (figure_row(subset="yes"), '"subset" must be true or false, not "yes".'),
        (figure_row(restatment=True), 'the key "restatment" is unknown. Is "restatement" meant?'),
        ('{"id": "one", "incidents": [{"date": "2024-13"}]}', '"date" is "2024-13".'),
        ('{"id": "one", "incidents": [{"date": "2024-02-30"}]}', '"date" is "2024-02-30".'),
        (
            '{"id": "one", "incidents": [{"killed": -1}]}',
            '"killed" must be a count of people or null, not -1.',
        ),
    ],
)
def test_a_line_that_is_no_gold_is_told_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    """The message has the file, the line, what is wrong and what to write."""
    error = gold_error(tmp_path, '{"id": "zero"}', "", line)
    assert error.line == 3
    assert f", line 3: {told}" in str(error) or told in error.problem


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    """After the first wrong line the others are named by number."""
    error = gold_error(tmp_path, "{", '{"id": 1}', *["{"] * 7)
    assert (error.line, error.more) == (1, (3, 4, 5, 6, 7, 8, 9))
    assert str(error).endswith("(also wrong: 7 more, line 3, 4, 5, 6, 7, …)")


def test_a_file_that_is_no_gold_is_told(tmp_path: Path) -> None:
    """A missing, an empty and a binary file say what is wrong with them."""
    assert "there is no annotated document in it" in str(gold_error(tmp_path, ""))
    (tmp_path / "gold.bin").write_bytes(b"{}\xff")
    with pytest.raises(GoldError, match="byte 2 is not UTF-8"):
        load_gold(tmp_path / "gold.bin")
    with pytest.raises(GoldError, match="it cannot be read"):
        load_gold(tmp_path / "none.jsonl")


def test_what_gold_leaves_out_has_its_default(tmp_path: Path) -> None:
    """A figure needs a measure and a value; a byte-order mark and keys of others are let be."""
    path = tmp_path / "gold.jsonl"
    row = {"id": 7, "seen_by": "me", "figures": [{"measure": "killed", "value": 3, "unit": None}]}
    path.write_text("\ufeff" + json.dumps(row), "utf-8")
    (document,) = load_gold(path)
    (fact,) = document.figures
    assert (document.id, fact.unit, fact.qualifier, fact.places) == ("7", "count", "exact", ())
    assert (fact.start, fact.trap, fact.neutral) == (None, "none", ())
