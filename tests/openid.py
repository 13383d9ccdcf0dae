"""A provider of logins (OpenID Connect) on this machine, which lets in whom it is told to, or lies."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET, COOKIE_SECRET = "geotrack", "shared-with-the-app", "0123456789abcdef" * 4
AYSEL = {"sub": "7", "name": "Aysel M.", "email": "aysel@agency.example", "email_verified": True}


class Provider(http.server.ThreadingHTTPServer):
    """Answers at a free port; `person` is who comes, and `claims` and `key` are how it lies of them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.person: dict[str, Any] = AYSEL
        self.claims: dict[str, Any] = {}
        self.published = RSAKey.generate_key(2048, {"kid": "1"})
        self.key = self.published
        self.nonce = ""

    def write_secrets(self, folder: Path) -> None:
        """Set the login up for an app that is started in a folder."""
        told = {
            "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": COOKIE_SECRET,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{self.issuer}/.well-known/openid-configuration",
        }
        lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in told.items())]
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")

    def id_token(self) -> str:
        """Sign who the person is, for the request that is being answered."""
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.nonce}
        return jwt.encode({"alg": "RS256", "kid": "1"}, told | self.person | self.claims, self.key)


class _Answers(http.server.BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        at, issuer = urlsplit(self.path), self.server.issuer
        if at.path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "end_session": "leave"}
            ends = {f"{name}_endpoint": f"{issuer}/{path}" for name, path in names.items()}
            told = {"id_token_signing_alg_values_supported": ["RS256"], "issuer": issuer}
            self._json(ends | told | {"jwks_uri": f"{issuer}/keys"})
        elif at.path == "/keys":
            self._json({"keys": [self.server.published.as_dict(private=False)]})
        elif at.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(at.query).items()}
            self.server.nonce = asked["nonce"]
            self._redirect(f"{asked['redirect_uri']}?{urlencode({'code': '1', 'state': asked['state']})}")
        elif at.path == "/leave":
            self._redirect(parse_qs(at.query)["post_logout_redirect_uri"][0])
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._json({"access_token": "1", "token_type": "Bearer", "id_token": self.server.id_token()})

    def _json(self, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def providing() -> Iterator[Provider]:
    """Start a provider, and end it."""
    with Provider() as provider:
        threading.Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
