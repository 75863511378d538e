"""Mentions of one name in a document agree on what it is, where one of them leaves it open."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.components.agreement import agreed
from nlp.labelling import ENTITIES, Floats, bio_labels

LABELS = bio_labels(ENTITIES)


def chances(*rows: dict[str, float]) -> Floats:
    """Log chances of a word each; what is not named shares what is left."""
    table = np.full((len(rows), len(LABELS)), 1e-4, dtype=np.float32)
    for row, named in zip(table, rows, strict=True):
        for label, chance in named.items():
            row[LABELS.index(label)] = chance
    return np.log(table)


SURE_PERSON = {"B-PER": 0.97, "B-LOC": 0.02}
OPEN = {"B-PER": 0.45, "B-LOC": 0.5}


@pytest.mark.parametrize("second", ["Vestre", "Vestres"])
def test_an_open_mention_takes_the_label_of_a_sure_one(second: str) -> None:
    names = [(0, 1, "PER"), (1, 2, "LOC")]
    assert agreed(["Vestre", second], chances(SURE_PERSON, OPEN), names) == [(0, 1, "PER"), (1, 2, "PER")]


@pytest.mark.parametrize("surname", ["Vestre", "Vestres"])
def test_a_surname_is_the_person_named_in_full(surname: str) -> None:
    scores = chances(SURE_PERSON, {"I-PER": 0.97, "I-LOC": 0.02}, {}, OPEN)
    names = [(0, 2, "PER"), (3, 4, "LOC")]
    assert agreed(["Åse", "Vestre", "fra", surname], scores, names) == [(0, 2, "PER"), (3, 4, "PER")]


def test_a_sure_mention_keeps_its_own_label() -> None:
    """A town that acts in one sentence and lies somewhere in the next."""
    scores = chances({"B-GPE_ORG": 0.97}, {"B-GPE_LOC": 0.97})
    names = [(0, 1, "GPE_ORG"), (1, 2, "GPE_LOC")]
    assert agreed(["Fjordbyen", "Fjordbyen"], scores, names) == names


def test_other_names_and_none_are_left_alone() -> None:
    names = [(0, 1, "PER"), (1, 2, "LOC")]
    assert agreed(["Vestre", "Austre"], chances(SURE_PERSON, OPEN), names) == names
    assert agreed([], chances(), []) == []
