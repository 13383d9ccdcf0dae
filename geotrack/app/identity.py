"""Who writes: a person known by Streamlit's login where one is set up, else the machine's own user.

A login is set up by `[auth]` in Streamlit's secrets (OpenID Connect). Without one the app serves this machine
alone (it listens on the loopback address), and whoever uses it is the operating system's user.
"""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from geotrack.app.cards import html, note
from geotrack.config import Settings, user_name
from geotrack.languages import gettext as _


def has_login() -> bool:
    """Whether people log in here."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def person() -> str | None:
    """Return the name that what this person does is kept under; None where nobody has logged in yet."""
    if not has_login():
        return user_name()
    if not st.user.get("is_logged_in"):
        return None
    told = st.user.get("email") or st.user.get("name") or st.user.get("sub")
    return str(told) if told else None


def writer(settings: Settings) -> str:
    """Return who is about to write; where nobody may, say why and end the page."""
    if settings.read_only:
        note(_("This geotrack is for reading only."))
        st.stop()
    name = person()
    if name is None:
        html("<p>{}</p>", _("Log in first: what you add and review is kept under your name."))
        st.button(_("Log in"), type="primary", on_click=st.login)
        st.stop()
    return name
