"""Forgetting a person, an address or a source: what goes from the tables, within one transaction (``Warehouse.write``).

Afterwards the tables are those of a warehouse that never knew: the texts that are left without a name are to be read
again, and have the ids that collecting them under suppression would give them. The name is still in the file until
`Warehouse.rewrite`, and in published copies until there is a new one.
"""

# ruff: noqa: S608 (names of tables and columns are our own; values are parameters)

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import duckdb

from corpus.article import Article, Block
from warehouse.bulk import delete, insert, insert_new
from warehouse.emptied import redact_emptied
from warehouse.names import forms_of, holds, rarest, words_of
from warehouse.near_texts import drop_comparisons
from warehouse.readings import OF_ONE_ANALYSIS
from warehouse.redaction import ARTICLE, EVERYWHERE, URL, WORD_OF_NAME, Redactor, could_be_one
from warehouse.removal import addresses_of, column, columns_like, drop_analyses, number, remove_articles, tables_with
from warehouse.rows import version_row
from warehouse.suppression import hashing_of, redactor

_TEXTS_AT_ONCE = 500
_OWN_WAY = ("article_versions", "forgotten", "forgettings", "migrations", "sources")
"""Tables that the sweep over all texts leaves out: redacted in a way of their own, or without anything of articles."""


def suppress_person(con: duckdb.DuckDBPyConnection, name: str, now: datetime) -> None:
    """Note the hashes of a name, under which it is not kept again."""
    hashing = hashing_of(con)
    subject = hashing.words(words_of(name))
    forms = forms_of(name, tuple(_aliases(con, name)))
    rows = [(hashing.words(form.words), EVERYWHERE if form.everywhere else ARTICLE, len(form.words)) for form in forms]
    rows += [(hashing.words((word,)), WORD_OF_NAME, 1) for form in forms for word in form.words]
    # Aliases are found in what is forgotten: those of an earlier, interrupted time stay.
    kept = set(con.execute("select hash, scope, words from forgotten where subject = $1", [subject]).fetchall())
    _note(con, subject, "person", [row for row in dict.fromkeys(rows) if row not in kept], now)


def _note(
    con: duckdb.DuckDBPyConnection, subject: str, kind: str, rows: Sequence[tuple[str, str, int]], now: datetime
) -> None:
    delete(con, "forgettings", "subject", [subject])
    insert(con, "forgettings", [{"subject": subject, "kind": kind, "asked_at": now, "finished_at": None}])
    insert(con, "forgotten", [{"hash": key, "subject": subject, "scope": scope, "words": n} for key, scope, n in rows])


def _aliases(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    for (alias,) in con.execute(
        "select distinct alias from aliases where actor_id in (select unnest($1::varchar[])) order by 1",
        [person_ids(con, name)],
    ).fetchall():
        yield alias


def person_ids(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The people that reading found under this name, in whatever case and spacing."""
    wanted = {form.words for form in forms_of(name) if form.everywhere}
    people = con.execute("select person_id, name from people where " + holds("name"), [rarest(name)]).fetchall()
    return [person for person, found in people if words_of(found) in wanted]


def similar_names(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Names of people who could be the same person: with the same first and the same last name."""
    people = con.execute(f"select name from people where {holds('name')} order by name", [rarest(name)]).fetchall()
    return [found for (found,) in people if could_be_one(name, found)]


def forget_person(con: duckdb.DuckDBPyConnection, name: str, now: datetime) -> Counter[str]:
    """Take a person out of every table, and note not to keep the name again. Returns what was there, by its name."""
    suppress_person(con, name, now)
    forgets = redactor(con)
    assert forgets is not None  # noqa: S101 (just noted)
    people = person_ids(con, name)
    gone = Counter(
        mentions=number(con, "mentions where actor_id in (select unnest($1::varchar[]))", people),
        roles=number(con, "roles where person_id in (select unnest($1::varchar[]))", people),
        quotes=number(con, "quotes where speaker_id in (select unnest($1::varchar[]))", people),
        measures=number(con, "measures where proposer_id in (select unnest($1::varchar[]))", people),
        verdicts=number(con, "verdicts where target_id in (select unnest($1::varchar[]))", people),
    )
    subject = forgets.hashing.words(words_of(name))
    named = column(
        con,
        "select distinct version_id from emptied_texts join analyses using (version_id) "
        "join mentions using (analysis_id) where actor_id in (select unnest($1::varchar[]))",
        people,
    )
    texts, articles = _redact_versions(con, forgets, rarest(name), subject, set(named))
    gone["texts redacted"], gone["articles"] = texts, len(articles)
    readings = (
        "select distinct analysis_id from mentions join analyses using (analysis_id) "
        "where actor_id in (select unnest($1::varchar[])) and version_id not in (select version_id from emptied_texts)"
    )
    drop_analyses(con, column(con, readings, people))
    redact_emptied(con, forgets, people, subject, rarest(name))
    delete(con, "verdicts", "target_id", people)
    delete(con, "people", "person_id", people)
    _sweep(con, forgets, rarest(name))
    _sweep_articles(con, forgets, articles, subject)
    drop_comparisons(con, articles)
    return gone


def _redact_versions(
    con: duckdb.DuckDBPyConnection, forgets: Redactor, word: str, subject: str, named: Collection[str]
) -> tuple[int, set[str]]:
    """Redact every wording with the name: it becomes another wording, whose reading is still to come.

    ``named``: wordings that name the subject but whose text is emptied, so that only a reading still knows.
    """
    ids = column(
        con,
        "select version_id from article_versions where "
        + holds("concat_ws(' ', title, section, byline::varchar, text)"),
        word,
    )
    ids = list({*ids, *named})
    texts, articles = 0, set[str]()
    for at in range(0, len(ids), _TEXTS_AT_ONCE):
        for before, after in _redacted(con, forgets, ids[at : at + _TEXTS_AT_ONCE], subject, named):
            texts += 1
            articles.add(str(after["article_id"]))
            if after["text"]:
                drop_analyses(con, column(con, "select analysis_id from analyses where version_id = $1", before))
            delete(con, "article_versions", "version_id", [before])
            insert_new(con, "article_versions", "version_id", [after])
            for table, key in columns_like(con, "%version\\_id"):
                if table not in ("article_versions", "analyses"):
                    con.execute(f"update {table} set {key} = ? where {key} = ?", [after["version_id"], before])
    return texts, articles


def _redacted(
    con: duckdb.DuckDBPyConnection, forgets: Redactor, ids: Sequence[str], subject: str, named: Collection[str]
) -> list[tuple[str, dict[str, Any]]]:
    cursor = con.execute(
        "select v.*, a.canonical_url, a.source_id, m.known_as "
        "from article_versions v join articles a using (article_id) left join moves m on m.url = a.canonical_url "
        "where v.version_id in (select unnest($1::varchar[])) order by collected_at, v.version_id",
        [list(ids)],
    )
    names = [column[0] for column in cursor.description or ()]
    pairs = []
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        canonical, source_id, known_as = (row.pop(name) for name in ("canonical_url", "source_id", "known_as"))
        blocks = tuple(Block(kind=block["kind"], text=block["text"]) for block in row["blocks"])
        same = {one.name: row[one.name] for one in fields(Article) if row.get(one.name) is not None}
        own = {"source_id": source_id, "url": canonical, "canonical_url": canonical, "known_as": known_as}
        article = Article(**same | own | {"blocks": blocks, "byline": tuple(row["byline"])})
        redacted = forgets.article(article, {subject} if row["version_id"] in named else ())
        if redacted != article:
            new = row | version_row(redacted, row["collected_at"])
            if not row["text"]:  # emptied: the identity of the words that it had stays
                new |= {key: row[key] for key in ("version_id", "fingerprint", "text")}
            pairs.append((row["version_id"], new))
    return pairs


def _sweep(con: duckdb.DuckDBPyConnection, forgets: Redactor, word: str) -> None:
    """Redact whatever other text a table has: reports of runs, reasons, notes and values of verdicts, and so on."""
    for table, text_column in con.execute(
        "select table_name, column_name from information_schema.columns where data_type = 'VARCHAR' "
        "and table_catalog = current_database() and not (column_name = 'id' or column_name like '%\\_id' escape '\\')"
    ).fetchall():
        if table in _OWN_WAY:
            continue
        found = con.execute(
            f'select distinct "{text_column}" from "{table}" where ' + holds(f'"{text_column}"'),
            [word],
        ).fetchall()
        for (text,) in found:
            redacted = forgets.text(text)
            if redacted != text:
                con.execute(f'update "{table}" set "{text_column}" = ? where "{text_column}" = ?', [redacted, text])


def _sweep_articles(con: duckdb.DuckDBPyConnection, forgets: Redactor, articles: Collection[str], subject: str) -> None:
    """In what other tables tell of the articles that named the person, parts of the name mean the person too."""
    for table in tables_with(con, "article_id", but=(*_OWN_WAY, "articles", "addresses", "analyses", *OF_ONE_ANALYSIS)):
        for other, key in columns_like(con, "%"):
            if other != table or key.endswith("_id"):
                continue
            rows = f"{table} where article_id in (select unnest($1::varchar[]))"
            for text in column(con, f'select distinct "{key}" from {rows} and "{key}" is not null', articles):
                redacted = forgets.text(text, {subject})
                if redacted != text:
                    con.execute(f'update {table} set "{key}" = ? where "{key}" = ?', [redacted, text])


def forget_urls(con: duckdb.DuckDBPyConnection, urls: Sequence[str], now: datetime) -> Counter[str]:
    """Remove the article that is known under an address, with its versions, readings and all its addresses.

    All of them, and the address itself, are not collected again. Of several articles with the same words only the one
    that has this address goes.
    """
    hashing = hashing_of(con)
    articles = column(
        con,
        "select article_id from addresses where url in (select unnest($1::varchar[])) and article_id is not null union "
        "select article_id from articles where list_has_any([canonical_url, url], $1::varchar[])",
        urls,
    )
    known = {*urls, *addresses_of(con, articles)}
    kept = set(column(con, "select hash from forgotten where scope = $1", URL))
    _note(
        con,
        hashing.url(urls[0]),
        "url",
        [(key, URL, 0) for url in sorted(known) if (key := hashing.url(url)) not in kept],
        now,
    )
    return remove_articles(con, hashing, articles, known)


def forget_source(con: duckdb.DuckDBPyConnection, source_id: str, now: datetime) -> Counter[str]:
    """Remove everything that only this source led to. What another source led to as well stays, as that one's."""
    _note(con, source_id, "source", [], now)
    only = column(
        con,
        "select article_id from addresses where article_id is not null group by 1 having bool_and(source_id = $1) "
        "union select article_id from articles where source_id = $1 and article_id not in "
        "(select article_id from addresses where article_id is not null)",
        source_id,
    )
    urls = {*addresses_of(con, only), *column(con, "select url from fetches where source_id = $1", source_id)}
    shared = set(column(con, "select url from addresses where source_id <> $1", source_id))
    gone = remove_articles(con, hashing_of(con), only, urls - shared)
    for table in ("addresses", "listings", "pauses"):
        delete(con, table, "source_id", [source_id])
    con.execute(
        "update articles set source_id = (select min(d.source_id) from addresses d "
        "where d.article_id = articles.article_id) where source_id = $1",
        [source_id],
    )
    con.execute("update sources set enabled = false where source_id = $1", [source_id])
    return gone


def unfinished(con: duckdb.DuckDBPyConnection) -> int:
    """How many requests are noted whose names may still be in the file or in an older published copy."""
    return number(con, "forgettings where finished_at is null")


def note_finished(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Note that the file is rewritten and older copies are gone."""
    con.execute("update forgettings set finished_at = $1 where finished_at is null", [now])
