"""Fetching pages: polite to the sites, careful with what comes back."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Self

import httpx
import tenacity

from corpus.addresses import normal_form
from corpus.article import Reservation
from corpus.connection import CANNOT_CONNECT, PRIVATE_ADDRESS, TIMED_OUT, UNKNOWN_HOST, Answer, Connection, Limits
from corpus.errors import FetchError
from corpus.guard import Resolver, is_public, system_resolver
from corpus.pace import Politeness, next_delay, seconds_to_wait
from corpus.page import Page
from corpus.reservations import TDMREP, Places
from corpus.robots import NAMED_IN_ROBOTS_TXT, ROBOT, ROBOTS_TXT, Rules

NO_WEB_ADDRESS = "no web address"
ASKED_TO_WAIT = "asked to wait"
TOO_MANY_REDIRECTS = "too many redirects"

_MAY_PASS = frozenset({408, 425, 429}) | frozenset(range(500, 600))
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_WANTED = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml,*/*;q=0.5",
    "Accept-Language": "nb,nn;q=0.9,no;q=0.8,en;q=0.5",
}


@dataclass(slots=True)
class _Host:
    """What is remembered of one host during a run."""

    origin: str
    allow_private: bool
    connection: Connection
    free_at: float = float("-inf")  # by the client's clock: not to be asked before
    turn: threading.Lock = field(default_factory=threading.Lock)  # one request at a time
    rules: Rules | FetchError | None = None
    rules_turn: threading.Lock = field(default_factory=threading.Lock)
    reserved: Places | None = None
    pace_seconds: float = 0.0  # the pause that it is given now


class Client:
    """Fetches pages for one run; robots.txt is asked for once a host. May be used by several threads, then closed.

    Args:
        user_agent: names us and how to reach us (``user_agent(contact)``).
        politeness: towards hosts.
        limits: for single pages.
        resolve: gives the addresses of a host.
        is_public: whether an IP address may be connected to where private ones may not.
        clock: seconds on any steady scale.
        sleep: waits that many seconds.
    """

    def __init__(
        self,
        user_agent: str,
        politeness: Politeness | None = None,
        limits: Limits | None = None,
        *,
        resolve: Resolver = system_resolver,
        is_public: Callable[[str], bool] = is_public,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._headers = {"User-Agent": user_agent, **_WANTED}
        self._politeness = politeness or Politeness()
        self._limits = limits or Limits()
        self._resolve = resolve
        self._is_public = is_public
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[tuple[str, bool], _Host] = {}
        self._hosts_lock = threading.Lock()
        self._moved: dict[str, str] = {}  # by address: where it has moved for good

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def limits(self) -> Limits:
        """What one page may cost."""
        return self._limits

    def close(self) -> None:
        """Close all connections."""
        for host in self._hosts.values():
            host.connection.close()

    def moved_to(self, url: str) -> str | None:
        """Where an address that was fetched in this run has moved for good; ``None`` if it is still there."""
        address = here = normal_form(url) or url
        for _ in range(self._limits.redirects):
            here = self._moved.get(here, here)
        return here if here != address else None

    def allows(self, url: str, *, allow_private: bool) -> bool:
        """Whether the robots.txt of an address's site lets us fetch it.

        Raises:
            FetchError: the address is none, or the site's rules cannot be had.
        """
        return self._rules_of(url, allow_private).allow(normal_form(url) or url)

    def sitemaps(self, url: str, *, allow_private: bool) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's site names; raises FetchError as ``allows`` does."""
        return self._rules_of(url, allow_private).sitemaps

    def _rules_of(self, url: str, allow_private: bool) -> Rules:
        address = normal_form(url)
        if address is None:
            raise FetchError(url, NO_WEB_ADDRESS)
        return self._rules(self._host(address, allow_private))

    def get(self, url: str, *, allow_private: bool, etag: str | None = None, last_modified: str | None = None) -> Page:
        """The page at an address, after redirects, robots.txt asked at every hop.

        Args:
            url: a web address.
            allow_private: whether it may be on a private or loopback network.
            etag: of the copy we have, to be told if it is still good.
            last_modified: likewise.

        Raises:
            FetchError: no page; ``reason`` is ``robots.txt`` where the site does not want it fetched.
        """
        headers = dict(self._headers)
        if etag is not None:
            headers["If-None-Match"] = etag
        if last_modified is not None:
            headers["If-Modified-Since"] = last_modified
        address, answer = self._follow(url, headers, allow_private=allow_private, ask_robots=True)
        conditional = etag is not None or last_modified is not None
        if answer.status_code != 200 and not (answer.status_code == 304 and conditional):
            raise FetchError(url, f"HTTP {answer.status_code}", status_code=answer.status_code)
        return Page(url=address, status_code=answer.status_code, headers=answer.headers, content=answer.content)

    def reservation(self, url: str, *, allow_private: bool) -> Reservation | None:
        """What the site's robots.txt or ``/.well-known/tdmrep.json`` reserves of an address; asked for once a host.

        A site that does not give one, for whatever cause, reserves nothing by it: its pages may still do so themselves.
        """
        address = normal_form(url)
        if address is None:
            return None
        host = self._host(address, allow_private)
        try:
            if said := self._rules(host).reserved:  # where the rules cannot be had, the page is not fetched either
                return said
            with host.rules_turn:
                if host.reserved is None:
                    host.reserved = self._asked_places(host)
        except FetchError:
            return None
        return host.reserved.reservation(address)

    def _asked_places(self, host: _Host) -> Places:
        try:
            _, answer = self._follow(
                host.origin + TDMREP, self._headers, allow_private=host.allow_private, ask_robots=False
            )
        except FetchError:
            return Places()
        return Places.from_answer(answer.status_code, answer.content)

    def _follow(
        self, url: str, headers: dict[str, str], *, allow_private: bool, ask_robots: bool
    ) -> tuple[str, Answer]:
        address = normal_form(url)
        for _ in range(self._limits.redirects + 1):
            if address is None:
                raise FetchError(url, NO_WEB_ADDRESS)
            host = self._host(address, allow_private)
            if ask_robots and not (rules := self._rules(host)).allow(address):
                raise FetchError(url, NAMED_IN_ROBOTS_TXT.reason if rules.names_us else ROBOTS_TXT)
            answer = self._ask(host, address, headers)
            target = answer.headers.get("location")
            if answer.status_code not in _REDIRECTS or target is None:
                return address, answer
            came_from, address = address, normal_form(target, address)
            if answer.status_code in _FOR_GOOD and address is not None:
                self._moved[came_from] = address
        raise FetchError(url, TOO_MANY_REDIRECTS, status_code=answer.status_code)

    def _host(self, address: str, allow_private: bool) -> _Host:
        url = httpx.URL(address)
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._hosts_lock:
            known = self._hosts.get((origin, allow_private))
            if known is None:
                connection = Connection(
                    resolve=self._resolve,
                    allow=_any_address if allow_private else self._is_public,
                    limits=self._limits,
                    ssl_context=_ssl_context(),
                    clock=self._clock,
                )
                known = self._hosts[(origin, allow_private)] = _Host(origin, allow_private, connection)
            return known

    def _rules(self, host: _Host) -> Rules:
        """The host's rules, asked for once; raises FetchError where they cannot be had, for then it is hands off."""
        with host.rules_turn:
            if host.rules is None:
                host.rules = self._asked_rules(host)
        if isinstance(host.rules, FetchError):
            failed = host.rules
            raise FetchError(failed.url, failed.reason, status_code=failed.status_code, retry=failed.retry) from failed
        return host.rules

    def _asked_rules(self, host: _Host) -> Rules | FetchError:
        url = f"{host.origin}/robots.txt"
        try:
            _, answer = self._follow(url, self._headers, allow_private=host.allow_private, ask_robots=False)
        except FetchError as exc:
            if exc.reason in (TOO_MANY_REDIRECTS, NO_WEB_ADDRESS):
                return Rules.from_answer(404, b"", ROBOT)
            if exc.reason in (UNKNOWN_HOST, CANNOT_CONNECT, PRIVATE_ADDRESS):  # not a matter of robots.txt
                return exc
            return FetchError(url, f"{ROBOTS_TXT}: {exc.reason}", status_code=exc.status_code, retry=exc.retry)
        return Rules.from_answer(answer.status_code, answer.content, ROBOT)

    def _ask(self, host: _Host, address: str, headers: dict[str, str]) -> Answer:
        attempts = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._politeness.attempts),
            wait=tenacity.wait_exponential(self._politeness.retry_seconds, max=self._politeness.longest_wait_seconds),
            retry=tenacity.retry_if_exception(_may_pass_at_once),
            sleep=self._sleep,
            reraise=True,
        )
        return attempts(self._exchange, host, address, headers)

    def _exchange(self, host: _Host, address: str, headers: dict[str, str]) -> Answer:
        with host.turn:
            self._wait_for_turn(host, address)
            started, status_code = self._clock(), None
            try:
                answer = host.connection.request(address, headers)
                status_code = answer.status_code
            finally:
                ended = self._clock()
                host.pace_seconds = next_delay(
                    host.pace_seconds,
                    least=self._politeness.delay_seconds,
                    most=self._politeness.longest_wait_seconds,
                    took=ended - started,
                    status_code=status_code,
                )
                host.free_at = ended + self._delay_seconds(host)
            if answer.status_code in _MAY_PASS:
                host.free_at = max(host.free_at, self._clock() + seconds_to_wait(answer.headers))
                status = answer.status_code
                raise FetchError(address, f"HTTP {status}", status_code=status, retry=True)
            return answer

    def _wait_for_turn(self, host: _Host, address: str) -> None:
        wait = host.free_at - self._clock()
        if wait > self._politeness.longest_wait_seconds:
            raise FetchError(address, ASKED_TO_WAIT, retry=True)
        if wait > 0:
            self._sleep(wait)

    def _delay_seconds(self, host: _Host) -> float:
        asked = host.rules.delay_seconds if isinstance(host.rules, Rules) else 0.0
        return max(host.pace_seconds, min(asked, self._politeness.longest_wait_seconds))


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # some tenths of a second, hence once


def _any_address(_: str) -> bool:
    return True


def _may_pass_at_once(error: BaseException) -> bool:
    """A time-out has cost its full time once; asking again in the next run is enough. So with what a host asked for."""
    return isinstance(error, FetchError) and error.retry and error.reason not in (TIMED_OUT, ASKED_TO_WAIT)
