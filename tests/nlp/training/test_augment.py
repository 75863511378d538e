"""Other names in the same sentences, and nothing else changed."""

from __future__ import annotations

import random

import pytest

from nlp.norne import Word
from nlp.training.augment import NameSwap, Sentence, shouted


def sentence(*pairs: tuple[str, str]) -> Sentence:
    return [Word(text=text, tag="", entity=entity) for text, entity in pairs]


STORY = [
    sentence(("Tuva", "B-PER"), ("Sjøvik", "I-PER"), ("leder", "O"), ("Fjordsyn", "B-ORG"), (".", "O")),
    sentence(("Sjøviks", "B-PER"), ("hund", "O"), ("bor", "O"), ("i", "O"), ("Vik", "B-GPE_LOC"), (".", "O")),
    sentence(("Odd", "B-PER"), ("Moldal", "I-PER"), ("les", "O"), ("Målboka", "B-PROD"), (".", "O")),
    sentence(("Fjordsyns", "B-ORG"), ("styre", "O"), ("møtes", "O"), (".", "O")),
]


@pytest.fixture(scope="module")
def told() -> list[list[Sentence]]:
    names = NameSwap(STORY)
    return [names.document(STORY, random.Random(seed)) for seed in range(40)]


def test_words_outside_names_stay_and_names_keep_their_kind(told: list[list[Sentence]]) -> None:
    for document in told:
        for before, after in zip(STORY, document, strict=True):
            assert [w.text for w in before if w.entity == "O"] == [w.text for w in after if w.entity == "O"]
            kinds = [w.entity for w in after if w.entity.startswith("B-")]
            assert kinds == [w.entity for w in before if w.entity.startswith("B-")]


def test_a_person_is_the_same_all_through_and_keeps_the_genitive(told: list[list[Sentence]]) -> None:
    for document in told:
        surname = document[0][1].text
        assert document[1][0].text == surname + "s"


def test_places_stay_and_organisations_become_the_sectors(told: list[list[Sentence]]) -> None:
    assert all(document[1][-2].text == "Vik" for document in told)
    organisations = {" ".join(w.text for w in document[0] if w.entity.endswith("ORG")) for document in told}
    assert "Fjordsyn" in organisations
    assert len(organisations) > 5


def test_an_organisation_in_the_genitive_stays_in_it(told: list[list[Sentence]]) -> None:
    for document in told:
        last = [w.text for w in document[3] if w.entity.endswith("ORG")][-1]
        assert last.endswith("s")


def test_a_headline_in_capitals_keeps_its_labels() -> None:
    assert [(w.text, w.entity) for w in shouted(STORY[0])][:2] == [("TUVA", "B-PER"), ("SJØVIK", "I-PER")]
