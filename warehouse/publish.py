"""Publishing: readers get a copy of their own, and never wait for a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
from filelock import FileLock

from corpus.article import content_id
from warehouse.actors import RULES, match_actors
from warehouse.compare import rows_digest
from warehouse.errors import NotPublished
from warehouse.migrations import SQL, migrate, shipped_migrations
from warehouse.register import Body, read_register
from warehouse.store import Warehouse
from warehouse.threads import join_threads, what_it_rests_on

_STATE = (
    "select article_id, source_id, canonical_url, version_id, duplicate_of, gone_at is not null as gone from articles",
    "select analysis_id, analysed_at from analyses",
    "select verdict_id from verdicts",
    "select * from sources",
    "select * from topics",
    "select distinct source_id, url, reserved_by from fetches where reserved_by is not null",
    "select hash from forgotten",
    "select version_id from emptied_texts",
)
"""What makes a generation another one. Runs and fetches do not: a run that found nothing new publishes nothing."""

_BEFORE = {"15_threads": join_threads}
"""What has to be told in Python before one of the files of SQL."""

_WITHOUT_TEXT = "* replace ('' as text, []::struct(kind varchar, text varchar)[] as blocks)"
_CURRENT = "10_current"
"""After this file it is known which readings count, and who is who in them can be told."""

_WITHOUT = {"article_versions": _WITHOUT_TEXT, "changes": "* replace (null as before, null as after)"}
_OWN_USE = ("migrations", "signatures")  # tables that readers have no use for
_FULL = "-full-text"  # in the name of a copy that has the texts, so that it goes when they are no longer wanted


def published(data: Path) -> Path:
    """The published copy, resolved: connect to this very path, which stays what it is when the next one comes.

    Raises:
        NotPublished: there is none yet.
    """
    try:
        return (data / "published.duckdb").resolve(strict=True)
    except FileNotFoundError as exc:
        raise NotPublished(data) from exc


def publish(data: Path, now: datetime, *, full_text: bool = False) -> Path | None:
    """Make the warehouse as it is now what readers see, and return the copy; ``None`` when nothing is new.

    Killed at any moment, it leaves readers with the copy that they had.

    Args:
        data: the data folder.
        now: in UTC.
        full_text: whether the copy carries the articles' texts; else facts, evidence sentences and links.

    Raises:
        RegisterError: the data folder's own register of actors is wrong.
    """
    register = read_register(data)
    warehouse = Warehouse(data)
    folder = data.resolve() / "published"
    folder.mkdir(exist_ok=True)
    whole = data.resolve() / ".publishing.duckdb"  # has the texts, hence not in the folder that readers see
    with FileLock(data / "publish.lock"):
        for left in (*folder.glob(".unfinished-*"), *whole.parent.glob(f"{whole.name}*")):
            left.unlink()
        before = _current(data)
        with warehouse.locked():
            with warehouse.read() as con:
                generation = _generation(con, register)
            target = folder / f"{generation}{_FULL if full_text else ''}.duckdb"
            if target == before:
                return None
            unfinished = folder / f".unfinished-{generation}.duckdb"
            if not target.exists():
                warehouse.copy_to(whole)
        if not target.exists():
            try:
                _build(unfinished, whole, generation, now, register, full_text=full_text)
            finally:
                whole.unlink()
            unfinished.replace(target)
        _link(data, target)
        withdrawn = before is not None and before.stem.endswith(_FULL) and not full_text
        _remove_old(folder, keep={target} if withdrawn else {target, before})
    return target


def _current(data: Path) -> Path | None:
    try:
        return published(data)
    except NotPublished:
        return None


def _generation(con: duckdb.DuckDBPyConnection, register: Sequence[Body]) -> str:
    made_by = [
        shipped_migrations()[-1].name,
        RULES,
        repr(register),
        *(path.read_text(encoding="utf-8") for path in _publish_sql()),
        *what_it_rests_on(),
    ]
    return content_id("generation", *made_by, *(rows_digest(con, select) for select in _STATE))


def _publish_sql() -> list[Path]:
    return sorted((SQL / "publish").glob("*.sql"))


def _build(
    path: Path, whole: Path, generation: str, now: datetime, register: Sequence[Body], *, full_text: bool
) -> None:
    con = duckdb.connect(str(path))
    try:
        con.execute("set TimeZone = 'UTC'")
        migrate(con)
        _fill(con, whole, full_text=full_text)
        con.begin()
        for file in _publish_sql():
            if file.stem in _BEFORE:
                _BEFORE[file.stem](con)
            con.execute(file.read_text(encoding="utf-8"))
            if file.stem == _CURRENT:
                match_actors(con, register)
        con.execute("create table generation (generation varchar, published_at timestamptz, full_text boolean)")
        con.execute("insert into generation values (?, ?, ?)", [generation, now, full_text])
        con.commit()
        con.execute("checkpoint")
    finally:
        con.close()


def _fill(con: duckdb.DuckDBPyConnection, whole: Path, *, full_text: bool) -> None:
    """Copy every row into a new file. In a copy of the file itself, a text that was emptied would still stand."""
    quoted = str(whole).replace("'", "''")
    con.execute(f"attach '{quoted}' as whole (read_only)")
    tables = con.execute(  # those that a migration made: what else somebody keeps in the file is not for readers
        """
        select table_name from duckdb_tables() where database_name = 'whole'
        intersect select table_name from duckdb_tables() where database_name = current_database()
        """
    ).fetchall()
    for (table,) in tables:
        columns = "*" if full_text else _WITHOUT.get(table, "*")
        if table not in _OWN_USE:
            con.execute(f"insert into {table} by name select {columns} from whole.{table}")  # noqa: S608
    con.execute("detach whole")


def _link(data: Path, target: Path) -> None:
    new = data / ".published.duckdb"
    new.unlink(missing_ok=True)
    new.symlink_to(Path(target.parent.name) / target.name)
    new.replace(data / "published.duckdb")


def _remove_old(folder: Path, keep: set[Path | None]) -> None:
    """Remove what nobody reads any more. The generation before this one stays: somebody may be about to open it."""
    for path in folder.glob("*.duckdb"):
        if path not in keep and not path.name.startswith(".") and not _in_use(path):
            path.unlink()


def remove_other_generations(data: Path) -> int:
    """Remove every published copy but the current one, also those that somebody has open; returns how many.

    Whoever has one open sees it until the connection ends.
    """
    with FileLock(data / "publish.lock"):
        current = _current(data)
        others = [path for path in (data.resolve() / "published").glob("*") if path != current]
        for path in others:
            path.unlink()
    return len(others)


def _in_use(path: Path) -> bool:
    # DuckDB lets a writer in only where nobody reads, be it in this process or another one.
    try:
        duckdb.connect(str(path)).close()
    except duckdb.Error:
        return True
    return False
