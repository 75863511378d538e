"""Readings whose text is gone, so that they cannot be made again: a forgotten person is taken out of their rows."""

# ruff: noqa: S608 (names of tables and columns are our own; values are parameters)

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb

from warehouse.bulk import delete
from warehouse.names import holds
from warehouse.redaction import Redactor
from warehouse.removal import column
from warehouse.wordings import thread_again

_OF_EMPTIED = "analysis_id in (select analysis_id from analyses join emptied_texts using (version_id))"


def redact_emptied(
    con: duckdb.DuckDBPyConnection, forgets: Redactor, people: Collection[str], subject: str, word: str
) -> None:
    """Take a person out of these readings; what is left of a span is as long as its offsets tell.

    ``people``: the person's ids; ``word``: one of the name, to look for candidates with.
    """
    named = set(
        column(
            con, "select distinct analysis_id from mentions where actor_id in (select unnest($1::varchar[]))", people
        )
    )
    for table, key in (
        ("mentions", "actor_id"),
        ("aliases", "actor_id"),
        ("roles", "person_id"),
        ("quotes", "speaker_id"),
    ):
        delete(con, table, key, list(people))
    _redact_measures(con, forgets, named, subject, word)
    for table in ("quotes", "mentions"):
        _redact_spans(con, table, forgets, named, subject, word)
    for role in ("proposer", "addressee"):
        con.execute(
            f"update measures set {role} = '', {role}_id = null where {role}_id in (select unnest($1::varchar[]))",
            [list(people)],
        )


def _redact_measures(
    con: duckdb.DuckDBPyConnection, forgets: Redactor, named: Collection[str], subject: str, word: str
) -> None:
    """The sentence is redacted, and the measure is what stands at its place in it."""
    changed = set()
    for analysis_id, measure_id, sentence, at, start, end in con.execute(
        'select analysis_id, measure_id, sentence, sentence_start, start, "end" from measures '
        f"where analysis_id in (select unnest($2::varchar[])) or ({_OF_EMPTIED} and {holds('sentence')})",
        [word, list(named)],
    ).fetchall():
        cuts = forgets.cuts(sentence, {subject} if analysis_id in named else None)
        if not cuts:
            continue
        redacted = forgets.text(sentence, {subject} if analysis_id in named else None)
        first, last = _moved(start - at, cuts, at_end=False), _moved(end - at, cuts, at_end=True)
        con.execute(
            """
            update measures set sentence = $3, sentence_end = $4, text = $5, start = $6, "end" = $7
            where analysis_id = $1 and measure_id = $2
            """,
            [analysis_id, measure_id, redacted, at + len(redacted), redacted[first:last], at + first, at + last],
        )
        changed.add(analysis_id)
    thread_again(con, list(changed))


def _moved(place: int, cuts: Sequence[tuple[int, int, str]], *, at_end: bool) -> int:
    """Where a place of a text is after the cuts; one within a cut goes to the beginning or the end of it."""
    by = 0
    for start, end, instead in cuts:
        if place >= end:
            by += len(instead) - (end - start)
        elif place > start:
            return start + by + (len(instead) if at_end else 0)
    return place + by


def _redact_spans(
    con: duckdb.DuckDBPyConnection, table: str, forgets: Redactor, named: Collection[str], subject: str, word: str
) -> None:
    """The words of a quote or a mention are redacted, and it ends where they end now."""
    for analysis_id, text in con.execute(
        f"select distinct analysis_id, text from {table} "
        f"where analysis_id in (select unnest($2::varchar[])) or ({_OF_EMPTIED} and {holds('text')})",
        [word, list(named)],
    ).fetchall():
        redacted = forgets.text(text, {subject} if analysis_id in named else None)
        if redacted != text:
            con.execute(
                f'update {table} set text = $3, "end" = start + $4 where analysis_id = $1 and text = $2',
                [analysis_id, text, redacted, len(redacted)],
            )
