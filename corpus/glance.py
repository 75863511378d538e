"""A short look at a listing: what it is, how many items it has, and which is the newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from corpus.client import Client
from corpus.errors import ListingError
from corpus.feeds import read_feed
from corpus.links import Link
from corpus.page import Page
from corpus.sitemaps import Sitemap, read_sitemap
from corpus.walk import MOST_ITEMS

LISTING_KINDS = ("feed", "sitemap")

# A sitemap's date without a time of day counts as that day's last moment, in whichever zone; later ones are mistakes.
TOMORROW = timedelta(days=1)
DAWN = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a listing holds.

    Attributes:
        kind: ``feed`` or ``sitemap``.
        items: how many pages it names; of a sitemap index, how many the newest of its sitemaps names.
        newest: the newest item, by the dates it gives; the first one where it gives none.
        newest_at: its date in UTC, if it gives one.
        sitemaps: how many further sitemaps an index names.
    """

    kind: str
    items: int
    newest: Link | None
    newest_at: datetime | None
    sitemaps: int = 0


def glance(kind: str, page: Page, client: Client, *, allow_private: bool, now: datetime) -> Glance:
    """Look at a page that should be a feed or sitemap; of an index one of its sitemaps is fetched, the newest.

    Raises:
        ListingError: it is not what it should be; says so if it is the other.
        FetchError: the newest sitemap of an index gives nothing.
    """
    try:
        return _glance(kind, page, client, allow_private, now)
    except ListingError as exc:
        for other in LISTING_KINDS:
            if other != kind and _is(other, page, client):
                raise ListingError(exc.url, f"{exc.reason} but a {other}") from exc
        raise


def date_of(link: Link, now: datetime) -> datetime | None:
    """When an item is from: published, else changed; ``None`` where it gives neither or one that is to come."""
    for given in (link.published_at, link.modified_at):
        if given is not None and given <= now + TOMORROW:
            return given
    return None


def _glance(kind: str, page: Page, client: Client, allow_private: bool, now: datetime) -> Glance:
    if kind == "feed":
        return _of_links(kind, read_feed(page.content, page.url, page.content_type), now)
    links, inner = sitemap_entries(page, client)
    if not inner:
        return _of_links(kind, links, now)
    newest = max(inner, key=lambda sitemap: sitemap.modified_at or DAWN)
    of_newest, _ = sitemap_entries(client.get(newest.url, allow_private=allow_private), client)
    found = _of_links(kind, of_newest, now)
    return Glance(kind=kind, items=found.items, newest=found.newest, newest_at=found.newest_at, sitemaps=len(inner))


def sitemap_entries(page: Page, client: Client) -> tuple[list[Link], list[Sitemap]]:
    """The pages that a sitemap names, and the further sitemaps, one more than ``MOST_ITEMS`` at most.

    Raises:
        ListingError: it is no sitemap, or it breaks off.
    """
    links: list[Link] = []
    inner: list[Sitemap] = []
    entries = read_sitemap(page.content, page.url, decompressed_bytes=client.limits.decompressed_bytes)
    for entry in islice(entries, MOST_ITEMS + 1):
        if isinstance(entry, Sitemap):
            inner.append(entry)
        else:
            links.append(entry)
    return links, inner


def _is(kind: str, page: Page, client: Client) -> bool:
    try:
        if kind == "feed":
            read_feed(page.content, page.url, page.content_type)
        else:
            sitemap_entries(page, client)
    except ListingError:
        return False
    return True


def _of_links(kind: str, links: Iterable[Link], now: datetime) -> Glance:
    items = list(links)
    newest = max(items, key=lambda link: date_of(link, now) or DAWN, default=None)
    return Glance(
        kind=kind, items=len(items), newest=newest, newest_at=None if newest is None else date_of(newest, now)
    )
