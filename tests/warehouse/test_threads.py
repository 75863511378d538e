"""The same measure across articles: threads in the published copy. Everybody here is invented."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.warehouse.newsroom import NOW, article, fill, read_all
from warehouse.checks import check
from warehouse.forgetting import forget_person
from warehouse.load import save_verdicts, settle_duplicates
from warehouse.names import make_key
from warehouse.publish import publish, published
from warehouse.query import query, reading
from warehouse.questions import ask
from warehouse.retention import empty_texts
from warehouse.rows import Verdict
from warehouse.store import Warehouse
from warehouse.threads import Node, candidates, owner, threads_of

STORIES = (
    article("en", "Fjordhelse foreslår å bygge ny legevakt ved Elvestad sykehus.", day=date(2025, 1, 3)),
    article("to", "Nordlys Klynge krever å byggje ny legevakt ved Elvestad sjukehus.", day=date(2025, 3, 9)),
    article("tre", "Fjordhelse foreslår å bygge nytt parkeringshus ved Elvestad sykehus.", day=date(2025, 2, 1)),
    article(
        "fire", "Nordlys Klynge foreslår å bygge ny legevakt ved Elvestad sykehus innen 2027.", day=date(2024, 12, 1)
    ),
    article("fem", "Fjordhelse foreslår å plante trær."),
)


def threads(data: Path) -> list[tuple[object, ...]]:
    frame = query(
        published(data),
        "select text, articles, first_on, last_on, proposers, course from threads order by articles desc, text",
    )
    return list(frame.itertuples(index=False, name=None))


def test_a_thread_has_its_first_and_last_day_its_actors_and_its_course(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    publish(tmp_path, NOW)
    assert threads(tmp_path) == [
        (
            "bygge ny legevakt ved Elvestad sykehus innen 2027",
            3,
            date(2024, 12, 1),
            date(2025, 3, 9),
            ["Fjordhelse", "Nordlys Klynge"],
            ["proposed", "demanded"],
        ),
        (
            "bygge nytt parkeringshus ved Elvestad sykehus",
            1,
            date(2025, 2, 1),
            date(2025, 2, 1),
            ["Fjordhelse"],
            ["proposed"],
        ),
        ("plante trær", 1, None, None, ["Fjordhelse"], ["proposed"]),
    ]
    (row,) = ask(published(tmp_path), "threads").itertuples(index=False, name=None)
    assert row[1:] == (3, date(2024, 12, 1), date(2025, 3, 9), "Fjordhelse, Nordlys Klynge", "proposed → demanded")
    assert ask(published(tmp_path), "threads", since=date(2025, 4, 1)).empty
    with reading(published(tmp_path)) as con:
        assert check(con) == []


def test_words_that_say_nothing_by_themselves_are_one_thread_for_one_proposer_alone(tmp_path: Path) -> None:
    said = "{} foreslår å gjøre det samme."
    who = ("Fjordhelse", "Nordlys Klynge", "Fjordhelse")
    fill(tmp_path, *(article(f"a{at}", f"{said.format(name)} Sak {at}.") for at, name in enumerate(who)))
    publish(tmp_path, NOW)
    assert [row[1] for row in threads(tmp_path)] == [2, 1]


def test_the_order_of_loading_does_not_matter(tmp_path: Path) -> None:
    answers = []
    for name, stories in (("one", STORIES), ("two", STORIES[::-1])):
        for at, story in enumerate(stories):
            fill(tmp_path / name, story, run_id=f"r{at}")
        publish(tmp_path / name, NOW)
        sql = "from measure_threads order by thread_id"
        answers.append(query(published(tmp_path / name), sql).to_json(date_format="iso"))
    assert answers[0] == answers[1]


def test_what_a_reviewer_calls_wrong_is_in_no_thread(tmp_path: Path) -> None:
    fill(tmp_path, *STORIES)
    publish(tmp_path, NOW)
    wrong = query(published(tmp_path), "select measure_id from measures where contains(text, '2027')")["measure_id"][0]
    with Warehouse(tmp_path).write() as con:
        save_verdicts(
            con,
            [
                Verdict(
                    verdict_id="1",
                    target_kind="measure",
                    target_id=wrong,
                    verdict="wrong",
                    reviewer="A",
                    decided_at=NOW,
                )
            ],
        )
    publish(tmp_path, NOW)
    assert threads(tmp_path)[0][:3] == ("bygge ny legevakt ved Elvestad sykehus", 2, date(2025, 1, 3))
    with reading(published(tmp_path)) as con:
        assert check(con) == []


@pytest.mark.parametrize("emptied", [False, True])
def test_a_forgotten_person_is_in_no_thread(tmp_path: Path, emptied: bool) -> None:
    make_key(tmp_path)
    stories = [
        article(name, "Åse Bjørkli foreslår å gi huset og Bjørkli mer tid til pasientene.", day=date(2025, 1, day))
        for day, name in enumerate(("en", "to"), start=1)
    ]
    warehouse = fill(tmp_path, *stories)
    publish(tmp_path, NOW)
    with warehouse.write() as con:
        if emptied:
            assert empty_texts(con, 1, NOW + timedelta(days=9)) == 2
        forget_person(con, "Åse Bjørkli", NOW)
        read_all(con, "r2")
        settle_duplicates(con)
    publish(tmp_path, NOW)
    with warehouse.read() as con, reading(published(tmp_path)) as copy:
        for tables in (con, copy):
            assert check(tables) == []
            told = tables.execute("select string_agg(to_json(t)::varchar) from measure_threads t").fetchone()
            assert told is not None
            assert "mer tid" in told[0]
            assert "og bjørkli mer" not in told[0].casefold()
            marked = """select text, substring(sentence, start - sentence_start + 1, "end" - start) from measures"""
            assert {one == other for one, other in tables.execute(marked).fetchall()} == {True}


def node(text: str, own: str = "", day: date | None = None, *actors: str) -> Node:
    return Node(wording_id=text, own=own, text=text, first_on=day, actors=frozenset(actors))


def groups(*nodes: Node) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for one, thread in threads_of(nodes).items():
        found.setdefault(thread, set()).add(one)
    return sorted(found.values(), key=sorted)


def test_what_contradicts_each_other_is_not_joined_by_what_fits_both() -> None:
    texts = ("bevilge 100 millioner til fastlegeordningen", "bevilge 200 millioner til fastlegeordningen")
    both = "bevilge millioner til fastlegeordningen"
    found = groups(*map(node, (*texts, both)))
    assert len(found) == 2
    assert not any(set(texts) <= group for group in found)


def test_what_a_municipality_plans_for_itself_is_not_what_another_one_plans() -> None:
    text = "ansette fem jordmødre på helsestasjonen"
    ours, theirs = owner("planned", "Nordby kommune"), owner("decided", "Sundby kommune")
    assert (ours, owner("demanded", "Nordby kommune"), owner("planned", "regjeringen")) == ("nordby kommune", "", "")
    assert len(groups(node(text, ours), node(text, theirs))) == 2
    assert len(groups(node(text, ours), node(f"{text} i høst", ours))) == 1


def test_the_same_people_behind_it_make_up_for_a_little_unlikeness() -> None:
    one, other = (
        "opprette et kontaktpunkt for pasienter i kliniske studier",
        "et kontaktpunkt for kliniske studier på sykehuset",
    )
    assert len(groups(node(one), node(other))) == 2
    assert len(groups(node(one, "", None, "fjordhelse"), node(other, "", None, "fjordhelse"))) == 1


def test_a_thread_keeps_the_id_of_its_earliest_measure_as_more_come() -> None:
    first = node("bygge legevakt ved Elvestad sykehus", day=date(2025, 1, 1))
    later = node("bygging av legevakt ved Elvestad sykehus", day=date(2025, 5, 1))
    last = node("bygge ny legevakt ved Elvestad sykehus", day=date(2025, 6, 1))
    assert set(threads_of([first, later]).values()) == set(threads_of([last, later, first]).values()) == {first.id}


@pytest.mark.parametrize("number", [500, 2000])
def test_the_work_grows_with_the_measures_and_not_with_their_square(number: int) -> None:
    words = [f"ord{at:03}en" for at in range(60)]
    random = Random(1)
    keys = [tuple(sorted(random.sample(words, 6))) for _ in range(number)]
    assert sum(1 for _ in candidates(keys)) <= 15 * 40 * number
    common = [("=more", "sykeh")] * number  # all the same: the worst that can be
    assert sum(1 for _ in candidates(common)) <= 40 * number
