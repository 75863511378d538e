"""What changed between one wording of an article and the next, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import duckdb

from warehouse.bulk import delete, insert
from warehouse.rows import Row

ARTICLES_AT_ONCE = 200

_UNTOLD: Row = {"place": 0, "kind": "changed", "before": None, "after": None}


def settle_changes(con: duckdb.DuckDBPyConnection) -> int:
    """Work out the changes of articles that got a new wording; returns how many articles."""
    settled = 0
    while ids := [row[0] for row in con.execute(_UNSETTLED, [ARTICLES_AT_ONCE]).fetchall()]:
        wordings = con.execute(
            """
            select article_id, version_id, list_transform(blocks, b -> b.text),
                   version_id in (select version_id from emptied_texts)
            from article_versions
            where article_id in (select unnest($1::varchar[])) order by article_id, collected_at, version_id
            """,
            [ids],
        ).fetchall()
        rows: list[Row] = []
        for (article_id, before_id, before, gone), (other_id, version_id, after, also_gone) in pairwise(wordings):
            if article_id == other_id:
                shared = {"article_id": article_id, "version_id": version_id, "before_version_id": before_id}
                changes = [_UNTOLD] if gone or also_gone else paragraph_changes(before, after)
                rows += [{**shared, **change} for change in changes]
        delete(con, "changes", "article_id", ids)
        insert(con, "changes", rows)
        settled += len(ids)
    return settled


_UNSETTLED = """
with wordings as (select article_id, count(*) - 1 as changed from article_versions group by article_id),
     known as (select article_id, count(distinct version_id) as changed from changes group by article_id)
select article_id from wordings left join known using (article_id)
where wordings.changed <> coalesce(known.changed, 0)
order by article_id limit $1
"""


def paragraph_changes(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """The paragraphs that were added, removed or changed, in their order; there is at least one row.

    A paragraph counts as changed where one stands in the place of another.
    """
    rows: list[Row] = []
    for what, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        olds, news = before[start:end], after[other_start:other_end]
        for number in range(max(len(olds), len(news))):
            old = olds[number] if number < len(olds) else None
            new = news[number] if number < len(news) else None
            kind = "added" if old is None else "removed" if new is None else "changed"
            rows.append({"place": len(rows), "kind": kind, "before": old, "after": new})
    return rows or [_UNTOLD]  # another kind of block alone
