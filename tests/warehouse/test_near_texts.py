"""Reprints: told from what only looks like one, linked to one main article, and counted as a trend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.near_duplicates import precision_and_recall
from tests.warehouse.newsroom import AVISA, BLADET, NOW, article, column, fetch, read_all
from warehouse.load import save_fetches, save_sources, settle_duplicates
from warehouse.near_texts import find_near_texts, main_texts
from warehouse.publish import publish, published
from warehouse.query import query
from warehouse.questions import ask
from warehouse.signatures import Compared, bands, likeness, runs
from warehouse.store import Warehouse

RELEASE = (
    "Fjordhelse foreslår å samle alle ambulanser i nord på ett sted, slik at de raskere når ut til folk på øyene.",
    "Ordningen skal prøves i to år, og Nordlys Klynge skal følge med på hvor lang tid hver enkelt utrykning tar.",
    "Kommunene på kysten har bedt om dette lenge, og flere av dem har lovet å være med på å betale for prøven.",
)
KLIPP = replace(BLADET, id="klipp", name="Klipp")
FIRST = article("melding", *RELEASE, title="Samler ambulansene", day=date(2025, 5, 1))
REPRINT = article("trykt", *RELEASE[:2], title="Vil ha ambulanser på ett sted", day=date(2025, 5, 2), source=BLADET)
CUT = article("klipp", "Ny lead her.", *RELEASE[:2], title="Kort fortalt", day=date(2025, 5, 3), source=KLIPP)


def settled(*articles: Any, data: Path) -> Warehouse:
    warehouse = Warehouse(data)
    with warehouse.write() as con:
        save_sources(con, [AVISA, BLADET, KLIPP])
        save_fetches(con, "r1", [fetch(one) for one in articles])
        settle_duplicates(con)
    return warehouse


def test_reprints_of_the_gold_set_are_found_and_nothing_else() -> None:
    precision, recall = precision_and_recall()
    print(f"precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 (shown with -s)
    assert precision == 1
    assert recall >= 0.89


def test_a_reprint_is_read_once_and_kept_as_a_link(tmp_path: Path) -> None:
    with settled(CUT, REPRINT, FIRST, data=tmp_path).write() as con:
        links = con.execute(
            "select canonical_url, duplicate_of from articles join article_versions using (version_id) "
            "order by published_on"
        ).fetchall()
        assert links == [
            (FIRST.canonical_url, None),
            (REPRINT.canonical_url, FIRST.article_id),
            (CUT.canonical_url, FIRST.article_id),
        ]
        assert read_all(con) == 1
    publish(tmp_path, NOW)
    copy = published(tmp_path)
    carried = query(copy, "select source, main from carried_by order by published_on")
    assert carried.values.tolist() == [["Avisa", True], ["Bladet", False], ["Klipp", False]]
    assert ask(copy, "reprints").values.tolist() == [["Samler ambulansene", 3, 3, "Avisa, Bladet, Klipp"]]
    assert ask(copy, "reprints", since=date(2025, 5, 20)).shape[0] == 1
    assert ask(copy, "reprints", grain="week", since=date(2025, 5, 20)).empty


def test_only_what_is_new_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    monkeypatch.setattr("warehouse.near_texts.likeness", lambda *texts: compared.append(1) or likeness(*texts))
    with settled(FIRST, REPRINT, data=tmp_path).write() as con:
        assert len(compared) == 1
        assert find_near_texts(con) == 0
        save_fetches(con, "r2", [fetch(CUT)])
        assert find_near_texts(con) == 2
        assert len(compared) == 3
        assert column(con, "select count(*) from signatures") == [3]


def test_on_one_site_nearly_the_same_is_another_text(tmp_path: Path) -> None:
    form = article("skjema", *RELEASE[:2], title="Vil ha ambulanser på ett sted", day=date(2025, 5, 2))
    with settled(FIRST, form, data=tmp_path).write() as con:
        assert column(con, "select count(*) from near_texts") == [1]
        assert column(con, "select duplicate_of from articles") == [None, None]


def test_a_story_that_was_rewritten_stands_alone_again(tmp_path: Path) -> None:
    own = article("trykt", "Avisa har nå skrevet saken om fra først til sist, med egne kilder.", source=BLADET)
    with settled(FIRST, REPRINT, data=tmp_path).write() as con:
        save_fetches(con, "r2", [fetch(own, at=NOW + timedelta(days=1))])
        settle_duplicates(con)
        assert column(con, "select duplicate_of from articles") == [None, None]


def test_the_one_already_read_stays_the_main_one(tmp_path: Path) -> None:
    with settled(REPRINT, data=tmp_path).write() as con:
        read_all(con)
        save_fetches(con, "r2", [fetch(FIRST)])
        settle_duplicates(con)
        assert column(con, "select canonical_url from articles where duplicate_of is null") == [REPRINT.canonical_url]


def test_nothing_is_linked_by_way_of_a_third() -> None:
    pairs = [("a", "b", 0.7), ("b", "c", 0.8)]
    assert main_texts(["a", "b", "c"], pairs) == {"b": "c"}
    assert main_texts(["b", "a", "c"], pairs) == {"a": "b", "c": "b"}
    # c was read when a run was killed, a was not: the links are the same.
    assert main_texts(["c", "a", "b"], pairs) == {"b": "c"}


def test_short_texts_are_never_nearly_the_same() -> None:
    short = Compared.of("Du må være abonnent for å lese denne saken. Logg inn eller kjøp tilgang her.")
    assert bands(short.runs) == []
    assert likeness(short, short) is None
    assert bands(runs("")) == []


def test_signatures_are_the_same_on_every_machine() -> None:
    assert bands(runs(FIRST.text))[:2] == SIGNATURE
    assert bands(runs(FIRST.text.upper())) == bands(runs(FIRST.text))


SIGNATURE = [-5491555010593614288, 5638311909404730572]
