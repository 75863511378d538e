"""The history of runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run: ``status`` is running, complete, degraded, failed, or interrupted when it never came to its end."""

    run_id: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    report: dict[str, Any] | None


def start_run(con: duckdb.DuckDBPyConnection, run_id: str, now: datetime) -> None:
    """Note that a run has begun. Those that still say ``running`` were killed: `run_lock` lets in one at a time."""
    con.execute("update runs set status = 'interrupted' where status = 'running'")
    con.execute("insert into runs (run_id, started_at, status) values (?, ?, 'running')", [run_id, now])


def end_run(con: duckdb.DuckDBPyConnection, run_id: str, status: str, report: dict[str, Any], now: datetime) -> None:
    """Note how a run ended, with its report (what ``run --json`` prints)."""
    con.execute(
        "update runs set status = ?, report = ?, ended_at = ? where run_id = ?",
        [status, json.dumps(report, ensure_ascii=False), now, run_id],
    )


def recent_runs(con: duckdb.DuckDBPyConnection, n: int) -> list[Run]:
    """The last ``n`` runs, the latest first."""
    rows = con.execute(
        "select run_id, started_at, ended_at, status, report from runs order by started_at desc, run_id limit ?", [n]
    ).fetchall()
    return [
        Run(
            run_id=run_id,
            started_at=started_at,
            ended_at=ended_at,
            status=status,
            report=None if report is None else json.loads(report),
        )
        for run_id, started_at, ended_at, status, report in rows
    ]
