"""Which sources have been silent for much longer than is usual with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.query import reading

MUCH_LONGER = 3  # times the usual gap
SHORTEST_DAYS = 4  # a daily source may rest over Easter


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A source without anything new: its latest article's day, and how many days apart its articles usually are."""

    source_id: str
    last_on: date
    usual_gap_days: int
    silent_days: int

    def __str__(self) -> str:
        return (
            f"nothing new for {self.silent_days} days (latest {self.last_on}); "
            f"usually something within {self.usual_gap_days}"
        )


def silent_sources(published: Path, today: date) -> list[Silence]:
    """The enabled sources on the web that are silent, from a published copy.

    Raises:
        WarehouseError: the copy cannot be read.
    """
    with reading(published) as con:
        rows = con.execute(
            """
            select source_id, last_on, usual_gap_days
            from source_rhythm join sources using (source_id)
            where enabled and url is not null order by source_id
            """
        ).fetchall()
    return [
        Silence(source_id=source_id, last_on=last_on, usual_gap_days=gap, silent_days=days)
        for source_id, last_on, gap in rows
        if is_silent(days := (today - last_on).days, gap)
    ]


def is_silent(days: int, usual_gap_days: int) -> bool:
    """Whether so many days without anything are a finding."""
    return days >= SHORTEST_DAYS and days > MUCH_LONGER * max(usual_gap_days, 1)
