"""Asking the published copy: read only, and with no way out of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import duckdb
import pandas as pd
import pyarrow as pa

from warehouse.errors import QueryError, WarehouseUnreadable

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

    Raises:
        WarehouseUnreadable: the file is no database, or of a DuckDB that this one cannot read.
    """
    # The settings are those of all connections in the process, and the second one finds them locked.
    with _opening:
        try:
            con = duckdb.connect(str(path.resolve(strict=True)), read_only=True, config=_READER)
        except duckdb.Error as exc:
            raise WarehouseUnreadable(path, _one_line(str(exc)), "remove it, and `helseradar publish` again") from exc
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
        except (duckdb.Error, pa.ArrowException, ValueError) as exc:  # the last: days beyond Python's calendar
            raise QueryError(_one_line(str(exc))) from exc


def frame(answer: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What was asked as a data frame: days are ``datetime.date``, lists lists, whole numbers whole also beside gaps."""
    # Through Arrow: DuckDB's own way makes floats of whole numbers, instants of days, and warnings under pandas 3.
    table = answer.to_arrow_table()
    names = table.column_names
    names = [f"{name}_{at}" if name in names[:at] else name for at, name in enumerate(names)]
    columns = {name: _column(values) for name, values in zip(names, table.columns, strict=True)}
    return pd.DataFrame(columns, columns=names)


def _column(values: pa.ChunkedArray) -> pd.Series[Any]:
    kind = values.type
    if pa.types.is_nested(kind):
        return pd.Series(values.to_pylist(), dtype=object)
    if pa.types.is_decimal(kind) and kind.scale == 0:  # what sum() makes of whole numbers
        return pd.Series([None if value is None else int(value) for value in values.to_pylist()], dtype=object)
    if pa.types.is_decimal(kind):
        values = values.cast(pa.float64())
    return cast("pd.Series[Any]", values.to_pandas(integer_object_nulls=True))


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
    """What DuckDB says, without the part that points into the statement, on one line of bearable length."""
    text = " ".join(message.partition("\nLINE ")[0].split())
    return text if len(text) <= MESSAGE_CHARACTERS else text[: MESSAGE_CHARACTERS - 1] + "…"
