"""Loading: twice is once, the order does not matter, and ids outlive edits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.article import Fetch, Listing
from tests.warehouse.newsroom import AVISA, BLADET, KARI, NOW, STORIES, article, column, fetch, fill, read, read_all
from warehouse.changes import settle_changes
from warehouse.checks import check
from warehouse.compare import tables_digest
from warehouse.load import save_analyses, save_fetches, save_listings, save_sources, settle_duplicates, settle_outcomes
from warehouse.moves import settle_moves
from warehouse.pending import PendingText, pending_texts
from warehouse.store import Warehouse


def digest(data: Path) -> dict[str, str]:
    with Warehouse(data).read() as con:
        return tables_digest(con)


def test_loading_twice_is_loading_once(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    once = digest(tmp_path)
    with fill(tmp_path, *STORIES).write() as con:
        texts = [
            PendingText(**dict(zip(("article_id", "version_id", "title", "text"), row, strict=True)))
            for row in con.execute("select article_id, version_id, title, text from article_versions").fetchall()
        ]
        save_analyses(con, "r2", [(pending, read(pending)) for pending in texts], NOW + timedelta(hours=1))
        assert check(con) == []
        assert column(con, "select count(*) from fetches") == [len(STORIES)]
    assert digest(tmp_path) == once
    assert once["measures"].startswith("5-")


def test_the_order_of_loading_leaves_no_trace(tmp_path: Path) -> None:
    same_text_elsewhere = article(
        "kopi", "Ukjente Venner foreslår å plante trær.", "Nordlys Klynge lytter.", title="Om vår", source=BLADET
    )
    seen_by_both = replace(STORIES[1], source_id="avisa")
    changed = article("vår", "Ukjente Venner foreslår å plante flere trær.", day=date(2025, 4, 1))
    fetches = [fetch(story) for story in (*STORIES, same_text_elsewhere, seen_by_both)]
    fetches.append(fetch(changed, at=NOW + timedelta(days=1)))
    release = (
        "Fjordhelse foreslår å samle alle ambulanser i nord på ett sted, slik at de raskere når ut til folk på øyene.",
        "Ordningen skal prøves i to år, og Nordlys Klynge skal følge med på hvor lang tid hver enkelt utrykning tar.",
        "Kommunene på kysten har bedt om dette lenge, og flere av dem har lovet å være med på å betale for prøven.",
    )
    fetches += [
        fetch(article("melding", *release, day=date(2025, 5, 1))),
        fetch(article("trykt", *release[:2], title="Samler ambulansene", day=date(2025, 5, 1), source=BLADET)),
        fetch(article("klippet", *release[1:], title="Prøver i to år", day=date(2025, 5, 2), source=BLADET)),
    ]
    fetches += [fetch(article(slug, "Likt her og der.", title="Likt")) for slug in ("likt", "likt/", "likt/amp")]
    digests = []
    for number in range(4):
        order = random.Random(number).sample(fetches, len(fetches))
        data = tmp_path / str(number)
        with Warehouse(data).write() as con:
            for start in range(0, len(order), 2):
                save_fetches(con, "r1", order[start : start + 2])
            if number == 3:  # settled once more than the others, midway
                settle_duplicates(con)
                settle_moves(con)
            settle_duplicates(con)
            settle_moves(con)
            settle_duplicates(con)
            settle_changes(con)
            read_all(con)
            assert check(con) == []
        digests.append(digest(data))
    assert all(one == digests[0] for one in digests)
    rows = {table: digest.partition("-")[0] for table, digest in digests[0].items()}
    assert (rows["near_texts"], rows["changes"], rows["moves"], rows["articles"]) == ("2", "2", "2", "9")


def test_a_changed_article_is_a_new_version_and_an_untouched_sentence_keeps_its_measure(tmp_path: Path) -> None:
    sentence = "Kari Ødegård-Næss foreslår å samle beredskapen i nord."
    before, after = article("beredskap", sentence), article("beredskap", "Et nytt avsnitt først.", sentence)
    with fill(tmp_path, before).write() as con:
        save_fetches(con, "r2", [fetch(after, at=NOW + timedelta(days=1))])
        assert read_all(con) == 1
        assert column(con, "select version_id from articles") == [after.version_id]
        assert column(con, "select count(*) from article_versions") == [2]
        rows = con.execute("select measure_id, start, sentence from measures order by start").fetchall()
    assert rows[0][0] == rows[1][0]
    assert rows[0][1] != rows[1][1]
    assert rows[0][2] == rows[1][2] == sentence


def test_an_article_that_goes_back_to_its_old_words_has_them_again(tmp_path: Path) -> None:
    first, second = article("a", "Slik var det."), article("a", "Slik ble det.")
    with Warehouse(tmp_path).write() as con:
        for days, version in enumerate((first, second, first)):
            save_fetches(con, f"r{days}", [fetch(version, at=NOW + timedelta(days=days))])
        assert column(con, "select version_id from articles") == [first.version_id]


def test_a_sentence_said_twice_gives_two_measures(tmp_path: Path) -> None:
    twice = article("gjentatt", "Fjordhelse foreslår å rydde.", "Fjordhelse foreslår å rydde.")
    with fill(tmp_path, twice).read() as con:
        assert column(con, "select count(distinct measure_id) from measures") == [2]
        assert column(con, "select count(*) from measure_threads") == [1]


def test_actors_aliases_and_roles_are_those_of_the_analysis(tmp_path: Path) -> None:
    with fill(tmp_path, *STORIES).read() as con:
        assert column(con, "select name from people order by name") == ["Kari Ødegård-Næss", "Åse Bjørkli"]
        assert column(con, "select name from organisations order by name") == ["Fjordhelse", "Nordlys Klynge"]
        assert set(column(con, "select alias from aliases")) == {"Ødegård-Næss", "FH"}
        roles = con.execute(
            "select p.name, role, r.organisation, o.name from roles r join people p using (person_id) "
            "join organisations o using (organisation_id)"
        ).fetchall()
        assert roles == [(KARI.name, "leder", "Fjordhelse", "Fjordhelse")]
        unknown = column(con, "select proposer_id from measures where proposer = 'Ukjente Venner'")
        assert unknown == [None]
        known = "select distinct p.name from measures m join people p on p.person_id = m.proposer_id"
        assert column(con, known) == [KARI.name]
        assert column(con, "select p.name from quotes q join people p on p.person_id = q.speaker_id") == ["Åse Bjørkli"]


def test_an_analysis_of_another_text_is_refused(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as con:
        save_fetches(con, "r1", [fetch(story) for story in STORIES])
        one, other = pending_texts(con, "m", 2)
        with pytest.raises(ValueError, match=other.version_id):
            save_analyses(con, "r1", [(other, read(one))], NOW)


def test_the_main_one_of_duplicates_is_the_one_read_then_the_earliest_then_the_first_address(tmp_path: Path) -> None:
    words = ("Fjordhelse foreslår å rydde.",)
    undated = article("a", *words, title="Likt")
    late, early = (
        article(s, *words, title="Likt", day=d) for s, d in (("b", date(2025, 2, 2)), ("d", date(2025, 1, 1)))
    )
    early_too = article("c", *words, title="Likt", day=date(2025, 1, 1))
    warehouse = Warehouse(tmp_path)

    def main_ones() -> list[object]:
        settle_duplicates(con)
        return column(con, "select canonical_url from articles where duplicate_of is null order by 1")

    with warehouse.write() as con:
        save_fetches(con, "r1", [fetch(undated), fetch(late)])
        assert main_ones() == [late.canonical_url]
        save_fetches(con, "r1", [fetch(early), fetch(early_too)])
        assert main_ones() == [early_too.canonical_url]
        assert read_all(con) == 1
        earliest = article("e", *words, title="Likt", day=date(2024, 1, 1))
        save_fetches(con, "r2", [fetch(earliest, "duplicate")])
        assert main_ones() == [early_too.canonical_url]
        assert read_all(con) == 0
        save_fetches(con, "r3", [fetch(article("c", "Noe helt annet."), at=NOW + timedelta(days=1))])
        assert main_ones() == [early_too.canonical_url, earliest.canonical_url]
        assert settle_duplicates(con) == 0


def test_which_of_two_equal_articles_is_the_duplicate_is_said_after_collecting(tmp_path: Path) -> None:
    late = article("a", "Fjordhelse rydder.", title="Likt", day=date(2025, 2, 2))
    early = article("b", "Fjordhelse rydder.", title="Likt", day=date(2025, 1, 1), source=BLADET)
    with Warehouse(tmp_path).write() as con:
        save_fetches(con, "r1", [fetch(late, "saved"), fetch(early, "duplicate"), fetch(STORIES[0], "unchanged")])
        settle_duplicates(con)
        assert settle_outcomes(con, "r1") == {"avisa": {"duplicate": 1}, "bladet": {"saved": 1}}
        rows = con.execute("select url, outcome from fetches").fetchall()
    assert dict(rows) == {late.url: "duplicate", early.url: "saved", STORIES[0].url: "unchanged"}


def test_every_fetch_is_a_row_and_the_source_of_an_article_is_not_who_came_first(tmp_path: Path) -> None:
    story = STORIES[1]
    with Warehouse(tmp_path).write() as con:
        save_sources(con, [BLADET, AVISA])
        save_fetches(con, "r1", [fetch(story)])
        again = Fetch(source_id="avisa", url=story.url, outcome="unchanged", fetched_at=NOW + timedelta(hours=1))
        gone = Fetch(
            source_id="avisa",
            url="http://avisa.example/x",
            outcome="failed",
            fetched_at=NOW,
            reason="HTTP 404",
            status_code=404,
        )
        save_fetches(con, "r1", [again, gone])
        assert column(con, "select outcome from fetches order by outcome") == ["failed", "saved", "unchanged"]
        assert column(con, "select source_id from articles") == ["avisa"]
        assert column(con, "select count(*) from addresses where article_id is not null") == [2]


def test_sources_and_listings_are_replaced(tmp_path: Path) -> None:
    with Warehouse(tmp_path).write() as con:
        save_sources(con, [AVISA, BLADET])
        save_sources(con, [replace(AVISA, name="Avisa Nord")])
        assert column(con, "select name from sources order by source_id") == ["Avisa Nord", "Bladet"]
        for tag in ("a", "b"):
            save_listings(
                con,
                [
                    Listing(
                        source_id="avisa",
                        url="http://avisa.example/feed",
                        etag=tag,
                        last_modified=None,
                        content_hash="h",
                        fetched_at=NOW,
                    )
                ],
            )
        assert column(con, "select etag from listings") == ["b"]


def test_nothing_to_load_is_no_error(tmp_path: Path) -> None:
    with Warehouse(tmp_path).write() as con:
        save_sources(con, [])
        save_fetches(con, "r1", [])
        save_listings(con, [])
        save_analyses(con, "r1", [], NOW)
        assert settle_duplicates(con) == 0
