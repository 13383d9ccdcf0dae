"""The parts of the page about geotrack."""

from __future__ import annotations

import re

import streamlit as st
from markupsafe import Markup, escape

from geotrack import __version__
from geotrack.app import reads
from geotrack.app.cards import SURE, SUREST, html, joined, marked, note, table_parts
from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import listed, ngettext, number, spoken
from geotrack.maps.gathering import retold_parts

_HEADING = re.compile(r"\A# .*\n")


def show_caveats() -> None:
    """Say what numbers and places mean here."""
    html("<h1>{}</h1><p class='gt-lead'>{}</p>", _("About geotrack"), _lead())
    points = joined([Markup("<li>{}</li>").format(marked(text)) for text in _caveats()])
    html("<h2>{}</h2><ul class='gt-list'>{}</ul>", _("Before you use a number"), points)


def _lead() -> str:
    return _(
        "geotrack reads reports on mine action and maps what they state. Every number is one click from the "
        "sentence that says it."
    )


def _caveats() -> list[str]:
    """Return what a reader must know of the numbers; `*…*` is stressed."""
    return [
        _(
            "*Not for navigation or operations.* A place without a report is not a safe place. Ask the "
            "national mine action authority."
        ),
        _(
            "*Numbers are what reports state,* read by rules, not checked on the ground. \u201cAt "
            "least\u201d means that reports cover a part of the period or place. No data is not zero."
        ),
        _(
            "*Each fact carries a confidence* from 0 to 1: of the surest, at {surest} and above, some nine "
            "in ten are right, of those at {sure} three in four, as measured on reports that the rules "
            "were not written from. The control \u201cSure enough to show\u201d leaves out those below a "
            "number; what a person accepted or corrected is always shown. Nothing is left out unless you "
            "ask."
        ).format(surest=number(SUREST), sure=number(SURE)),
        _(
            "*A figure for several districts stays one figure.* It is listed beside the map, and split only "
            "where you ask for it; the map then says so."
        ),
        _("*Incidents known by district only have no point.* They are counted on their district."),
        _(
            "*Retold reports* carry the facts of an original in other words, and say so wherever they are "
            "quoted: do not quote them as the publisher\u2019s words."
        ),
        _(
            "*Place labels* follow the state in whose internationally recognised territory a place lies. "
            "Other names find it too, and a report\u2019s own words are shown as it wrote them."
        ),
        _("*Borders* drawn dashed are approximate. None of them states a legal position."),
    ]


def show_method() -> None:
    """Say how a number comes about, step by step, and where each step is to be seen."""
    steps = (
        _(
            "*Reading.* Rules, the same for every report, find numbers, places, days and verbs in the text, "
            "without asking any service. What looked like a fact and was not taken is kept with its reason."
        ),
        _(
            "*Placing.* Names are looked up in a gazetteer, in every case and usual spelling. Where a name "
            "may mean several places, the page Checks shows which was taken and why."
        ),
        _(
            "*Adding up.* The same number from many reports counts once. Where reports disagree, one value "
            "is used, and all are shown. Numbers whose days and places overlap are not added."
        ),
        _(
            "*Review.* A person may accept, correct or reject a fact. That word holds, also when the report "
            "is read again."
        ),
    )
    points = joined([Markup("<li>{}</li>").format(marked(text)) for text in steps])
    html("<h2>{}</h2><ol class='gt-list'>{}</ol>", _("How a number comes about"), points)


def show_boundaries(settings: Settings) -> None:
    """Say whose boundaries are drawn."""
    html("<h2>{}</h2>", _("Boundaries shown"))
    heads = (
        _("Country"),
        _("Units"),
        _("Number"),
        _("Approximate"),
        _("Source"),
        _("Licence"),
        _("Imported"),
    )
    rows = [
        (
            reads.places().place(info.adm0).name,
            reads.units_word(info.adm0, info.level),
            number(info.units),
            number(info.approximate),
            retold_parts(info.source),
            retold_parts(info.licence) or _("see below"),
            info.imported_on or _("shipped with geotrack"),
        )
        for info in reads.layer_infos(settings)
    ]
    html(
        "<div class='gt-wide'><table class='gt-table'><thead>{}</thead><tbody>{}</tbody></table></div>",
        *table_parts(heads, rows),
    )
    told = Markup(escape(_("Official ones replace them: {command}")))  # noqa: S704 - just escaped
    command = Markup("<code>geotrack boundaries import {}</code>").format(_("FILE"))
    html("<p class='gt-note'>{}</p>", told.format(command=command))


def show_sources(settings: Settings) -> None:
    """Show where the shipped data comes from, as it stands beside the data."""
    path = settings.data_folder / "SOURCES.md"
    with st.expander(_("Where the shipped data comes from, and under which licences"), expanded=False):
        if path.exists():
            if spoken() != "en":
                note(_("The list of sources is in English."))
            st.markdown(_HEADING.sub("", path.read_text(encoding="utf-8")))
        else:
            note(_("{path} is missing: install geotrack again.").format(path=path))


def show_version(settings: Settings) -> None:
    """Say which geotrack this is, which database it shows, and how much that holds."""
    html(
        "<h2>{}</h2><p class='gt-note'>geotrack {}, Apache-2.0. {} <code>{}</code></p>",
        _("Version"),
        __version__,
        _("Database:"),
        settings.database,
    )
    edition = reads.open_library(settings).edition
    counts = (
        ngettext("{n} document", "{n} documents", len(reads.documents(edition))),
        ngettext("{n} figure", "{n} figures", len(reads.figures(edition))),
        ngettext("{n} report of an incident", "{n} reports of incidents", len(reads.incidents(edition))),
    )
    tables = (reads.documents(edition), reads.figures(edition), reads.incidents(edition))
    told = [text.format(n=number(len(table))) for text, table in zip(counts, tables, strict=True)]
    note(
        _("It holds {what}. Its state is number {revision}.").format(
            what=listed(told), revision=edition.revision
        )
    )
