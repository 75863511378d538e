"""How far walks back in time have come, so that one that was cut off goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields

import duckdb

from corpus.article import Walked
from warehouse.bulk import replace


def save_walked(con: duckdb.DuckDBPyConnection, walked: Iterable[Walked]) -> None:
    """Remember parts of archives that were dealt with; belongs into one transaction with their items."""
    replace(con, "backfills", ("source_id", "url"), [asdict(one) for one in walked])


def walked_of(con: duckdb.DuckDBPyConnection, source_id: str) -> list[Walked]:
    """What walks of a source have dealt with so far."""
    names = [field.name for field in fields(Walked)]
    rows = con.execute(
        f"select {', '.join(names)} from backfills where source_id = ? order by page nulls last, url",  # noqa: S608
        [source_id],
    ).fetchall()
    return [Walked(**dict(zip(names, row, strict=True))) for row in rows]
