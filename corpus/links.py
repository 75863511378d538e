"""What a listing says of an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry of a feed or sitemap.

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
