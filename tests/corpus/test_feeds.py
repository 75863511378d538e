"""RSS and Atom become links."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.errors import ListingError
from corpus.feeds import instant, read_feed

FEED = "https://avisa.example/helse/rss.xml"


def rss(*items: str) -> bytes:
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f"""<?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Avisa</title>
    <link>https://avisa.example/</link>{joined}</channel></rss>""".encode()


def test_rss() -> None:
    (link,) = read_feed(
        rss(
            "<title>Øker beredskapen</title><link>https://avisa.example/sak/1?utm_source=rss</link>"
            "<pubDate>Mon, 05 Jan 2026 10:00:00 +0100</pubDate>"
        ),
        FEED,
    )
    assert (link.url, link.title) == ("https://avisa.example/sak/1", "Øker beredskapen")
    assert link.published_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert link.published_text == "Mon, 05 Jan 2026 10:00:00 +0100"
    assert link.modified_at is None


def test_atom() -> None:
    (link,) = read_feed(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Avisa</title><entry>
        <title type="html">Mer &lt;b>hjelp&lt;/b> &amp;amp; tid</title>
        <link rel="self" href="/api/2"/><link href="/sak/2"/>
        <published>2026-01-05T10:00:00+01:00</published><updated>2026-02-01T08:00:00Z</updated></entry></feed>""",
        FEED,
    )
    assert (link.url, link.title) == ("https://avisa.example/sak/2", "Mer hjelp & tid")
    assert link.published_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert link.modified_at == datetime(2026, 2, 1, 8, tzinfo=UTC)


def test_rss_of_1999_with_a_dublin_core_date() -> None:
    (link,) = read_feed(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>En</title><link>https://avisa.example/1</link>
        <dc:date>2026-01-05</dc:date></item></rdf:RDF>""",
        FEED,
    )
    assert (link.published_text, link.published_at) == ("2026-01-05", None)


def test_links_may_be_relative_or_given_as_a_guid() -> None:
    links = read_feed(rss("<link>sak/1</link>", "<guid>https://avisa.example/sak/2</guid>"), FEED)
    assert [link.url for link in links] == ["https://avisa.example/helse/sak/1", "https://avisa.example/sak/2"]


def test_what_is_no_web_address_is_left_out() -> None:
    items = [f"<link>{link}</link>" for link in ("javascript:void(0)", "mailto:a@b.example", "", "/sak/1", "/sak/2#k")]
    assert [link.url for link in read_feed(rss(*items, "<title>uten lenke</title>"), FEED)] == [
        "https://avisa.example/sak/1",
        "https://avisa.example/sak/2",
    ]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read_feed(rss(), FEED) == []


def test_a_feed_whose_entries_lead_nowhere_is_said_so() -> None:
    with pytest.raises(ListingError, match="no links in the feed"):
        read_feed(rss("<title>a</title>", "<link>mailto:a@b.example</link>"), FEED)


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><title>Logg inn</title><a href='/'>Hjem</a>", b'{"items": []}', b"\x00\x01\x02", b"<svg/>"],
)
def test_what_is_no_feed_is_said_so(content: bytes) -> None:
    with pytest.raises(ListingError, match="not a feed") as caught:
        read_feed(content, FEED)
    assert caught.value.url == FEED


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    content = rss("<title>A & B</title><link>/sak/1</link>", "<link>/sak/2</link>").replace(b"</channel></rss>", b"")
    assert [link.url for link in read_feed(content, FEED)] == [
        "https://avisa.example/sak/1",
        "https://avisa.example/sak/2",
    ]


def test_old_encodings_are_read() -> None:
    content = rss("<title>Blåbær på sjøen</title><link>/sak/1</link>").decode().replace("utf-8", "iso-8859-1")
    assert read_feed(content.encode("latin-1"), FEED)[0].title == "Blåbær på sjøen"


def test_entities_are_not_resolved() -> None:
    content = rss("<title>&fil;</title><link>/sak/1</link>").replace(
        b"<rss", b'<!DOCTYPE rss [<!ENTITY fil SYSTEM "file:///etc/passwd">]><rss'
    )
    assert "root" not in (read_feed(content, FEED)[0].title or "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mon, 05 Jan 2026 10:00:00 +0100", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("Mon, 05 Jan 2026 10:00:00 GMT", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("2026-01-05T10:00:00Z", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("2026-01-05T10:00:00.123+01:00", datetime(2026, 1, 5, 9, 0, 0, 123000, tzinfo=UTC)),
        ("2026-01-05T10:00:00", None),
        ("Mon, 05 Jan 2026 10:00:00", None),
        ("Mon, 05 Jan 2026 10:00:00 XYZ", None),
        ("2026-01-05", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("i går", None),
        ("", None),
        (None, None),
    ],
)
def test_an_instant_needs_a_time_of_day_and_its_zone(text: str | None, read: datetime | None) -> None:
    assert instant(text) == read


def test_a_json_feed() -> None:
    content = """\ufeff{"version": "https://jsonfeed.org/version/1", "items": [
        {"id": "1", "url": "/sak/1?utm_source=x",
         "title": "Mer &amp; bedre", "date_published": "2026-01-05T10:00:00+01:00",
         "date_modified": "2026-02-01T08:00:00Z"},
        {"id": "https://avisa.example/sak/2", "date_published": "2026-01-05"},
        {"id": "3"}, {"id": "4", "url": "javascript:void(0)"}, 7]}"""
    first, second = read_feed(content.encode(), FEED, "application/feed+json")
    assert (first.url, first.title) == ("https://avisa.example/sak/1", "Mer & bedre")
    assert (first.published_at, first.modified_at) == (
        datetime(2026, 1, 5, 9, tzinfo=UTC),
        datetime(2026, 2, 1, 8, tzinfo=UTC),
    )
    assert (second.url, second.published_text, second.published_at) == (
        "https://avisa.example/sak/2",
        "2026-01-05",
        None,
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "not a feed"),
        (b'{"version": 1, "items": []}', "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "not a feed"),
        (b'{"a":' * 100_000, "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}', "no links in the feed"),
    ],
)
def test_a_json_feed_that_is_none_is_said_so(content: bytes, reason: str) -> None:
    with pytest.raises(ListingError, match=reason):
        read_feed(content, FEED)
