"""Walks back in time, and how one goes on that was cut off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from corpus.archives import page_address, walk
from corpus.article import Fetch, Walked
from corpus.feeds import first_entries
from corpus.sources import Source
from tests.corpus.collecting import FEED, SITEMAP, Collector, extract, feed, outcomes, sitemap
from tests.corpus.loopback import Reply, Web, html, xml

START = datetime(2026, 1, 9, 12, tzinfo=UTC)


class Walker(Collector):
    """Walks of one web, with one memory of pages and of how far they came."""

    def __init__(self, web: Web) -> None:
        super().__init__(web)
        self.walked: dict[str, Walked] = {}

    def walk(
        self, since: str, source: Source = FEED, limit: int | None = None, die_after: int | None = None
    ) -> dict[str, str]:
        """The outcomes by path; ``asked`` begins anew."""
        self.web.asked.clear()
        items: list[Fetch] = []
        with self.web.client() as client:
            steps = walk(
                source,
                client,
                self.memory,
                list(self.walked.values()),
                since=date.fromisoformat(since),
                now=self.clock,
                limit=limit,
                extract=extract,
            )
            for step in islice(steps, die_after):
                if isinstance(step, Walked):
                    self.walked[step.url] = step
                else:
                    self.memory.keep(step)
                    items.append(step)
        return outcomes(items)

    @property
    def asked(self) -> list[str]:
        return [address.partition(".example")[2] for address in self.web.asked]


@pytest.fixture
def walker(web: Web) -> Walker:
    """A feed of four pages with two articles each, one a month, the oldest from June 2025."""
    publish(web, [f"/{number}" for number in range(8)])
    return Walker(web)


def publish(web: Web, paths: Sequence[str]) -> None:
    """Articles, the newest first, a month between them, two on each page of the feed."""
    web.pages = {address: page for address, page in web.pages.items() if "/rss" not in address}
    for path in paths:
        web.pages[f"avisa.example{path}"] = html(f"Sak {path}")
    for first in range(0, len(paths), 2):
        dates = {
            path[1:]: START - timedelta(days=30 * (first + at)) for at, path in enumerate(paths[first : first + 2])
        }
        address = page_address("http://avisa.example/rss", first // 2 + 1).removeprefix("http://")
        web.pages[address] = feed(*paths[first : first + 2], **dates)


def test_the_pages_of_a_feed_are_walked_to_their_end(walker: Walker) -> None:
    assert walker.walk("2020-01-01") == {f"/{number}": "saved" for number in range(8)}
    assert walker.asked[-1] == "/rss?paged=5"
    assert walker.walk("2020-01-01") == {"/0": "unchanged", "/1": "unchanged"}
    assert walker.asked == ["/rss"]


def test_it_stops_at_the_day_asked_for(walker: Walker) -> None:
    assert set(walker.walk("2025-10-20")) == {"/0", "/1", "/2"}
    assert walker.asked == ["/rss", "/0", "/1", "/rss?paged=2", "/2", "/rss?paged=3"]
    assert set(walker.walk("2025-07-20")) >= {"/3", "/4", "/5"}


@pytest.mark.parametrize("die_after", range(1, 13))
def test_a_walk_that_is_killed_goes_on_where_it_was(walker: Walker, die_after: int) -> None:
    before = walker.walk("2020-01-01", die_after=die_after)
    after = walker.walk("2020-01-01")
    saved = [path for path, outcome in (*before.items(), *after.items()) if outcome == "saved"]
    assert sorted(saved) == [f"/{number}" for number in range(8)]
    listings = [path for path in walker.asked if path.startswith("/rss")]
    assert len(listings) <= 5 - die_after // 3 + 2


def test_what_came_while_nobody_looked_is_found_too(walker: Walker, web: Web) -> None:
    walker.walk("2020-01-01")
    publish(web, [f"/ny{number}" for number in range(5)] + [f"/{number}" for number in range(8)])
    after = walker.walk("2020-01-01")
    assert {path for path, outcome in after.items() if outcome == "saved"} == {f"/ny{number}" for number in range(5)}
    assert walker.asked[-1] == "/rss?paged=4"


def test_with_a_limit_the_archive_comes_bit_by_bit(walker: Walker) -> None:
    saved: list[str] = []
    for _ in range(5):
        found = walker.walk("2020-01-01", limit=2)
        saved += [path for path, outcome in found.items() if outcome == "saved"]
        assert len(walker.asked) < 9
    assert saved == [f"/{number}" for number in range(8)]


def test_a_page_that_fails_for_now_is_tried_again(walker: Walker, web: Web) -> None:
    good = web.pages["avisa.example/3"]
    web.pages["avisa.example/3"] = Reply(status=503)
    assert walker.walk("2020-01-01")["/3"] == "failed: HTTP 503"
    web.pages["avisa.example/3"] = good
    assert walker.walk("2020-01-01")["/3"] == "saved"


def test_a_server_that_knows_no_pages_is_asked_for_one(walker: Walker, web: Web) -> None:
    web.pages["avisa.example/rss?paged=2"] = web.pages["avisa.example/rss"]
    assert set(walker.walk("2020-01-01")) == {"/0", "/1"}
    assert walker.asked == ["/rss", "/0", "/1", "/rss?paged=2"]


def test_pages_without_end_that_lead_to_nothing_older_are_left(walker: Walker, web: Web) -> None:
    old = web.answer

    def answer(request: object) -> Reply:
        path = str(getattr(request, "path", ""))
        if path.startswith("/rss"):
            old(request)  # type: ignore[arg-type]  # counts it
            name = path.rpartition("=")[2].strip("/")
            return feed(f"/felle-{name}", **{f"felle-{name}": START})
        return old(request)  # type: ignore[arg-type]

    web.answer = answer  # type: ignore[method-assign]
    walker.walk("2020-01-01")
    assert len([path for path in walker.asked if path.startswith("/rss")]) < 10


def test_of_an_index_the_sitemaps_since_that_day_are_read_the_newest_first(walker: Walker, web: Web) -> None:
    years = {2023: "2023-12-01", 2025: "2025-12-01", 2024: "2024-12-01"}
    maps = "".join(f"<sitemap><loc>/{y}.xml</loc><lastmod>{day}</lastmod></sitemap>" for y, day in years.items())
    web.pages["etat.example/sitemap.xml"] = xml(f"<sitemapindex>{maps}</sitemapindex>")
    for year, day in years.items():
        name = f"sak{year}"
        web.pages[f"etat.example/{year}.xml"] = sitemap(
            f"/{name}", f"/gammel{year}", **{name: day, f"gammel{year}": "2019-01-01"}
        )
        web.pages[f"etat.example/{name}"] = html(f"Sak fra {year}")
    assert walker.walk("2024-01-01", SITEMAP, die_after=2) == {"/sak2025": "saved"}
    assert walker.walk("2024-01-01", SITEMAP) == {"/sak2024": "saved"}
    assert walker.asked == ["/sitemap.xml", "/2024.xml", "/sak2024"]
    assert walker.walk("2023-01-01", SITEMAP) == {
        "/sak2025": "unchanged",
        "/sak2024": "unchanged",
        "/sak2023": "saved",
    }


def test_a_feed_that_is_dead_is_a_failure_and_is_asked_again(walker: Walker, web: Web) -> None:
    web.pages["avisa.example/rss"] = Reply(status=404)
    assert walker.walk("2020-01-01") == {"/rss": "failed: HTTP 404"}
    assert walker.walked == {}


def test_a_sitemap_of_sitemaps_without_end_is_left_for_later(
    web: Web, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.archives.MOST_SITEMAPS", 3)
    inner = "".join(f"<sitemap><loc>http://etat.example/{n}.xml</loc></sitemap>" for n in range(9))
    web.pages["etat.example/sitemap.xml"] = xml(f"<sitemapindex>{inner}</sitemapindex>")
    for number in range(9):
        web.pages[f"etat.example/{number}.xml"] = sitemap()
    found = walker.walk("2020-01-01", SITEMAP)
    assert found == {"/2.xml": "failed: too many sitemaps"}
    assert len(walker.asked) == 3


def test_a_feed_with_far_too_many_items_gives_the_first_and_says_so(
    web: Web, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.archives.first_entries", lambda content: first_entries(content, 1))
    found = walker.walk("2020-01-01")
    assert found["/0"] == "saved"
    assert "/1" not in found
    assert found["/rss"] == "failed: too many items"
