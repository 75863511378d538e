"""A surname by itself is the person named in full."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from nlp.components.surnames import surnames

WORDS = [
    "Tuva",
    "Sjøvik",
    "møtte",
    "Li",
    ".",
    "Sjøvik",
    "ville",
    ",",
    "Sjøviks",
    "styre",
    "ville",
    ",",
    "men",
    "Li",
    "AS",
    "og",
    "Sjøvik",
    "Kraft",
    "ville",
    "ikke",
    ".",
]


def labels(*spans: tuple[int, int, str]) -> list[tuple[str, str]]:
    doc = Doc(spacy.blank("nb").vocab, words=WORDS)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in spans])
    return [(ent.text, ent.label_) for ent in surnames(doc).ents]


def test_a_lone_surname_becomes_the_person_found_or_not_in_the_genitive_too() -> None:
    assert labels((0, 2, "PER"), (5, 6, "ORG")) == [
        ("Tuva Sjøvik", "PER"), ("Sjøvik", "PER"), ("Sjøviks", "PER"), ("Sjøvik", "PER"),
    ]  # fmt: skip


def test_longer_names_and_short_words_stay_as_they_are() -> None:
    found = labels((0, 2, "PER"), (16, 18, "ORG"))
    assert ("Sjøvik Kraft", "ORG") in found
    assert not [name for name, _ in found if name == "Li"]


@pytest.mark.parametrize("spans", [[], [(5, 6, "ORG")], [(5, 6, "PER")]])
def test_without_a_full_name_nothing_changes(spans: list[tuple[int, int, str]]) -> None:
    assert labels(*spans) == [(" ".join(WORDS[a:b]), label) for a, b, label in spans]
