"""The pages of the app, and links into them: every view is an address that can be sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

_FOLDER = Path(__file__).parent / "pages"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page: the file's stem, which is its address, and its title in the navigation."""

    name: str
    title: str

    @property
    def path(self) -> Path:
        """The page's script."""
        return _FOLDER / f"{self.name}.py"


MAP = PageFile("map", n_("Map"))
TIMELINE = PageFile("timeline", n_("Timeline"))
INCIDENTS = PageFile("incidents", n_("Incidents"))
DOCUMENTS = PageFile("documents", n_("Documents"))
ADD = PageFile("add", n_("Add"))
REVIEW = PageFile("review", n_("Review"))
CHECK = PageFile("check", n_("Checks"))
EXPORT = PageFile("export", n_("Export"))
ABOUT = PageFile("about", n_("About"))
PAGES = (MAP, TIMELINE, INCIDENTS, DOCUMENTS, ADD, REVIEW, CHECK, EXPORT, ABOUT)
WRITING = (ADD, REVIEW)


def offered(settings: Settings) -> list[PageFile]:
    """Return the pages that can be gone to, the map first; those that write are none of a read-only app."""
    return [page for page in PAGES if not (settings.read_only and page in WRITING)]


def pages(settings: Settings) -> list[Page]:
    """Return the pages for the navigation."""
    return [
        st.Page(page.path, title=_(page.title), url_path=page.name, default=page is PAGES[0])
        for page in offered(settings)
    ]


def show_row(settings: Settings) -> None:
    """Show a row of links to the pages; the style hides it but on phones, whose menu would cover the page."""
    with st.container(horizontal=True, key="nav"):
        for page in offered(settings):
            st.page_link(page.path, label=_(page.title))


def plain_label(text: str) -> str:
    """Return text for a label, which Streamlit reads as Markdown: every mark escaped, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def link(page: PageFile, label: str, params: Mapping[str, str] | None = None) -> None:
    """Show a link to a page; `label` is plain text and may come from a document."""
    st.page_link(page.path, label=plain_label(label), query_params=dict(params or {}))


def review_link(fact_id: str) -> None:
    """Show a link to the review of a fact, where people may review."""
    if not Settings.read().read_only:
        link(REVIEW, _("Review this"), {"fact": fact_id})


def document_link(document_id: str, fact_id: str | None, label: str = "") -> None:
    """Show a link to a document, at a fact's sentence."""
    link(
        DOCUMENTS,
        label or _("Read it in the document"),
        {"document": document_id} | ({"fact": fact_id} if fact_id else {}),
    )
