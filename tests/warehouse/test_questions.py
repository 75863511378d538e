"""The shipped questions, on four articles whose answers can be counted by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nlp.topics import Topic
from tests.warehouse.newsroom import NOW, STORIES, fill
from warehouse.errors import QuestionError
from warehouse.publish import publish, published
from warehouse.questions import ask, questions
from warehouse.topics import save_topics


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("data")
    with fill(data, *STORIES).write() as con:
        for _ in range(2):
            save_topics(con, [Topic(name="digitalisering", nb="Digitalisering", nn="", en="", examples=())])
    publish(data, NOW)
    return published(data)


NAMES = ["measures", "organisations", "people", "proposers", "reprints", "threads", "together", "topics"]


def rows(path: Path, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return list(ask(path, name, **parameters).itertuples(index=False, name=None))


def test_each_has_a_sentence_and_its_parameters() -> None:
    assert list(questions()) == NAMES
    for question in questions().values():
        assert question.title.endswith("?")
        said, used = question.sql.partition("\nselect")[::2]
        assert set(question.parameters) == set(re.findall(r"\$(\w+)", used)) == set(re.findall(r"\$(\w+)", said))


def test_organisations_by_month(path: Path) -> None:
    assert list(ask(path, "organisations")) == ["period", "organisation", "articles", "mentions"]
    assert rows(path, "organisations") == [
        (date(2024, 12, 1), "Fjordhelse", 1, 3),
        (date(2024, 12, 1), "Nordlys Klynge", 1, 1),
        (date(2025, 1, 1), "Fjordhelse", 1, 1),
        (date(2025, 4, 1), "Nordlys Klynge", 1, 1),
    ]


def test_a_week_that_spans_new_year_is_one_week(path: Path) -> None:
    assert rows(path, "organisations", grain="week") == [
        (date(2024, 12, 30), "Fjordhelse", 2, 4),
        (date(2024, 12, 30), "Nordlys Klynge", 1, 1),
        (date(2025, 3, 31), "Nordlys Klynge", 1, 1),
    ]


def test_since_means_from_the_period_of_that_day_on(path: Path) -> None:
    assert [row[0] for row in rows(path, "organisations", since=date(2025, 1, 20))] == [
        date(2025, 1, 1),
        date(2025, 4, 1),
    ]
    assert [row[0] for row in rows(path, "organisations", grain="week", since=date(2025, 1, 20))] == [date(2025, 3, 31)]


def test_people_by_month(path: Path) -> None:
    assert rows(path, "people") == [
        (date(2024, 12, 1), "Kari Ødegård-Næss", 1, 1),
        (date(2025, 1, 1), "Åse Bjørkli", 1, 1),
    ]


def test_measures_by_month_and_modality(path: Path) -> None:
    assert rows(path, "measures") == [
        (date(2024, 12, 1), "demanded", 1, 1),
        (date(2024, 12, 1), "proposed", 1, 1),
        (date(2025, 1, 1), "proposed", 1, 1),
        (date(2025, 4, 1), "proposed", 1, 1),
    ]


def test_who_proposes_most_counts_undated_articles_unless_since_is_given(path: Path) -> None:
    columns = ["proposer", "kind", "measures", "proposed", "demanded", "planned", "decided", "rejected"]
    assert list(ask(path, "proposers")) == columns
    assert rows(path, "proposers") == [
        ("Fjordhelse", "organisation", 3, 2, 1, 0, 0, 0),
        ("Kari Ødegård-Næss", "person", 1, 1, 0, 0, 0, 0),
        ("Ukjente Venner", "unknown", 1, 1, 0, 0, 0, 0),
    ]
    assert rows(path, "proposers", since=date(2025, 1, 1))[0][:3] == ("Fjordhelse", "organisation", 1)


def test_which_organisations_appear_together(path: Path) -> None:
    assert list(ask(path, "together")) == ["organisation", "other_organisation", "articles"]
    assert rows(path, "together") == [("Fjordhelse", "Nordlys Klynge", 2)]


def test_topics_by_month_under_their_names(path: Path) -> None:
    assert list(ask(path, "topics")) == ["period", "topic", "measures", "decided", "rejected"]
    assert rows(path, "topics", since=date(2025, 1, 1)) == [
        (date(2025, 1, 1), "Digitalisering", 1, 0, 0),
        (date(2025, 4, 1), "Digitalisering", 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("name", "grain", "message"),
    [
        (
            "svar",
            "month",
            f"there is no question 'svar'; there are: {', '.join(NAMES)}",
        ),
        ("people", "year", "there is no grain 'year'; there are: week, month"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(path: Path, name: str, grain: str, message: str) -> None:
    with pytest.raises(QuestionError, match=re.escape(message)):
        ask(path, name, grain=grain)
