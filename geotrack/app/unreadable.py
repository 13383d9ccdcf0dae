"""Files that could not be read: each with the reason, since when, and what to do about it."""

from __future__ import annotations

from functools import partial

import streamlit as st
from babel.dates import format_datetime

from geotrack.app import identity, links, paging
from geotrack.app.cards import html, note
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import retold, spoken
from geotrack.store import UnreadFile

ROWS = 12


def show(library: Library, asked: Asked) -> int:
    """Show what could not be read, the latest first; return which piece of the list that is."""
    found = library.store.unread_files()
    shown = paging.at(asked, "unreadable", len(found), ROWS)
    if not found:
        note(_("Every file that was added could be read."))
        return shown
    note(
        _(
            "What is in these files is counted nowhere. Mend them and add them again under the same name: "
            "what can be read then leaves this list."
        )
    )
    for row, one in enumerate(found[(shown - 1) * ROWS : shown * ROWS]):
        _show(library, one, f"unread {row}")
    paging.show("check", shown, len(found), ROWS)
    if not library.settings.read_only:
        links.link(links.ADD, _("Add reports"), {})
    return shown


def _show(library: Library, one: UnreadFile, key: str) -> None:
    with st.container(border=True, gap=None, key=f"row-{key}"):
        # Names of folders break anywhere: on a phone a path is longer than the screen.
        html(
            "<p style='overflow-wrap:anywhere'><b><bdi>{}</bdi></b>{}</p><p><bdi>{}</bdi></p>",
            one.name,
            f" · {one.row_id}" if one.row_id else "",
            retold(one.reason).removeprefix(f"{one.name}: "),
        )
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            html("<p class='gt-note'>{}</p>", format_datetime(one.at, "long", locale=spoken()))
            if identity.may_write(library.settings):
                st.button(
                    _("Take off the list"),
                    type="tertiary",
                    key=f"forget {key}",
                    help=_("It is told again when somebody adds the file and it still cannot be read."),
                    on_click=partial(library.store.forget_unread, one.path),
                )


__all__ = ["show"]
