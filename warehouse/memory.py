"""What collecting may ask about earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corpus.article import Known, Listing
from warehouse.store import Warehouse
from warehouse.suppression import forgotten_addresses


class WarehouseMemory:
    """Answers from the warehouse; fits ``corpus.collect.Memory``. Wrap a stage of it in ``Warehouse.held``."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def listing(self, url: str) -> Listing | None:
        """The state in which a feed or sitemap was last dealt with in full."""
        with self._warehouse.read() as con:
            row = con.execute(
                "select source_id, url, etag, last_modified, content_hash, fetched_at from listings where url = ?",
                [url],
            ).fetchone()
        if row is None:
            return None
        source_id, url, etag, last_modified, content_hash, fetched_at = row
        return Listing(
            source_id=source_id,
            url=url,
            etag=etag,
            last_modified=last_modified,
            content_hash=content_hash,
            fetched_at=fetched_at,
        )

    def known(self, urls: Sequence[str]) -> dict[str, Known]:
        """What is remembered of these addresses; those never met before are left out."""
        with self._warehouse.read() as con:
            rows = con.execute(
                """
                with met as (
                    select url, arg_max(article_id, fetched_at) as article_id,
                           arg_max(reason, fetched_at) as reason, max(fetched_at) as fetched_at,
                           min(first_seen_at) as first_seen_at,
                           arg_max_null(etag, fetched_at) as etag,
                           arg_max_null(last_modified, fetched_at) as last_modified
                    from addresses where url in (select unnest($1::varchar[])) group by url
                )
                select met.url, met.article_id, fingerprint, met.fetched_at, if(met.article_id is null, reason, null),
                       least(met.first_seen_at, published_on::timestamptz), etag, last_modified, moves.known_as
                from met left join moves on moves.url = met.url
                left join articles using (article_id) left join article_versions using (version_id)
                """,
                [list(urls)],
            ).fetchall()
            forgotten = forgotten_addresses(con, urls)
        return forgotten | _known(rows)

    def due(self, source_id: str, now: datetime) -> dict[str, Known]:
        """Pages of articles of the last days, or that may have moved, unseen today; the longest unseen first."""
        with self._warehouse.read() as con:
            rows = con.execute(
                """
                with twins as (  -- on the same site: perhaps the article has moved there
                    select main.article_id, max(twin.first_seen_at) as twin_at
                    from articles twin join articles main on main.article_id = twin.duplicate_of
                    where main.source_id = $source and split_part(main.url, '/', 3) = split_part(twin.url, '/', 3)
                    group by main.article_id
                ), recent as (
                    select article_id, url, version_id, fingerprint, twin_at,
                           least(first_seen_at, published_on::timestamptz) as appeared_at,
                           appeared_at >= $now - interval 7 days as is_new
                    from articles join article_versions using (article_id, version_id)
                    left join twins using (article_id)
                    where source_id = $source and url like 'http%' and (is_new or twin_at is not null)
                ), seen as (
                    select article_id, max(fetched_at) as seen_at from addresses
                    where article_id in (select article_id from recent) group by article_id
                )
                select r.url, r.article_id, fingerprint, d.fetched_at, null, appeared_at, d.etag, d.last_modified,
                       m.known_as
                from recent r
                join addresses d on d.url = r.url and d.source_id = $source
                join seen on seen.article_id = r.article_id
                left join moves m on m.url = r.url
                where seen.seen_at <= $now - interval 1 day and (r.is_new or seen.seen_at < r.twin_at)
                order by seen.seen_at, r.url limit 500
                """,
                {"source": source_id, "now": now},
            ).fetchall()
        return _known(rows)

    def article_with(self, fingerprint: str) -> str | None:
        """The article that has these words now, the main one if there are several."""
        with self._warehouse.read() as con:
            row = con.execute(
                """
                select a.article_id from articles a join article_versions v using (version_id)
                where fingerprint = ? order by duplicate_of is not null, canonical_url limit 1
                """,
                [fingerprint],
            ).fetchone()
        return None if row is None else str(row[0])


def _known(rows: Sequence[tuple[Any, ...]]) -> dict[str, Known]:
    names = ("article_id", "fingerprint", "fetched_at", "reason", "appeared_at", "etag", "last_modified", "known_as")
    return {url: Known(**dict(zip(names, row, strict=True))) for url, *row in rows}
