"""What collecting may ask about earlier runs."""

from __future__ import annotations

from collections.abc import Sequence

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
                           arg_max(reason, fetched_at) as reason, max(fetched_at) as fetched_at
                    from addresses where url in (select unnest($1::varchar[])) group by url
                )
                select met.url, met.article_id, fingerprint, met.fetched_at, if(met.article_id is null, reason, null)
                from met left join articles using (article_id) left join article_versions using (version_id)
                """,
                [list(urls)],
            ).fetchall()
            forgotten = forgotten_addresses(con, urls)
        return forgotten | {
            url: Known(article_id=article_id, fingerprint=fingerprint, fetched_at=fetched_at, reason=reason)
            for url, article_id, fingerprint, fetched_at, reason in rows
        }

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
