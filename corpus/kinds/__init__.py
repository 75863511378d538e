"""The kinds of source that are fetched from the web, and how their lists are read (``kind.py``)."""

from __future__ import annotations

from corpus.kinds import api, feed, listing, sitemap, stortinget, wordpress
from corpus.kinds.kind import Kind

WEB_KINDS: dict[str, Kind] = {
    "feed": feed.KIND,
    "sitemap": sitemap.KIND,
    "wordpress": wordpress.KIND,
    "api": api.KIND,
    "stortinget": stortinget.KIND,
    "listing": listing.KIND,
}
