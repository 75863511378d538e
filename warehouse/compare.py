"""Whether two warehouses hold the same: the promise that order, repetition and crashes leave no trace."""

from __future__ import annotations

import duckdb

INSTANTS_AND_RUNS = {
    "articles": ("first_seen_at", "fetched_at", "gone_at"),
    "article_versions": ("collected_at",),
    "analyses": ("run_id", "analysed_at"),
    "mentions": (),
    "people": (),
    "organisations": (),
    "aliases": (),
    "roles": (),
    "quotes": (),
    "measures": (),
    "measure_threads": (),
    "near_texts": (),
    "changes": (),
    "moves": (),
}
"""The tables that the promise is about, with their columns that tell when and by which run."""


def tables_digest(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """By table its number of rows and a hash of them, without run ids and instants of collecting.

    Two warehouses with equal digests hold the same tables, in whatever order their rows came.
    """
    return {table: rows_digest(con, _select(table, leave_out)) for table, leave_out in INSTANTS_AND_RUNS.items()}


def rows_digest(con: duckdb.DuckDBPyConnection, select: str) -> str:
    """``"<rows>-<hash>"`` of what a query gives, the same in whatever order it comes and on any machine."""
    row = con.execute(
        # A sum, since the hashes of equal rows would cancel each other out in an exclusive or.
        f"select count(*) || '-' || coalesce(sum(md5_number_lower(to_json(t))), 0) from ({select}) t"  # noqa: S608
    ).fetchone()
    assert row is not None  # noqa: S101 (an aggregate has one row)
    return str(row[0])


def _select(table: str, leave_out: tuple[str, ...]) -> str:
    exclude = f"exclude ({', '.join(leave_out)})" if leave_out else ""
    return f"select * {exclude} from {table}"  # noqa: S608
