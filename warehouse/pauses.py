"""Sources that fail are asked again after growing pauses; one that looks dead often comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import duckdb

from warehouse.bulk import delete, replace

FIRST_PAUSE = timedelta(hours=1)  # doubled with every further failure
LONGEST_PAUSE = timedelta(hours=20)  # less than a day, so that a daily run always asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A source that failed ``failures`` times in a row, the last at ``failed_at``; not asked before ``ask_after``."""

    source_id: str
    failures: int
    reason: str | None
    failed_at: datetime
    ask_after: datetime


def pauses(con: duckdb.DuckDBPyConnection) -> dict[str, Pause]:
    """The sources that failed when they were last asked, by id."""
    rows = con.execute("select source_id, failures, reason, failed_at, ask_after from pauses order by source_id")
    return {row[0]: Pause(**dict(zip(Pause.__dataclass_fields__, row, strict=True))) for row in rows.fetchall()}


def save_pauses(
    con: duckdb.DuckDBPyConnection, failed: Mapping[str, str | None], answered: Iterable[str], now: datetime
) -> None:
    """Note which sources failed, with their reasons, and which answered; belongs into one transaction."""
    before = pauses(con)
    delete(con, "pauses", "source_id", list(answered))
    later = [after_failure(source_id, reason, before.get(source_id), now) for source_id, reason in failed.items()]
    replace(con, "pauses", ("source_id",), [asdict(pause) for pause in later])


def after_failure(source_id: str, reason: str | None, before: Pause | None, now: datetime) -> Pause:
    """The pause of a source that failed now; the one before, if it had failed already, makes it longer."""
    failures = 1 + (before.failures if before else 0)
    length = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return Pause(source_id=source_id, failures=failures, reason=reason, failed_at=now, ask_after=now + length)
