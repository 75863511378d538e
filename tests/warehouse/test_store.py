"""The store: made when first opened, one writer at a time, whole after any death."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.warehouse.killed_loader import BATCHES, load
from tests.warehouse.newsroom import column
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.errors import RunInProgress, WarehouseBusy, WarehouseUnreadable
from warehouse.migrations import shipped_migrations
from warehouse.store import Warehouse, run_lock


def test_migrations_are_numbered_in_a_row_and_each_is_applied_once(tmp_path: Path) -> None:
    numbers = [migration.number for migration in shipped_migrations()]
    assert numbers == sorted(set(numbers))
    for _ in range(2):
        with Warehouse(tmp_path).read() as con:
            assert column(con, "select name from migrations order by number") == [m.name for m in shipped_migrations()]


def test_a_write_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)

    def break_off() -> None:
        with warehouse.write() as con:
            con.execute("insert into people values ('1', 'Åse Bjørkli')")
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        break_off()
    with warehouse.read() as con:
        assert column(con, "select count(*) from people") == [0]


def test_threads_take_turns_whether_or_not_the_file_is_held_open(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)

    def write(number: int) -> None:
        with Warehouse(tmp_path).write() as con:
            con.execute("insert into people select count(*)::varchar, ? from people", [f"Person {number}"])

    with warehouse.held(), ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(10)))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(10)))
    with warehouse.read() as con:
        assert column(con, "select person_id::integer from people order by 1") == list(range(20))


def test_what_is_held_open_stays_so_when_whoever_held_it_first_ends(tmp_path: Path) -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(Warehouse(tmp_path).held())
    with second:
        second.enter_context(Warehouse(tmp_path).held())
        first.close()
        with Warehouse(tmp_path).read() as con:
            assert column(con, "select 1") == [1]


def test_instants_are_told_in_utc(tmp_path: Path) -> None:
    with Warehouse(tmp_path).read() as con:
        assert column(con, "select timestamptz '2025-06-01 12:00:00+02'::varchar") == ["2025-06-01 10:00:00+00"]


def test_a_file_that_is_no_warehouse_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(WarehouseUnreadable, match=r"warehouse\.duckdb.*--data") as caught, Warehouse(tmp_path).read():
        pass
    assert "\n" not in str(caught.value)


def test_a_warehouse_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    with Warehouse(tmp_path).write() as con:
        con.execute("insert into migrations values (9999, '9999_later')")
    with pytest.raises(WarehouseUnreadable, match="later release"), Warehouse(tmp_path).read():
        pass


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with run_lock(tmp_path), pytest.raises(RunInProgress, match="another run"), run_lock(tmp_path):
        pass
    with run_lock(tmp_path):
        pass


@contextmanager
def loader(data: Path, until: str) -> Iterator[subprocess.Popen[str]]:
    """A process that loads, stopped where it says ``until``, the warehouse in its hands."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.killed_loader", str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        while child.stdout.readline().strip() != until:
            child.stdin.write("go on\n")
            child.stdin.flush()
        try:
            yield child
        finally:
            child.kill()


def test_a_warehouse_in_the_hands_of_another_process_is_busy(tmp_path: Path) -> None:
    with (
        loader(tmp_path, until="loaded 0"),
        pytest.raises(WarehouseBusy, match="another process") as caught,
        Warehouse(tmp_path, patience_seconds=0).read(),
    ):
        pass
    assert caught.value.retry


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables of a warehouse into which everything was loaded without a disturbance."""
    warehouse = Warehouse(tmp_path_factory.mktemp("whole"))
    for number in range(len(BATCHES)):
        load(warehouse, number)
    with warehouse.read() as con:
        return tables_digest(con)


@pytest.mark.parametrize(("word", "articles"), [("loaded 0", 1), ("loading 1", 1), ("loaded 2", 3)])
def test_a_load_killed_at_any_moment_and_started_again_ends_with_the_same_tables(
    tmp_path: Path, whole: dict[str, str], word: str, articles: int
) -> None:
    with loader(tmp_path, until=word) as child:
        child.kill()
    warehouse = Warehouse(tmp_path)
    with warehouse.read() as con:
        assert check(con) == []
        assert column(con, "select count(*) from articles") == [articles]
    for number in range(len(BATCHES)):
        load(warehouse, number)
    with warehouse.read() as con:
        assert tables_digest(con) == whole
