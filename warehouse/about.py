"""What is kept about a person: the extract that everybody may ask for."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.forgetting import person_ids, similar_names
from warehouse.names import Hashing, forms_of, holds, rarest, words_of
from warehouse.redaction import ARTICLE, EVERYWHERE, WORD_OF_NAME, Redactor
from warehouse.suppression import redactor

_ABOUT = {
    "aliases": "select distinct alias as name from aliases where actor_id in (select unnest($people)) order by 1",
    "roles": """
        select distinct role, organisation, canonical_url as url
        from roles join articles using (article_id) where person_id in (select unnest($people)) order by all""",
    "mentions": """
        select distinct m.text, n.published_on, canonical_url as url
        from mentions m join analyses using (analysis_id) join article_versions n using (version_id)
        join articles a on a.article_id = m.article_id where actor_id in (select unnest($people)) order by all""",
    "quotes": """
        select distinct q.text, kind, canonical_url as url
        from quotes q join articles using (article_id) where speaker_id in (select unnest($people)) order by all""",
    "measures": """
        select distinct m.text, modality, sentence, if(proposer_id in (select unnest($people)), 'proposer', 'addressee')
               as "as", canonical_url as url
        from measures m join articles using (article_id)
        where proposer_id in (select unnest($people)) or addressee_id in (select unnest($people)) order by all""",
    "verdicts": """
        select verdict, value, note, reviewer, decided_at from verdicts
        where target_id in (select unnest($people)) order by decided_at""",
}


def about(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """Everything that is kept about a person, JSON-ready: what reading found, and the articles that name the person.

    ``suppressed`` tells whether the name is to be forgotten whenever it is met.
    """
    people = person_ids(con, name)
    extract: dict[str, Any] = {"name": name, "suppressed": _is_suppressed(con, name)}
    for part, sql in _ABOUT.items():
        extract[part] = _rows(con, sql.replace("$people", "$people::varchar[]"), people)
    extract["articles"] = _articles(con, name)
    extract["similar names"] = similar_names(con, name)
    return extract


def _is_suppressed(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    row = con.execute("select count(*) from forgotten").fetchone()
    if row is None or not row[0]:
        return False
    forgets = redactor(con)
    return forgets is not None and forgets.hashing.words(words_of(name)) in forgets.names


def _rows(con: duckdb.DuckDBPyConnection, sql: str, people: list[str]) -> list[dict[str, Any]]:
    cursor = con.execute(sql, {"people": people})
    names = [column[0] for column in cursor.description or ()]
    return [
        {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in zip(names, row, strict=True)
        }
        for row in cursor.fetchall()
    ]


def _articles(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """The articles, in all their wordings, that have the whole name in title, text or byline."""
    looks_for = seeker(name)
    candidates = holds("concat_ws(' ', title, byline::varchar, text)")
    found = con.execute(
        "select v.title, v.byline, v.published_on, a.canonical_url, v.text from article_versions v join articles a "  # noqa: S608
        f"using (article_id) where {candidates} order by v.published_on, a.canonical_url",
        [rarest(name)],
    ).fetchall()
    return [
        {
            "title": title,
            "published_on": None if published_on is None else published_on.isoformat(),
            "url": url,
            "in": "byline" if looks_for.subjects(byline) else "text",
        }
        for title, byline, published_on, url, text in found
        if looks_for.subjects([title, *byline, text])
    ]


def seeker(name: str) -> Redactor:
    """What finds a person's name in texts as forgetting would, without anything being noted."""

    hashing = Hashing(b"not kept")
    forms = forms_of(name)
    rows = [
        (hashing.words(form.words), "", EVERYWHERE if form.everywhere else ARTICLE, len(form.words)) for form in forms
    ]
    rows += [(hashing.words((word,)), "", WORD_OF_NAME, 1) for form in forms for word in form.words]
    return Redactor.of(hashing, rows)
