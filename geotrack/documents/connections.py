"""Connections to the web that hold for strangers' addresses: to public machines, within a time and a size.

A name is resolved once, and the address that was checked is the one that is connected to. Time and size bind
all that is received, headers and framing too, however slowly and in how small pieces it comes.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError
from urllib3.util import Retry, Timeout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_REDIRECTS = 5
_CONNECT_S, _READ_S = 10.0, 20.0
_HEADERS = {"User-Agent": "geotrack (reads published reports for a user of this machine)"}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# All that the internet has of IPv6; Python calls some local and translated addresses outside it global.
_UNICAST = ipaddress.ip_network("2000::/3")
_NOT_GLOBAL = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "3fff::/20")))


class PrivateAddressError(HTTPError):
    """A name that leads to this machine, or into a network that is not public."""


class OutOfTimeError(HTTPError):
    """A server that takes longer than it is given."""


class OutOfBytesError(HTTPError):
    """A server that sends more than is taken from it."""


@dataclass(slots=True)
class Bounds:
    """What one request may take, its redirects with it: until when, how much, and from where."""

    deadline: float
    bytes_left: int
    allow_private: bool = False

    def seconds_left(self) -> float:
        """Return how many seconds are left, at least some."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left

    def take(self, n_bytes: int) -> None:
        """Count what was received."""
        self.bytes_left -= n_bytes
        if self.bytes_left < 0:
            raise OutOfBytesError


def is_public(address: str) -> bool:
    """Whether an IP address, also one wrapped in IPv6, can be reached by everybody on the internet."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_GLOBAL)


class _Received(io.RawIOBase):
    """What a server sends, no further than the bounds."""

    def __init__(self, connected: socket.socket, bounds: Bounds) -> None:
        self._socket, self._bounds = connected, bounds
        self._held = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        left = self._bounds.seconds_left()
        self._socket.settimeout(min(left, _READ_S))
        try:
            n_bytes = self._held.readinto(buffer)
        except TimeoutError as error:
            if left < _READ_S:
                raise OutOfTimeError from error
            raise
        self._bounds.take(n_bytes or 0)
        return n_bytes

    def close(self) -> None:
        self._held.close()
        super().close()


class _Socket:
    """A connected socket, whose answer is read within bounds."""

    def __init__(self, connected: socket.socket, bounds: Bounds) -> None:
        self._connected, self._bounds = connected, bounds

    def __getattr__(self, name: str) -> object:
        return getattr(self._connected, name)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Received(self._connected, self._bounds))


class _Http(HTTPConnection):
    """Connects within bounds: to the very address that was checked."""

    sock: Any

    def __init__(self, *args: Any, bounds: Bounds, **kwargs: Any) -> None:  # noqa: ANN401 - as they come
        super().__init__(*args, **kwargs)
        self._bounds = bounds

    def _new_conn(self) -> socket.socket:
        self.timeout = min(self._bounds.seconds_left(), _CONNECT_S)
        if self._bounds.allow_private:
            return super()._new_conn()
        name = self._dns_host
        try:
            found = socket.getaddrinfo(name, self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(name, self, error) from error
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(map(is_public, addresses)):
            raise PrivateAddressError(name)
        self._dns_host = addresses[0]
        try:
            return super()._new_conn()
        finally:
            self._dns_host = name  # the certificate is checked against the name

    def connect(self) -> None:
        super().connect()
        self.sock = _Socket(self.sock, self._bounds)


class _Https(_Http, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class Manager(urllib3.PoolManager):
    """Asks for web addresses within bounds, with few redirects, and does as no server says but redirect."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__(
            headers=_HEADERS,
            retries=Retry(
                total=MAX_REDIRECTS + 1,
                connect=1,
                read=1,
                redirect=MAX_REDIRECTS,
                other=0,
                respect_retry_after_header=False,
            ),
            timeout=Timeout(connect=_CONNECT_S, read=_READ_S),
        )
        self.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
        self._bounds = bounds

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.conn_kw["bounds"] = self._bounds
        return pool
