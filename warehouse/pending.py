"""What is not yet read with a model."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingText:
    """The latest wording of an article, to be read; ``version_id`` is the id to give it to the reader under."""

    article_id: str
    version_id: str
    title: str
    text: str


def pending_texts(con: duckdb.DuckDBPyConnection, model: str, limit: int) -> list[PendingText]:
    """At most ``limit`` texts that ``model`` has not read, the newest articles first, duplicates left out.

    Saving their analyses takes them off the list, so calling this again and again goes through all of them in even
    memory; a text whose analysis is never saved comes first again.
    """
    rows = con.execute(
        """
        with next as (
            select a.article_id, a.version_id, v.published_on
            from articles a join article_versions v using (version_id)
            where a.duplicate_of is null
              and a.version_id not in (select version_id from emptied_texts)
              and not exists (from analyses n where n.version_id = a.version_id and n.model = $model)
            order by v.published_on desc nulls last, a.article_id
            limit $limit
        )
        select next.article_id, version_id, title, text
        from next join article_versions using (version_id)
        order by next.published_on desc nulls last, next.article_id
        """,
        {"model": model, "limit": limit},
    ).fetchall()
    return [PendingText(article_id=a, version_id=v, title=title, text=text) for a, v, title, text in rows]
