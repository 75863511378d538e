"""How sources were last asked, and when they are due again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import duckdb

from corpus.article import Poll
from warehouse.bulk import replace


def save_polls(con: duckdb.DuckDBPyConnection, polls: Iterable[Poll]) -> None:
    """Keep the latest poll of each source; within one transaction."""
    replace(con, "polls", ("source_id",), [asdict(poll) for poll in polls])


def latest_polls(con: duckdb.DuckDBPyConnection) -> dict[str, Poll]:
    """The latest poll of each source that was asked."""
    rows = con.execute("select source_id, polled_at, nothing_new, due_at from polls").fetchall()
    return {row[0]: Poll(source_id=row[0], polled_at=row[1], nothing_new=row[2], due_at=row[3]) for row in rows}
