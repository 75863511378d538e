"""From one address or file to what became of it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from corpus.addresses import is_front_page
from corpus.article import Article, Fetch, Known, Outcome
from corpus.client import ROBOTS_TXT, Client
from corpus.decide import OVER_THE_LIMIT, decide, settle
from corpus.errors import ExtractionError, FetchError
from corpus.files import read_file
from corpus.links import Link
from corpus.memory import Memory
from corpus.refusals import LOGIN_PAGE, sent_to_login
from corpus.sources import Source

NO_WEB_PAGE = "not a web page"
GONE_TO_FRONT_PAGE = "redirected to the front page"
UNREADABLE = "unreadable"
GIVEN_UP = "given up for this run"

# A host that lets every page run into the time limit would else hold the run for hours.
PATIENCE = 10  # failures in a row that may pass
UNKNOWN_ENDING = "unknown ending"

log = logging.getLogger(__name__)


class Extractor(Protocol):
    """Makes an article of a page; raises ExtractionError (``corpus.extract.extract_page`` is one)."""

    def __call__(
        self,
        html: bytes | str,
        *,
        source_id: str,
        url: str,
        fetched_at: datetime,
        content_type: str | None = None,
        link: Link | None = None,
    ) -> Article: ...


class Reading:
    """The pages or files of one source in one run: reads those that need it and says what became of each.

    Args:
        source: where they come from.
        client: fetches pages.
        memory: what earlier runs left behind.
        now: the clock, in UTC.
        limit: at most so many are read.
        extract: makes an article of a page.
    """

    def __init__(
        self,
        source: Source,
        client: Client,
        memory: Memory,
        now: Callable[[], datetime],
        limit: int | None,
        extract: Extractor,
    ) -> None:
        self._source = source
        self._client = client
        self._memory = memory
        self._now = now
        self._room = float("inf") if limit is None else limit
        self._extract = extract
        self._troubles: Counter[str] = Counter()  # by host: failures in a row
        self._articles_with: dict[str, set[str]] = {}  # by fingerprint: what this run has read so far

    def page(self, link: Link, known: Known | None) -> Fetch:
        """What became of an entry of a listing; ``known`` is what is remembered of its address."""
        decision = decide(link, known, self._now(), room=self._room > 0)
        if decision.action == "unchanged":
            return self.fetch(link.url, "unchanged")
        if decision.action == "skip":
            return self.fetch(link.url, "skipped", decision.reason, retry=decision.reason == OVER_THE_LIMIT)
        fetch = self._page(link, known)
        self._room -= fetch.outcome != "skipped"
        return fetch

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
        try:
            page = self._client.get(link.url, allow_private=self._source.allow_private_addresses)
            self._troubles[host] = 0
        except FetchError as exc:
            if not exc.reason.startswith(ROBOTS_TXT):  # that was asked once, and costs nothing more
                self._troubles[host] = self._troubles[host] + 1 if exc.retry else 0
            outcome: Literal["skipped", "failed"] = "skipped" if exc.reason == ROBOTS_TXT else "failed"
            return self.fetch(link.url, outcome, exc.reason, status_code=exc.status_code, retry=exc.retry)
        if not page.is_web_page:
            return self.fetch(link.url, "failed", NO_WEB_PAGE, status_code=page.status_code)
        if sent_to_login(link.url, page.url):
            return self.fetch(link.url, "failed", LOGIN_PAGE, status_code=page.status_code)
        if is_front_page(page.url) and not is_front_page(link.url):  # what many sites do with articles they removed
            return self.fetch(link.url, "failed", GONE_TO_FRONT_PAGE, status_code=page.status_code)
        try:
            article = self._extract(
                page.content,
                source_id=self._source.id,
                url=page.url,
                fetched_at=self._now(),
                content_type=page.content_type,
                link=link,
            )
        except ExtractionError as exc:
            return self.fetch(link.url, "failed", exc.reason, status_code=page.status_code, retry=exc.retry)
        except Exception:  # whatever a parser stumbled over in this page, the next page is another one
            log.warning("%s: the page could not be read", link.url, exc_info=True)
            return self.fetch(link.url, "failed", UNREADABLE, status_code=page.status_code)
        return self._settled(link.url, article, known, status_code=page.status_code)

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
        read_now = self._articles_with.setdefault(article.fingerprint, set())
        if article.article_id in read_now:
            twin: str | None = article.article_id
        else:
            twin = min(read_now, default=None) or self._memory.article_with(article.fingerprint)
        remembered = [] if known is None else [known]
        if twin not in (None, article.article_id):
            remembered += self._memory.known([article.canonical_url]).values()
        read_now.add(article.article_id)
        outcome = settle(article, twin, remembered)
        return self.fetch(url, outcome, status_code=status_code, article=article)
