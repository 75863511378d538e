"""What is worked out from texts goes when somebody is forgotten, and is not for readers where the texts are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from corpus.article import Article, Fetch
from tests.warehouse.newsroom import NOW, article, column, fetch, fill
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.forgetting import forget_person, forget_urls, suppress_person
from warehouse.load import save_fetches
from warehouse.names import make_key
from warehouse.publish import publish, published
from warehouse.query import query
from warehouse.retention import empty_texts
from warehouse.store import Warehouse
from warehouse.stories import settle_stories
from warehouse.traces import files_with

NAME = "Turid Myklebø-Sand"
BODY = (
    "Fjordhelse foreslår å samle alle ambulanser i nord på ett sted, slik at de raskere når ut til folk på øyene.",
    "Ordningen skal prøves i to år, og Nordlys Klynge skal følge med på hvor lang tid hver enkelt utrykning tar.",
)
FIRST = article("sak", *BODY, "Kommunen sier ja.")
NAMED = article("sak", *BODY, f"Overlege {NAME} sier nei.", "Myklebø-Sand er i mindretall.")
LAST = article("sak", *BODY, "Kommunen sier likevel nei.")
MOVED = replace(NAMED, url="http://avisa.example/nytt/sak", canonical_url="http://avisa.example/nytt/sak")


def days(*stories: Article) -> list[Fetch]:
    return [fetch(story, at=NOW + timedelta(days=number)) for number, story in enumerate(stories)]


def loaded(data: Path, fetches: list[Fetch]) -> Warehouse:
    data.mkdir(exist_ok=True)
    make_key(data)
    warehouse = fill(data)
    for number, one in enumerate(fetches):
        with warehouse.write() as con:
            save_fetches(con, f"r{number}", [one])
            settle_stories(con)
    return warehouse


def changed(data: Path, *, full_text: bool = True) -> list[list[str]]:
    publish(data, NOW, full_text=full_text)
    shown = query(
        published(data),
        "select kind, coalesce(before, ''), coalesce(after, '') from article_changes order by changed_at, place",
    )
    return shown.to_numpy().tolist()  # type: ignore[no-any-return]


def test_a_forgotten_person_leaves_the_changes_as_if_never_met(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    warehouse = loaded(one, days(FIRST, NAMED, LAST))
    assert ["removed", "Myklebø-Sand er i mindretall.", ""] in changed(one)
    with warehouse.write() as con:
        forget_person(con, NAME, NOW)
        settle_stories(con)
        assert check(con) == []
        forgot = tables_digest(con)
        assert column(con, "select count(*) from signatures anti join article_versions using (fingerprint)") == [0]
    warehouse.rewrite()
    assert changed(one) == [
        ["changed", "Kommunen sier ja.", "Overlege […] sier nei."],
        ["added", "", "[…] er i mindretall."],
        ["changed", "Overlege […] sier nei.", "Kommunen sier likevel nei."],
        ["removed", "[…] er i mindretall.", ""],
    ]
    assert files_with(one, [NAME, "Myklebø-Sand"]) == [one / "published" / first.name for first in older(one)]

    other.mkdir()
    (other / "forgotten.key").write_bytes((one / "forgotten.key").read_bytes())
    with Warehouse(other).write() as con:
        suppress_person(con, NAME, NOW)
    with loaded(other, days(FIRST, NAMED, LAST)).read() as con:
        assert tables_digest(con) == forgot


def older(data: Path) -> list[Path]:
    """The published copies that a request to forget removes last."""
    return [path for path in (data / "published").glob("*.duckdb") if path != published(data)]


def test_a_moved_article_keeps_its_identity_when_a_name_goes(tmp_path: Path) -> None:
    warehouse = loaded(tmp_path, days(NAMED))
    with warehouse.write() as con:
        gone = Fetch(
            source_id="avisa", url=NAMED.url, outcome="skipped", fetched_at=NOW + timedelta(days=1),
            reason="taken down", status_code=404,
        )  # fmt: skip
        save_fetches(con, "r2", [gone, fetch(MOVED, at=NOW + timedelta(days=1))])
        settle_stories(con)
        assert column(con, "select canonical_url from articles") == [MOVED.canonical_url]
        forget_person(con, NAME, NOW)
        settle_stories(con)
        assert check(con) == []
        assert column(con, "select article_id from article_versions") == [NAMED.article_id]
        assert column(con, "select contains(text, 'Overlege […] sier nei') from article_versions") == [True]
        forget_urls(con, [MOVED.canonical_url], NOW)
        assert column(con, "select count(*) from moves") == [0]
        assert column(con, "select count(*) from articles") == [0]
        again = [fetch(NAMED, at=NOW + timedelta(days=2)), fetch(MOVED, at=NOW + timedelta(days=2))]
        save_fetches(con, "r3", again)
        assert column(con, "select count(*) from articles") == [0]


def test_readers_see_what_changed_only_where_they_see_the_texts(tmp_path: Path) -> None:
    loaded(tmp_path, days(FIRST, LAST))
    assert changed(tmp_path, full_text=False) == [["changed", "", ""]]
    assert changed(tmp_path) == [["changed", "Kommunen sier ja.", "Kommunen sier likevel nei."]]


def test_what_changed_in_emptied_texts_is_emptied_too(tmp_path: Path) -> None:
    warehouse = loaded(tmp_path, days(FIRST, LAST))
    with warehouse.write() as con:
        later = NOW + timedelta(days=60)
        con.execute("insert into analyses select 'a', version_id, article_id, 'm', 'nb', 'r', now() from articles")
        assert empty_texts(con, 30, later) == 2
        newest = article("sak", *BODY, "Saken er tatt opp igjen.")
        save_fetches(con, "r4", [fetch(newest, at=later)])
        settle_stories(con)
    assert changed(tmp_path) == [["changed", "", ""], ["changed", "", ""]]
