"""The main job on archives: same counts, same tables, and a kill loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from corpus.sources import Source
from flows.backfill import walk_back, walk_source
from flows.cli import exit_code
from flows.demo import sample_place
from flows.job import run_job
from flows.stages import Workplace
from tests.corpus.collecting import feed
from tests.corpus.loopback import Web, html, serve_web
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.publish import published
from warehouse.query import query
from warehouse.store import Warehouse

STORY = """<html lang="nb"><head><title>Vil ansette {n} jordmødre</title></head><body><article>
<h1>Vil ansette {n} jordmødre</h1><p>Fjordbyen kommune foreslår å ansette {n} nye jordmødre innen 2027.</p>
<p>– Vi må få flere fagfolk inn i tjenesten, sier kommunelege Åse Tveitnes-Røyr i Fjordbyen kommune.</p>
<p>Kommunestyret behandler saken i juni, og ordfører Odd Grimsrud-Bø vil ha et vedtak før sommeren.</p>
</article></body></html>"""
NEWEST = datetime(2026, 1, 9, 12, tzinfo=UTC)


@pytest.fixture
def web() -> Iterator[Web]:
    """A feed of three pages with two articles each, a month between them."""
    with serve_web() as web:
        for number in range(6):
            web.pages[f"avisa.example/{number}"] = html(STORY.format(n=number + 10))
        for page in range(3):
            names = [str(2 * page), str(2 * page + 1)]
            dates = {name: NEWEST - timedelta(days=30 * int(name)) for name in names}
            address = "avisa.example/rss" + (f"?paged={page + 1}" if page else "")
            web.pages[address] = feed(*(f"/{name}" for name in names), **dates)
        yield web


def avisa() -> Source:
    return Source(id="avisa", name="Avisa", kind="feed", url="http://avisa.example/rss", allow_private_addresses=True)


def test_an_archive_is_collected_read_published_and_counted(web: Web, tmp_path: Path) -> None:
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client)
        assert run_job(place, [avisa()]).as_json()["sources"][0]["saved"] == 2
        report = walk_back(place, [avisa()], date(2025, 10, 1))
        (told,) = report.as_json()["sources"]
        assert (told["found"], told["unchanged"], told["saved"]) == (4, 2, 2)
        assert (report.status, report.analysed) == ("complete", 2)
        assert query(published(tmp_path), "select count(*) as n from articles")["n"].item() == 4
        (told,) = walk_back(place, [avisa()], date(2020, 1, 1)).as_json()["sources"]
        assert told["saved"] == 2
        (told,) = walk_back(place, [avisa()], date(2020, 1, 1)).as_json()["sources"]
        assert (told["found"], told["unchanged"]) == (2, 2)
    with Warehouse(tmp_path).read() as connection:
        assert check(connection) == []


def test_a_walk_that_is_told_to_stop_asks_for_no_further_page(web: Web, tmp_path: Path) -> None:
    stop = Event()
    web.pages["avisa.example/2"] = lambda request: stop.set() or html(STORY.format(n=12))  # type: ignore[func-returns-value]
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client)
        report = walk_source(place, avisa(), "run", date(2020, 1, 1), None, stop)
    assert report.outcomes.total() == 2
    assert web.asked[-1] == "avisa.example/2"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables after an ordinary job on the sample."""
    data = tmp_path_factory.mktemp("collected")
    with sample_place(data) as (place, sources):
        run_job(place, sources)
    return digest(data)


def digest(data: Path) -> dict[str, str]:
    with Warehouse(data).read() as connection:
        return tables_digest(connection)


def test_the_sample_walked_back_is_the_sample_collected(collected: dict[str, str], tmp_path: Path) -> None:
    with sample_place(tmp_path) as (place, sources):
        walk_back(place, sources, date(2000, 1, 1))
    assert digest(tmp_path) == collected


@pytest.mark.parametrize("moment", ["snt: walking back", "vaktbladet: 9"])
def test_a_walk_killed_and_started_again_ends_as_one_that_was_not(
    collected: dict[str, str], tmp_path: Path, moment: str
) -> None:
    arguments = [sys.executable, "-m", "tests.flows.killed_backfill", str(tmp_path), moment]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    with sample_place(tmp_path) as (place, sources):
        assert walk_back(place, sources, date(2000, 1, 1)).status == "complete"
    assert digest(tmp_path) == collected


def test_the_command_walks_and_says_how_far(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    host = f"127.0.0.1:{web.port}"
    web.pages[f"{host}/rss"] = feed("/0", **{"0": NEWEST})
    web.pages[f"{host}/0"] = web.pages["avisa.example/0"]
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nid = "avisa"\nname = "Avisa"\nkind = "feed"\nurl = "http://{host}/rss"\n'
        "allow_private_addresses = true\n"
    )
    arguments = ["backfill", "--since", "2020-01-01", "--only", "avisa", "--data", str(tmp_path)]
    assert exit_code(arguments) == 0
    shown = capsys.readouterr()
    assert "1 new articles" in shown.out
    assert "avisa: the feed's archive ends at items of 2026-01-09" in shown.err
