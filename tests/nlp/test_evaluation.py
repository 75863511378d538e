"""What counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

import nlp.evaluation
from nlp.evaluation.gold import read_marked
from nlp.evaluation.health import marked_sentences
from nlp.evaluation.matching import Count, best_pairs, overlap, places, same_name

INVENTED = Path(nlp.evaluation.__file__).parent / "invented"


@pytest.mark.parametrize(
    ("marked", "found", "same"),
    [
        ("Tuva Sjøvik", "Sjøvik", True),
        ("Sjøvik", "statsråd Tuva Sjøvik", True),
        ("Tuva Sjøvik", "Tuva Moldal", False),
        ("regjeringen", "Regjeringen", True),
        ("", "", True),
        ("", "Sjøvik", False),
        ("Sjøvik", None, False),
        ("Sjøvik | departementet", "Departementet", True),
    ],
)
def test_names_are_the_same_when_one_has_all_words_of_the_other(marked: str, found: str | None, same: bool) -> None:
    assert same_name(marked, found) is same


def test_spans_are_paired_one_to_one_the_likest_first_and_only_from_half() -> None:
    marked, found = [(0, 10), (10, 20), (30, 40)], [(0, 12), (2, 10), (36, 50)]
    assert best_pairs(marked, found, overlap) == [((0, 10), (0, 12))]
    assert best_pairs(marked[:1], [(5, 10)], overlap) == [((0, 10), (5, 10))]


def test_words_are_found_whatever_the_blanks() -> None:
    assert places("ett  nytt\nhus og ett nytt hus", "ett nytt hus") == [(0, 13), (17, 29)]
    assert places("hus", " ") == []


def test_a_count_without_anything_is_nothing() -> None:
    assert (Count().f, Count().share) == (0.0, 0.0)
    assert Count(right=1, marked=2, found=1).f == pytest.approx(2 / 3)


def test_the_health_names_are_where_they_say() -> None:
    sentences = list(marked_sentences())
    assert len(sentences) == 55
    assert sentences[0][0] == "Pasienten ble flyttet fra Ahus til Rikshospitalet samme kveld."
    assert [(sentences[0][0][a:b], label) for a, b, label in sentences[0][1]] == [
        ("Ahus", "ORG"),
        ("Rikshospitalet", "ORG"),
    ]


def test_the_invented_articles_hold_what_was_marked_in_them() -> None:
    marked = read_marked(INVENTED)
    assert (len(marked), sum(len(one.measures) for one in marked)) == (40, 392)
    for one in marked:
        assert all(one.text[m["start"] : m["end"]] == m["measure"] for m in one.measures), one.doc
        assert one.actors is not None
        assert all(places(one.text, quote["text"]) for quote in one.actors["quotes"]), one.doc
