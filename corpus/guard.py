"""The way onto the network: only to addresses that were looked at, and only as long as there is time.

A name is resolved once, every address it has is checked, and the connection goes to the very address that was checked:
a name server that answers differently the second time is not asked a second time.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence

import httpcore

Resolver = Callable[[str, int], Sequence[tuple[str, int]]]
"""Gives the (IP address, port) pairs to try for a host and port; raises ``OSError`` when there are none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(Exception):
    """A host has no address on the public internet."""


class UnknownHostError(Exception):
    """A host has no address at all."""


def system_resolver(host: str, port: int) -> Sequence[tuple[str, int]]:
    """The addresses that the operating system knows for a host (its own time limits apply, usually some seconds)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(address[0]), port) for *_, address in found]


def is_public(ip: str) -> bool:
    """Whether an IP address is on the public internet: not private, loopback, link-local, reserved or multicast.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as that one.
    """
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class GuardedBackend(httpcore.NetworkBackend):
    """Connects httpcore to those addresses of a host that are allowed.

    Attributes:
        deadline: the clock's time at which every stream stops.
    """

    def __init__(self, resolve: Resolver, allow: Callable[[str], bool], clock: Callable[[], float]) -> None:
        self.deadline = float("inf")
        self._resolve = resolve
        self._allow = allow
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises PrivateAddressError, UnknownHostError, or httpcore's own errors."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as exc:
            raise UnknownHostError(host) from exc
        if not found:
            raise UnknownHostError(host)
        usable = [(ip, at) for ip, at in found if self._allow(ip)]
        if not usable:
            raise PrivateAddressError(host)
        refusal: httpcore.NetworkError | httpcore.TimeoutException
        for ip, at in usable:
            try:
                stream = self._sockets.connect_tcp(ip, at, self.time_left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                refusal = exc
            else:
                return _TimedStream(stream, self)
        raise refusal

    def time_left(self, wanted: float | None) -> float:
        """Seconds that one operation may take; raises ``httpcore.ReadTimeout`` when none are left."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left if wanted is None else min(left, wanted)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every operation ends at the deadline; httpcore alone begins anew with each byte that drips."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.time_left(timeout))
        return _TimedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
