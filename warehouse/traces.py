"""Names in the other files of the data folder: journals in SQLite, logs, manifests of exports; and what is left.

DuckDB's own files are not touched here: they are rewritten, or removed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from warehouse.names import KEY_FILE
from warehouse.redaction import Redactor

_SQLITE = b"SQLite format 3\x00"
_DUCKDB = (".duckdb", ".wal")
_PEOPLES_OWN = ("sources.toml", KEY_FILE)  # settings: rewriting an address or a path would break them
_TEXTS = (".log", ".json", ".jsonl", ".csv", ".txt", ".md")
_PIECE_BYTES = 1 << 20
_SQLITE_PATIENCE_SECONDS = 30.0


def redact_files(data: Path, forgets: Redactor) -> int:
    """Take forgotten names out of the files beside the warehouse; returns how many files had some.

    Rules of a journal that forbid changes (triggers) are set aside for this, and are back when it is done.
    """
    return sum(_redact_file(path, forgets) for path in _files(data))


def _redact_file(path: Path, forgets: Redactor) -> bool:
    if path.name in _PEOPLES_OWN or path.suffix in _DUCKDB:
        return False
    with path.open("rb") as file:
        is_sqlite = file.read(len(_SQLITE)) == _SQLITE
    if is_sqlite:
        return redact_sqlite(path, forgets)
    if path.suffix not in _TEXTS:
        return False
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        text = file.read()
    redacted = "".join(forgets.text(line) for line in text.splitlines(keepends=True))
    if redacted == text:
        return False
    with path.open("r+", encoding="utf-8", errors="surrogateescape", newline="") as file:  # a log stays open elsewhere
        file.write(redacted)
        file.truncate()
    return True


def redact_sqlite(path: Path, forgets: Redactor) -> bool:
    """Take forgotten names out of every text of an SQLite file, and leave no deleted pages behind."""
    with closing(sqlite3.connect(path, timeout=_SQLITE_PATIENCE_SECONDS, isolation_level=None)) as con:
        con.execute("pragma secure_delete = on")
        con.execute("begin immediate")
        triggers = con.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            con.execute(f'drop trigger "{name}"')
        changed = sum(_redact_table(con, table, forgets) for table in _sqlite_tables(con))
        for _, sql in triggers:
            con.execute(sql)
        con.execute("commit" if changed else "rollback")
        if changed:
            con.execute("vacuum")
            con.execute("pragma wal_checkpoint(truncate)")
    return bool(changed)


def _sqlite_tables(con: sqlite3.Connection) -> list[str]:
    rows = con.execute(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    ).fetchall()
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def _redact_table(con: sqlite3.Connection, table: str, forgets: Redactor) -> int:
    changed = 0
    for _, column, *_ in con.execute(f'pragma table_info("{table}")').fetchall():
        texts = con.execute(f'select distinct "{column}" from "{table}" where typeof("{column}") = \'text\'').fetchall()  # noqa: S608
        for (text,) in texts:
            redacted = forgets.text(text)
            if redacted != text:
                con.execute(f'update "{table}" set "{column}" = ? where "{column}" = ?', (redacted, text))  # noqa: S608
                changed += 1
    return changed


def files_with(data: Path, texts: Iterable[str]) -> list[Path]:
    """The files of the data folder in whose bytes one of the texts stands, in UTF-8 (capitals count)."""
    wanted = [text.encode() for text in texts]
    return [path for path in _files(data) if _holds(path, wanted)]


def _files(data: Path) -> Iterator[Path]:
    for path in sorted(data.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _holds(path: Path, wanted: list[bytes]) -> bool:
    overlap = max(map(len, wanted), default=1) - 1
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            seen = before + piece
            if any(text in seen for text in wanted):
                return True
            before = seen[-overlap:] if overlap else b""
    return False
