"""The promises that no key or check of the database keeps are looked after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.newsroom import NOW, STORIES, fill
from warehouse.checks import KEYS, check
from warehouse.runs import end_run, start_run
from warehouse.store import Warehouse


def test_every_table_has_a_key_that_is_checked(tmp_path: Path) -> None:
    with fill(tmp_path, *STORIES).read() as con:
        tables = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
        assert tables - {"migrations"} == set(KEYS)
        assert check(con) == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = fill(tmp_path_factory.mktemp("data"), *STORIES)
    with warehouse.write() as con:
        start_run(con, "r1", NOW)
        sources = [{"id": "avisa", "found": 3, "saved": 3}, {"id": "bladet", "found": 1, "saved": 1}]
        end_run(con, "r1", "complete", {"sources": sources}, NOW)
    with warehouse.held():
        yield warehouse


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("insert into people select * from people", ("key", "people")),
        ("insert into mentions select * from mentions limit 1", ("key", "mentions")),
        ("delete from organisations", ("reference", "mentions")),
        ("update articles set version_id = 'gone'", ("reference", "articles")),
        ("delete from measure_threads", ("reference", "measures")),
        ("update measures set start = start + 1", ("offsets", "measures")),
        ("""update quotes set "end" = 100000""", ("offsets", "quotes")),
        ("update mentions set start = -1", ("offsets", "mentions")),
        ("delete from fetches where source_id = 'bladet'", ("sum", "fetches")),
    ],
)
def test_damage_is_found(sound: Warehouse, damage: str, found: tuple[str, str]) -> None:
    with sound.read() as con:
        assert check(con) == []
        con.begin()
        con.execute(damage)
        assert found in {(finding.check, finding.table) for finding in check(con)}
        con.rollback()
