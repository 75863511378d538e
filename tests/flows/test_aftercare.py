"""Articles after they were collected: looked at again politely, changed, taken down, back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.sources import Source
from flows.job import collect_in_turn, settle
from flows.report import RunReport
from flows.screen import complaints
from flows.stages import Workplace, publish_copy
from tests.corpus.loopback import Reply, Request, Web, html, redirect, serve_web
from warehouse.checks import check
from warehouse.load import save_sources
from warehouse.publish import published
from warehouse.query import query

AVISA = Source(id="avisa", name="Avisa", kind="feed", url="http://avisa.example/rss", allow_private_addresses=True)
PAGE = """<html lang="nb"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Fjordbyen kommune foreslår å ansette ti nye jordmødre innen 2027, og vil ha svar fra staten før sommeren.</p>
<p>– Vi må få flere fagfolk inn i tjenesten, sier kommunelege Åse Tveitnes-Røyr i Fjordbyen kommune.</p>
<p>Kommunestyret behandler saken {when}, og ordfører Odd Grimsrud-Bø vil ha et vedtak før sommeren.</p>
</article></body></html>"""


def page(title: str = "Vil ansette flere jordmødre", when: str = "i juni") -> str:
    return PAGE.format(title=title, when=when)


def feed(*names: str, day: str = "") -> Reply:
    date = day and f"<pubDate>{day}</pubDate>"
    items = "".join(f"<item><link>http://avisa.example/{name}</link>{date}</item>" for name in names)
    return html(f'<rss version="2.0"><channel>{items}</channel></rss>')


@dataclass
class Days:
    """Runs on one data folder, each as many days after the first as it is told."""

    web: Web
    data: Path
    days: float = 0
    report: RunReport = field(default_factory=lambda: RunReport(run_id=""))

    @property
    def told(self) -> dict[str, Any]:
        """What the last run says of its source."""
        return self.report.as_json()["sources"][0]  # type: ignore[no-any-return]

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 6, tzinfo=UTC) + timedelta(days=self.days)

    def run(self, days: float) -> dict[str, int]:
        self.days = days
        self.web.asked.clear()
        self.report = report = RunReport(run_id=f"r{days}")
        with self.web.client() as client:
            place = Workplace(data=self.data, client=client, now=self.now)
            with place.warehouse.write() as con:
                save_sources(con, [AVISA])
            report.sources = collect_in_turn(place, [AVISA], report.run_id, None)
            settle(place, report)
            publish_copy(place)
            with place.warehouse.read() as con:
                assert check(con) == []
        told = self.told
        return {name: told[name] for name in ("saved", "unchanged", "duplicate", "skipped", "failed") if told[name]}

    def ask(self, sql: str) -> list[list[Any]]:
        return query(published(self.data), sql).to_numpy().tolist()  # type: ignore[no-any-return]


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = feed("1")
        web.pages["avisa.example/1"] = html(page())
        yield Days(web, tmp_path)


def test_a_recent_article_is_looked_at_again_once_a_day_for_a_week(days: Days) -> None:
    statuses = []

    def conditional(request: Request) -> Reply:
        statuses.append(304 if request.headers.get("if-none-match") == '"v1"' else 200)
        return Reply(status=304) if statuses[-1] == 304 else Reply(body=page().encode(), headers=HEADERS)

    days.web.pages["avisa.example/1"] = conditional
    assert days.run(0) == {"saved": 1}
    assert days.run(0.5) == {}
    assert days.run(1.1) == {"unchanged": 1}
    assert days.run(1.2) == {}
    assert days.run(6.9) == {"unchanged": 1}
    assert days.run(9) == {}
    assert statuses == [200, 304, 304]


HEADERS = {"ETag": '"v1"', "Content-Type": "text/html; charset=utf-8"}


def test_what_was_changed_is_a_new_version_with_its_changes(days: Days) -> None:
    days.run(0)
    days.web.pages["avisa.example/1"] = html(page(when="i august"))
    assert days.run(2) == {"saved": 1}
    assert days.ask("select kind, after is null from article_changes") == [["changed", True]]
    assert days.ask("select count(*) from article_versions") == [[2]]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_taken_down_is_marked_and_kept_until_it_is_back(days: Days, status: int) -> None:
    days.run(0)
    days.web.pages["avisa.example/1"] = Reply(status=status)
    assert days.run(2) == {"skipped": 1}
    assert days.ask("select reason, status_code from fetches where run_id = 'r2'") == [["taken down", status]]
    assert days.ask(
        "select a.gone_at::date::varchar, c.title from articles a join current_articles c using (article_id)"
    ) == [["2026-03-04", "Vil ansette flere jordmødre"]]
    days.web.pages["avisa.example/1"] = html(page())
    assert days.run(4) == {"unchanged": 1}
    assert days.ask("select gone_at is null from articles") == [[True]]


def test_an_article_whose_page_leads_to_the_front_page_is_taken_down(days: Days) -> None:
    days.run(0)
    days.web.pages["avisa.example/1"] = redirect("http://avisa.example/")
    days.web.pages["avisa.example/"] = html(page(title="Avisa"))
    assert days.run(2) == {"skipped": 1}
    assert days.ask("select gone_at is not null from articles") == [[True]]


def test_at_most_so_many_pages_are_looked_at_again_and_new_ones_come_first(
    days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.reading.LOOKED_AT_AGAIN", 2)
    names = [str(number) for number in range(1, 6)]
    days.web.pages["avisa.example/rss"] = feed(*names)
    for name in names:
        days.web.pages[f"avisa.example/{name}"] = html(page(title=f"Sak {name}"))
    days.run(0)
    days.web.pages["avisa.example/rss"] = feed(*names, "ny")
    days.web.pages["avisa.example/ny"] = html(page(title="Sak ny"))
    days.run(2)
    assert len([address for address in days.web.asked if "rss" not in address]) == 3
    assert "avisa.example/ny" in days.web.asked
    days.run(2.1)
    assert len([address for address in days.web.asked if "rss" not in address]) == 2


def test_what_changed_ages_ago_is_not_looked_at_again(days: Days) -> None:
    days.web.pages["avisa.example/rss"] = feed("1", day="Mon, 05 Jan 2026 09:00:00 GMT")
    days.run(0)
    days.run(2)
    assert days.web.asked == ["avisa.example/rss"]


def test_a_source_that_moved_for_good_says_so(days: Days) -> None:
    days.web.pages["avisa.example/nytt/rss"] = days.web.pages["avisa.example/rss"]
    days.web.pages["avisa.example/rss"] = redirect("http://avisa.example/nytt/rss", 301)
    days.run(0)
    assert days.told["moved_to"] == "http://avisa.example/nytt/rss"
    assert "moved to http://avisa.example/nytt/rss" in "".join(complaints(days.report))


def test_a_page_that_fails_for_now_is_not_gone(days: Days) -> None:
    days.run(0)
    days.web.pages["avisa.example/1"] = Reply(status=503)
    assert days.run(2) == {"failed": 1}
    assert days.ask("select gone_at is null from articles") == [[True]]


def test_an_article_that_its_site_moved_stays_the_same_article(days: Days) -> None:
    days.run(0)
    before = days.ask("select article_id from articles")
    days.web.pages["avisa.example/rss"] = feed("artikler/1")
    days.web.pages["avisa.example/artikler/1"] = html(page())
    days.web.pages["avisa.example/1"] = Reply(status=404)
    days.run(20)  # met at the new address; the old one is asked next
    days.run(21.5)
    assert days.ask("select article_id from articles") == before
    assert days.ask("select canonical_url, gone_at is null from articles") == [
        ["http://avisa.example/artikler/1", True]
    ]
    days.web.pages["avisa.example/artikler/1"] = html(page(when="i august"))
    days.web.pages["avisa.example/rss"] = feed("artikler/1", day="Tue, 24 Mar 2026 09:00:00 GMT")
    assert days.run(23) == {"saved": 1}
    assert days.ask("select article_id from articles") == before
    assert days.ask("select count(*) from article_changes") == [[1]]


def test_an_article_whose_old_address_leads_on_is_the_same_article(days: Days) -> None:
    days.run(0)
    before = days.ask("select article_id from articles")
    days.web.pages["avisa.example/1"] = Reply(status=301, headers={"Location": "/nytt/1"})
    days.web.pages["avisa.example/nytt/1"] = html(page())
    days.run(2)
    assert days.ask("select article_id from articles") == before
    assert days.ask("select canonical_url from articles") == [["http://avisa.example/nytt/1"]]


def test_the_same_address_in_other_dress_is_one_article(days: Days) -> None:
    days.web.pages["avisa.example/rss"] = feed("1", "1/", "1/amp", "1?utm_source=feed")
    days.web.pages["avisa.example/1/"] = days.web.pages["avisa.example/1/amp"] = html(page())
    days.run(0)
    assert days.ask("select count(*) from articles") == [[1]]
    assert days.run(0.2) == {}
