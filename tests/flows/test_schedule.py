"""The schedule: what a cron line means, and that a served schedule is on again after a restart."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from flows.errors import UsageError
from flows.schedule import next_run


def test_six_in_the_morning_is_six_in_norway_summer_and_winter() -> None:
    assert next_run("0 6 * * *", datetime(2026, 1, 10, 12, tzinfo=UTC)).astimezone(UTC).hour == 5
    assert next_run("0 6 * * *", datetime(2026, 7, 10, 12, tzinfo=UTC)).astimezone(UTC).hour == 4


def test_the_next_run_is_after_now() -> None:
    now = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # 06:00 in Norway, on the dot
    assert next_run("0 6 * * *", now) > now


@pytest.mark.parametrize("cron", ["", "every day", "0 6 * *", "61 6 * * *", "0 0 30 2 *"])
def test_a_wrong_cron_line_is_said_in_one_line(cron: str) -> None:
    with pytest.raises(UsageError, match="no cron line"):
        next_run(cron, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_schedule_is_served_and_is_on_again_after_a_restart(tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "brev"\nname = "Brev"\nkind = "folder"\npath = "brev"\n', encoding="utf-8")
    command = [sys.executable, "-m", "flows.cli", "schedule", "--cron", "0 6 1 1 *", "--sources", str(sources)]
    for stop in (signal.SIGINT, signal.SIGTERM):
        with (
            subprocess.Popen(
                [*command, "--data", str(tmp_path / "data")], stderr=subprocess.PIPE, text=True
            ) as process,
            ExitStack() as ending,
        ):
            assert process.stderr is not None
            ending.callback(process.kill)  # whatever happens, nothing is left running
            told = next(line for line in process.stderr if line.startswith("next run"))
            assert "01-01 06:00" in told
            api = re.search(r"http://127\.0\.0\.1:\d+/api", told)
            assert api is not None
            deployments = httpx.post(f"{api[0]}/deployments/filter", json={}).raise_for_status().json()
            process.send_signal(stop)
            rest = process.stderr.read()
            process.wait(60)
        assert process.returncode == 0
        assert "Traceback" not in rest
        (deployment,) = deployments
        assert deployment["paused"] is False
        assert [schedule["active"] for schedule in deployment["schedules"]] == [True]
