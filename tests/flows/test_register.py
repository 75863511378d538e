"""``sources check`` and ``sources add``, on real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import FetchError, SourcesError
from corpus.sources import SHIPPED, Source, read_sources
from flows.cli import exit_code
from flows.errors import UsageError
from flows.register import add_source, check_all, check_line
from flows.stages import Workplace
from tests.corpus.collecting import feed, sitemap
from tests.corpus.loopback import Reply, Web, html, redirect, serve_web

Captured = pytest.CaptureFixture[str]
NOW = datetime(2026, 1, 10, tzinfo=UTC)
FRONT = """<html lang="nb"><head><title>Fjordavisa</title>
<link rel="alternate" type="application/rss+xml" href="/rss"></head><body></body></html>"""


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["www.fjord-avisa.example/"] = html(FRONT)
        web.pages["www.fjord-avisa.example/rss"] = feed("/1", "/2", **{"2": datetime(2026, 1, 9, 8, tzinfo=UTC)})
        web.pages["www.fjord-avisa.example/sitemap.xml"] = sitemap("/1", "/2")
        yield web


def added(web: Web, data: Path, url: str, source_id: str | None = None, group: str | None = None) -> list[str]:
    with web.client() as client:
        place = Workplace(data=data, client=client, now=lambda: NOW)
        return add_source(place, data / "sources.toml", url, source_id, group, private=True)


def test_a_site_is_added_with_the_best_it_has_and_can_be_collected_at_once(web: Web, tmp_path: Path) -> None:
    lines = added(web, tmp_path, "http://www.fjord-avisa.example/", group="press")
    assert lines[0].startswith(
        "fjord-avisa: feed http://www.fjord-avisa.example/rss (named by the page, 2 items, newest"
    )
    assert lines[1] == "  also there: sitemap http://www.fjord-avisa.example/sitemap.xml (in a usual place)"
    source = read_sources(SHIPPED, tmp_path / "sources.toml")[-1]
    assert source == Source(
        id="fjord-avisa",
        name="Fjordavisa",
        kind="feed",
        url="http://www.fjord-avisa.example/rss",
        group="press",
        verified=True,
        allow_private_addresses=True,
    )
    written = (tmp_path / "sources.toml").read_text()
    assert "# Answered on 2026-01-10: named by the page, 2 items." in written
    assert "# Also there: sitemap http://www.fjord-avisa.example/sitemap.xml" in written


def test_what_stands_in_the_file_stays_as_it_is(web: Web, tmp_path: Path) -> None:
    own = '# Mine.\n\n[[source]]\nid = "fhi"   # not now\nenabled = false\n'
    (tmp_path / "sources.toml").write_text(own)
    added(web, tmp_path, "http://www.fjord-avisa.example/")
    assert (tmp_path / "sources.toml").read_text().startswith(own)


@pytest.mark.parametrize(
    ("url", "source_id"),
    [
        ("http://www.fjord-avisa.example/", None),
        ("http://www.fjord-avisa.example/", "annen-id"),
        ("http://www.fjord-avisa.example/rss", "annen-id"),
        ("http://www.fjord-avisa.example/sitemap.xml", "fhi"),
    ],
)
def test_what_is_there_already_is_refused(web: Web, tmp_path: Path, url: str, source_id: str | None) -> None:
    added(web, tmp_path, "http://www.fjord-avisa.example/")
    before = (tmp_path / "sources.toml").read_text()
    with pytest.raises(UsageError, match="is there already"):
        added(web, tmp_path, url, source_id)
    assert (tmp_path / "sources.toml").read_text() == before


def test_an_entry_that_is_turned_off_gets_what_its_site_turns_out_to_have(web: Web, tmp_path: Path) -> None:
    web.resolve = lambda host, port: [("127.0.0.1", web.port)]  # type: ignore[method-assign]
    web.pages["oslocancercluster.no/"] = html(FRONT)
    web.pages["oslocancercluster.no/rss"] = feed("/1")
    added(web, tmp_path, "http://oslocancercluster.no/")
    sources = {source.id: source for source in read_sources(SHIPPED, tmp_path / "sources.toml")}
    changed = sources["oslo-cancer-cluster"]
    assert (changed.url, changed.enabled, changed.verified) == ("http://oslocancercluster.no/rss", True, True)
    assert (changed.name, changed.group) == ("Oslo Cancer Cluster", "clusters")


def test_a_site_with_nothing_or_none_at_all_writes_nothing(web: Web, tmp_path: Path) -> None:
    web.pages["tom.example/"] = html("<html><head><title>Tom</title></head></html>")
    with pytest.raises(UsageError, match="has no feed and no sitemap"):
        added(web, tmp_path, "http://tom.example/")
    with pytest.raises(FetchError, match="unknown host"):
        added(web, tmp_path, "http://ukjent.invalid/")
    with pytest.raises(UsageError, match="no web address"):
        added(web, tmp_path, "mailto:a@b")
    assert not (tmp_path / "sources.toml").exists()


def test_a_broken_file_is_named_and_left_alone(web: Web, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("[[source")
    with pytest.raises(SourcesError, match=r"sources\.toml: is no TOML"):
        added(web, tmp_path, "http://www.fjord-avisa.example/")
    assert (tmp_path / "sources.toml").read_text() == "[[source"


def test_many_sources_are_checked_a_line_each_in_their_order(web: Web, tmp_path: Path) -> None:
    web.pages["b.example/rss"] = redirect("/ny", 301)
    web.pages["b.example/ny"] = feed("/1")
    places = {"a": "www.fjord-avisa.example", "b": "b.example", "c": "c.example"}
    chosen = [
        Source(
            id=name, name=name, kind="feed", url=f"http://{host}/rss", allow_private_addresses=True, enabled=name != "c"
        )
        for name, host in places.items()
    ]
    with web.client() as client:
        lines = [check_line(one) for one in check_all(Workplace(data=tmp_path, client=client), chosen)]
    assert [" ".join(line.split()) for line in lines] == [
        "ok a feed 2 items; newest 2026-01-09 http://www.fjord-avisa.example/2",
        "ok b feed 1 items; newest http://b.example/1; moved to http://b.example/ny",
        "dead c feed HTTP 404; turned off",
    ]


@pytest.mark.parametrize(("enabled", "code"), [("true", 1), ("false", 0)])
def test_the_command_tells_json_and_an_enabled_dead_source_is_exit_code_1(
    web: Web, tmp_path: Path, capsys: Captured, enabled: str, code: int
) -> None:
    host = f"127.0.0.1:{web.port}"
    web.pages[f"{host}/rss"] = Reply(status=410)
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nid = "borte"\nname = "Borte"\nkind = "feed"\nurl = "http://{host}/rss"\n'
        f"allow_private_addresses = true\nenabled = {enabled}\n"
    )
    assert exit_code(["sources", "check", "--only", "borte", "--json", "--data", str(tmp_path)]) == code
    (told,) = json.loads(capsys.readouterr().out)["sources"]
    assert (told["id"], told["status"], told["reason"], told["robots_allow"]) == ("borte", "dead", "HTTP 410", None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["sources", "check", "--only", "ingen"],
        ["sources", "add", "javascript:alert(1)"],
        ["sources", "add"],
        ["backfill"],
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments: list[str], tmp_path: Path, capsys: Captured) -> None:
    assert exit_code([*arguments, "--data", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
