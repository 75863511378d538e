"""The retention period: texts are emptied when it has passed; facts and their evidence sentences stay."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb


def empty_texts(con: duckdb.DuckDBPyConnection, days: int, now: datetime) -> int:
    """Empty the texts that have been kept for longer than ``days``; returns how many. Within one transaction.

    Counted from the day of collecting. A text that is the current one and not yet read by any model stays until it is.
    Its fingerprint stays, so that the same page is known to be the same.
    """
    rows = con.execute(
        """
        select version_id from article_versions v
        where collected_at < $1 and version_id not in (select version_id from emptied_texts)
          and (exists (from analyses n where n.version_id = v.version_id)
               or not exists (from articles a where a.version_id = v.version_id and a.duplicate_of is null))
        """,
        [now - timedelta(days=days)],
    ).fetchall()
    ids = [row[0] for row in rows]
    con.execute(
        "update article_versions set text = '', blocks = [] where version_id in (select unnest($1::varchar[]))", [ids]
    )
    con.execute(
        """
        update changes set before = null, after = null
        where list_has_any([version_id, before_version_id], $1::varchar[])
        """,
        [ids],
    )
    con.execute("insert into emptied_texts select unnest($1::varchar[]), $2", [ids, now])
    return len(ids)
