"""The login, from the app to a provider and back: nobody writes before it, nor after the logout."""

from __future__ import annotations

import http.cookiejar
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import app_samples as samples
import openid
import pytest
from browsers import IN_CHROMIUM, PATIENCE_MS, serving
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from playwright.sync_api import Browser, Page
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from geotrack.store import Store

pytestmark = IN_CHROMIUM
COOKIE = "_streamlit_user"


@dataclass(frozen=True)
class Site:
    """An app with a login, its database, and the provider of the login."""

    address: str
    database: Path
    provider: openid.Provider


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start an app that has two reports, and a login at a provider of ours."""
    database = tmp_path_factory.mktemp("login") / "app.db"
    samples.fill(database)
    with openid.providing() as provider:
        provider.write_secrets(database.parent)
        with serving(database) as address:
            yield Site(address, database, provider)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a page of a browser that nobody has logged in with."""
    context = browser.new_context(base_url=site.address)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def _reviews(site: Site) -> list[tuple[Any, ...]]:
    with Store.open(site.database) as store:
        return list(store.reviews()[["verdict", "who"]].itertuples(index=False, name=None))


def test_a_review_is_kept_under_the_login_until_its_end(page: Page, site: Site) -> None:
    """Before the login nothing is offered, after it a word has the login's name, and the logout ends it."""
    accept = page.get_by_role("button", name="Accept")
    log_in, log_out = (page.get_by_role("button", name=name, exact=True) for name in ("Log in", "Log out"))
    page.goto("/review")
    log_in.wait_for()
    assert accept.count() == 0
    log_in.click()
    page.wait_for_url(f"{site.address}/")
    page.goto("/review")
    accept.click()
    page.get_by_text("Accepted").first.wait_for()
    assert _reviews(site) == [("accepted", "aysel@agency.example")]
    log_out.click()
    page.wait_for_url(f"{site.address}/")
    page.goto("/review")
    log_in.wait_for()
    assert accept.count() == 0
    forged = create_signed_value("another secret", COOKIE, _claims(site)).decode()
    page.context.add_cookies([{"name": COOKIE, "value": forged, "url": site.address}])
    page.reload()
    log_in.wait_for()
    assert accept.count() == 0


def _claims(site: Site) -> str:
    return f'{{"origin": "{site.address}", "is_logged_in": true, "email": "forger@evil.example"}}'


def _cookies_of(site: Site, ending: str) -> set[str]:
    """Go to an address of the app, and on to where it leads; return the names of the cookies then held."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.open(f"{site.address}{ending}", timeout=20).close()
    return {cookie.name for cookie in jar}


def _begun(secret: str = openid.COOKIE_SECRET) -> str:
    told = {"provider": "default", "exp": 2**33}
    return f"/auth/login?provider={jwt.encode({'alg': 'HS256'}, told, OctKey.import_key(secret))}"


def test_only_what_the_provider_signed_logs_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token with another's key, for another app, past its end or of another login gives no cookie."""
    assert COOKIE in _cookies_of(site, _begun())
    for claims in ({"aud": "another app"}, {"exp": 1}, {"iss": "http://evil.example"}, {"nonce": "of old"}):
        with monkeypatch.context() as lied:
            lied.setattr(site.provider, "claims", claims)
            assert COOKIE not in _cookies_of(site, _begun()), claims
    monkeypatch.setattr(site.provider, "key", RSAKey.generate_key(2048, {"kid": "1"}))
    assert COOKIE not in _cookies_of(site, _begun())


@pytest.mark.parametrize(
    "ending",
    ["/oauth2callback", "/oauth2callback?code=1&state=guessed", "/auth/login", _begun("x" * 64)],
)
def test_a_login_that_the_app_did_not_begin_is_none(site: Site, ending: str) -> None:
    """Who comes from nowhere, or with a state or a start of their own making, is not logged in."""
    assert COOKIE not in _cookies_of(site, ending)
