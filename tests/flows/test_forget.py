"""Forgetting, from the command line to the last byte of the data folder. Everybody here is invented."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.sources import Source, read_sources
from flows.cli import exit_code
from flows.errors import UsageError
from flows.forgetting import carry_out
from flows.job import run_job
from flows.report import RunReport
from flows.settings import read_settings
from flows.stages import Workplace
from tests.corpus.loopback import Web, html, serve_web
from tests.flows.feeds import ITEM, feed
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.errors import RunInProgress
from warehouse.forgetting import forget_person, unfinished
from warehouse.publish import published
from warehouse.query import query, reading
from warehouse.store import Warehouse, run_lock
from warehouse.traces import files_with

Captured = pytest.CaptureFixture[str]

ÅSE = "Åse Ødegård-Næss"
SPELLINGS = (ÅSE, "ÅSE ØDEGÅRD-NÆSS", "Ødegård-Næss", "ØDEGÅRD-NÆSS", "åse ødegård", "ødegård næss")
PAGE = """<html lang="nb"><head><title>{title}</title><meta name="author" content="{author}"></head><body><article>
<h1>{title}</h1>{paragraphs}</article></body></html>"""
BEDS = (
    f"Kommunelege {ÅSE} i Fjordbyen kommune foreslår å åpne ti nye senger på sykehjemmet innen 2027.",
    "– Vi må få flere fagfolk inn i tjenesten, sier Ødegård-Næss. Fjordbyen kommune vil ansette fem jordmødre.",
    f"Ordfører Per Næss krever at staten betaler. Kommunestyret behandler {ÅSE}s forslag i juni neste år.",
    "Kommuneoverlege Odd Grimsrud-Bø sier at forslaget er godt, og at kommunen bør gjennomføre det før sommeren.",
)
BOATS = (
    "Fjordbyen kommune krever at staten kjøper en ny legebåt, og at den bemannes døgnet rundt fra neste år.",
    "– Båten må være på plass før vinteren, sier ordfører Per Næss i Fjordbyen kommune til Avisa.",
    "Helse Fjordlandet foreslår å bygge en ny kai ved sykehuset, og kommunestyret behandler saken i juni.",
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = html(feed("avisa", "senger", "legebaat"))
        web.pages["avisa.example/senger"] = page(f"{ÅSE} vil ha senger", BEDS, author="Ola Bjørkli")
        web.pages["avisa.example/legebaat"] = page("Krever ny legebåt", BOATS, author=ÅSE)
        yield web


def page(title: str, paragraphs: tuple[str, ...], author: str = "") -> object:
    return html(
        PAGE.format(title=title, author=author, paragraphs="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    )


def source(name: str = "avisa") -> Source:
    return Source(id=name, name=name, kind="feed", url=f"http://{name}.example/rss", allow_private_addresses=True)


def run(web: Web, data: Path, *sources: Source, **more: object) -> RunReport:
    with web.client() as client:
        return run_job(Workplace(data=data, client=client, **more), sources or [source()])  # type: ignore[arg-type]


def digest(data: Path) -> dict[str, str]:
    with Warehouse(data).read() as con:
        assert check(con) == []
        return tables_digest(con)


def everything(path: Path) -> str:
    """Every value of every table of a published copy, whatever way DuckDB packs it."""
    with reading(path) as con:
        tables = con.execute("select table_name from information_schema.tables where table_type = 'BASE TABLE'")
        return "".join(str(con.execute(f'from "{table}"').fetchall()) for (table,) in tables.fetchall())


def assert_gone(data: Path) -> None:
    assert files_with(data, SPELLINGS) == []
    kept = everything(published(data)).casefold()
    for spelling in ("ødegård-næss", "ødegård næss"):
        assert spelling not in kept


def test_a_person_is_gone_to_the_last_byte_and_the_rest_stays(web: Web, tmp_path: Path, capsys: Captured) -> None:
    run(web, tmp_path)
    reader = published(tmp_path)
    assert ÅSE in set(query(reader, "select alias from actor_names")["alias"])
    with closing(sqlite3.connect(tmp_path / "verdicts.sqlite")) as journal:
        journal.executescript(
            "create table verdicts (note text); create trigger kept before update on verdicts "
            "begin select raise(abort, 'append only'); end;"
        )
        journal.execute("insert into verdicts values (?)", (f"{ÅSE} mente noe annet",))
        journal.commit()
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "server.log").write_text(f"could not read {ÅSE}\n", encoding="utf-8")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "manifest.json").write_text(json.dumps({"people": [ÅSE]}, ensure_ascii=False))
    found = {path.relative_to(tmp_path).as_posix() for path in files_with(tmp_path, SPELLINGS)}
    assert {"warehouse.duckdb", "verdicts.sqlite", "prefect/server.log", "export/manifest.json"} <= found
    assert reader in files_with(tmp_path, SPELLINGS)

    assert exit_code(["forget", " åse  ØDEGÅRD-næss", "--yes", "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "2 articles" in shown.out
    assert "backups" in shown.err
    assert_gone(tmp_path)
    assert not reader.exists()
    assert [path.name for path in (tmp_path / "published").iterdir()] == [published(tmp_path).name]
    copy = published(tmp_path)
    titles = query(copy, "select title from current_articles order by 1")["title"].tolist()
    assert titles == ["Krever ny legebåt", "[…] vil ha senger"]
    assert "Per Næss" in query(copy, "select name from people")["name"].tolist()
    sentences = "\n".join(query(copy, "select sentence from current_measures")["sentence"])
    assert "[…]" in sentences
    assert "Per Næss krever" in sentences
    assert query(copy, "select proposer from measures where contains(sentence, '[…] i Fjord')")[
        "proposer"
    ].tolist() == [""]
    assert query(copy, "select text from quotes where contains(text, 'flere fagfolk')").empty
    with closing(sqlite3.connect(tmp_path / "verdicts.sqlite")) as journal:
        assert journal.execute("select note from verdicts").fetchall() == [("[…] mente noe annet",)]
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            journal.execute("update verdicts set note = ''")
    assert stat.S_IMODE((tmp_path / "forgotten.key").stat().st_mode) == 0o600


def test_what_comes_again_comes_without_the_name_and_is_unchanged(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path / "one")
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path / "one")]) == 0
    before = digest(tmp_path / "one")
    with Warehouse(tmp_path / "one").write() as con:  # so that the pages are asked for again
        con.execute("delete from listings")
        con.execute("update addresses set article_id = null, reason = 'robots.txt'")
    report = run(web, tmp_path / "one")
    assert report.sources[0].as_json() | {"unchanged": 2, "saved": 0} == report.sources[0].as_json()
    assert digest(tmp_path / "one") == before
    assert_gone(tmp_path / "one")

    # A warehouse that forgot is like one that was asked before it ever met the person.
    run(web, tmp_path / "other", source("tom"))
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path / "other")]) == 0
    run(web, tmp_path / "other")
    assert_gone(tmp_path / "other")
    assert digest(tmp_path / "other") == before


def test_a_crash_in_the_middle_is_finished_by_the_next_command_or_run(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path)

    def crash(line: str) -> None:
        if line == "forgetting: publishing":
            raise KeyboardInterrupt

    with web.client() as client, pytest.raises(KeyboardInterrupt):
        carry_out(Workplace(data=tmp_path, client=client, tell=crash), lambda con, now: forget_person(con, ÅSE, now))
    assert files_with(tmp_path, SPELLINGS) != []  # the published copy
    with Warehouse(tmp_path).read() as con:
        assert unfinished(con) == 1
    run(web, tmp_path)
    assert_gone(tmp_path)
    with Warehouse(tmp_path).read() as con:
        assert unfinished(con) == 0
    before = digest(tmp_path)
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path)]) == 0
    assert digest(tmp_path) == before


def test_without_a_yes_and_with_dry_run_nothing_goes(
    web: Web, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(web, tmp_path)
    before, copy = digest(tmp_path), published(tmp_path)
    assert exit_code(["forget", ÅSE, "--dry-run", "--data", str(tmp_path)]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert exit_code(["forget", ÅSE, "--data", str(tmp_path)]) == 0
    assert exit_code(["forget", ÅSE, "--data", str(tmp_path)]) == 130  # nobody there to say yes
    assert "2 articles" in capsys.readouterr().out
    assert (digest(tmp_path), published(tmp_path)) == (before, copy)
    with Warehouse(tmp_path).read() as con:
        assert con.execute("select count(*) from forgotten").fetchone() == (0,)


def test_an_article_goes_with_its_addresses_and_is_not_collected_again(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path)
    url = "http://avisa.example/legebaat"
    assert exit_code(["forget", f"{url}?utm_source=x#topp", "--yes", "--data", str(tmp_path)]) == 0
    assert files_with(tmp_path, [url, "legebåt"]) == []
    web.pages["avisa.example/rss"] = html(feed("avisa", "senger", "legebaat", "kai"))
    web.pages["avisa.example/kai"] = page("Krever ny kai", BOATS[::-1])
    asked = len(web.asked)
    report = run(web, tmp_path)
    assert "avisa.example/legebaat" not in web.asked[asked:]
    assert report.sources[0].as_json()["why"] == {"forgotten, as before": 1}
    assert files_with(tmp_path, [url]) == []
    titles = query(published(tmp_path), "select title from current_articles order by 1")["title"].tolist()
    assert titles == ["Krever ny kai", f"{ÅSE} vil ha senger"]
    digest(tmp_path)


def test_a_source_goes_with_what_only_it_led_to_and_is_disabled(web: Web, tmp_path: Path) -> None:
    web.pages["bladet.example/rss"] = html(
        feed("avisa", "legebaat").replace("</channel>", ITEM.format(site="bladet", name="kai") + "</channel>")
    )
    web.pages["bladet.example/kai"] = page("Krever ny kai", BOATS[::-1])
    own = tmp_path / "sources.toml"
    own.write_text(
        '# mine\n[[source]]\nid = "bladet"\nname = "Bladet"\nkind = "feed"\nurl = "http://bladet.example/rss"\n'
        'enabled = true  # og gjerne\n\n[[source]]\nid = "avisa"\nname = "Avisa"\nkind = "feed"\n'
        'url = "http://avisa.example/rss"\n',
        encoding="utf-8",
    )
    run(web, tmp_path, source(), source("bladet"))
    assert exit_code(["forget", "bladet", "--yes", "--data", str(tmp_path)]) == 0
    assert {one.id: one.enabled for one in read_sources(own)} == {"bladet": False, "avisa": True}
    assert own.read_text(encoding="utf-8").startswith("# mine\n")
    articles = query(published(tmp_path), "select source_id, title from current_articles order by title")
    assert articles.values.tolist() == [["avisa", "Krever ny legebåt"], ["avisa", f"{ÅSE} vil ha senger"]]
    digest(tmp_path)


def test_what_is_kept_about_a_person_is_told(web: Web, tmp_path: Path, capsys: Captured) -> None:
    run(web, tmp_path)
    capsys.readouterr()
    assert exit_code(["forget", "--about", ÅSE.upper(), "--format", "json", "--data", str(tmp_path)]) == 0
    extract = json.loads(capsys.readouterr().out)
    assert extract["suppressed"] is False
    assert {article["in"] for article in extract["articles"]} == {"text", "byline"}
    assert extract["mentions"]
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path)]) == 0
    capsys.readouterr()
    assert exit_code(["forget", "--about", ÅSE, "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "suppressed, to be forgotten whenever met" in shown
    assert "articles: none" in shown


def test_texts_are_emptied_after_the_retention_period_and_facts_stay(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path)
    facts = query(published(tmp_path), "select sentence from current_measures order by 1")
    later = datetime.now(UTC) + timedelta(days=31)
    report = run(web, tmp_path, retention_days=30, now=lambda: later)
    assert (report.status, report.analysed, report.published) == ("complete", 0, True)
    copy = published(tmp_path)
    assert query(copy, "select distinct text from article_versions")["text"].tolist() == [""]
    assert query(copy, "select sentence from current_measures order by 1").equals(facts)
    assert len(facts) > 1
    digest(tmp_path)
    assert run(web, tmp_path, retention_days=30, now=lambda: later).published is False
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path)]) == 0
    assert_gone(tmp_path)
    assert len(query(published(tmp_path), "select * from current_measures")) == len(facts)


@pytest.mark.parametrize("days", ["0", "mange", "-3"])
def test_a_retention_period_that_is_none_is_wrong_use(days: str) -> None:
    with pytest.raises(UsageError, match="HELSERADAR_RETENTION_DAYS"):
        read_settings(environ={"HELSERADAR_RETENTION_DAYS": days})
    assert read_settings(environ={"HELSERADAR_RETENTION_DAYS": "90"}).retention_days == 90


def test_one_word_or_nothing_is_wrong_use_and_a_run_at_work_is_waited_for(
    web: Web, tmp_path: Path, capsys: Captured
) -> None:
    run(web, tmp_path)
    for arguments in (["Næss"], [], [ÅSE, "--about", ÅSE], ["http://"]):
        assert exit_code(["forget", *arguments, "--yes", "--data", str(tmp_path)]) == 2
    with run_lock(tmp_path):
        assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path)]) == 1
    assert str(RunInProgress(tmp_path)) in capsys.readouterr().err


def test_what_later_tables_tell_of_the_articles_goes_too(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path)
    with Warehouse(tmp_path).write() as con:
        con.execute("create table versions_compared (article_id varchar, before_version_id varchar, before varchar)")
        con.execute(
            "insert into versions_compared select article_id, version_id, 'Men Ødegård-Næss sier nei.' from articles"
        )
    assert exit_code(["forget", ÅSE, "--yes", "--data", str(tmp_path)]) == 0
    assert_gone(tmp_path)
    with Warehouse(tmp_path).read() as con:
        known = "select version_id from article_versions"
        rows = f"from versions_compared where before_version_id in ({known})"
        assert con.execute(f"select count(*), min(before) {rows}").fetchone() == (2, "Men […] sier nei.")
