"""Documents: find one, and read it with everything that was read in it."""

from __future__ import annotations

from geotrack.app import documentlists, documentviews, frame, paging, state
from geotrack.app.cards import html, not_understood
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("documents")
document_id, fact = documentviews.chosen(library, asked)
if document_id:
    documentviews.show_document(library, asked, document_id, fact)
else:
    html("<h1>{}</h1>", _("Documents"))
    asks = documentlists.ask(library, asked)
    found = documentlists.matching(library.edition, asks)
    shown = paging.at(asked, asks, len(found), documentlists.ROWS)
    state.keep("documents", asks.params | {"page": paging.param(shown)})
    documentlists.remember(asks, shown)
    not_understood(asked.not_understood())
    documentlists.show(library, asks, found, shown)
