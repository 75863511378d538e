"""Sitemaps and sitemap indexes: bytes that were fetched become links, one at a time."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from corpus.addresses import normal_form
from corpus.compression import GZIP_MAGIC, TooMuchError, unpack
from corpus.errors import ListingError
from corpus.feeds import instant
from corpus.links import Link

NOT_A_SITEMAP = "not a sitemap"
BROKEN_SITEMAP = "broken sitemap"
TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A further sitemap that an index names.

    Attributes:
        url: its address in normal form.
        modified_at: when the index says that it was last changed, in UTC.
    """

    url: str
    modified_at: datetime | None = None


def read_sitemap(content: bytes, url: str, *, decompressed_bytes: int) -> Iterator[Link | Sitemap]:
    """The pages of a sitemap, or the sitemaps of an index, in their order and without holding them all.

    No entity is resolved, nothing is loaded, and entries without a web address are left out.

    Args:
        content: as fetched, also as a gzip file.
        url: its address.
        decompressed_bytes: limit for a gzip file.

    Raises:
        ListingError: while reading: no sitemap, or one that breaks off; what came before it breaks is good.
    """
    if content.startswith(GZIP_MAGIC):
        try:
            content = unpack(content, decompressed_bytes)
        except TooMuchError as exc:
            raise ListingError(url, TOO_LARGE) from exc
        except zlib.error as exc:
            raise ListingError(url, NOT_A_SITEMAP) from exc
    root: str | None = None
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content.lstrip()),  # some systems send an empty line before the XML declaration
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            name = etree.QName(element).localname
            if root is None:
                if name not in ("urlset", "sitemapindex"):
                    raise ListingError(url, NOT_A_SITEMAP)
                root = name
            if event == "end" and name == ("url" if root == "urlset" else "sitemap"):
                entry = _entry(name, _parts(element), url)
                if entry is not None:
                    yield entry
                element.clear()
                while element.getprevious() is not None:  # else the emptied elements pile up under the root
                    del element.getparent()[0]
    except etree.XMLSyntaxError as exc:
        raise ListingError(url, NOT_A_SITEMAP if root is None else BROKEN_SITEMAP) from exc


def _parts(element: etree._Element) -> dict[str, str]:
    """The texts in an entry by name: its own and those about news, not those about its pictures and films."""
    news = element.iterchildren("{*}news")
    return {
        etree.QName(part).localname: part.text or ""
        for around in (*news, element)
        for part in around.iterchildren("{*}*")
    }


def _entry(kind: str, parts: dict[str, str], url: str) -> Link | Sitemap | None:
    address = normal_form(parts.get("loc", ""), url)
    if address is None:
        return None
    modified_at = _modified_at(parts.get("lastmod", ""))
    if kind == "sitemap":
        return Sitemap(url=address, modified_at=modified_at)
    published = parts.get("publication_date", "").strip() or None  # of a news sitemap, as is the title
    return Link(
        url=address,
        title=parts.get("title", "").strip() or None,
        published_at=instant(published),
        published_text=published,
        modified_at=modified_at,
    )


def _modified_at(text: str) -> datetime | None:
    """An instant; of a day alone its last moment, for the change may have come after our visit on that day."""
    text = text.strip()
    if (given := instant(text)) is not None:
        return given
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-01-05"):
        read = read.replace(hour=23, minute=59, second=59)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else None
