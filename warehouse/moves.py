"""Articles that were met as two and are one: moved by their site, or the same address in other dress."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from corpus.article import content_id
from warehouse.bulk import delete, replace
from warehouse.removal import column, drop_analyses

# Scheme, www and the like, AMP and the slash at the end do not make another page, if the words are the same too.
_UNDRESSED = r"""
regexp_replace(regexp_replace(regexp_replace(regexp_replace(a.canonical_url,
    '^https?://(www\.|amp\.|m\.)?', ''), '[?&](outputType=)?amp(=1|=true)?$', ''), '/amp/?$', ''), '/+$', '')
"""

_PAIRS = rf"""
with current as (
    select a.article_id, a.canonical_url, a.gone_at, v.fingerprint, lower(v.title) as title,
           regexp_extract(a.canonical_url, '^https?://(?:www\.|amp\.|m\.)?([^/?]+)', 1) as site,
           {_UNDRESSED} as undressed,
           exists (from analyses n where n.version_id = a.version_id) as analysed
    from articles a join article_versions v using (version_id)
    where a.canonical_url like 'http%'
), left_behind as (
    select article_id, null as target from current where gone_at is not null
    union
    select o.article_id, d.article_id from current o
    join addresses d on d.url = o.canonical_url and d.article_id <> o.article_id
), pairs as (
    select o.article_id as old_id, n.article_id as new_id
    from left_behind l
    join current o on o.article_id = l.article_id
    join current n on n.site = o.site and n.title = o.title and n.article_id <> o.article_id and n.gone_at is null
    where l.target is null or l.target = n.article_id
    union
    select o.article_id, n.article_id from current o join current n
    on o.undressed = n.undressed and o.article_id <> n.article_id
    and (o.canonical_url like 'https:%', o.canonical_url) < (n.canonical_url like 'https:%', n.canonical_url)
)
select old_id, new_id, n.analysed and not o.analysed
from pairs
join current o on o.article_id = old_id
join current n on n.article_id = new_id
where o.fingerprint = n.fingerprint or exists (
    from near_texts t where t.fingerprint = least(o.fingerprint, n.fingerprint)
    and t.other_fingerprint = greatest(o.fingerprint, n.fingerprint)
)
order by o.canonical_url, n.canonical_url
"""  # noqa: S608 (only our own text goes in)


@dataclass(frozen=True, slots=True)
class _Article:
    article_id: str
    canonical_url: str
    known_as: str
    fingerprint: str


def settle_moves(con: duckdb.DuckDBPyConnection) -> int:
    """Make one of articles that are the same; to be called after near texts were found. Returns how many are no more.

    The article keeps the identity that was read already, else the older address, and gets the newer address. An article
    has moved when its page is gone or leads on, and one with the same title and nearly the same text is on its site.
    """
    merged = 0
    while pairs := con.execute(_PAIRS).fetchall():
        met: set[str] = set()
        for old_id, new_id, new_is_read in pairs:
            if met.isdisjoint((old_id, new_id)):
                met |= {old_id, new_id}
                old, new = _article(con, old_id), _article(con, new_id)
                _merge(con, kept=new if new_is_read else old, dropped=old if new_is_read else new, live=new)
                merged += 1
    return merged


def _article(con: duckdb.DuckDBPyConnection, article_id: str) -> _Article:
    row = con.execute(
        """
        select article_id, canonical_url, coalesce(known_as, canonical_url), fingerprint
        from articles join article_versions using (article_id, version_id)
        left join moves on moves.url = canonical_url where article_id = ?
        """,
        [article_id],
    ).fetchone()
    assert row is not None  # noqa: S101 (it was just listed)
    return _Article(*row)


def _merge(con: duckdb.DuckDBPyConnection, *, kept: _Article, dropped: _Article, live: _Article) -> None:
    versions = con.execute(
        "select version_id, fingerprint from article_versions where article_id = ?", [dropped.article_id]
    ).fetchall()
    for version_id, fingerprint in versions:
        con.execute(
            """
            insert into article_versions by name
            select * replace ($new as version_id, $kept as article_id) from article_versions
            where version_id = $old and not exists (from article_versions where version_id = $new)
            """,
            {"new": _version_id(kept, fingerprint), "kept": kept.article_id, "old": version_id},
        )
        con.execute(
            """
            insert into emptied_texts by name
            select * replace ($new as version_id) from emptied_texts
            where version_id = $old and $new not in (select version_id from emptied_texts)
              and exists (from article_versions where version_id = $new and text = '')
            """,
            {"new": _version_id(kept, fingerprint), "old": version_id},
        )
    con.execute(
        """
        update articles set canonical_url = live.canonical_url, url = live.url, version_id = $version,
            gone_at = live.gone_at, source_id = least(articles.source_id, dropped.source_id),
            first_seen_at = least(articles.first_seen_at, dropped.first_seen_at),
            fetched_at = greatest(articles.fetched_at, dropped.fetched_at)
        from articles live, articles dropped
        where articles.article_id = $kept and live.article_id = $live and dropped.article_id = $dropped
        """,
        {
            "version": _version_id(kept, live.fingerprint),
            "kept": kept.article_id,
            "live": live.article_id,
            "dropped": dropped.article_id,
        },
    )
    drop_analyses(con, column(con, "select analysis_id from analyses where article_id = $1", dropped.article_id))
    delete(con, "emptied_texts", "version_id", [version_id for version_id, _ in versions])
    for table in ("articles", "article_versions", "changes"):
        delete(con, table, "article_id", [dropped.article_id])
    con.execute("update addresses set article_id = ? where article_id = ?", [kept.article_id, dropped.article_id])
    con.execute("update moves set known_as = ? where known_as = ?", [kept.known_as, dropped.known_as])
    urls = {dropped.canonical_url, dropped.known_as, kept.canonical_url} - {kept.known_as}
    replace(con, "moves", ("url",), [{"url": url, "known_as": kept.known_as} for url in sorted(urls)])


def _version_id(article: _Article, fingerprint: str) -> str:
    return content_id("version", article.article_id, fingerprint)
