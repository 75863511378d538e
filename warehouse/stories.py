"""One story once: what is settled when a run has collected, and when something was forgotten."""

from __future__ import annotations

import duckdb

from warehouse.changes import settle_changes
from warehouse.load import settle_duplicates
from warehouse.moves import settle_moves


def settle_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Link what is the same story, make one of articles that were met as two, and work out what changed in others."""
    settle_duplicates(con)
    if settle_moves(con):  # takes articles away that others were linked to
        settle_duplicates(con)
    settle_changes(con)
