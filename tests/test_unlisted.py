# ruff: noqa: RUF001 - the words are Azerbaijani, Ukrainian and Russian
"""Villages that no list of places has are found where a word for a village stands beside their name."""

from __future__ import annotations

import pandas as pd
import pytest

from geotrack.analysis.unlisted import unlisted_villages

MENTIONS = pd.DataFrame({"document_id": ["d"], "span_start": [0], "span_end": [6]})


def facts(*sentences: str, kind: str = "figure") -> pd.DataFrame:
    """Return facts of one document, a sentence each, one after the other."""
    starts = [sum(map(len, sentences[:at])) for at in range(len(sentences))]
    return pd.DataFrame(
        {
            f"{kind}_id": [f"{kind} {at}" for at in range(len(sentences))],
            "document_id": "d",
            "sentence": sentences,
            "sentence_start": starts,
        }
    )


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Three mines were found in the village of Zarqumlu last week.", "Zarqumlu"),
        ("Three mines were found in Upper Zarqum village.", "Upper Zarqum"),
        ("Ötən həftə Zərqumlu kəndində üç mina tapılıb.", "Zərqumlu"),
        ("У селі Зарькумове знайдено три міни.", "Зарькумове"),
        ("В деревне Зарькумовка нашли три мины.", "Зарькумовка"),
    ],
)
def test_a_village_is_found_in_each_language(sentence: str, name: str) -> None:
    """Before or behind its name stands the word for a village."""
    (row,) = unlisted_villages([facts(sentence)], MENTIONS.head(0)).to_dict("records")
    assert (row["name"], row["figure_ids"], row["n_documents"]) == (name, ["figure 0"], 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "The village was cleared.",
        "Bu kənddə üç mina tapılıb.",
        "Azərbaycan kənd təsərrüfatına yararlı torpaqlar təmizlənib.",
        "Qarvand village was cleared.",
    ],
)
def test_known_names_and_no_names_are_passed_over(sentence: str) -> None:
    """What a mention covers is known, and a pronoun or agriculture is no village."""
    assert unlisted_villages([facts(sentence)], MENTIONS).empty


def test_the_most_named_come_first_with_all_their_facts() -> None:
    """Figures and incidents of one name stand together."""
    told = "In the village of Zarqumlu a mine went off."
    found = unlisted_villages(
        [facts("The village of Abcd was cleared.", told), facts(told, kind="incident")], MENTIONS.head(0)
    )
    assert found["name"].tolist() == ["Zarqumlu", "Abcd"]
    assert found["figure_ids"].tolist() == [["figure 1"], ["figure 0"]]
    assert found["incident_ids"].tolist() == [["incident 0"], []]
