"""The warehouse's file, and who may open it when."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import RunInProgress, WarehouseBusy, WarehouseUnreadable
from warehouse.migrations import migrate, shipped_migrations
from warehouse.names import read_key
from warehouse.suppression import carry_key

PATIENCE_SECONDS = 60.0
"""How long to wait for another process: a checkpoint of some gigabytes on a slow disk takes a part of this."""


class _Gate:
    """Lets one thread of one process at a time in; a thread that is in may enter again."""

    def __init__(self, path: Path) -> None:
        self.held: list[duckdb.DuckDBPyConnection] = []  # connections that keep the file open, ready for use
        self._thread = threading.RLock()
        # Counted for the process, not for the thread: `Warehouse.held` keeps it shut to other processes alone.
        self._process = FileLock(path.with_suffix(".lock"), thread_local=False)

    @contextmanager
    def process(self, path: Path, patience_seconds: float) -> Iterator[None]:
        with self._thread:
            try:
                self._process.acquire(timeout=patience_seconds)
            except Timeout as exc:
                raise WarehouseBusy(path) from exc
        try:
            yield
        finally:
            with self._thread:
                self._process.release()

    @contextmanager
    def __call__(self, path: Path, patience_seconds: float) -> Iterator[None]:
        with self._thread, self.process(path, patience_seconds):
            yield


_gates: dict[Path, _Gate] = {}
_gates_lock = threading.Lock()


class Warehouse:
    """``warehouse.duckdb`` in a data folder, opened for moments; its tables are made when it is opened first.

    Every method may raise ``WarehouseBusy`` (another process has it) or ``WarehouseUnreadable``.
    """

    def __init__(self, data: Path, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self._patience_seconds = patience_seconds
        self.path = data.resolve() / "warehouse.duckdb"
        with _gates_lock:
            self._gate = _gates.setdefault(self.path, _Gate(self.path))

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection with one transaction: kept when the block ends well, else as if nothing had been done."""
        with self.read() as con:
            con.begin()
            try:
                yield con
            except BaseException:
                con.rollback()
                raise
            con.commit()

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to look with; within a ``write`` of the same thread it sees what was there before it."""
        with self.locked():
            con = self._connect()
            try:
                yield con
            finally:
                con.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else gets a connection until the block ends."""
        with self._gate(self.path, self._patience_seconds):
            yield

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the file open for a stage with many small reads: opening costs tens of milliseconds, this spares them.

        Threads of this process still take turns as always; other processes wait until the block ends.
        """
        with self._gate.process(self.path, self._patience_seconds):
            with self.locked():
                con = self._connect(self._open())
                self._gate.held.append(con)
            try:
                yield
            finally:
                with self.locked():
                    self._gate.held.remove(con)
                    con.close()

    def copy_to(self, target: Path) -> None:
        """Copy the file with everything that was committed; not within ``held``, ``read`` or ``write``."""
        with self.locked():
            con = self._connect()
            try:
                con.execute("checkpoint")
            finally:
                con.close()
            shutil.copyfile(self.path, target)

    def rewrite(self) -> None:
        """Write the file anew, since DuckDB keeps what was deleted in it; not within ``held``, ``read`` or ``write``.

        The new file takes the old one's place when it is complete. Killed at any moment, it leaves one of the two.
        """
        fresh = self.path.with_name(".rewritten.duckdb")
        with self.locked():
            for left in (fresh, fresh.with_name(fresh.name + ".wal")):
                left.unlink(missing_ok=True)
            con = self._connect()
            try:
                con.execute("checkpoint")
                con.execute(f"attach '{str(fresh).replace(chr(39), 2 * chr(39))}' as fresh")
                con.execute(f'copy from database "{self.path.stem}" to fresh')
                con.execute("detach fresh")
            finally:
                con.close()
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.replace(self.path)
            self.path.with_name(self.path.name + ".wal").unlink(missing_ok=True)

    def _connect(self, con: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyConnection:
        con = con or self._held_open() or self._open()
        con.execute("set TimeZone = 'UTC'")
        applied = migrate(con)
        if applied > shipped_migrations()[-1].number:
            con.close()
            raise WarehouseUnreadable(self.path, f"a later release has made it (schema {applied})")
        key = read_key(self.path.parent)
        if key is not None:
            carry_key(con, key)
        return con

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            # A table's name must never mean a variable of ours that is called the same.
            return duckdb.connect(str(self.path), config={"python_enable_replacements": "false"})
        except duckdb.Error as exc:
            if "lock on file" in str(exc):
                raise WarehouseBusy(self.path) from exc
            raise WarehouseUnreadable(self.path, str(exc).partition("\n")[0]) from exc

    def _held_open(self) -> duckdb.DuckDBPyConnection | None:
        """A further connection where the file is held open, which costs next to nothing.

        It ends with the one it comes from. So those that hold the file open never come from each other.
        """
        return self._gate.held[-1].cursor() if self._gate.held else None


@contextmanager
def run_lock(data: Path) -> Iterator[None]:
    """One run at a time on a data folder. Raises ``RunInProgress`` at once when another one is at work."""
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "run.lock", timeout=0):
            yield
    except Timeout as exc:
        raise RunInProgress(data) from exc
