"""The articles' texts stay private: readers' copies carry facts, evidence sentences and links."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from corpus.article import Fetch, Reservation
from tests.warehouse.newsroom import NOW, STORIES, article, column, fetch, fill
from warehouse.checks import check
from warehouse.load import save_fetches
from warehouse.publish import publish, published
from warehouse.query import query, reading
from warehouse.store import Warehouse

SECRET = "Bakeren på hjørnet har stengt for sommeren, og ingen vet hvorfor det måtte bli slik akkurat i år"
STORY = article("bakeren", "Fjordhelse foreslår å bygge en lang bru over fjorden.", f"{SECRET}.")
# Long enough that DuckDB could not keep it inside a row's own block, and stored in its compressed forms otherwise.
LONG = article("lang", *(f"{SECRET}, del {number}." for number in range(200)))


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.parent.glob("published/*"))


def test_nothing_of_the_texts_is_left_in_the_published_file(tmp_path: Path) -> None:
    fill(tmp_path, STORY, LONG, *STORIES)
    path = publish(tmp_path, NOW)
    assert path is not None
    found = bytes_of(path)
    for word in ("Bakeren", "hjørnet har stengt", "akkurat i år"):
        assert word.encode() not in found
    assert b"bygge en lang bru over fjorden" in found, "the evidence is there, so the search would have found it"
    assert list(tmp_path.glob(".publishing*")) == []
    answer = query(path, "select count(*) as n from article_versions where text <> '' or len(blocks) > 0")
    assert answer["n"].item() == 0
    assert query(path, "select text from current_articles where text is not null").empty
    evidence = query(path, "select sentence, canonical_url from evidence where text = 'bygge en lang bru over fjorden'")
    assert evidence.values.tolist() == [[STORY.blocks[1].text, STORY.canonical_url]]


def test_with_the_setting_the_texts_are_there(tmp_path: Path) -> None:
    fill(tmp_path, STORY)
    path = publish(tmp_path, NOW, full_text=True)
    assert path is not None
    assert query(path, "select text from current_articles")["text"].tolist() == [STORY.text]


def test_another_setting_is_another_copy_and_texts_no_longer_wanted_go_at_once(tmp_path: Path) -> None:
    fill(tmp_path, STORY)
    full = publish(tmp_path, NOW, full_text=True)
    bare = publish(tmp_path, NOW)
    assert full is not None
    assert bare == published(tmp_path) != full
    assert not full.exists()
    assert publish(tmp_path, NOW) is None
    assert publish(tmp_path, NOW, full_text=True) is not None


@pytest.mark.parametrize("full_text", [False, True])
def test_the_checks_hold_on_a_copy_and_find_damage_there(tmp_path: Path, full_text: bool) -> None:
    fill(tmp_path, STORY, *STORIES)
    path = publish(tmp_path, NOW, full_text=full_text)
    assert path is not None
    with reading(path) as con:
        assert check(con) == []
    import duckdb

    con = duckdb.connect(str(path))
    con.execute('update measures set "end" = "end" + 1')
    assert ("offsets", "measures") in {(finding.check, finding.table) for finding in check(con)}
    con.close()


def test_the_warehouse_itself_keeps_the_texts(tmp_path: Path) -> None:
    warehouse = fill(tmp_path, STORY)
    publish(tmp_path, NOW)
    with warehouse.read() as con:
        assert column(con, "select text from article_versions") == [STORY.text]


# What sites reserve is on record


def reserved(where: str, days: int) -> Fetch:
    return Fetch(
        source_id="avisa",
        url="http://avisa.example/lukket",
        outcome="skipped",
        reason=f"opted out ({where})",
        status_code=200,
        fetched_at=NOW + timedelta(days=days),
        reserved=Reservation(where=where, said=f"{where}: 1"),
    )


def test_a_reservation_is_on_record_with_its_words_and_so_is_its_end(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as con:
        save_fetches(con, "r1", [reserved("tdm-reservation header", 0)])
        save_fetches(con, "r2", [reserved("tdm-reservation meta", 3)])
    path = publish(tmp_path, NOW)
    assert path is not None, "that a page is reserved is news"
    (row,) = query(path, "from reservations").to_dict("records")
    assert (row["reserved_by"], row["reservation"]) == ("tdm-reservation meta", "tdm-reservation meta: 1")
    assert (row["first_said_at"], row["last_said_at"]) == (NOW, NOW + timedelta(days=3))
    with warehouse.write() as con:
        opened = article("lukket", "Nå er saken åpen for alle.")
        save_fetches(con, "r3", [fetch(opened, at=NOW + timedelta(days=33))])
    path = publish(tmp_path, NOW)
    assert path is not None
    (row,) = query(path, "from reservations").to_dict("records")
    assert row["lifted_at"] == NOW + timedelta(days=33)
