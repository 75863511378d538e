"""What the loader promises, looked after: there are no keys or checks in the tables themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

KEYS = {
    "sources": ("source_id",),
    "runs": ("run_id",),
    "fetches": ("run_id", "source_id", "url"),
    "listings": ("url",),
    "polls": ("source_id",),
    "pauses": ("source_id",),
    "addresses": ("url", "source_id"),
    "backfills": ("source_id", "url"),
    "articles": ("article_id",),
    "article_versions": ("version_id",),
    "analyses": ("analysis_id",),
    "mentions": ("analysis_id", "start", '"end"', "label"),
    "people": ("person_id",),
    "organisations": ("organisation_id",),
    "aliases": ("analysis_id", "actor_id", "alias"),
    "roles": ("analysis_id", "person_id", "role", "organisation"),
    "quotes": ("analysis_id", "quote_id"),
    "measures": ("analysis_id", "measure_id"),
    "measure_threads": ("thread_id",),
    "topics": ("topic",),
    "verdicts": ("verdict_id",),
    "forgettings": ("subject",),
    "forgotten": ("hash", "subject", "scope"),
    "emptied_texts": ("version_id",),
    "signatures": ("fingerprint",),
    "near_texts": ("fingerprint", "other_fingerprint"),
    "changes": ("version_id", "place"),
    "moves": ("url",),
}

ACTORS = "(select person_id as id from people union all select organisation_id from organisations)"
REFERENCES = (
    ("addresses", "article_id", "(select article_id as id from articles)"),
    ("articles", "version_id", "(select version_id as id from article_versions)"),
    ("articles", "duplicate_of", "(select article_id as id from articles where duplicate_of is null)"),
    ("article_versions", "article_id", "(select article_id as id from articles)"),
    ("analyses", "version_id", "(select version_id as id from article_versions)"),
    ("mentions", "analysis_id", "(select analysis_id as id from analyses)"),
    ("mentions", "actor_id", ACTORS),
    ("aliases", "actor_id", ACTORS),
    ("roles", "person_id", "(select person_id as id from people)"),
    ("roles", "organisation_id", "(select organisation_id as id from organisations)"),
    ("quotes", "analysis_id", "(select analysis_id as id from analyses)"),
    ("quotes", "speaker_id", ACTORS),
    ("measures", "analysis_id", "(select analysis_id as id from analyses)"),
    ("measures", "proposer_id", ACTORS),
    ("measures", "addressee_id", ACTORS),
    ("measures", "thread_id", "(select thread_id as id from measure_threads)"),
)

OFFSETS = (
    ("mentions", "text", "start", '"end"'),
    ("quotes", "text", "start", '"end"'),
    ("measures", "text", "start", '"end"'),
    ("measures", "sentence", "sentence_start", "sentence_end"),
)

OUTCOMES = ("saved", "unchanged", "duplicate", "skipped", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A promise that does not hold: which (``key``, ``reference``, ``offsets``, ``sum``), in which table, how often."""

    check: str
    table: str
    count: int
    message: str


def check(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Everything that is wrong in a warehouse or a published copy; an empty list when all is well."""
    return [*_doubled_keys(con), *_broken_references(con), *_wrong_offsets(con), *_wrong_sums(con)]


def _doubled_keys(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for table, key in KEYS.items():
        columns = ", ".join(key)
        count = _count(con, f"from {table} group by {columns} having count(*) > 1")
        if count:
            yield Finding(
                check="key", table=table, count=count, message=f"{count} values of ({columns}) are there twice"
            )


def _broken_references(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for table, column, known in REFERENCES:
        count = _count(con, f"from {table} where {column} is not null and {column} not in {known}")
        if count:
            yield Finding(check="reference", table=table, count=count, message=f"{count} {column} point to nothing")


def _wrong_offsets(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """In a copy without the articles' texts, each span must at least be as long as what it is said to hold."""
    texts = _has_texts(con)
    for table, text, start, end in OFFSETS:
        wrong = f"r.{start} < 0 or r.{end} - r.{start} <> length(r.{text}) or r.{text} = ''"
        if texts:
            emptied = "version_id in (select version_id from emptied_texts)"
            wrong += f" or (not {emptied} and substring(v.text, r.{start} + 1, r.{end} - r.{start}) <> r.{text})"
        readings = f"{table} r join analyses using (analysis_id) join article_versions v using (version_id)"
        count = _count(con, f"from {readings} where {wrong}")
        if count:
            message = f"{count} times {text} is not what stands at its offsets"
            yield Finding(check="offsets", table=table, count=count, message=message)


def _has_texts(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the articles' texts are here: in every warehouse, and in copies that were published with them."""
    if not _count(con, "from duckdb_tables() where table_name = 'generation'"):
        return True
    return _count(con, "from generation where full_text") > 0


def _wrong_sums(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """For each source of a run: found = the sum of the outcomes = the addresses kept, outcome by outcome."""
    rows = con.execute("select run_id, source_id, outcome, count(*) from fetches group by all").fetchall()
    kept: Counter[tuple[str, str, str]] = Counter()
    for run_id, source_id, outcome, count in rows:
        kept[run_id, source_id, outcome] = count
    for run_id, report in con.execute("select run_id, report from runs where report is not null").fetchall():
        for source in json.loads(report).get("sources", ()):
            said = {outcome: source.get(outcome, 0) for outcome in OUTCOMES}
            there = {outcome: kept[run_id, source["id"], outcome] for outcome in OUTCOMES}
            if said != there or source.get("found", 0) != sum(said.values()):
                message = (
                    f"run {run_id}: {source['id']} reports {source.get('found', 0)} found, {sum(there.values())} kept"
                )
                yield Finding(check="sum", table="fetches", count=1, message=message)


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    row = con.execute(f"select count(*) from (select 1 {rows})").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
