"""The language of a page: from the address, else the user's choice, else the browser's first wish.

A language that was chosen, by a link or with the selector, stands in the address as `lang=`, so that a
link keeps it; one that only follows the browser does not, so that a link follows the next one's.
"""

from __future__ import annotations

import streamlit as st

from geotrack.languages import LANGUAGES, NAMES, negotiate, speak, spoken
from geotrack.languages import gettext as _
from geotrack.languages.choosing import FIRST, accepted

PARAM = "lang"
_KEY = "language"
_WRITTEN, _CHANGED, _CHOSEN = "language written", "language changed", "language chosen"
# The page's own language, for screen readers and hyphenation; the map's frame has its own.
_MARK = "<script>document.documentElement.lang = '{language}';</script>"


def settle() -> str:
    """Decide which language this run speaks, and speak it; call it before anything is shown."""
    before = st.session_state.get(_KEY)
    wanted = _of_address()
    if wanted and wanted != st.session_state.get(_WRITTEN):
        st.session_state[_KEY] = wanted
        st.session_state[_CHOSEN] = True
    elif before is None:
        st.session_state[_KEY] = _of_browser()
    else:
        st.session_state[_KEY] = before  # kept also while a page without the selector is shown
    language = str(st.session_state[_KEY])
    if spoken_before() not in {None, language}:
        st.session_state[_CHANGED] = True
    st.session_state["language of the last run"] = language
    speak(language)
    _write(language)
    return language


def spoken_before() -> str | None:
    """Return the language of the run before; None in the first one."""
    return st.session_state.get("language of the last run")


def _of_address() -> str | None:
    asked = st.query_params.get(PARAM)
    return negotiate([asked]) if asked else None


def _of_browser() -> str:
    headers = st.context.headers
    wished = headers.get("Accept-Language") if headers else None
    return negotiate(accepted(wished or "")) or FIRST


def _write(language: str) -> None:
    """Put a chosen language into the address."""
    st.session_state[_WRITTEN] = language
    if st.session_state.get(_CHOSEN) and st.query_params.get(PARAM) != language:
        st.query_params[PARAM] = language


def of_view() -> dict[str, str]:
    """Return what the address holds of the language: nothing unless it was chosen."""
    return {PARAM: spoken()} if st.session_state.get(_CHOSEN) else {}


def settled(asked: str | None) -> bool:
    """Tell whether what an address asks for is one of our languages, and so what is spoken."""
    return bool(asked and negotiate([asked]))


def has_changed() -> bool:
    """Tell, once, whether the language is another than in the run before: widgets are then new ones."""
    return bool(st.session_state.pop(_CHANGED, False))


def _choose() -> None:
    st.session_state[_CHOSEN] = True


def show_selector() -> None:
    """Show the languages to choose from, each by its own name."""
    with st.container(key="language-row"):
        st.selectbox(
            _("Language"),
            LANGUAGES,
            format_func=NAMES.__getitem__,
            key=_KEY,
            on_change=_choose,
            label_visibility="collapsed",
        )
        st.html(_MARK.format(language=spoken()), unsafe_allow_javascript=True)
