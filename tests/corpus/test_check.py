"""What ``sources check`` finds out about a source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.check import Check, check_source
from corpus.sources import Source
from tests.corpus.collecting import FEED, MORNING, SITEMAP, feed, sitemap
from tests.corpus.loopback import Reply, Web, html, redirect, xml


def checked(web: Web, source: Source = FEED) -> Check:
    with web.client() as client:
        return check_source(source, client, now=lambda: MORNING)


def test_a_feed_is_told_with_its_newest_item_and_nothing_else_is_fetched(web: Web) -> None:
    web.pages["avisa.example/rss"] = feed("/1", "/2", **{"1": MORNING - timedelta(days=9), "2": MORNING})
    check = checked(web)
    assert (check.status, check.items, check.newest, check.newest_at) == ("ok", 2, "http://avisa.example/2", MORNING)
    assert (check.allowed, check.moved_to) == (True, None)
    assert web.asked == ["avisa.example/rss"]


def test_a_date_to_come_makes_no_item_the_newest(web: Web) -> None:
    web.pages["avisa.example/rss"] = feed("/1", "/2", **{"1": MORNING + timedelta(days=400), "2": MORNING})
    assert checked(web).newest == "http://avisa.example/2"


def test_of_a_sitemap_index_the_newest_sitemap_is_looked_at(web: Web) -> None:
    maps = "".join(
        f"<sitemap><loc>/{year}.xml</loc><lastmod>{year}-12-01</lastmod></sitemap>" for year in (2023, 2025, 2024)
    )
    web.pages["etat.example/sitemap.xml"] = xml(f"<sitemapindex>{maps}</sitemapindex>")
    web.pages["etat.example/2025.xml"] = sitemap("/a", "/b", a="2025-05-01T10:00:00Z", b="2025-06-01T10:00:00Z")
    check = checked(web, SITEMAP)
    assert (check.status, check.items, check.newest) == ("ok", 2, "http://etat.example/b")
    assert check.newest_at == datetime(2025, 6, 1, 10, tzinfo=UTC)
    assert web.asked == ["etat.example/sitemap.xml", "etat.example/2025.xml"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), "HTTP 404"),
        (html("<html><p>Ingen feed her</p></html>"), "not a feed"),
        (sitemap("/1"), "not a feed but a sitemap"),
        (feed(), "no items"),
    ],
)
def test_what_gives_nothing_is_dead_with_its_reason(web: Web, reply: Reply, reason: str) -> None:
    web.pages["avisa.example/rss"] = reply
    check = checked(web)
    assert (check.status, check.reason) == ("dead", reason)


@pytest.mark.parametrize(("rule", "reason"), [("/rss", "robots.txt"), ("/1", "robots.txt, for its pages")])
def test_robots_txt_may_bar_the_feed_or_the_pages(web: Web, rule: str, reason: str) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=f"User-agent: *\nDisallow: {rule}\n".encode())
    check = checked(web)
    assert (check.status, check.allowed, check.reason) == ("barred", False, reason)


def test_a_source_that_moved_for_good_says_where_to_and_one_that_moved_for_now_does_not(web: Web) -> None:
    web.pages["avisa.example/ny"] = web.pages["avisa.example/rss"]
    web.pages["avisa.example/rss"] = redirect("/ny", 301)
    check = checked(web)
    assert (check.status, check.moved_to) == ("ok", "http://avisa.example/ny")
    web.pages["avisa.example/rss"] = redirect("/ny", 302)
    assert checked(web).moved_to is None


def test_a_folder_is_counted(web: Web, tmp_path: Path) -> None:
    folder = Source(id="arkiv", name="Arkiv", kind="folder", path=tmp_path / "a")
    assert (checked(web, folder).status, checked(web, folder).reason) == ("dead", "no such folder")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "brev.txt").write_text("Et brev")
    assert (checked(web, folder).items, checked(web, folder).newest) == (1, "brev.txt")
