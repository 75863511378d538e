"""Publishing: readers get a copy of their own, and never wait for a run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
from filelock import FileLock

from corpus.article import content_id
from warehouse.compare import rows_digest
from warehouse.errors import NotPublished
from warehouse.migrations import SQL, shipped_migrations
from warehouse.store import Warehouse

_STATE = (
    "select article_id, source_id, version_id, duplicate_of from articles",
    "select analysis_id, analysed_at from analyses",
    "select verdict_id from verdicts",
    "select * from sources",
    "select hash from forgotten",
    "select version_id from emptied_texts",
)
"""What makes a generation another one. Runs and fetches do not: a run that found nothing new publishes nothing."""


def published(data: Path) -> Path:
    """The published copy, resolved: connect to this very path, which stays what it is when the next one comes.

    Raises:
        NotPublished: there is none yet.
    """
    try:
        return (data / "published.duckdb").resolve(strict=True)
    except FileNotFoundError as exc:
        raise NotPublished(data) from exc


def publish(data: Path, now: datetime) -> Path | None:
    """Make the warehouse as it is now what readers see, and return the copy; ``None`` when nothing is new.

    Killed at any moment, it leaves readers with the copy that they had.
    """
    warehouse = Warehouse(data)
    folder = data.resolve() / "published"
    folder.mkdir(exist_ok=True)
    with FileLock(data / "publish.lock"):
        for left in folder.glob(".unfinished-*"):
            left.unlink()
        before = _current(data)
        with warehouse.locked():
            with warehouse.read() as con:
                generation = _generation(con)
            target = folder / f"{generation}.duckdb"
            if target == before:
                return None
            unfinished = folder / f".unfinished-{generation}.duckdb"
            if not target.exists():
                warehouse.copy_to(unfinished)
        if not target.exists():
            _build(unfinished, generation, now)
            unfinished.replace(target)
        _link(data, target)
        _remove_old(folder, keep={target, before})
    return target


def _current(data: Path) -> Path | None:
    try:
        return published(data)
    except NotPublished:
        return None


def _generation(con: duckdb.DuckDBPyConnection) -> str:
    made_by = [shipped_migrations()[-1].name, *(path.read_text(encoding="utf-8") for path in _publish_sql())]
    return content_id("generation", *made_by, *(rows_digest(con, select) for select in _STATE))


def _publish_sql() -> list[Path]:
    return sorted((SQL / "publish").glob("*.sql"))


def _build(path: Path, generation: str, now: datetime) -> None:
    con = duckdb.connect(str(path))
    try:
        con.execute("set TimeZone = 'UTC'")
        con.begin()
        for file in _publish_sql():
            con.execute(file.read_text(encoding="utf-8"))
        con.execute("create table generation (generation varchar, published_at timestamptz)")
        con.execute("insert into generation values (?, ?)", [generation, now])
        con.commit()
        con.execute("checkpoint")
    finally:
        con.close()


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
