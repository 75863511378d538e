"""One connection to one host, and single requests over it within limits."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import httpcore
import httpx

from corpus.compression import TooMuchError, unpack
from corpus.errors import FetchError
from corpus.guard import GuardedBackend, PrivateAddressError, Resolver, UnknownHostError

TIMED_OUT = "timed out"
CANNOT_CONNECT = "cannot connect"
UNKNOWN_HOST = "unknown host"
PRIVATE_ADDRESS = "private address"
TOO_LARGE = "too large"
BAD_CERTIFICATE = "bad certificate"
BROKEN_ANSWER = "broken answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one page may cost.

    Attributes:
        bytes: of a response as it is sent.
        decompressed_bytes: of its content.
        seconds: from connecting to the last byte of one response, however slowly it drips.
        connect_seconds: until a connection stands.
        redirects: followed from one address.
    """

    bytes: int = 10_000_000
    decompressed_bytes: int = 100_000_000
    seconds: float = 20.0
    connect_seconds: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to one request; the content is unpacked."""

    status_code: int
    headers: httpx.Headers
    content: bytes


class Connection:
    """The one connection to a host, kept open between requests. For one thread at a time.

    httpcore is used directly, because only there can the way onto the network be given (``GuardedBackend``). There are
    no cookies, no proxies and no credentials from the environment.
    """

    def __init__(
        self,
        *,
        resolve: Resolver,
        allow: Callable[[str], bool],
        limits: Limits,
        ssl_context: ssl.SSLContext,
        clock: Callable[[], float],
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._backend = GuardedBackend(resolve, allow, clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context, max_connections=1, keepalive_expiry=30.0, network_backend=self._backend
        )

    def request(self, url: str, headers: dict[str, str]) -> Answer:
        """The server's answer, whatever its status; the address is in normal form. Redirects are not followed.

        Raises:
            FetchError: there was no answer, or one beyond the limits.
        """
        try:
            return self._request(url, headers)
        except PrivateAddressError as exc:
            raise FetchError(url, PRIVATE_ADDRESS) from exc
        except UnknownHostError as exc:
            raise FetchError(url, UNKNOWN_HOST, retry=True) from exc
        except httpcore.TimeoutException as exc:
            raise FetchError(url, TIMED_OUT, retry=True) from exc
        except httpcore.ConnectError as exc:
            reason = BAD_CERTIFICATE if isinstance(exc.__cause__, ssl.SSLError) else CANNOT_CONNECT
            raise FetchError(url, reason, retry=True) from exc
        except (httpcore.NetworkError, httpcore.ProtocolError) as exc:
            raise FetchError(url, BROKEN_ANSWER, retry=True) from exc

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

    def _request(self, url: str, headers: dict[str, str]) -> Answer:
        self._backend.deadline = self._clock() + self._limits.seconds
        asking: list[tuple[bytes | str, bytes | str]] = [*headers.items(), ("Accept-Encoding", "gzip, deflate")]
        timeouts = {"connect": self._limits.connect_seconds}
        with self._pool.stream("GET", url, headers=asking, extensions={"timeout": timeouts}) as response:
            answered = httpx.Headers(response.headers)
            packed = bytearray()
            for chunk in response.iter_stream():
                packed += chunk
                if len(packed) > self._limits.bytes:
                    raise FetchError(url, TOO_LARGE, status_code=response.status)
        content = self._unpacked(url, response.status, bytes(packed), answered.get("content-encoding", ""))
        return Answer(status_code=response.status, headers=answered, content=content)

    def _unpacked(self, url: str, status: int, packed: bytes, encoding: str) -> bytes:
        if not packed or encoding.strip().lower() in ("", "identity"):
            return packed
        if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):  # also two on top of each other
            raise FetchError(url, BROKEN_ANSWER, status_code=status)
        try:
            return unpack(packed, self._limits.decompressed_bytes)
        except TooMuchError as exc:
            raise FetchError(url, TOO_LARGE, status_code=status) from exc
        except zlib.error as exc:
            raise FetchError(url, BROKEN_ANSWER, status_code=status) from exc
