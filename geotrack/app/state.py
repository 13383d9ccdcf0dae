"""What the user looks at: kept in the session and written into the address, so that a view can be sent.

The address wins when it changed by itself: a link was followed, or the browser went back. Otherwise
the widgets win, and the address follows them. Each page remembers its last view in the session, so
that coming back by the navigation shows it again; what stands in `SHARED` all pages have in common.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from geotrack.app import language

_WRITTEN, _TOUCHED, _CARRIED_ON = "address written", "widget touched", "page carried on"
_NOT_UNDERSTOOD, _SHARED_VIEW = "address not understood", "view of every page"
# How sure is sure enough does not depend on whether a map or a list is looked at.
SHARED = ("min_confidence",)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked to show.

    `params` are the address's, else those of the page's last view. `fresh` says that they came from
    outside, so that they overrule what the widgets hold. `held` and `refused` collect the names that
    the page knows, and those whose text it cannot use.
    """

    page: str
    params: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    held: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def hold(self, name: str, default: T, read: Callable[[str], T]) -> str:
        """Give a widget its value from outside, where there is one, and return the widget's key.

        `read` turns the address's text into a value; what it refuses with ValueError is the default.
        """
        key = f"{self.page} {name}"
        self.held.add(name)
        if self.fresh or key not in st.session_state:
            text = self.params.get(name)
            st.session_state[key] = default if text is None else self._read(name, default, read)
        return key

    def _read(self, name: str, default: T, read: Callable[[str], T]) -> T:
        try:
            return read(self.params[name])
        except ValueError:
            self.refused.add(name)
            return default

    def not_understood(self) -> str:
        """Return the parts of the address that the page could not use, as they stood; empty is none.

        They are remembered until a widget is moved or another address opened: the address itself is
        put right in the first run. Call it when every widget holds its value.
        """
        if self.fresh:
            wrong = [name for name in self.params if name in self.refused or name not in self.held]
            told = ", ".join(f"{name}={self.params[name]}" for name in wrong)
            st.session_state[_NOT_UNDERSTOOD] = told
        return str(st.session_state.get(_NOT_UNDERSTOOD, ""))


def asked(page: str) -> Asked:
    """Return what a page is asked to show; call it before the page's widgets."""
    address = _address()
    touched = st.session_state.pop(_TOUCHED, False)
    if touched:
        st.session_state.pop(_NOT_UNDERSTOOD, None)
    still = st.session_state.pop(_CARRIED_ON, False) or touched
    # In another language the labels are others, and to Streamlit so are the widgets: they start afresh.
    fresh = (address != st.session_state.get(_WRITTEN) and not still) or language.has_changed()
    params = address or st.session_state.get(f"last view of {page}", {}) | _shared()
    return Asked(page, params, fresh)


def _address() -> dict[str, str]:
    """Return what the address asks of a page; its language is settled before any page."""
    address = st.query_params.to_dict()
    if language.settled(address.get(language.PARAM)):
        del address[language.PARAM]
    return address


def _shared() -> dict[str, str]:
    """Return what the page looked at last was set to, of all that pages have in common."""
    return dict(st.session_state.get(_SHARED_VIEW, {}))


def touch() -> None:
    """Note that the user moved a widget: what it holds wins over the address."""
    st.session_state[_TOUCHED] = True


def carry_on() -> None:
    """Note that the page itself asked for a run: the browser may not have read the last address yet."""
    st.session_state[_CARRIED_ON] = True


def keep(page: str, params: Mapping[str, str | None]) -> None:
    """Write a view into the address, and remember it as the page's last; None and "" are left out.

    A page that has no widget for what is `SHARED` leaves it out of `params`, and so as it is.
    """
    view = {name: value for name, value in params.items() if value}
    address = view | language.of_view()
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state[_WRITTEN] = view
    own = {name: value for name, value in view.items() if name not in SHARED}
    st.session_state[f"last view of {page}"] = own
    if any(name in params for name in SHARED):
        st.session_state[_SHARED_VIEW] = {name: view[name] for name in SHARED if name in view}


def visit(page: str, params: Mapping[str, str]) -> None:
    """Open another view of a page, as if its address had been followed; for callbacks."""
    st.session_state[f"last view of {page}"] = dict(params)
    st.query_params.from_dict(dict(params) | language.of_view())


def one_of(options: Mapping[str, object] | list[str] | tuple[str, ...]) -> Callable[[str], str]:
    """Return a reader of addresses that takes one of some words."""

    def read(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return read


def day(text: str) -> dt.date | None:
    """Read a day from an address; nothing is an open end."""
    return dt.date.fromisoformat(text) if text else None


def switch(text: str) -> bool:
    """Read a switch from an address."""
    return text == "1"
