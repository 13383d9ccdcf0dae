"""Who writes: a person known by Streamlit's login where one is set up, else the machine's own user.

A login is set up by `[auth]` in Streamlit's secrets (OpenID Connect). Without one the app serves this machine
alone (it listens on the loopback address), and whoever uses it is the operating system's user.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from geotrack.app.cards import html, note
from geotrack.config import Settings, user_name
from geotrack.errors import MissingExtraError, UsageError
from geotrack.languages import gettext as _

SECRET_CHARACTERS = 32
"""Of the secret that signs who has logged in, at least: a shorter one can be found out by trying."""


def has_login() -> bool:
    """Whether people log in here.

    Raises
    ------
    UsageError
        If there are secrets that cannot be read: they may hold a login.
    """
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError as error:
        broken = next((one for one in map(Path, st.get_option("secrets.files")) if one.exists()), None)
        if broken is None:
            return False
        raise UsageError(
            f"The login is not known: {broken} cannot be read. Mend it, or remove it."
        ) from error


def check_login() -> None:
    """Refuse a login that would fail, or that could be forged.

    Raises
    ------
    MissingExtraError
        If what logs in is not installed.
    UsageError
        If the secret that signs is too short to be one.
    """
    if not has_login():
        return
    if find_spec("authlib") is None:
        raise MissingExtraError("The login that is set up", "login")
    if len(str(st.secrets["auth"].get("cookie_secret", ""))) < SECRET_CHARACTERS:
        raise UsageError(
            f"The cookie_secret of the login needs {SECRET_CHARACTERS} characters or more. "
            'Make one: python -c "import secrets; print(secrets.token_hex())"'
        )


def person() -> str | None:
    """Return the name that what this person does is kept under; None where nobody has logged in yet.

    An address counts unless the provider says that it was not verified; a name, which everybody chooses
    freely, only with the provider's own mark of the person behind it.
    """
    if not has_login():
        return user_name()
    if st.user.get("is_logged_in") is not True:
        return None
    email, name, mark = (str(st.user.get(told) or "").strip() for told in ("email", "name", "sub"))
    if email and st.user.get("email_verified") not in (False, "false"):
        return email
    return (f"{name} ({mark})" if name else mark) if mark else None


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
    if has_login():
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            html("<p class='gt-note'>{} <bdi>{}</bdi></p>", _("Logged in as"), name)
            st.button(_("Log out"), type="tertiary", on_click=st.logout)
    return name


def may_write(settings: Settings) -> bool:
    """Whether whoever looks at the page may write: nothing is read only, and somebody has logged in."""
    return not settings.read_only and person() is not None
