"""Many rows at once into a table, through Arrow: 10,000 rows in a fraction of a second, where executemany takes many.

Each function wants to be called within a transaction. Table and column names are our own, never a user's.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from warehouse.rows import Row


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Add rows."""
    if rows:
        _register(con, table, rows)
        con.execute(f"insert into {table} by name select * from incoming")  # noqa: S608
        con.unregister("incoming")


def insert_new(con: duckdb.DuckDBPyConnection, table: str, key: str, rows: Sequence[Row]) -> None:
    """Add the rows whose key is not there yet; of several in ``rows`` with one key the first."""
    if rows:
        _register(con, table, list({row[key]: row for row in reversed(rows)}.values())[::-1])
        con.execute(
            f"insert into {table} by name select * from incoming i "  # noqa: S608
            f"where not exists (from {table} t where t.{key} = i.{key})"
        )
        con.unregister("incoming")


def replace(con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Put rows in the place of those with the same key; of several in ``rows`` with one key the last counts."""
    if rows:
        _register(con, table, list({tuple(row[column] for column in key): row for row in rows}.values()))
        same = " and ".join(f"t.{column} = i.{column}" for column in key)
        con.execute(f"delete from {table} t where exists (from incoming i where {same})")  # noqa: S608
        con.execute(f"insert into {table} by name select * from incoming")  # noqa: S608
        con.unregister("incoming")


def delete(con: duckdb.DuckDBPyConnection, table: str, column: str, values: Sequence[str]) -> None:
    """Remove the rows that have one of ``values`` in ``column``."""
    con.execute(f"delete from {table} where {column} in (select unnest($values::varchar[]))", {"values": list(values)})  # noqa: S608


def _register(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    schema = con.execute(f"select * from {table} limit 0").to_arrow_table().schema  # noqa: S608
    if set(rows[0]) != set(schema.names):
        raise ValueError(f"rows for {table} have the columns {sorted(rows[0])}, not {sorted(schema.names)}")
    con.register("incoming", pa.Table.from_pylist(rows, schema=schema))
