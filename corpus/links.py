"""What a listing says of an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from corpus.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of a listing.

    Attributes:
        url: the address of the page, absolute and in normal form.
        title: its headline as the feed gives it, as plain text.
        published_at: when the feed says it was published, in UTC; only where it gives a time of day with its zone.
        published_text: the publication date just as it stands in the feed, for lists that give a day alone.
        modified_at: when the listing says it was last changed, in UTC.
    """

    url: str
    title: str | None = None
    published_at: datetime | None = None
    published_text: str | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An entry that brings its page with it, so that it need not be fetched.

    Attributes:
        link: the entry.
        html: the page, or as much of one as there is.
        content_type: of the page, as declared.
        read_at: when the page was as it is here, in UTC, if not now.
        article: instead of a page, the article itself.
        reason: instead of a page, why there is none (``HTTP 404``).
    """

    link: Link
    html: bytes | str = ""
    content_type: str | None = None
    read_at: datetime | None = None
    article: Article | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next page of a listing.

    Attributes:
        url: its address, in normal form.
        may_be_missing: whether nobody promised it; then a 400 or 404 is the end and no failure.
    """

    url: str
    may_be_missing: bool = False
