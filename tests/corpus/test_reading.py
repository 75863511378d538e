"""What becomes of a page that a listing leads to, on real HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.article import Fetch
from corpus.connection import Limits
from tests.corpus.collecting import FEED, Collector, feed, outcomes
from tests.corpus.loopback import Reply, Web, html, redirect


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
