"""Articles that are kept although their site reserves them by now."""

from __future__ import annotations

import duckdb


def reserved_since(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The addresses of articles collected while that was free, whose page was reserved when it was last read."""
    rows = con.execute(
        """
        with last_word as (
            select source_id, url, arg_max(reserved_by is not null, fetched_at) as reserved
            from fetches
            where reserved_by is not null or outcome in ('saved', 'duplicate')
            group by source_id, url
        )
        select distinct url from last_word join addresses using (source_id, url)
        where reserved and article_id is not null order by url
        """
    ).fetchall()
    return [url for (url,) in rows]
