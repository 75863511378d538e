"""The whole job over the hostile web: nothing in it stops the run, and everything is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from flows.job import run_job
from flows.stages import Workplace
from tests.corpus.hostile.catalogue import TRAPS
from tests.corpus.hostile.traps import AT_MOST_PAGES, hostile_client
from tests.corpus.loopback import serve_web
from warehouse.checks import check
from warehouse.publish import published
from warehouse.query import query
from warehouse.store import Warehouse


@pytest.mark.timeout(300)
def test_one_job_over_all_traps_ends_with_every_address_counted(tmp_path: Path) -> None:
    with serve_web() as web:
        for trap in TRAPS:
            trap.set_up(web)
        with hostile_client(web) as client:
            place = Workplace(data=tmp_path, client=client)
            report = run_job(place, [trap.source for trap in TRAPS], limit=AT_MOST_PAGES)
    assert report.status == "degraded"
    told = {source["id"]: source for source in report.as_json()["sources"]}
    for trap in TRAPS:
        source = told[trap.name]
        outcomes: Counter[str] = Counter()
        for result, count in trap.expected.items():
            outcomes[result.partition(":")[0]] += count
        assert {name: source[name] for name in outcomes} == dict(outcomes), trap.name
        assert source["found"] == sum(trap.expected.values()), trap.name
        assert sum(source["why"].values()) == source["skipped"] + source["failed"]
    with Warehouse(tmp_path).read() as connection:
        assert check(connection) == []
    kept = query(published(tmp_path), "select count(*) as n from fetches")["n"].item()
    assert kept == sum(source["found"] for source in told.values())
