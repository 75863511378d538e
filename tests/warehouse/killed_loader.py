"""A process that loads batch after batch, and at each step says so and waits: for a line, or for its death.

Run as ``-m tests.warehouse.killed_loader DATA``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.warehouse.newsroom import STORIES, fetch, read_all
from warehouse.load import save_fetches, settle_duplicates
from warehouse.store import Warehouse

BATCHES = tuple((story,) for story in STORIES)


def load(warehouse: Warehouse, number: int, before_commit: Callable[[], object] = lambda: None) -> None:
    with warehouse.write() as con:
        save_fetches(con, "r1", [fetch(story) for story in BATCHES[number]])
        settle_duplicates(con)
        read_all(con)
        before_commit()


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    warehouse = Warehouse(Path(sys.argv[1]))
    # Held open, so that nothing is checkpointed: what was committed must come back from the write-ahead log.
    with warehouse.held():
        for number in range(len(BATCHES)):
            load(warehouse, number, lambda number=number: say(f"loading {number}"))
            say(f"loaded {number}")
