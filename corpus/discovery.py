"""What a site has that can be collected: feeds, sitemaps, a WordPress API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import html

from corpus.addresses import normal_form
from corpus.client import Client
from corpus.encoding import decode
from corpus.errors import FetchError, ListingError
from corpus.feeds import instant
from corpus.glance import LISTING_KINDS, Glance, glance
from corpus.links import Link
from corpus.page import Page

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
WORDPRESS_API = "https://api.w.org/"  # the relation by which WordPress names its API in the page's head
COMMENTS = ("comment", "kommentar")  # in the address or title of a feed of readers' comments

# Usual places, the likeliest first: Labrador's parameter and WordPress' path work for every section page too.
FEED_PATHS = ("?lab_viewport=rss", "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")
SECTION_PATHS = FEED_PATHS[:3]
SITEMAP_PATHS = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml")
SITEMAPS_LOOKED_AT = 3  # of those that robots.txt names; some name a hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that can be collected.

    Attributes:
        kind: ``feed``, ``sitemap`` or ``wordpress``.
        url: its address in normal form.
        how: where it was found, for people.
        glance: what it holds.
    """

    kind: str
    url: str
    how: str
    glance: Glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a site has.

    Attributes:
        url: the address asked for, where it has moved for good the new one.
        name: as the site calls itself, else its host.
        found: the best first. A feed that the page names, else one in a usual place; WordPress' API; sitemaps.
    """

    url: str
    name: str
    found: tuple[Found, ...]


def discover(url: str, client: Client, *, allow_private: bool, now: datetime) -> Discovery:
    """Find out what the site at an address has: some ten to twenty requests, at the site's own pace.

    Args:
        url: a front or section page, or a feed or sitemap itself.
        client: fetches pages.
        allow_private: whether they may be on a private or loopback network.
        now: in UTC.

    Raises:
        FetchError: the address itself gives nothing.
    """
    page = client.get(url, allow_private=allow_private)
    return _Site(page, client, allow_private, now).discovery(client.moved_to(url) or url)


class _Site:
    """A site that is being looked at."""

    def __init__(self, page: Page, client: Client, allow_private: bool, now: datetime) -> None:
        self._page = page
        self._client = client
        self._private = allow_private
        self._now = now
        self._origin = urljoin(page.url, "/")
        self._tried: set[str] = set()

    def discovery(self, url: str) -> Discovery:
        host = urlsplit(self._page.url).netloc
        for kind in LISTING_KINDS:
            if (looked := self._look(kind, self._page)) is not None:
                found = Found(kind=kind, url=normal_form(url) or url, how="the address itself", glance=looked)
                return Discovery(url=url, name=host, found=(found,))
        head = _parsed(self._page)
        feeds = list(self._named_feeds(head)) or list(self._usual_feeds())
        return Discovery(url=url, name=_name(head) or host, found=(*feeds, *self._wordpress(head), *self._sitemaps()))

    def _named_feeds(self, head: html.HtmlElement | None) -> Iterator[Found]:
        for link in () if head is None else head.xpath("//link[@href]"):
            title, address = link.get("title", ""), link.get("href")
            named = "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in FEED_TYPES
            if named and not any(word in f"{title} {address}".lower() for word in COMMENTS):
                yield from self._try("feed", urljoin(self._page.url, address), "named by the page")

    def _usual_feeds(self) -> Iterator[Found]:
        section = self._page.url.partition("?")[0].rstrip("/") + "/"
        places = [urljoin(section, path) for path in SECTION_PATHS] if section != self._origin else []
        for place in [*places, *(urljoin(self._origin, path) for path in FEED_PATHS)]:
            for found in self._try("feed", place, "in a usual place"):
                yield found
                return  # the others would be the same in another dress

    def _sitemaps(self) -> Iterator[Found]:
        try:
            named = self._client.sitemaps(self._page.url, allow_private=self._private)
        except FetchError:
            named = ()
        found = [one for url in named[:SITEMAPS_LOOKED_AT] for one in self._try("sitemap", url, "named by robots.txt")]
        if found:
            yield from found
            return
        for path in SITEMAP_PATHS:
            for one in self._try("sitemap", urljoin(self._origin, path), "in a usual place"):
                yield one
                return

    def _wordpress(self, head: html.HtmlElement | None) -> Iterator[Found]:
        named = [] if head is None else head.xpath("//link[@rel=$api]/@href", api=WORDPRESS_API)
        api = str(named[0]) if named and "rest_route" not in str(named[0]) else "/wp-json/"
        url = normal_form(urljoin(urljoin(self._page.url, api), "wp/v2/posts"))
        if url is None:
            return
        try:
            page = self._client.get(f"{url}?per_page=1", allow_private=self._private)
            (post,) = json.loads(page.content)
            link = Link(url=normal_form(post["link"], url) or url, title=post["title"]["rendered"])
            newest_at = instant(f"{post['date_gmt']}Z")
        except (FetchError, ValueError, TypeError, KeyError):
            return
        total = page.headers.get("x-wp-total", "1")
        looked = Glance(
            kind="wordpress", items=int(total) if total.isdecimal() else 1, newest=link, newest_at=newest_at
        )
        yield Found(
            kind="wordpress", url=url, how="named by the page" if named else "in its usual place", glance=looked
        )

    def _try(self, kind: str, address: str, how: str) -> Iterator[Found]:
        url = normal_form(address)
        if url is None or url in self._tried:
            return
        self._tried.add(url)
        try:
            page = self._client.get(url, allow_private=self._private)
        except FetchError:
            return
        looked = self._look(kind, page)
        if looked is not None and looked.items:
            yield Found(kind=kind, url=self._client.moved_to(url) or url, how=how, glance=looked)

    def _look(self, kind: str, page: Page) -> Glance | None:
        try:
            return glance(kind, page, self._client, allow_private=self._private, now=self._now)
        except (ListingError, FetchError):
            return None


def _parsed(page: Page) -> html.HtmlElement | None:
    try:
        text = decode(page.content, page.content_type).replace("\x00", "")
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.ParserError):
        return None


def _name(head: html.HtmlElement | None) -> str | None:
    if head is None:
        return None
    for place in ("//meta[@property='og:site_name']/@content", "//head/title/text()"):
        for text in head.xpath(place):
            if name := " ".join(str(text).split()):
                return name[:100]
    return None
