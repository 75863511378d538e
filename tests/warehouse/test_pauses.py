"""A source that fails is asked later and later, and at once again when it has answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.pauses import LONGEST_PAUSE, after_failure, pauses, save_pauses
from warehouse.store import Warehouse

MORNING = datetime(2026, 1, 10, 6, tzinfo=UTC)


def test_pauses_grow_to_less_than_a_day() -> None:
    pause, lengths = None, []
    for _ in range(7):
        pause = after_failure("avisa", "HTTP 500", pause, MORNING)
        lengths.append(pause.ask_after - MORNING)
    hours = [length / timedelta(hours=1) for length in lengths]
    assert hours == [1, 2, 4, 8, 16, 20, 20]
    assert timedelta(hours=12) < LONGEST_PAUSE < timedelta(days=1)


def test_an_answer_ends_the_row_of_failures(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for _ in range(3):
        with warehouse.write() as con:
            save_pauses(con, {"avisa": "timed out", "etat": "HTTP 500"}, [], MORNING)
    with warehouse.write() as con:
        save_pauses(con, {"etat": "HTTP 500"}, ["avisa", "aldri-sett"], MORNING)
    with warehouse.read() as con:
        kept = pauses(con)
    assert {name: pause.failures for name, pause in kept.items()} == {"etat": 4}
    assert kept["etat"].failed_at == MORNING
