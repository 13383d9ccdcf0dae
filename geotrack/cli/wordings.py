"""What tables on the command line say in the language spoken: headings, reasons, words and quantities.

Ids, measures and days stay as they are typed in commands; what is printed for programs is never translated.
"""

from __future__ import annotations

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import retold, spoken

HEADINGS = (
    *(n_("a year"), n_("age in days"), n_("as of"), n_("at least"), n_("at most"), n_("borders")),
    *(n_("by"), n_("change"), n_("date"), n_("days"), n_("days told"), n_("documents"), n_("fact")),
    *(n_("fastest a year"), n_("figures"), n_("first stated"), n_("from"), n_("groups"), n_("high")),
    *(
        n_("how"),
        n_("id"),
        n_("incidents"),
        n_("kind"),
        n_("known"),
        n_("last published"),
        n_("level"),
        n_("low"),
    ),
    *(n_("meanwhile"), n_("measure"), n_("missing"), n_("month"), n_("name"), n_("periods")),
    *(n_("place"), n_("place id"), n_("places"), n_("preferred"), n_("published"), n_("publisher")),
    *(n_("quarter"), n_("remaining"), n_("removed at"), n_("slowest a year"), n_("sources")),
    *(n_("spread"), n_("title"), n_("to"), n_("value"), n_("values"), n_("victims"), n_("what")),
    *(n_("claim"), n_("said on"), n_("sentence"), n_("verdict"), n_("note"), n_("who")),
    *(n_("when"), n_("why"), n_("words"), n_("year"), n_("years")),
)
WORDS = {
    "stated": n_("stated"),
    "difference": n_("growth of a running total"),
    "parts": n_("sum of parts"),
    "incidents": n_("incidents"),
    "prorated": n_("share by days"),
    "split": n_("share of a group"),
    "clearance": n_("clearance"),
    "release": n_("release"),
    "survey": n_("survey"),
    "same scope": n_("same scope"),
    "part and whole suspected": n_("part and whole suspected"),
    "new": n_("new"),
    "changed": n_("told otherwise"),
    "gone": n_("gone"),
    "remaining": n_("remaining land"),
    "pace": n_("pace"),
    "both": n_("remaining land and pace"),
    "accepted": n_("accepted"),
    "rejected": n_("rejected"),
    "corrected": n_("corrected"),
    "linked": n_("linked"),
    "added": n_("added"),
    "complete": n_("complete"),
    "undone": n_("undone"),
}


def heading(name: str) -> str:
    """Return a column's heading."""
    return _(name) if name in HEADINGS else name


def word(name: str) -> str:
    """Return a word of an answer, as JSON has it in English, in the language spoken otherwise."""
    return name if spoken() == "en" or name not in WORDS else _(WORDS[name])


def reasons(told: str) -> str:
    """Return a reason, or several with commas between them."""
    whole = retold(told)
    return ", ".join(map(retold, told.split(", "))) if whole == told else whole


def period(start: object, end: object) -> str:
    """Return a period, open ends as dots: `2023-01-01 to 2023-12-31`."""
    return _("{first} to {last}").format(first=start or "…", last=end or "…")


def quantity(value: float | None, unit: str, qualifier: str | None) -> str:
    """Return a value in the unit that people use: `at least 1,234.5 ha`."""
    from geotrack.analysis.statements import SI_FACTORS
    from geotrack.languages import number
    from geotrack.maps.words import qualified

    if value is None:
        return _("nothing known")
    shown = value / SI_FACTORS["ha"] if unit == "m2" else value
    if qualifier == "approx" and shown >= _ROUGH:
        shown = round(shown)  # nobody knows the digits behind the point
    plain = number(shown)
    if unit == "m2":
        plain = _("{number} ha").format(number=plain)
    elif unit == "percent":
        plain = f"{plain} %"
    return qualified(plain, qualifier or "exact")


_ROUGH = 10
