"""Sources that rest are told of and not counted; what a site reserves and what is open in part reach doctor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.sources import Source
from flows.cli import exit_code
from flows.doctor import examine_warehouse
from flows.errors import UsageError
from flows.job import run_job
from flows.screen import summary
from flows.settings import read_settings
from flows.stages import Workplace, collect_source, due_sources
from tests.corpus.loopback import Reply, Web, html, serve_web
from tests.flows.feeds import feed
from tests.flows.test_job import STORY, avisa
from warehouse.polls import latest_polls
from warehouse.publish import published
from warehouse.query import query


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 1, 10, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = html(feed("avisa", "1"))
        web.pages["avisa.example/1"] = html(STORY)
        yield web


def poll(place: Workplace, source: Source, times: int) -> None:
    for number in range(times):
        collect_source(place, source, f"r{number}")


def test_a_source_with_nothing_new_rests_and_the_run_says_so(web: Web, tmp_path: Path) -> None:
    clock = Clock()
    web.pages["stille.example/rss"] = html(feed("stille"))
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client, now=clock)
        poll(place, avisa("stille"), 4)
        web.asked.clear()
        report = run_job(place, [avisa(), avisa("stille")], only_due=True)
        assert web.asked == ["avisa.example/rss", "avisa.example/1"]
        assert [source["id"] for source in report.as_json()["sources"]] == ["avisa"]
        assert report.as_json()["resting"] == ["stille"]
        assert "1 not asked, having had nothing new" in summary(report)
        clock.time += timedelta(hours=3)
        assert due_sources(place, [avisa("stille")]) == [avisa("stille")]


def test_asked_by_name_a_source_does_not_rest(web: Web, tmp_path: Path) -> None:
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client, now=Clock())
        poll(place, avisa(), 5)
        assert due_sources(place, [avisa()]) == []
        web.asked.clear()
        report = run_job(place, [avisa()])
    assert (web.asked, report.resting) == (["avisa.example/rss"], [])


def test_a_source_that_fails_or_is_not_done_does_not_rest(web: Web, tmp_path: Path) -> None:
    web.pages["avisa.example/rss"] = html(feed("avisa", "1", "2", "3"))
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client, now=Clock())
        poll(place, avisa("borte"), 5)
        for number in range(5):
            collect_source(place, avisa(), f"n{number}", limit=1)
            with place.warehouse.read() as connection:
                polls = latest_polls(connection)
            assert "borte" not in polls
            assert polls["avisa"].nothing_new <= max(0, number - 1)


def test_the_law_from_the_page_to_the_copy(web: Web, tmp_path: Path) -> None:
    web.pages["avisa.example/rss"] = html(feed("avisa", "1", "lukket", "pluss/2", "delvis"))
    web.pages["avisa.example/lukket"] = html(STORY.replace("jordmødre", "ambulanser"), tdm_reservation="1")
    web.pages["avisa.example/.well-known/tdmrep.json"] = Reply(body=b'[{"location":"/pluss/","tdm-reservation":1}]')
    web.pages["avisa.example/delvis"] = html(
        STORY.replace("jordmødre", "leger").replace("</article>", "<p>Logg inn for å lese videre</p></article>")
    )
    with web.client() as client:
        report = run_job(Workplace(data=tmp_path, client=client, now=Clock()), [avisa()])
    (told,) = report.as_json()["sources"]
    assert (told["status"], told["saved"], told["skipped"], told["stubs"]) == ("complete", 2, 2, 1)
    assert told["why"] == {"opted out (tdm-reservation header)": 1, "opted out (tdmrep.json)": 1}
    copy = published(tmp_path)
    rows = query(copy, "select url, reserved_by from reservations order by url").values.tolist()
    assert rows == [
        ["http://avisa.example/lukket", "tdm-reservation header"],
        ["http://avisa.example/pluss/2", "tdmrep.json"],
    ]
    assert query(copy, "select is_stub from current_articles order by canonical_url")["is_stub"].tolist() == [
        False,
        True,
    ]
    for file in (copy, tmp_path / "warehouse.duckdb"):
        assert b"ambulanser" not in file.read_bytes(), "nothing of a reserved page is kept"
    notes = [str(finding) for finding in examine_warehouse(tmp_path) if not finding.is_wrong]
    assert any("1 articles were open in part only" in note for note in notes)
    assert any("2 pages have opted out" in note for note in notes)


def test_an_article_that_is_reserved_afterwards_is_pointed_out(web: Web, tmp_path: Path) -> None:
    clock = Clock()
    item = "<item><title>Sak</title><link>http://avisa.example/1</link><pubDate>{}</pubDate></item>"
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client, now=clock)
        collect_source(place, avisa(), "r1")
        clock.time += timedelta(days=2)
        web.pages["avisa.example/1"] = html(STORY, tdm_reservation="1")
        news = f"<rss version='2.0'><channel>{item.format('Sun, 11 Jan 2026 06:00:00 GMT')}</channel></rss>"
        web.pages["avisa.example/rss"] = html(news)
        assert collect_source(place, avisa(), "r2").why == {"opted out (tdm-reservation header)": 1}
    findings = [finding for finding in examine_warehouse(tmp_path) if "http://avisa.example/1" in finding.message]
    assert ["helseradar forget" in finding.message for finding in findings] == [True]


def test_the_setting_that_lets_full_text_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "brev"
    folder.mkdir()
    story = "Vil ha flere senger\n\nSykehuset i Fjordbyen må få ti nye senger, krever overlege Åse Tveitnes-Røyr.\n"
    (folder / "brev.txt").write_text(story, encoding="utf-8")
    monkeypatch.setenv("HELSERADAR_PUBLISH_FULL_TEXT", "true")
    assert exit_code(["import", str(folder), "--source", "brev", "--data", str(tmp_path / "data")]) == 0
    assert "ti nye senger" in query(published(tmp_path / "data"), "select text from current_articles")["text"].item()


@pytest.mark.parametrize(
    ("value", "wanted"), [("", False), ("false", False), ("0", False), ("True", True), ("1", True)]
)
def test_how_the_setting_is_written(value: str, wanted: bool) -> None:
    assert read_settings(environ={"HELSERADAR_PUBLISH_FULL_TEXT": value}).publish_full_text is wanted


def test_a_setting_that_is_neither_true_nor_false_is_an_error() -> None:
    with pytest.raises(UsageError, match="HELSERADAR_PUBLISH_FULL_TEXT"):
        read_settings(environ={"HELSERADAR_PUBLISH_FULL_TEXT": "kanskje"})
