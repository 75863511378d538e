"""The history of runs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.warehouse.newsroom import NOW
from warehouse.runs import Run, end_run, recent_runs, start_run
from warehouse.store import Warehouse


def test_runs_are_told_latest_first_and_a_killed_one_as_interrupted(tmp_path: Path) -> None:
    report = {"status": "complete", "sources": [{"id": "blåbær", "found": 0}]}
    with Warehouse(tmp_path).write() as con:
        start_run(con, "r1", NOW)
        start_run(con, "r2", NOW + timedelta(hours=1))
        end_run(con, "r2", "complete", report, NOW + timedelta(hours=2))
        first, second = recent_runs(con, 5)[::-1]
        assert (first.status, first.ended_at, first.report) == ("interrupted", None, None)
        assert second == Run(
            run_id="r2",
            started_at=NOW + timedelta(hours=1),
            ended_at=NOW + timedelta(hours=2),
            status="complete",
            report=report,
        )
        assert recent_runs(con, 1) == [second]
