"""Collecting, run after run, on real HTTP: what is asked for, what is written, what a killed run leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.article import Fetch, Listing
from tests.corpus.collecting import FEED, Collector, feed, outcomes
from tests.corpus.loopback import Reply, Request, Web, html


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
