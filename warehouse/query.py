"""Asking the published copy: read only, and with no way out of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from warehouse.errors import QueryError

MESSAGE_CHARACTERS = 300
_READER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}
_opening = threading.Lock()


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a published copy, for readers of any number in threads and processes.

    It reads only, sees no other file, no extension and no variable of Python, tells instants in UTC, and all of that
    is locked.
    """
    # The settings are those of all connections in the process, and the second one finds them locked.
    with _opening:
        con = duckdb.connect(str(path.resolve(strict=True)), read_only=True, config=_READER)
        if con.execute("select current_setting('lock_configuration')").fetchone() == (False,):
            con.execute("set global TimeZone = 'UTC'")
            con.execute("set lock_configuration = true")
    try:
        yield con
    finally:
        con.close()


def query(path: Path, sql: str) -> pd.DataFrame:
    """The answer of one SQL question to a published copy; days are ``datetime.date``.

    Raises:
        QueryError: SQL that DuckDB refuses, several statements, or a statement that does more than ask.
    """
    with reading(path) as con:
        try:
            _refuse_all_but_a_question(con, sql)
            return frame(con.execute(sql))
        except duckdb.Error as exc:
            raise QueryError(_one_line(str(exc))) from exc


def frame(answer: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What was asked as a data frame, its days as ``datetime.date``, which print as days."""
    kinds = [str(column[1]) for column in answer.description or ()]
    table = answer.df()
    for name, kind in zip(table.columns, kinds, strict=True):
        if kind == "DATE":
            days = pd.to_datetime(table[name])
            table[name] = days.dt.date.astype(object).where(days.notna(), None)
    return table


def _refuse_all_but_a_question(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = con.extract_statements(sql)
    if not statements:
        raise QueryError("there is no SQL in this; try: select * from measures limit 5")
    # PIVOT comes apart into two statements, of which the first has no text.
    written = [statement for statement in statements if statement.query.strip()] or statements[-1:]
    if len(written) > 1:
        raise QueryError("one statement at a time; this is " + str(len(written)))
    if written[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise QueryError(
            f"{written[0].type.name} is not a question; the published copy is read only: select, from, with, "
            "describe, show, summarize and explain work"
        )


def _one_line(message: str) -> str:
    text = " ".join(message.partition("\nLINE ")[0].split())
    return text if len(text) <= MESSAGE_CHARACTERS else text[: MESSAGE_CHARACTERS - 1] + "…"
