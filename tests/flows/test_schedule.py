"""The schedule: what a cron line means, and that a served schedule is on again after a restart."""

from __future__ import annotations

from datetime import UTC, datetime

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
