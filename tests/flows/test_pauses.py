"""What a run does with a source that failed, and what it says of one that is silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.sources import Source
from flows.doctor import examine_published, examine_warehouse
from flows.job import run_job
from flows.report import RunReport
from flows.screen import complaints
from flows.stages import Workplace
from tests.corpus.collecting import feed
from tests.corpus.hostile.traps import story
from tests.corpus.loopback import Reply, Web, html, serve_web
from warehouse.publish import published
from warehouse.query import query

START = datetime(2026, 3, 2, 6, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = feed()
        web.pages["etat.example/rss"] = feed()
        yield web


def source(name: str) -> Source:
    return Source(id=name, name=name, kind="feed", url=f"http://{name}.example/rss", allow_private_addresses=True)


def run(web: Web, data: Path, now: datetime, *, only_due: bool = True) -> RunReport:
    web.asked.clear()
    with web.client() as client:
        place = Workplace(data=data, client=client, now=lambda: now)
        return run_job(place, [source("avisa"), source("etat")], only_due=only_due)


def test_a_source_that_fails_is_left_alone_for_a_while_and_comes_back(web: Web, tmp_path: Path) -> None:
    web.pages["avisa.example/rss"] = Reply(status=404)
    assert run(web, tmp_path, START).status == "degraded"
    paused = run(web, tmp_path, START + timedelta(minutes=30))
    assert web.asked == ["etat.example/rss"]
    assert "failed 1 times (HTTP 404)" in next(complaints(paused))
    assert {row["id"]: (row["status"], row["found"]) for row in paused.as_json()["sources"]} == {
        "etat": ("complete", 0),
        "avisa": ("degraded", 0),
    }
    findings = [str(finding) for finding in examine_warehouse(tmp_path)]
    assert any("failed 1 times in a row (HTTP 404)" in finding for finding in findings)
    web.pages["avisa.example/rss"] = feed()
    assert run(web, tmp_path, START + timedelta(minutes=70)).status == "complete"
    assert "avisa.example/rss" in web.asked
    run(web, tmp_path, START + timedelta(minutes=71))
    assert "avisa.example/rss" in web.asked


def test_who_asks_for_a_source_by_name_gets_it_asked(web: Web, tmp_path: Path) -> None:
    web.pages["avisa.example/rss"] = Reply(status=404)
    run(web, tmp_path, START)
    run(web, tmp_path, START + timedelta(minutes=1), only_due=False)
    assert "avisa.example/rss" in web.asked


def test_a_source_that_answers_with_nothing_for_long_is_a_finding(web: Web, tmp_path: Path) -> None:
    days = {f"s{n}": START - timedelta(days=2 * n) for n in range(30)}
    web.pages["avisa.example/rss"] = feed(*(f"/{name}" for name in days), **days)
    for name in days:
        web.pages[f"avisa.example/{name}"] = html(story(f"Sak {name}"))
    assert run(web, tmp_path, START).silent == []
    assert run(web, tmp_path, START + timedelta(days=5)).silent == []
    late = START + timedelta(days=8)
    report = run(web, tmp_path, late)
    assert report.status == "complete"
    assert [line for line in complaints(report) if "avisa: nothing new for 8 days" in line]
    assert [finding for finding in examine_published(tmp_path, late.date()) if finding.subject == "silence"]
    days_kept = query(
        published(tmp_path), "select day, expected, came, saved, stubs from completeness order by day desc limit 2"
    )
    assert days_kept["came"].tolist() == [1, 0]
    assert days_kept["saved"].tolist()[0] == 30
    assert days_kept["expected"].tolist() == [0.5, 0.5]  # every other day, on average of eight weeks
