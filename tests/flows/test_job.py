"""The main job on the shipped sample: the same again gives the same, and a kill loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.sources import Source
from flows.cli import exit_code
from flows.demo import sample_place
from flows.job import folder_sources, run_job
from flows.report import RunReport
from flows.stages import Workplace
from tests.corpus.loopback import Web, html, serve_web
from tests.flows.feeds import feed
from warehouse.compare import tables_digest
from warehouse.errors import RunInProgress
from warehouse.publish import published
from warehouse.query import query
from warehouse.runs import recent_runs
from warehouse.store import Warehouse, run_lock

STORY = """<html lang="nb"><head><title>Vil ansette flere jordmødre</title></head><body><article>
<h1>Vil ansette flere jordmødre</h1><p>Fjordbyen kommune foreslår å ansette ti nye jordmødre innen 2027.</p>
<p>– Vi må få flere fagfolk inn i tjenesten, sier kommunelege Åse Tveitnes-Røyr i Fjordbyen kommune.</p>
<p>Kommunestyret behandler saken i juni, og ordfører Odd Grimsrud-Bø vil ha et vedtak før sommeren.</p>
</article></body></html>"""


def digest(data: Path) -> dict[str, str]:
    with Warehouse(data).read() as connection:
        return tables_digest(connection)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport]:
    """A data folder after one undisturbed job on the sample."""
    data = tmp_path_factory.mktemp("sample")
    with sample_place(data) as (place, sources):
        return data, run_job(place, sources)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        yield web


def avisa(name: str = "avisa") -> Source:
    return Source(id=name, name=name, kind="feed", url=f"http://{name}.example/rss", allow_private_addresses=True)


def test_the_sample_is_collected_read_and_published(sample: tuple[Path, RunReport]) -> None:
    data, report = sample
    assert report.status == "complete"
    assert {source.source_id: source.as_json()["duplicate"] for source in report.sources}["vaktbladet"] == 1
    counts = query(published(data), "select outcome, count(*) as pages from fetches group by 1").set_index("outcome")
    told = report.as_json()["sources"]
    assert counts["pages"].to_dict() == {
        outcome: total for outcome in ("saved", "duplicate", "skipped") if (total := sum(s[outcome] for s in told))
    }
    assert query(published(data), "select count(*) as n from measures")["n"].item() == report.measures > 100


def test_the_same_job_again_fetches_and_writes_nothing_new(sample: tuple[Path, RunReport]) -> None:
    data, _ = sample
    before, copy = digest(data), published(data)
    with sample_place(data) as (place, sources):
        report = run_job(place, sources)
    assert (report.status, report.analysed, report.published) == ("complete", 0, False)
    assert digest(data) == before
    assert published(data) == copy


@pytest.mark.parametrize("moment", ["snt: collecting", "vaktbladet: 9", "reading", "publishing"])
def test_a_job_killed_and_started_again_ends_as_one_that_was_not(
    sample: tuple[Path, RunReport], tmp_path: Path, moment: str
) -> None:
    undisturbed, _ = sample
    killed = subprocess.run([sys.executable, "-m", "tests.flows.killed_job", str(tmp_path), moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    with sample_place(tmp_path) as (place, sources):
        assert run_job(place, sources).status == "complete"
    assert digest(tmp_path) == digest(undisturbed)
    with Warehouse(tmp_path).read() as connection:
        assert [run.status for run in recent_runs(connection, 5)] == ["complete", "interrupted"]


def test_sql_answers_while_a_job_is_writing(sample: tuple[Path, RunReport], capsys: pytest.CaptureFixture[str]) -> None:
    data, _ = sample
    with run_lock(data), Warehouse(data).write() as connection:
        connection.execute("update sources set name = name")
        # Another process, as in life: DuckDB would refuse a second one at the warehouse itself.
        command = [sys.executable, "-m", "flows.cli", "sql", "select * from measures limit 5", "--data", str(data)]
        answer = subprocess.run([*command, "--format", "csv"], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(answer.stdout.splitlines()) == 6


def test_before_the_first_job_has_ended_there_is_an_empty_copy(web: Web, tmp_path: Path) -> None:
    seen: list[int] = []

    def ask(line: str) -> None:
        if line == "avisa: collecting":
            seen.append(len(query(published(tmp_path), "select * from measures")))

    web.pages["avisa.example/rss"] = html(feed("avisa"))
    with web.client() as client:
        run_job(Workplace(data=tmp_path, client=client, tell=ask), [avisa()])
    assert seen == [0]


def test_two_jobs_in_one_folder_are_refused(web: Web, tmp_path: Path) -> None:
    with web.client() as client, run_lock(tmp_path), pytest.raises(RunInProgress, match="another run is at work"):
        run_job(Workplace(data=tmp_path, client=client), [avisa()])


def test_a_dead_source_degrades_the_run_and_the_rest_goes_on(web: Web, tmp_path: Path) -> None:
    web.pages["avisa.example/rss"] = html(feed("avisa", "1", "borte", "meny"))
    web.pages["avisa.example/1"] = html(STORY)
    web.pages["avisa.example/meny"] = html("<html><body><nav><a href='/'>Forsiden</a></nav></body></html>")
    for name, reply in {"stengt": html("nei"), "side": html("<html><p>Ingen feed her</p></html>")}.items():
        web.pages[f"{name}.example/rss"] = reply
    with web.client() as client:
        place = Workplace(data=tmp_path, client=client)
        report = run_job(place, [avisa(), avisa("stengt"), avisa("side"), avisa("ukjent")])
    told = {source["id"]: source for source in report.as_json()["sources"]}
    assert report.status == "degraded"
    assert told["avisa"]["why"] == {"HTTP 404": 1, "no article on the page": 1}
    assert (told["avisa"]["status"], told["avisa"]["saved"]) == ("degraded", 1)
    assert told["side"]["status"] == told["ukjent"]["status"] == "failed"
    assert told["ukjent"]["why"] == {"HTTP 404": 1}
    for source in told.values():
        parts = [source[outcome] for outcome in ("saved", "unchanged", "duplicate", "skipped", "failed")]
        assert source["found"] == sum(parts)
        assert sum(source["why"].values()) == source["skipped"] + source["failed"]
    assert query(published(tmp_path), "select count(*) as n from fetches")["n"].item() == sum(
        source["found"] for source in told.values()
    )


def test_imported_files_are_read_and_published_like_a_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, data = tmp_path / "brev", tmp_path / "data"
    folder.mkdir()
    story = "Vil ha flere senger\n\nSykehuset i Fjordbyen må få ti nye senger, krever overlege Åse Tveitnes-Røyr.\n"
    (folder / "æøå.txt").write_text(story, encoding="utf-8")
    assert exit_code(["import", str(folder), "--source", "brev", "--data", str(data)]) == 0
    copy = query(published(data), "select title, source_id from articles join article_versions using (version_id)")
    assert copy.values.tolist() == [["Vil ha flere senger", "brev"]]
    sources = query(published(data), "select source_id, kind from sources")
    assert sources.values.tolist() == [["brev", "folder"]]


def test_an_import_names_the_files_it_could_not_take_and_takes_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, empty = tmp_path / "god.txt", tmp_path / "tom.txt"
    good.write_text("Krever flere senger\n\nOverlege Åse Tveitnes-Røyr krever at sykehuset åpner ti nye senger.\n")
    empty.write_text("")
    paths = [str(good), str(empty), str(tmp_path / "finnes-ikke.txt")]
    assert exit_code(["import", *paths, "--source", "brev", "--data", str(tmp_path / "data")]) == 1
    shown = capsys.readouterr()
    assert "empty file" in shown.err
    assert "brev degraded" in shown.err
    assert "1 new articles" in shown.out


def test_folder_sources_keep_the_id_for_every_path() -> None:
    assert {source.id for source in folder_sources("brev", [Path("a"), Path("b.txt")])} == {"brev"}


def test_web_archives_are_imported_as_such(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    archive.touch()
    kinds = [(source.kind, source.path) for source in folder_sources("arkiv", [tmp_path, archive, Path("b.txt")])]
    assert kinds == [("folder", tmp_path), ("folder", Path("b.txt")), ("warc", tmp_path), ("warc", archive)]
