"""Feeds and sitemaps as sources: good, broken, nested and large ones, on real HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from corpus.article import Known
from tests.corpus.collecting import SITEMAP, Collector, feed, outcomes, sitemap
from tests.corpus.loopback import Reply, Request, Web, html, redirect, xml


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), "HTTP 404"),
        (Reply(status=500), "HTTP 500"),
        (html("<!doctype html><title>Logg inn</title>"), "not a feed"),
        (xml(b""), "not a feed"),
        (xml("<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"), "no links in the feed"),
        (redirect("/rss"), "too many redirects"),
        (Reply(send=lambda write: write(b"x" * 20_000_000)), "too large"),
    ],
)
def test_a_feed_that_fails_counts_as_one_and_is_tried_again(
    web: Web, collector: Collector, reply: Reply, reason: str
) -> None:
    good = web.pages["avisa.example/rss"]
    web.pages["avisa.example/rss"] = reply
    assert collector.results() == {"/rss": f"failed: {reason}"}
    web.pages["avisa.example/rss"] = good
    assert collector.results() == {"/1": "saved", "/2": "saved"}


def test_an_empty_feed_is_no_failure(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed()
    assert outcomes(collector.run()) == {}


def test_a_feed_that_robots_may_not_read_fails(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /rss")
    assert collector.results() == {"/rss": "failed: robots.txt"}


def test_a_host_that_is_down_costs_few_requests(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed(*(f"http://nede.example/{n}" for n in range(20)))
    web.pages["nede.example/robots.txt"] = Reply(status=503)
    assert set(collector.results().values()) == {"failed: robots.txt: HTTP 503"}
    assert web.asked == ["avisa.example/rss"]


def test_a_sitemap_and_those_an_index_names(web: Web, collector: Collector) -> None:
    web.pages["etat.example/sitemap.xml"] = xml(
        "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap>"
        "<sitemap><loc>/borte.xml</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
    )
    web.pages["etat.example/a.xml"] = sitemap("/1", "/2")
    web.pages["etat.example/b.xml"] = sitemap("/2", "/3")
    for n in (1, 2, 3):
        web.pages[f"etat.example/{n}"] = html(f"Sak {n}")
    first = {"/1": "saved", "/2": "saved", "/3": "saved", "/borte.xml": "failed: HTTP 404"}
    assert collector.results(SITEMAP) == first
    assert collector.results(SITEMAP) == {"/borte.xml": "failed: HTTP 404"}
    assert [address.rpartition("/")[2] for address in web.asked] == ["sitemap.xml", "a.xml", "b.xml", "borte.xml"]
    web.pages["etat.example/b.xml"] = sitemap("/3", "/4")
    web.pages["etat.example/4"] = html("Sak 4")
    assert collector.results(SITEMAP) == {"/3": "unchanged", "/4": "saved", "/borte.xml": "failed: HTTP 404"}


def test_a_sitemap_that_the_index_calls_unchanged_is_not_asked_for(web: Web, collector: Collector) -> None:
    web.pages["etat.example/sitemap.xml"] = xml(
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-01-05T00:00:00Z</lastmod></sitemap></sitemapindex>"
    )
    web.pages["etat.example/a.xml"] = sitemap("/1")
    web.pages["etat.example/1"] = html("Sak 1")
    collector.run(SITEMAP)
    assert collector.run(SITEMAP) == []
    assert web.asked == ["etat.example/sitemap.xml"]


def test_sitemaps_within_sitemaps_end(web: Web, collector: Collector) -> None:
    def deeper(request: Request) -> Reply:
        return xml(f"<sitemapindex><sitemap><loc>{request.path}x</loc></sitemap></sitemapindex>")

    for depth in range(9):
        web.pages["etat.example/sitemap.xml" + "x" * depth] = deeper
    assert list(collector.results(SITEMAP).values()) == ["failed: sitemaps nested too deep"]


def test_a_sitemap_that_breaks_off_keeps_what_came_and_is_read_again(web: Web, collector: Collector) -> None:
    web.pages["etat.example/sitemap.xml"] = xml("<urlset><url><loc>/1</loc></url><url><loc>/2</lo")
    web.pages["etat.example/1"] = html("Sak 1")
    assert collector.results(SITEMAP) == {"/1": "saved", "/sitemap.xml": "failed: broken sitemap"}
    assert collector.results(SITEMAP) == {"/1": "unchanged", "/sitemap.xml": "failed: broken sitemap"}


def test_a_large_listing_streams(web: Web, collector: Collector) -> None:
    count = 20_000
    web.pages["etat.example/sitemap.xml"] = sitemap(*(f"/{n}" for n in range(count)))
    asked: list[int] = []
    known = collector.memory.known

    def counting(urls: Sequence[str]) -> dict[str, Known]:
        asked.append(len(urls))
        return known(urls)

    collector.memory.known = counting  # type: ignore[method-assign]
    assert list(outcomes(collector.run(SITEMAP, limit=0, die_after=3)).values()) == ["skipped: over the limit"] * 3
    assert asked == [200], "only the first few were looked up by then"
    results = Counter(collector.results(SITEMAP, limit=0).values())
    assert results == {"skipped: over the limit": count}
