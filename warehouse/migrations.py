"""Numbered migrations: they make the tables, once each, in DDL that DuckLake takes too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema; ``name`` is its file's name without the ending."""

    number: int
    name: str
    sql: str


@cache
def shipped_migrations() -> tuple[Migration, ...]:
    """The shipped migrations in their order."""
    return tuple(
        Migration(number=int(path.stem[:4]), name=path.stem, sql=path.read_text(encoding="utf-8"))
        for path in sorted((SQL / "migrations").glob("*.sql"))
    )


def migrate(con: duckdb.DuckDBPyConnection) -> int:
    """Apply what is not applied yet, in one transaction, and return the number of the last one that is.

    The number may be higher than that of the last shipped one: then a later release made the tables.
    """
    try:
        row = con.execute("select coalesce(max(number), 0) from migrations").fetchone()
    except duckdb.CatalogException:  # there is no such table yet
        row = None
    applied = int(row[0]) if row else 0
    todo = [migration for migration in shipped_migrations() if migration.number > applied]
    if not todo:
        return applied
    con.begin()
    try:
        if row is None:
            con.execute("create table migrations (number integer not null, name varchar not null)")
        for migration in todo:
            con.execute(migration.sql)
            con.execute("insert into migrations values (?, ?)", [migration.number, migration.name])
        con.commit()
    except BaseException:
        con.rollback()
        raise
    return todo[-1].number
