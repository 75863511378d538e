"""Runs of collecting against a little web, with a memory in dictionaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import islice

from corpus.addresses import canonical_address
from corpus.article import Article, Block, Fetch, Known, Listing
from corpus.collect import collect
from corpus.connection import Limits
from corpus.errors import ExtractionError
from corpus.links import Link
from corpus.sources import Source
from tests.corpus.loopback import Reply, Web, xml

FEED = Source(id="avisa", name="Avisa", kind="feed", url="http://avisa.example/rss", allow_private_addresses=True)
SITEMAP = Source(
    id="etat", name="Etat", kind="sitemap", url="http://etat.example/sitemap.xml", allow_private_addresses=True
)
MORNING = datetime(2026, 1, 10, 6, tzinfo=UTC)


class Clock:
    """A clock that is a second later each time it is asked."""

    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class Remembering:
    """A memory in dictionaries, kept as the agreement says."""

    def __init__(self) -> None:
        self.listings: dict[str, Listing] = {}
        self.addresses: dict[str, Known] = {}
        self.articles: dict[str, Article] = {}

    def listing(self, url: str) -> Listing | None:
        return self.listings.get(url)

    def known(self, urls: Sequence[str]) -> dict[str, Known]:
        return {url: self._latest(self.addresses[url]) for url in urls if url in self.addresses}

    def due(self, source_id: str, now: datetime) -> dict[str, Known]:
        return {}

    def article_with(self, fingerprint: str) -> str | None:
        return next((key for key, article in self.articles.items() if article.fingerprint == fingerprint), None)

    def keep(self, item: Fetch | Listing) -> None:
        if isinstance(item, Listing):
            self.listings[item.url] = item
        elif item.article is not None:
            self.articles[item.article.article_id] = item.article
            known = Known(article_id=item.article.article_id, fetched_at=item.fetched_at)
            for url in (item.url, item.article.canonical_url):
                self.addresses[url] = known
        elif item.outcome == "failed" and not item.retry:
            self.addresses[item.url] = Known(fetched_at=item.fetched_at, reason=item.reason)

    def _latest(self, known: Known) -> Known:
        article = self.articles.get(known.article_id or "")
        return known if article is None else replace(known, fingerprint=article.fingerprint)


def extract(
    html: bytes | str,
    *,
    source_id: str,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    link: Link | None = None,
) -> Article:
    """A page here is its article's text, if need be with the canonical address on a line before it."""
    text = html.decode() if isinstance(html, bytes) else html
    if text == "broken":
        raise RecursionError
    declared, _, rest = text.rpartition("\n")
    if not rest:
        raise ExtractionError(url, "no article on the page")
    return Article(
        source_id=source_id,
        url=url,
        canonical_url=canonical_address(declared or None, url),
        title=rest,
        blocks=(Block(kind="heading", text=rest),),
    )


class Collector:
    """Runs of one web, with one memory."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.memory = Remembering()
        self.clock = Clock()
        self.limits = Limits()

    def run(
        self, source: Source = FEED, limit: int | None = None, die_after: int | None = None
    ) -> list[Fetch | Listing]:
        """What comes out of a run, kept as it comes; ``asked`` begins anew."""
        self.web.asked.clear()
        self.clock.time += timedelta(hours=1)
        items: list[Fetch | Listing] = []
        with self.web.client(self.limits) as client:
            found = collect(source, client, self.memory, now=self.clock, limit=limit, extract=extract)
            for item in islice(found, die_after):
                self.memory.keep(item)
                items.append(item)
        return items

    def results(self, source: Source = FEED, limit: int | None = None) -> dict[str, str]:
        """The outcome, with its reason, by path."""
        return outcomes(self.run(source, limit))


def outcomes(items: Sequence[Fetch | Listing]) -> dict[str, str]:
    fetches = [item for item in items if isinstance(item, Fetch)]
    assert not [url for url, times in Counter(fetch.url for fetch in fetches).items() if times > 1]
    assert all((fetch.reason is not None) == (fetch.outcome in ("skipped", "failed")) for fetch in fetches)
    return {
        fetch.url.partition(".example")[2] or fetch.url: f"{fetch.outcome}: {fetch.reason}"
        if fetch.reason
        else fetch.outcome
        for fetch in fetches
    }


def feed(*links: str, **dates: datetime) -> Reply:
    """A feed of these links; ``dates`` by the last part of the path."""
    items = "".join(
        f"<item><link>{link}</link>"
        + (f"<pubDate>{format_datetime(date)}</pubDate>" if (date := dates.get(link.rpartition("/")[2])) else "")
        + "</item>"
        for link in links
    )
    return xml(f"<rss version='2.0'><channel>{items}</channel></rss>")


def sitemap(*links: str, **changed: str) -> Reply:
    urls = "".join(
        f"<url><loc>{link}</loc><lastmod>{changed.get(link.rpartition('/')[2], '')}</lastmod></url>" for link in links
    )
    return xml(f"<urlset>{urls}</urlset>")
