"""Feeds of the little sites that the tests serve on loopback."""

from __future__ import annotations

FEED = '<rss version="2.0"><channel><title>Avisa</title>{items}</channel></rss>'
ITEM = "<item><title>Sak</title><link>http://{site}.example/{name}</link></item>"


def feed(site: str, *names: str) -> str:
    """An RSS feed with one item a page of ``site``."""
    return FEED.format(items="".join(ITEM.format(site=site, name=name) for name in names))
