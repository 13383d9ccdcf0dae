"""Long lists in pieces: which piece is shown stands in the address, and the way on is below the list."""

from __future__ import annotations

import streamlit as st

from geotrack.app import state
from geotrack.app.cards import note
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import number


def at(asked: Asked, asks: object, count: int, size: int) -> int:
    """Return which piece of a list to show, the first is 1.

    Parameters
    ----------
    asks
        What the list was asked for: when it changes while the page is open, the list begins anew.
    count, size
        How long the list is, and a piece of it.
    """
    key, seen = asked.hold("page", 1, _number), f"{asked.page} list asked for"
    if not asked.fresh and st.session_state.get(seen, asks) != asks:
        st.session_state[key] = 1
    st.session_state[seen] = asks
    st.session_state[key] = min(st.session_state[key], pieces(count, size))
    return int(st.session_state[key])


def pieces(count: int, size: int) -> int:
    """Return how many pieces a list has; an empty one has one."""
    return max(1, -(-count // size))


def param(shown: int) -> str | None:
    """Return a piece's number as it stands in the address."""
    return None if shown == 1 else str(shown)


def turn(page: str, shown: int) -> None:
    """Go to a piece of a page's list; for callbacks."""
    st.session_state[f"{page} page"] = shown
    state.touch()


def show(page: str, shown: int, count: int, size: int) -> None:
    """Show which piece of a list this is, and the way to its neighbours; nothing where it is the whole."""
    if count <= size:
        return
    first, last = (shown - 1) * size + 1, min(shown * size, count)
    ways = (
        (_("Previous"), shown - 1, shown == 1),
        (_("Next"), shown + 1, last == count),
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"paging {page}"):
        for label, to, is_end in ways:
            st.button(label, on_click=turn, args=(page, to), disabled=is_end, key=f"{page} to {to}")
        told = _("{first} to {last} of {all}")
        note(told.format(first=number(first), last=number(last), all=number(count)))


def _number(text: str) -> int:
    shown = int(text)
    if shown < 1:
        raise ValueError(text)
    return shown
