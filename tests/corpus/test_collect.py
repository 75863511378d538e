"""Collecting a source: what becomes of every address, run after run, on real HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import islice
from pathlib import Path

import pytest

from corpus.addresses import canonical_address
from corpus.article import Article, Block, Fetch, Known, Listing
from corpus.collect import collect
from corpus.connection import Limits
from corpus.errors import ExtractionError
from corpus.links import Link
from corpus.sources import Source
from tests.corpus.loopback import Reply, Request, Web, html, redirect, serve_web, xml

FEED = Source(id="avisa", name="Avisa", kind="feed", url="http://avisa.example/rss", allow_private_addresses=True)
SITEMAP = Source(
    id="etat", name="Etat", kind="sitemap", url="http://etat.example/sitemap.xml", allow_private_addresses=True
)
MORNING = datetime(2026, 1, 10, 6, tzinfo=UTC)


class Clock:
    """A clock that is a second later each time it is asked."""

    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class Remembering:
    """A memory in dictionaries, kept as the agreement says."""

    def __init__(self) -> None:
        self.listings: dict[str, Listing] = {}
        self.addresses: dict[str, Known] = {}
        self.articles: dict[str, Article] = {}

    def listing(self, url: str) -> Listing | None:
        return self.listings.get(url)

    def known(self, urls: Sequence[str]) -> dict[str, Known]:
        return {url: self._latest(self.addresses[url]) for url in urls if url in self.addresses}

    def article_with(self, fingerprint: str) -> str | None:
        return next((key for key, article in self.articles.items() if article.fingerprint == fingerprint), None)

    def keep(self, item: Fetch | Listing) -> None:
        if isinstance(item, Listing):
            self.listings[item.url] = item
        elif item.article is not None:
            self.articles[item.article.article_id] = item.article
            known = Known(article_id=item.article.article_id, fetched_at=item.fetched_at)
            for url in (item.url, item.article.canonical_url):
                self.addresses[url] = known
        elif item.outcome == "failed" and not item.retry:
            self.addresses[item.url] = Known(fetched_at=item.fetched_at, reason=item.reason)

    def _latest(self, known: Known) -> Known:
        article = self.articles.get(known.article_id or "")
        return known if article is None else replace(known, fingerprint=article.fingerprint)


def extract(
    html: bytes | str,
    *,
    source_id: str,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    link: Link | None = None,
) -> Article:
    """A page here is its article's text, if need be with the canonical address on a line before it."""
    text = html.decode() if isinstance(html, bytes) else html
    if text == "broken":
        raise RecursionError
    declared, _, rest = text.rpartition("\n")
    if not rest:
        raise ExtractionError(url, "no article on the page")
    return Article(
        source_id=source_id,
        url=url,
        canonical_url=canonical_address(declared or None, url),
        title=rest,
        blocks=(Block(kind="heading", text=rest),),
    )


class Collector:
    """Runs of one web, with one memory."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.memory = Remembering()
        self.clock = Clock()
        self.limits = Limits()

    def run(
        self, source: Source = FEED, limit: int | None = None, die_after: int | None = None
    ) -> list[Fetch | Listing]:
        """What comes out of a run, kept as it comes; ``asked`` begins anew."""
        self.web.asked.clear()
        self.clock.time += timedelta(hours=1)
        items: list[Fetch | Listing] = []
        with self.web.client(self.limits) as client:
            found = collect(source, client, self.memory, now=self.clock, limit=limit, extract=extract)
            for item in islice(found, die_after):
                self.memory.keep(item)
                items.append(item)
        return items

    def results(self, source: Source = FEED, limit: int | None = None) -> dict[str, str]:
        """The outcome, with its reason, by path."""
        return outcomes(self.run(source, limit))


def outcomes(items: Sequence[Fetch | Listing]) -> dict[str, str]:
    fetches = [item for item in items if isinstance(item, Fetch)]
    assert not [url for url, times in Counter(fetch.url for fetch in fetches).items() if times > 1]
    assert all((fetch.reason is not None) == (fetch.outcome in ("skipped", "failed")) for fetch in fetches)
    return {
        fetch.url.partition(".example")[2] or fetch.url: f"{fetch.outcome}: {fetch.reason}"
        if fetch.reason
        else fetch.outcome
        for fetch in fetches
    }


def feed(*links: str, **dates: datetime) -> Reply:
    """A feed of these links; ``dates`` by the last part of the path."""
    items = "".join(
        f"<item><link>{link}</link>"
        + (f"<pubDate>{format_datetime(date)}</pubDate>" if (date := dates.get(link.rpartition("/")[2])) else "")
        + "</item>"
        for link in links
    )
    return xml(f"<rss version='2.0'><channel>{items}</channel></rss>")


def sitemap(*links: str, **changed: str) -> Reply:
    urls = "".join(
        f"<url><loc>{link}</loc><lastmod>{changed.get(link.rpartition('/')[2], '')}</lastmod></url>" for link in links
    )
    return xml(f"<urlset>{urls}</urlset>")


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = feed("/1", "/2")
        web.pages["avisa.example/1"] = html("Én sak")
        web.pages["avisa.example/2"] = html("En annen sak")
        yield web


@pytest.fixture
def collector(web: Web) -> Collector:
    return Collector(web)


# First and second runs


def test_a_first_run_saves_the_articles_and_then_the_state_of_the_listing(collector: Collector) -> None:
    items = collector.run()
    assert [type(item) for item in items] == [Fetch, Fetch, Listing]
    assert outcomes(items) == {"/1": "saved", "/2": "saved"}
    first = items[0]
    assert isinstance(first, Fetch)
    assert (first.source_id, first.status_code, first.article and first.article.text) == ("avisa", 200, "Én sak")


def test_a_second_run_with_nothing_new_asks_for_the_listing_and_writes_nothing(collector: Collector) -> None:
    collector.run()
    assert collector.run() == []
    assert collector.web.asked == ["avisa.example/rss"]


def test_a_listing_that_has_not_changed_is_not_even_sent(web: Web, collector: Collector) -> None:
    statuses = []

    def conditional(request: Request) -> Reply:
        same = request.headers.get("if-none-match") == '"v1"'
        statuses.append(304 if same else 200)
        return Reply(status=304) if same else replace(feed("/1"), headers={"ETag": '"v1"'})

    web.pages["avisa.example/rss"] = conditional
    collector.run()
    assert (collector.run(), statuses) == ([], [200, 304])


def test_a_listing_that_claims_for_days_not_to_have_changed_is_asked_again_in_full(
    web: Web, collector: Collector
) -> None:
    web.pages["avisa.example/rss"] = lambda request: (
        Reply(status=304) if "if-none-match" in request.headers else replace(feed("/1"), headers={"ETag": '"v1"'})
    )
    collector.run()
    web.pages["avisa.example/rss"] = lambda request: (
        Reply(status=304) if "if-none-match" in request.headers else replace(feed("/1", "/2"), headers={"ETag": '"v1"'})
    )
    assert collector.results() == {}
    collector.clock.time += timedelta(days=4)
    assert collector.results() == {"/1": "unchanged", "/2": "saved"}


def test_the_same_etag_on_changed_content_hides_nothing(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = replace(feed("/1"), headers={"ETag": '"v1"'})
    collector.run()
    web.pages["avisa.example/rss"] = replace(feed("/1", "/2"), headers={"ETag": '"v1"'})
    assert collector.results() == {"/1": "unchanged", "/2": "saved"}
    assert collector.web.asked == ["avisa.example/rss", "avisa.example/2"]


def test_a_new_etag_on_the_same_content_is_nothing_new(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = [replace(feed("/1"), headers={"ETag": f'"v{n}"'}) for n in (1, 2)]
    collector.run()
    assert outcomes(collector.run()) == {}
    assert collector.memory.listings["http://avisa.example/rss"].etag == '"v2"'


def test_two_sources_with_the_same_listing_both_count_it(collector: Collector) -> None:
    collector.run()
    assert collector.results(replace(FEED, id="annen")) == {"/1": "unchanged", "/2": "unchanged"}


# Killed and failed runs


@pytest.mark.parametrize("die_after", [0, 1, 2])
def test_a_killed_run_loses_nothing(web: Web, collector: Collector, die_after: int) -> None:
    collector.run(die_after=die_after)
    collector.run()
    assert {article.text for article in collector.memory.articles.values()} == {"Én sak", "En annen sak"}
    assert "http://avisa.example/rss" in collector.memory.listings
    assert len(web.asked) == 3 - die_after, "what was kept is not fetched again"


def test_a_page_that_fails_for_now_is_tried_in_the_next_run(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/2"] = Reply(status=500)
    assert collector.results() == {"/1": "saved", "/2": "failed: HTTP 500"}
    web.pages["avisa.example/2"] = html("En annen sak")
    assert collector.results() == {"/1": "unchanged", "/2": "saved"}
    assert collector.run() == []


def test_a_page_that_is_gone_is_not_tried_daily(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/2"] = Reply(status=404)
    assert collector.results() == {"/1": "saved", "/2": "failed: HTTP 404"}
    web.pages["avisa.example/rss"] = feed("/1", "/2", "/3")
    web.pages["avisa.example/3"] = html("En tredje sak")
    assert collector.results() == {"/1": "unchanged", "/2": "skipped: HTTP 404, as before", "/3": "saved"}
    assert web.asked == ["avisa.example/rss", "avisa.example/3"]


def test_it_is_tried_again_when_the_listing_says_it_changed(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/2"] = Reply(status=404)
    collector.run()
    web.pages["avisa.example/rss"] = feed("/1", "/2", **{"2": collector.clock.time + timedelta(minutes=5)})
    web.pages["avisa.example/2"] = html("En annen sak")
    assert collector.results() == {"/1": "unchanged", "/2": "saved"}


# What becomes of a page


def test_an_article_that_the_listing_calls_changed_is_read_again(web: Web, collector: Collector) -> None:
    collector.run()
    later = collector.clock.time + timedelta(minutes=5)
    web.pages["avisa.example/1"] = html("Én sak, rettet")
    web.pages["avisa.example/rss"] = feed("/1", "/2", **{"1": later, "2": later})
    assert collector.results() == {"/1": "saved", "/2": "unchanged"}


def test_a_date_to_come_does_not_have_a_page_read_every_day(web: Web, collector: Collector) -> None:
    collector.run()
    web.pages["avisa.example/rss"] = feed("/1", **{"1": collector.clock.time + timedelta(days=30)})
    assert collector.results() == {"/1": "unchanged"}
    assert web.asked == ["avisa.example/rss"]


def test_what_stands_twice_in_a_listing_counts_once(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed("/1", "/1#kommentarer", "/1?utm_source=rss", "http://AVISA.example/1")
    assert collector.results() == {"/1": "saved"}


def test_one_article_at_two_addresses_is_one(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/2"] = html("/1\nÉn sak")
    assert collector.results() == {"/1": "saved", "/2": "unchanged"}
    web.pages["avisa.example/rss"] = feed("/3")
    web.pages["avisa.example/3"] = html("/1\nÉn sak")
    assert collector.results() == {"/3": "unchanged"}
    assert len(collector.memory.articles) == 1
    web.pages["avisa.example/rss"] = feed("/1", "/2", "/3")
    assert collector.results() == {"/1": "unchanged", "/2": "unchanged", "/3": "unchanged"}
    assert web.asked == ["avisa.example/rss"]


def test_the_same_words_at_another_site_are_a_duplicate_and_known_from_then_on(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed("/1", "http://annen.example/reprise")
    web.pages["annen.example/reprise"] = html("http://avisa.example/1\nÉn  sak!")
    items = collector.run()
    assert outcomes(items) == {"/1": "saved", "/reprise": "duplicate"}
    assert isinstance(items[1], Fetch)
    assert items[1].article is not None
    later = collector.clock.time + timedelta(minutes=5)
    web.pages["avisa.example/rss"] = feed("http://annen.example/reprise", reprise=later)
    assert collector.results() == {"/reprise": "unchanged"}
    web.pages["avisa.example/rss"] = feed("http://annen.example/reprise?del=1")
    web.pages["annen.example/reprise?del=1"] = html("/reprise\nÉn sak")
    assert collector.results() == {"/reprise?del=1": "unchanged"}


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        (html(""), "failed: no article on the page"),
        (html("broken"), "failed: unreadable"),
        (Reply(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "failed: not a web page"),
        (redirect("http://avisa.example/"), "failed: redirected to the front page"),
        (redirect("/2"), "failed: too many redirects"),
        (redirect("http://borte.invalid/"), "failed: unknown host"),
        (Reply(status=403), "failed: HTTP 403"),
        (Reply(send=lambda write: write(b"x" * 20_000_000)), "failed: too large"),
        (Reply(raw=lambda write: write(b"hei\r\n\r\n")), "failed: broken answer"),
        (Reply(raw=lambda write: None), "failed: broken answer"),
    ],
)
def test_a_bad_page_has_its_reason_and_stops_nothing(web: Web, collector: Collector, reply: Reply, result: str) -> None:
    web.pages["avisa.example/"] = html("Forsiden")
    web.pages["avisa.example/2"] = reply
    web.pages["avisa.example/rss"] = feed("/2", "/1")
    assert collector.results() == {"/2": result, "/1": "saved"}


def test_a_page_that_never_comes_has_its_reason(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/2"] = Reply(send=lambda write: web.stop.wait(30))
    collector.limits = Limits(seconds=1.5)
    assert collector.results() == {"/1": "saved", "/2": "failed: timed out"}


def test_what_robots_may_not_read_is_skipped_until_they_may(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /2")
    assert collector.results() == {"/1": "saved", "/2": "skipped: robots.txt"}
    web.pages["avisa.example/robots.txt"] = Reply(status=404)
    web.pages["avisa.example/rss"] = feed("/2", "/1")
    assert collector.results() == {"/2": "saved", "/1": "unchanged"}


def test_pages_on_private_addresses_are_refused_until_they_are_allowed(collector: Collector) -> None:
    strict = replace(FEED, allow_private_addresses=False)
    assert collector.results(strict) == {"/rss": "failed: private address"}
    assert collector.results() == {"/1": "saved", "/2": "saved"}


def test_the_limit_leaves_the_rest_for_the_next_run(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed("/borte", "/1", "/2")
    assert collector.results(limit=2) == {"/borte": "failed: HTTP 404", "/1": "saved", "/2": "skipped: over the limit"}
    assert collector.results(limit=1) == {
        "/borte": "skipped: HTTP 404, as before",
        "/1": "unchanged",
        "/2": "saved",
    }
    assert collector.run(limit=1) == []


def test_norwegian_addresses_and_titles_come_through(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed("/tiltak/økt-støtte-på-sjøen")
    web.pages["avisa.example/tiltak/%C3%B8kt-st%C3%B8tte-p%C3%A5-sj%C3%B8en"] = html("Økt støtte på sjøen")
    assert list(collector.results().values()) == ["saved"]


# Listings


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


# Folders


@pytest.fixture
def folder(tmp_path: Path) -> Source:
    return Source(id="arkiv", name="Arkiv", kind="folder", path=tmp_path / "arkiv på disk")


def names(items: Sequence[Fetch | Listing]) -> dict[str, str]:
    return {url.rpartition("/")[2]: outcome for url, outcome in outcomes(items).items()}


ARTICLE = """Foreningen vil ha flere tannpleiere

Fjordby tannpleierlag foreslår å ansette flere tannpleiere i kommunen. Forslaget skal behandles til våren.

– Vi ber om at kommunen setter av midler til dette allerede neste år, sier lederen.
"""


def test_files_are_articles_once(collector: Collector, folder: Source) -> None:
    assert folder.path is not None
    folder.path.mkdir()
    (folder.path / "sak.txt").write_text(ARTICLE, encoding="utf-8")
    (folder.path / "kopi.txt").write_text(ARTICLE, encoding="utf-8")
    (folder.path / "tom.txt").write_text("", encoding="utf-8")
    (folder.path / "lenke.txt").symlink_to("sak.txt")
    assert names(collector.run(folder)) == {
        "kopi.txt": "saved",
        "sak.txt": "duplicate",
        "tom.txt": "failed: empty file",
    }
    (folder.path / "tom.txt").write_text(ARTICLE.replace("tannpleiere", "helsesykepleiere"), encoding="utf-8")
    again = names(collector.run(folder))
    assert (again["kopi.txt"], again["sak.txt"], again["tom.txt"]) == ("unchanged", "unchanged", "saved")


def test_a_changed_file_is_read_as_changed(collector: Collector, folder: Source) -> None:
    assert folder.path is not None
    folder.path.mkdir()
    path = folder.path / "sak.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    collector.run(folder)
    path.write_text(ARTICLE + "\nSaken ble oppdatert med flere tall fra kommunen.\n", encoding="utf-8")
    assert names(collector.run(folder)) == {"sak.txt": "saved"}
    assert names(collector.run(replace(folder, path=path))) == {"sak.txt": "unchanged"}


def test_a_file_of_a_kind_that_cannot_be_read_is_skipped(collector: Collector, folder: Source, tmp_path: Path) -> None:
    picture = tmp_path / "bilde.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    assert names(collector.run(replace(folder, path=picture))) == {"bilde.jpg": "skipped: unknown ending"}


def test_a_missing_folder_fails(collector: Collector, folder: Source) -> None:
    (item,) = collector.run(folder)
    assert isinstance(item, Fetch)
    assert (item.url, item.outcome, item.reason) == (folder.address, "failed", "no such folder")
