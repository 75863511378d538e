"""The same migrations and loads on DuckLake: growing past one machine must not need other SQL."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from corpus.article import Listing, Poll
from nlp.topics import Topic
from tests.warehouse.newsroom import AVISA, BLADET, NOW, STORIES, article, column, fetch, fill, read, read_all
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.load import (
    save_analyses,
    save_fetches,
    save_listings,
    save_sources,
    save_verdicts,
    settle_duplicates,
    settle_outcomes,
)
from warehouse.migrations import migrate, shipped_migrations
from warehouse.pending import pending_texts
from warehouse.polls import latest_polls, save_polls
from warehouse.reserved import reserved_since
from warehouse.rows import Verdict
from warehouse.runs import end_run, recent_runs, start_run
from warehouse.store import Warehouse
from warehouse.topics import save_topics


@pytest.fixture
def lake(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    extensions = pytest.importorskip(
        "duckdb_extensions", reason="needs duckdb-extensions and duckdb-extension-ducklake"
    )
    pytest.importorskip("duckdb_extension_ducklake", reason="needs duckdb-extension-ducklake")
    con = duckdb.connect(config={"extension_directory": str(tmp_path / "extensions")})
    extensions.import_extension("ducklake", con=con)
    con.execute("load ducklake")
    con.execute("set python_enable_replacements = false")
    con.execute(f"attach 'ducklake:{tmp_path}/lake.db' as lake (data_path '{tmp_path}/lake')")
    con.execute("use lake")
    return con


def test_migrations_and_loads_give_the_same_tables_as_the_file(lake: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert migrate(lake) == migrate(lake) == shipped_migrations()[-1].number
    copy = article("kopi", "Ukjente Venner foreslår å plante trær.", "Nordlys Klynge lytter.", title="Om vår")
    for _ in range(2):
        lake.begin()
        save_sources(lake, [AVISA, BLADET])
        save_fetches(lake, "r1", [fetch(story) for story in (*STORIES, copy)])
        settle_duplicates(lake)
        read_all(lake)
        lake.commit()
    fill(tmp_path / "data", *STORIES, copy)
    with Warehouse(tmp_path / "data").read() as con:
        assert tables_digest(lake) == tables_digest(con)
    assert check(lake) == []


def test_the_rest_of_what_is_written_works_too(lake: duckdb.DuckDBPyConnection) -> None:
    migrate(lake)
    lake.begin()
    start_run(lake, "r1", NOW)
    save_fetches(lake, "r1", [fetch(story) for story in STORIES])
    assert settle_outcomes(lake, "r1") == {"avisa": {"saved": 3}, "bladet": {"saved": 1}}
    (pending,) = pending_texts(lake, "m", 1)
    for _ in range(2):
        save_analyses(lake, "r1", [(pending, read(pending, model="m"))], NOW + timedelta(hours=1))
    listing = Listing(
        source_id="avisa",
        url="http://avisa.example/feed",
        etag=None,
        last_modified=None,
        content_hash="h",
        fetched_at=NOW,
    )
    save_listings(lake, [listing, listing])
    poll = Poll(source_id="avisa", polled_at=NOW, nothing_new=3, due_at=NOW + timedelta(hours=1))
    for _ in range(2):
        save_polls(lake, [poll])
    assert latest_polls(lake) == {"avisa": poll}
    assert reserved_since(lake) == []
    for name in ("Rus", "Rus", "Psykisk helse"):
        save_topics(lake, [Topic(name="rus", nb=name, nn=name, en=name, examples=())])
    assert column(lake, "select nb from topics") == ["Psykisk helse"]
    save_verdicts(
        lake,
        [
            Verdict(
                verdict_id="1", target_kind="measure", target_id="m", verdict="wrong", reviewer="Ola Å.", decided_at=NOW
            )
        ],
    )
    end_run(lake, "r1", "complete", {}, NOW)
    lake.commit()
    assert [run.status for run in recent_runs(lake, 2)] == ["complete"]
    assert column(lake, "select count(*) from analyses") == [1]
    assert column(lake, "select count(*) from listings") == [1]
    assert column(lake, "select verdict from verdicts") == ["wrong"]
