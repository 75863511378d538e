"""SQL on the published copy: everything may be asked, nothing else may be done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.newsroom import NOW, STORIES, fill
from warehouse.errors import QueryError, WarehouseUnreadable
from warehouse.publish import publish, published
from warehouse.query import query


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("data")
    fill(data, *STORIES)
    publish(data, NOW)
    return published(data)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from measures limit 5",
        "from evidence;",
        "with m as (select 1 as n) select n from m",
        "describe measures",
        "show tables",
        "summarize fetches",
        "explain select 1",
        "pivot fetches on outcome using count(*)",
        "-- a comment first\nselect count(*) from mentions",
        "values (1), (2)",
    ],
)
def test_questions_in_all_forms_are_answered(path: Path, sql: str) -> None:
    assert len(query(path, sql)) > 0


def test_days_are_dates_instants_are_utc_and_what_is_missing_is_none(path: Path) -> None:
    frame = query(path, "select published_on, published_on, collected_at from article_versions order by 1")
    assert frame.iloc[0, 0] == frame.iloc[0, 1] == date(2024, 12, 30)
    assert frame.iloc[-1, 0] is None
    assert frame["collected_at"][0] == NOW


def test_whole_numbers_stay_whole_and_lists_lists(path: Path) -> None:
    answer = query(
        path, "select sum(n) as n, 1.5 as x, ['æ'] as l from (values (1), (2)) v(n) union all select null, null, null"
    )
    assert answer.astype(object).where(answer.notna(), None).to_dict("list") == {
        "n": [3, None],
        "x": [1.5, None],
        "l": [["æ"], None],
    }
    assert type(answer["n"][0]) is int


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select 1; select 2", "one statement at a time; this is 2"),
        ("select 1; drop table measures", "one statement at a time; this is 2"),
        ("delete from measures", "DELETE is not a question"),
        ("insert into people values ('1', 'Åse')", "INSERT is not a question"),
        ("create temp table t as select 1", "CREATE is not a question"),
        ("attach ':memory:' as elsewhere", "ATTACH is not a question"),
        ("copy measures to '/tmp/out.csv'", "COPY is not a question"),
        ("set lock_configuration = false", "SET is not a question"),
        ("set enable_external_access = true", "SET is not a question"),
        ("install httpfs", "LOAD is not a question"),
        ("select * from read_text('/etc/hostname')", "disabled by configuration"),
        ("select * from '/etc/hostname'", "does not exist"),
        ("select * from glob('/*')", "disabled by configuration"),
        ("explain analyze delete from measures", "read-only"),
        ("", "there is no SQL in this"),
        ("  -- nothing", "there is no SQL in this"),
        ("select measure from measures", "measure_id"),
        ("selekt 1", "syntax error"),
        ("select * from path", "does not exist"),
        ("select 1/0::varchar[]", "Error"),
        ("select date '290000-01-01'", "year"),
    ],
)
def test_everything_else_is_refused_in_one_line(path: Path, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        query(path, sql)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) <= 300


def test_many_readers_at_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: len(query(path, "from evidence")), range(24)))
    assert set(counts) == {5}


def test_a_big_answer_comes_whole(path: Path) -> None:
    frame = query(path, "select range as n, 'æøå' as word from range(300000)")
    assert len(frame) == 300_000
    assert set(frame["word"]) == {"æøå"}


def test_a_broken_copy_is_told_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseUnreadable, match="helseradar publish") as caught:
        query(broken, "select 1")
    assert "\n" not in str(caught.value)
