"""From one address or file to what became of it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from corpus.addresses import is_front_page
from corpus.article import TAKEN_DOWN, Article, Fetch, Known, Outcome, Reservation
from corpus.client import Client
from corpus.dates import Moment, is_possible
from corpus.decide import FRONT_PAGE, LOOKED_AT_AGAIN, OVER_THE_LIMIT, decide, is_due, is_taken_down, settle
from corpus.errors import ExtractionError, FetchError
from corpus.files import read_file
from corpus.kinds.kind import Detail, Extractor
from corpus.links import Link, Ready
from corpus.memory import Memory
from corpus.refusals import LOGIN_PAGE, sent_to_login
from corpus.reservations import in_headers, in_page
from corpus.robots import NAMED_IN_ROBOTS_TXT, ROBOT, ROBOTS_TXT
from corpus.sources import Source

NO_WEB_PAGE = "not a web page"
NOT_THE_ANSWER = "a web page instead of the answer"
GONE_TO_FRONT_PAGE = "redirected to the front page"
UNREADABLE = "unreadable"
GIVEN_UP = "given up for this run"

# A host that lets every page run into the time limit would else hold the run for hours.
PATIENCE = 10  # failures in a row that may pass
UNKNOWN_ENDING = "unknown ending"

log = logging.getLogger(__name__)


class Reading:
    """The pages or files of one source in one run: reads those that need it and says what became of each.

    Args:
        source: where they come from.
        client: fetches pages.
        memory: what earlier runs left behind.
        now: the clock, in UTC.
        limit: at most so many are read.
        extract: makes an article of a page.
        detail: makes an article of what links lead to, where this is no web page.
        looks_after: whether recent pages are looked at again.
    """

    def __init__(
        self,
        source: Source,
        client: Client,
        memory: Memory,
        now: Callable[[], datetime],
        limit: int | None,
        extract: Extractor,
        detail: Detail | None = None,
        *,
        looks_after: bool = False,
    ) -> None:
        self._source = source
        self._client = client
        self._memory = memory
        self._now = now
        self._room = float("inf") if limit is None else limit
        self._extract = extract
        self._detail = detail
        self._again = LOOKED_AT_AGAIN if looks_after else 0
        self._troubles: Counter[str] = Counter()  # by host: failures in a row
        self._articles_with: dict[str, set[str]] = {}  # by fingerprint: what this run has read so far

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self._room <= 0

    def page(self, link: Link, known: Known | None) -> Fetch:
        """What became of an entry of a listing; ``known`` is what is remembered of its address."""
        now = self._now()
        again = known is not None and self.may_look_again and is_due(known, now)
        decision = decide(link, known, now, room=self._room > 0, again=again)
        if decision.action == "unchanged":
            return self.fetch(link.url, "unchanged")
        if decision.action == "skip":
            return self.fetch(link.url, "skipped", decision.reason, retry=decision.reason == OVER_THE_LIMIT)
        self._again -= again
        fetch = self._page(link, known)
        self._room -= fetch.outcome != "skipped" or fetch.status_code is not None
        return fetch

    def ready(self, ready: Ready, known: Known | None) -> Fetch:
        """What became of an entry that brings its page along. One without dates is read again to see if it changed."""
        link = ready.link
        if ready.reason is not None:
            return self.fetch(link.url, "skipped", ready.reason)
        decision = decide(link, known, self._now(), room=self._room > 0)
        may_differ = known is not None and (
            known.article_id is None or ready.read_at is None or ready.read_at > known.fetched_at
        )
        left_out = decision.reason in (OVER_THE_LIMIT, FRONT_PAGE)
        if decision.action != "fetch" and not left_out and link.modified_at is None and may_differ:
            return self._extracted(link.url, known, lambda: self._article(ready))
        if decision.action == "unchanged":
            return self.fetch(link.url, "unchanged")
        if decision.action == "skip":
            return self.fetch(link.url, "skipped", decision.reason, retry=decision.reason == OVER_THE_LIMIT)
        self._room -= 1
        if reserved := self._reserved(ready):
            return self._opted_out(link.url, reserved)
        return self._extracted(link.url, known, lambda: self._article(ready))

    @property
    def may_look_again(self) -> bool:
        """Whether one more known page may be looked at in this run."""
        return self._again > 0 and self._room > 0

    def again(self, url: str, known: Known) -> Fetch:
        """What became of a known page that no listing spoke of."""
        self._room -= 1
        self._again -= 1
        return self._page(Link(url=url), known)

    def file(self, path: Path) -> Fetch:
        """What became of a file. It is always read, for nothing else tells reliably whether it is the same."""
        url = path.resolve().as_uri()
        if self._room <= 0:
            return self.fetch(url, "skipped", OVER_THE_LIMIT, retry=True)
        fetch = self._file(url, path)
        self._room -= fetch.outcome != "skipped"
        return fetch

    def fetch(
        self,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        status_code: int | None = None,
        article: Article | None = None,
        retry: bool = False,
    ) -> Fetch:
        """The record of an address of this source, settled now."""
        return Fetch(
            source_id=self._source.id,
            url=url,
            outcome=outcome,
            fetched_at=self._now(),
            reason=reason,
            status_code=status_code,
            article=article,
            retry=retry,
        )

    def _page(self, link: Link, known: Known | None) -> Fetch:
        host = urlsplit(link.url).netloc
        if self._troubles[host] >= PATIENCE:
            return self.fetch(link.url, "failed", GIVEN_UP, retry=True)
        allow_private = self._source.allow_private_addresses
        if reserved := self._client.reservation(link.url, allow_private=allow_private):
            return self._opted_out(link.url, reserved)
        try:
            page = self._client.get(
                link.url,
                allow_private=allow_private,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
            )
            self._troubles[host] = 0
        except FetchError as exc:
            if exc.reason == NAMED_IN_ROBOTS_TXT.reason:
                return self._opted_out(link.url, NAMED_IN_ROBOTS_TXT)
            if not exc.reason.startswith(ROBOTS_TXT):  # that was asked once, and costs nothing more
                self._troubles[host] = self._troubles[host] + 1 if exc.retry else 0
            if is_taken_down(known, exc.status_code):
                return self.fetch(link.url, "skipped", TAKEN_DOWN, status_code=exc.status_code)
            outcome: Literal["skipped", "failed"] = "skipped" if exc.reason == ROBOTS_TXT else "failed"
            return self.fetch(link.url, outcome, exc.reason, status_code=exc.status_code, retry=exc.retry)
        if reserved := in_headers(page.headers, ROBOT):
            return self._opted_out(link.url, reserved, page.status_code)
        if page.not_modified:
            return self.fetch(link.url, "unchanged", status_code=page.status_code)
        if self._detail is not None:
            if page.is_web_page:  # how some services say, with status 200, that something is wrong just now
                return self.fetch(link.url, "failed", NOT_THE_ANSWER, status_code=page.status_code, retry=True)
            detail = self._detail
            return self._extracted(link.url, known, lambda: self._own(detail(page)), page.status_code)
        if not page.is_web_page:
            return self.fetch(link.url, "failed", NO_WEB_PAGE, status_code=page.status_code)
        if sent_to_login(link.url, page.url):
            return self.fetch(link.url, "failed", LOGIN_PAGE, status_code=page.status_code)
        if is_front_page(page.url) and not is_front_page(link.url):  # what many sites do with articles they removed
            if known is not None and known.article_id is not None:
                return self.fetch(link.url, "skipped", TAKEN_DOWN, status_code=page.status_code)
            return self.fetch(link.url, "failed", GONE_TO_FRONT_PAGE, status_code=page.status_code)
        reserved = in_page(page.content, ROBOT) or self._client.reservation(page.url, allow_private=allow_private)
        if reserved:
            return self._opted_out(link.url, reserved, page.status_code)
        fetch = self._extracted(
            link.url,
            known,
            lambda: self._extract(
                page.content,
                source_id=self._source.id,
                url=page.url,
                fetched_at=self._now(),
                content_type=page.content_type,
                link=link,
            ),
            page.status_code,
        )
        if fetch.article is None:  # to be asked for as if never met
            return fetch
        return replace(fetch, etag=page.headers.get("etag"), last_modified=page.headers.get("last-modified"))

    def _reserved(self, ready: Ready) -> Reservation | None:
        """What speaks against keeping a page that came along with its list; an archive's site is not asked again."""
        if self._source.url is not None and (
            said := self._client.reservation(ready.link.url, allow_private=self._source.allow_private_addresses)
        ):
            return said
        content = ready.html.encode() if isinstance(ready.html, str) else ready.html
        return in_page(content, ROBOT) if content else None

    def _article(self, ready: Ready) -> Article:
        if ready.article is not None:
            return self._own(ready.article)
        return self._extract(
            ready.html,
            source_id=self._source.id,
            url=ready.link.url,
            fetched_at=ready.read_at or self._now(),
            content_type=ready.content_type,
            link=ready.link,
        )

    def _own(self, article: Article) -> Article:
        """An article composed from data: it is this source's, and no date of it is still to come."""
        now = self._now()
        possible = article.published_on is None or is_possible(Moment(article.published_on, article.published_at), now)
        changed = article.modified_at
        return replace(
            article,
            source_id=self._source.id,
            published_on=article.published_on if possible else None,
            published_at=article.published_at if possible else None,
            published_from=article.published_from if possible else None,
            modified_at=changed if changed is not None and changed <= now else None,
        )

    def _extracted(
        self, url: str, known: Known | None, make: Callable[[], Article], status_code: int | None = None
    ) -> Fetch:
        try:
            article = make()
        except ExtractionError as exc:
            return self.fetch(url, "failed", exc.reason, status_code=status_code, retry=exc.retry)
        except Exception:  # whatever a parser stumbled over in this page, the next page is another one
            log.warning("%s: the page could not be read", url, exc_info=True)
            return self.fetch(url, "failed", UNREADABLE, status_code=status_code)
        return self._settled(url, article, known, status_code=status_code)

    def _opted_out(self, url: str, reserved: Reservation, status_code: int | None = None) -> Fetch:
        """Nothing of the page is kept but that it may not be."""
        fetch = self.fetch(url, "skipped", reserved.reason, status_code=status_code)
        return replace(fetch, reserved=reserved)

    def _file(self, url: str, path: Path) -> Fetch:
        try:
            article = read_file(path, source_id=self._source.id, fetched_at=self._now())
        except ExtractionError as exc:
            return self.fetch(url, "skipped" if exc.reason == UNKNOWN_ENDING else "failed", exc.reason)
        except Exception:  # as above
            log.warning("%s: the file could not be read", url, exc_info=True)
            return self.fetch(url, "failed", UNREADABLE)
        return self._settled(url, article, self._memory.known([url]).get(url))

    def _settled(self, url: str, article: Article, known: Known | None, status_code: int | None = None) -> Fetch:
        named = (
            known
            if url == article.canonical_url
            else self._memory.known([article.canonical_url]).get(article.canonical_url)
        )
        if named is not None and named.known_as is not None:
            article = replace(article, known_as=named.known_as)
        read_now = self._articles_with.setdefault(article.fingerprint, set())
        if article.article_id in read_now:
            twin: str | None = article.article_id
        else:
            twin = min(read_now, default=None) or self._memory.article_with(article.fingerprint)
        remembered = [memory for memory in (known, named) if memory is not None]
        read_now.add(article.article_id)
        outcome = settle(article, twin, remembered)
        return self.fetch(url, outcome, status_code=status_code, article=article)
