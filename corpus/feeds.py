"""RSS, Atom and JSON feeds: bytes that were fetched become links."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import feedparser
from lxml import html

from corpus.addresses import normal_form
from corpus.encoding import sound
from corpus.errors import ListingError
from corpus.links import Link

NOT_A_FEED = "not a feed"
NO_LINKS = "no links in the feed"
TOO_MANY_ITEMS = "too many items"
MOST_ENTRIES = 5_000  # a second of parsing; the longest feeds seen have some hundreds
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def read_feed(content: bytes, url: str, content_type: str | None = None) -> list[Link]:
    """The entries of a feed that lead to a web page, in its order; otherwise as ``read_entries``."""
    return [link for link in read_entries(content, url, content_type) if link is not None]


def read_entries(content: bytes, url: str, content_type: str | None = None) -> list[Link | None]:
    """The entries of a feed in its order; None for one that leads nowhere (``mailto:``, no link).

    Feeds with broken XML are read as far as they can be.

    Args:
        content: the feed as fetched.
        url: its address, to which relative links relate.
        content_type: as declared by the server, for the encoding.

    Raises:
        ListingError: it is no feed, or none of its entries has a link.
    """
    if _is_json(content):
        return _json_feed(content, url)
    headers = {"content-location": url}
    if content_type is not None:
        headers["content-type"] = content_type
    try:
        # From a stream, for feedparser would fetch what looks like an address, or open what looks like a path.
        parsed = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        links = [_link(entry, url) for entry in parsed.entries]
    except Exception as exc:  # its lenient parser breaks on some rubbish in ways of its own
        raise ListingError(url, NOT_A_FEED) from exc
    if not parsed.get("version"):
        raise ListingError(url, NOT_A_FEED)
    return _leading_somewhere(links, url)


def _leading_somewhere(links: list[Link | None], url: str) -> list[Link | None]:
    if links and not any(links):
        raise ListingError(url, NO_LINKS)
    return links


def first_entries(content: bytes, most: int = MOST_ENTRIES) -> tuple[bytes, bool]:
    """The beginning of a feed with so many entries, and whether there are more; JSON is quickly read and left whole."""
    if _is_json(content):
        return content, False
    for number, entry in enumerate(_ITEM.finditer(content)):
        if number == most:
            return content[: entry.start()], True
    return content, False


def instant(text: str | None) -> datetime | None:
    """The instant in UTC that a date of a feed or sitemap names; ``None`` without a time of day or its zone.

    Takes RFC 822 (``Mon, 05 Jan 2026 10:00:00 +0100``) and ISO 8601. feedparser's own reading is not used: it takes
    dates without a zone, and zones it does not know, for UTC.
    """
    if not text:
        return None
    read = None
    for reading in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            read = reading(text.strip())
        except (TypeError, ValueError, OverflowError):
            continue
        break
    if read is None or read.tzinfo is None or ":" not in text:
        return None
    try:
        return read.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _link(entry: dict[str, object], url: str) -> Link | None:
    # ``dict.get``: the class of the entry answers "updated" with "published", and warns.
    address = normal_form(str(dict.get(entry, "link") or ""), url)
    if address is None:
        return None
    published = _text(dict.get(entry, "published")) or _text(dict.get(entry, "created"))
    modified = _text(dict.get(entry, "updated"))
    if published is None:  # dc:date, and Atom's updated where nothing else is given
        published = modified
    return Link(
        url=address,
        title=plain(_text(dict.get(entry, "title"))),
        published_at=instant(published),
        published_text=published,
        modified_at=instant(modified),
    )


def _is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _json_feed(content: bytes, url: str) -> list[Link | None]:
    """The entries of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise ListingError(url, NOT_A_FEED) from exc
    items = feed.get("items")
    if not str(feed.get("version")).startswith("https://jsonfeed.org/version/") or not isinstance(items, list):
        raise ListingError(url, NOT_A_FEED)
    return _leading_somewhere([_json_link(item, url) if isinstance(item, dict) else None for item in items], url)


def _json_link(item: dict[str, object], url: str) -> Link | None:
    address = normal_form(_text(item.get("url")) or "", url)
    if address is None:  # the id of an item is often the address of its page
        address = normal_form(_text(item.get("id")) or "")
    if address is None:
        return None
    published = _text(item.get("date_published"))
    return Link(
        url=address,
        title=plain(_text(item.get("title"))),
        published_at=instant(published),
        published_text=published,
        modified_at=instant(_text(item.get("date_modified"))),
    )


def _text(value: object) -> str | None:
    return sound(value).strip() or None if isinstance(value, str) else None


def plain(title: str | None) -> str | None:
    """A title without its markup and entities."""
    if title is None or not _MARKUP.search(title):
        return title
    text = html.fragment_fromstring(title, create_parent="div").text_content()
    return " ".join(str(text).split()) or None
