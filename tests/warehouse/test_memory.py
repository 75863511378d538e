"""What collecting is told about earlier runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.article import Fetch, Known, Listing, Outcome
from tests.warehouse.newsroom import NOW, STORIES, article, fetch, fill
from warehouse.load import save_fetches, save_listings
from warehouse.memory import WarehouseMemory
from warehouse.store import Warehouse

URL = "http://avisa.example/x"
LATER = NOW + timedelta(days=1)
OUT = datetime(2024, 12, 30, tzinfo=UTC)  # the day of the first of the stories


def tried(outcome: Outcome, reason: str | None = None, **more: object) -> Fetch:
    return Fetch(**{"source_id": "avisa", "url": URL, "outcome": outcome, "fetched_at": NOW, "reason": reason, **more})  # type: ignore[arg-type]


def known(tmp_path: Path, *fetches: Fetch, url: str = URL) -> Known | None:
    warehouse = Warehouse(tmp_path)
    for one in fetches:
        with warehouse.write() as con:
            save_fetches(con, "r1", [one])
    return WarehouseMemory(warehouse).known([url, "http://avisa.example/never"]).get(url)


def test_an_article_is_known_under_every_address_at_which_it_was_met(tmp_path: Path) -> None:
    story = STORIES[0]
    warehouse = fill(tmp_path)
    with warehouse.write() as con:
        save_fetches(con, "r1", [fetch(story, url=URL)])
    expected = Known(article_id=story.article_id, fingerprint=story.fingerprint, appeared_at=OUT, fetched_at=NOW)
    assert WarehouseMemory(warehouse).known([URL, story.url, "http://avisa.example/never"]) == {
        URL: expected,
        story.url: expected,
    }


def test_what_ended_for_good_is_remembered_with_its_reason(tmp_path: Path) -> None:
    gone = tried("failed", "HTTP 404", status_code=404)
    assert known(tmp_path, gone) == Known(appeared_at=NOW, fetched_at=NOW, reason="HTTP 404")


def test_what_may_pass_is_not_remembered(tmp_path: Path) -> None:
    assert (
        known(tmp_path, tried("failed", "timed out", retry=True), tried("skipped", "over the limit", retry=True))
        is None
    )


def test_a_later_skip_of_the_same_address_does_not_move_the_memory(tmp_path: Path) -> None:
    gone = tried("failed", "HTTP 404", status_code=404)
    as_before = tried("skipped", "HTTP 404, as before", fetched_at=LATER)
    assert known(tmp_path, gone, as_before) == Known(appeared_at=NOW, fetched_at=NOW, reason="HTTP 404")


def test_an_article_whose_page_has_gone_stays_an_article(tmp_path: Path) -> None:
    story = STORIES[0]
    gone = tried("failed", "HTTP 410", status_code=410, url=story.url, fetched_at=LATER)
    assert known(tmp_path, fetch(story), gone, url=story.url) == Known(
        appeared_at=OUT, article_id=story.article_id, fingerprint=story.fingerprint, fetched_at=LATER
    )


def test_listed_again_without_being_read_leaves_the_time_of_reading(tmp_path: Path) -> None:
    story = STORIES[0]
    listed = tried("unchanged", url=story.url, fetched_at=LATER)
    met = known(tmp_path, fetch(story), listed, url=story.url)
    assert met is not None
    assert met.fetched_at == NOW


def test_words_are_known_under_the_article_that_has_them_now(tmp_path: Path) -> None:
    before, after = article("a", "Slik var det."), article("a", "Slik ble det.")
    warehouse = Warehouse(tmp_path)
    memory = WarehouseMemory(warehouse)
    for at, one in ((NOW, before), (LATER, after)):
        assert memory.article_with(one.fingerprint) is None
        with warehouse.write() as con:
            save_fetches(con, "r1", [fetch(one, at=at)])
        assert memory.article_with(one.fingerprint) == one.article_id
    assert memory.article_with(before.fingerprint) is None


def test_a_listing_comes_back_as_it_was_given(tmp_path: Path) -> None:
    listing = Listing(
        source_id="avisa",
        url="http://avisa.example/feed",
        etag='"é"',
        last_modified=None,
        content_hash="h",
        fetched_at=NOW,
    )
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as con:
        save_listings(con, [listing])
    assert WarehouseMemory(warehouse).listing(listing.url) == listing
    assert WarehouseMemory(warehouse).listing("http://avisa.example/other") is None
