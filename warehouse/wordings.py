"""Which wording of a measure a row of ``measures`` has, after its words were redacted."""

# ruff: noqa: S608 (names of tables and columns are our own; values are parameters)

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.bulk import insert_new
from warehouse.readings import thread_id, thread_row


def thread_again(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Give the measures of readings whose words were redacted the threads of the words that they have now."""
    of_readings = "analysis_id in (select unnest($1::varchar[]))"
    rows = con.execute(f"select distinct thread_id, text from measures where {of_readings}", [list(ids)]).fetchall()
    changed = [(before, text) for before, text in rows if thread_id(text) != before]
    for before, text in changed:
        insert_new(con, "measure_threads", "thread_id", [thread_row(text)])
        con.execute(
            f"update measures set thread_id = $2 where thread_id = $3 and text = $4 and {of_readings}",
            [list(ids), thread_id(text), before, text],
        )
    con.execute(
        "delete from measure_threads where thread_id in (select unnest($1::varchar[])) "
        "and thread_id not in (select thread_id from measures)",
        [[before for before, _ in changed]],
    )
