"""Publishing: a copy for readers, switched in one step, only when there is something new."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.newsroom import MODEL, NOW, STORIES, article, column, fetch, fill, read_all
from warehouse.checks import check
from warehouse.errors import NotPublished
from warehouse.load import save_fetches, save_verdicts, settle_duplicates
from warehouse.publish import publish, published
from warehouse.query import query, reading
from warehouse.questions import ask, questions
from warehouse.rows import Verdict
from warehouse.runs import end_run, start_run
from warehouse.store import Warehouse


def add(data: Path, slug: str) -> None:
    fill(data, article(slug, f"Fjordhelse foreslår å bygge {slug}."), run_id=slug)


def generations(data: Path) -> set[str]:
    return {path.name for path in (data / "published").iterdir()}


def test_before_the_first_time_the_error_names_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="helseradar run"):
        published(tmp_path)


def test_an_empty_warehouse_is_published_and_answers(tmp_path: Path) -> None:
    path = publish(tmp_path, NOW)
    assert path == published(tmp_path)
    assert query(published(tmp_path), "select * from measures limit 5").empty
    for name in questions():
        assert ask(published(tmp_path), name).empty


def test_nothing_new_is_no_publish_also_after_a_run_that_found_nothing(tmp_path: Path) -> None:
    warehouse = fill(tmp_path, *STORIES)
    assert publish(tmp_path, NOW) is not None
    assert publish(tmp_path, NOW + timedelta(hours=1)) is None
    with warehouse.write() as con:
        start_run(con, "r2", NOW)
        end_run(con, "r2", "complete", {}, NOW)
        save_fetches(con, "r2", [fetch(STORIES[0], "unchanged", at=NOW + timedelta(days=1))])
        settle_duplicates(con)
    assert publish(tmp_path, NOW + timedelta(days=1)) is None


def test_a_reader_of_the_old_copy_is_left_alone_and_new_readers_see_the_new_one(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES[:1])
    publish(tmp_path, NOW)
    with reading(published(tmp_path)) as old:
        before = column(old, "select count(*) from current_articles")
        for slug in ("bru", "tunnel"):
            add(tmp_path, slug)
            publish(tmp_path, NOW)
        assert column(old, "select count(*) from current_articles") == before == [1]
        assert column(old, "select count(*) from evidence") == [2]
        with reading(published(tmp_path)) as new:
            assert column(new, "select count(*) from current_articles") == [3]
        assert len(generations(tmp_path)) == 3
    add(tmp_path, "vei")
    publish(tmp_path, NOW)
    assert len(generations(tmp_path)) == 2


def test_a_copy_that_another_process_reads_is_kept(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES[:1])
    first = publish(tmp_path, NOW)
    assert first is not None
    reader = (
        "import sys, pathlib\nfrom warehouse.query import reading\n"
        "with reading(pathlib.Path(sys.argv[1])) as con:\n"
        "    print('open', flush=True); sys.stdin.read()\n"
        "    print(con.execute('select count(*) from current_articles').fetchone()[0], flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(first)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        for slug in ("bru", "tunnel"):
            add(tmp_path, slug)
            publish(tmp_path, NOW)
        assert first.exists()
        child.stdin.close()
        assert child.stdout.readline() == "1\n"
    add(tmp_path, "vei")
    publish(tmp_path, NOW)
    assert not first.exists()


def test_what_a_killed_publish_left_is_cleared_away(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / ".unfinished-0.duckdb").write_bytes(b"half")
    (tmp_path / "published" / ".unfinished-0.duckdb.wal").write_bytes(b"half")
    (tmp_path / ".published.duckdb").symlink_to("nowhere")
    path = publish(tmp_path, NOW)
    assert path is not None
    assert generations(tmp_path) == {path.name}


def test_the_copy_can_be_moved_with_its_folder(tmp_path: Path) -> None:
    fill(tmp_path / "here", *STORIES)
    publish(tmp_path / "here", NOW)
    (tmp_path / "here").rename(tmp_path / "there")
    assert published(tmp_path / "there").parent == tmp_path / "there" / "published"


def test_a_verdict_takes_out_of_sight_and_a_later_one_brings_back(tmp_path: Path) -> None:
    warehouse = fill(tmp_path, *STORIES)
    publish(tmp_path, NOW)
    shown = query(published(tmp_path), "select measure_id from evidence where text like 'samle%'")
    (measure_id,) = shown["measure_id"]
    wrong = Verdict(
        verdict_id="1", target_kind="measure", target_id=measure_id, verdict="wrong", reviewer="Ola Å.", decided_at=NOW
    )
    right = Verdict(
        verdict_id="0",
        target_kind="measure",
        target_id=measure_id,
        verdict="right",
        reviewer="Ola Å.",
        decided_at=NOW + timedelta(minutes=1),
    )
    for verdicts, visible in (([wrong], 0), ([wrong, right], 1)):
        with warehouse.write() as con:
            save_verdicts(con, verdicts)
        assert publish(tmp_path, NOW) is not None
        path = published(tmp_path)
        assert len(query(path, f"select 1 from current_measures where measure_id = '{measure_id}'")) == visible
        assert len(query(path, f"select 1 from measures where measure_id = '{measure_id}'")) == 1
        assert ("Kari Ødegård-Næss" in set(ask(path, "proposers")["proposer"])) == bool(visible)


def test_a_verdict_on_a_name_takes_its_mentions_out(tmp_path: Path) -> None:
    warehouse = fill(tmp_path, *STORIES)
    with warehouse.write() as con:
        (body,) = column(con, "select organisation_id from organisations where name = 'Nordlys Klynge'")
        save_verdicts(
            con,
            [
                Verdict(
                    verdict_id="1",
                    target_kind="organisation",
                    target_id=str(body),
                    verdict="wrong",
                    reviewer="Ola Å.",
                    decided_at=NOW,
                )
            ],
        )
    publish(tmp_path, NOW)
    assert set(ask(published(tmp_path), "organisations")["organisation"]) == {"Fjordhelse"}
    assert ask(published(tmp_path), "together").empty


def test_a_better_model_and_a_new_wording_take_the_place_of_the_old(tmp_path: Path) -> None:
    warehouse = fill(tmp_path, *STORIES)
    later = NOW + timedelta(days=1)
    with warehouse.write() as con:
        read_all(con, model="bedre-2.0", at=later)
        rewritten = article("vår", "Ingen foreslår noe.", source=type("S", (), {"id": "avisa"})())
        save_fetches(con, "r2", [fetch(rewritten, at=later)])
        read_all(con, model="bedre-2.0", at=later)
    publish(tmp_path, NOW)
    evidence = query(published(tmp_path), "select * from evidence")
    assert set(evidence["model"]) == {"bedre-2.0"}
    assert MODEL in set(query(published(tmp_path), "select model from analyses")["model"])
    assert "Om vår" not in set(evidence["title"])
    assert evidence["measure_id"].is_unique


def test_duplicates_count_once(tmp_path: Path) -> None:
    copies = [article(slug, "Fjordhelse foreslår å rydde.", title="Likt") for slug in ("a", "b", "c")]
    fill(tmp_path, *copies)
    publish(tmp_path, NOW)
    assert list(ask(published(tmp_path), "proposers")["measures"]) == [1]
    assert len(query(published(tmp_path), "select * from articles")) == 3


def test_evidence_leads_from_a_measure_to_its_address_and_model(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    publish(tmp_path, NOW)
    rows = query(published(tmp_path), "select * exclude (measure_id) from evidence where text like 'samle%'")
    assert rows.to_dict("records") == [
        {
            "text": "samle beredskapen i nord",
            "modality": "proposed",
            "proposer": "Kari Ødegård-Næss",
            "addressee": "",
            "sentence": "Kari Ødegård-Næss foreslår å samle beredskapen i nord.",
            "title": "Om beredskap",
            "canonical_url": "http://avisa.example/beredskap",
            "published_on": STORIES[0].published_on,
            "source": "Avisa",
            "model": MODEL,
        }
    ]


def test_the_published_copy_keeps_the_loaders_promises(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    publish(tmp_path, NOW)
    with reading(published(tmp_path)) as con:
        assert check(con) == []
        assert column(con, "select published_at from generation") == [NOW]
    with Warehouse(tmp_path).read() as con:
        assert column(con, "select count(*) from duckdb_views() where not internal") == [0]
