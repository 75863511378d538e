"""A run's report: every page counted once, and a status that tells what happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.article import Fetch
from flows.report import RunReport, SourceReport, run_status

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def fetch(outcome: str, url: str = "http://avisa.example/1", reason: str | None = None) -> Fetch:
    return Fetch(source_id="avisa", url=url, outcome=outcome, reason=reason, fetched_at=NOW)  # type: ignore[arg-type]


def source(*fetches: Fetch) -> SourceReport:
    report = SourceReport(source_id="avisa", address="http://avisa.example/feed")
    report.count(fetches)
    return report


def test_found_is_the_sum_of_the_outcomes_and_why_tells_of_the_last_two() -> None:
    report = source(
        fetch("saved"),
        fetch("saved"),
        fetch("unchanged"),
        fetch("skipped", reason="robots.txt"),
        fetch("failed", reason="HTTP 404"),
    ).as_json()
    assert report["found"] == 5 == sum(report[o] for o in ("saved", "unchanged", "duplicate", "skipped", "failed"))
    assert report["why"] == {"HTTP 404": 1, "robots.txt": 1}


def test_a_page_that_failed_degrades_its_source_and_a_skipped_one_does_not() -> None:
    assert source(fetch("saved"), fetch("failed", reason="HTTP 500")).status == "degraded"
    assert source(fetch("saved"), fetch("skipped", reason="robots.txt")).status == "complete"


def test_a_source_whose_own_address_failed_has_failed() -> None:
    assert source(fetch("failed", url="http://avisa.example/feed", reason="not a feed")).status == "failed"


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], "complete"),
        (["complete", "complete"], "complete"),
        (["complete", "failed"], "degraded"),
        (["degraded"], "degraded"),
        (["failed", "failed"], "failed"),
    ],
)
def test_one_dead_source_degrades_a_run_and_only_all_dead_fail_it(sources: list, expected: str) -> None:
    assert run_status(sources) == expected


def test_texts_that_could_not_be_read_degrade_a_run() -> None:
    assert RunReport(run_id="1", unread=1).status == "degraded"
    assert RunReport(run_id="1", error="OSError: disk full").status == "failed"
