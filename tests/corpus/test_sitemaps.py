"""Sitemaps become links."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from corpus.errors import ListingError
from corpus.links import Link
from corpus.sitemaps import Sitemap, read_sitemap

URL = "https://etat.example/sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def entries(content: bytes, decompressed_bytes: int = 1_000_000) -> list[Link | Sitemap]:
    return list(read_sitemap(content, URL, decompressed_bytes=decompressed_bytes))


def urlset(*entries: str) -> bytes:
    return f'<?xml version="1.0"?><urlset xmlns="{NAMESPACE}">{"".join(entries)}</urlset>'.encode()


def test_pages_with_the_day_or_instant_of_their_change() -> None:
    first, second, third = entries(
        urlset(
            "<url><loc> https://etat.example/a </loc><lastmod>2026-01-05T10:00:00+01:00</lastmod></url>",
            "<url><loc>https://etat.example/høring</loc><lastmod>2026-01-05</lastmod></url>",
            "<url><loc>/c</loc><lastmod>nylig</lastmod><priority>0.5</priority></url>",
        )
    )
    assert first == Link(url="https://etat.example/a", modified_at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    assert second == Link(
        url="https://etat.example/h%C3%B8ring", modified_at=datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)
    )
    assert third == Link(url="https://etat.example/c")


def test_news_sitemaps_give_title_and_publication() -> None:
    (link,) = entries(
        urlset(
            """<url><loc>https://etat.example/a</loc><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
            <n:publication><n:name>Etaten</n:name></n:publication><n:title>Økt støtte</n:title>
            <n:publication_date>2026-01-05T10:00:00Z</n:publication_date></n:news></url>"""
        )
    )
    assert isinstance(link, Link)
    assert (link.title, link.published_at) == ("Økt støtte", datetime(2026, 1, 5, 10, tzinfo=UTC))


def test_pictures_and_films_of_a_page_are_not_taken_for_it() -> None:
    (link,) = entries(
        urlset(
            """<url><loc>https://etat.example/a</loc>
            <i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><i:loc>https://etat.example/b.jpg</i:loc>
            <i:title>Et bilde</i:title></i:image>
            <v:video xmlns:v="http://www.google.com/schemas/sitemap-video/1.1"><v:title>En film</v:title>
            <v:publication_date>2025-01-05T10:00:00Z</v:publication_date></v:video></url>"""
        )
    )
    assert link == Link(url="https://etat.example/a")


def test_an_index_gives_sitemaps() -> None:
    content = f"""<sitemapindex xmlns="{NAMESPACE}"><sitemap><loc>/s1.xml</loc><lastmod>2026-01-05T00:00:00Z</lastmod>
    </sitemap><sitemap><loc>https://etat.example/s2.xml.gz</loc></sitemap></sitemapindex>"""
    assert entries(content.encode()) == [
        Sitemap(url="https://etat.example/s1.xml", modified_at=datetime(2026, 1, 5, tzinfo=UTC)),
        Sitemap(url="https://etat.example/s2.xml.gz"),
    ]


def test_gzip_files_are_unpacked_up_to_a_limit() -> None:
    packed = gzip.compress(urlset("<url><loc>/a</loc></url>"))
    assert [entry.url for entry in entries(packed)] == ["https://etat.example/a"]
    with pytest.raises(ListingError, match="too large"):
        entries(packed, decompressed_bytes=100)
    with pytest.raises(ListingError, match="not a sitemap"):
        entries(b"\x1f\x8bno")


def test_entries_that_lead_nowhere_are_left_out() -> None:
    assert entries(urlset("<url/>", "<url><loc/></url>", "<url><loc>mailto:a@b.example</loc></url>")) == []


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>Fant ikke</body></html>", b"Ikke funnet", b"<rss/>", b"\x00\x01"]
)
def test_what_is_no_sitemap_is_said_so(content: bytes) -> None:
    with pytest.raises(ListingError, match="not a sitemap"):
        entries(content)


def test_what_comes_before_a_break_is_good() -> None:
    reading = read_sitemap(
        urlset("<url><loc>/a</loc></url>")[: -len("</urlset>")] + b"<url><loc>/b</lo", URL, decompressed_bytes=1000
    )
    assert next(reading).url == "https://etat.example/a"
    with pytest.raises(ListingError, match="broken sitemap"):
        next(reading)


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/hostname"', '"ha"'])
def test_entities_are_not_resolved(entity: str) -> None:
    content = f"<!DOCTYPE urlset [<!ENTITY e {entity}>]><urlset><url><loc>/a&e;</loc></url></urlset>"
    assert [entry.url for entry in entries(content.encode())] == ["https://etat.example/a"]


def test_entities_are_not_multiplied() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    content = f"""<!DOCTYPE urlset [<!ENTITY e0 "ha">{bomb}]><urlset><url><loc>/b&e9;</loc></url></urlset>"""
    with pytest.raises(ListingError, match="broken sitemap"):
        entries(content.encode())
