"""Who is who inside a document."""

from __future__ import annotations

from nlp.components.names import find_names
from tests.nlp.tagged import tagged


def test_entities_get_the_fullest_form_of_their_name() -> None:
    text = (
        "Tuva/np Sjøvik/np kom/vp ./c Sjøviks/np bok/n om/p Målefondet/np (/c MF/np )/c er/v fra/p MF/np i/p Nordby/np"
    )
    doc = find_names(tagged(text, PER="Tuva Sjøvik|Sjøviks", ORG="Målefondet|MF", GPE_LOC="Nordby"))
    assert [(ent.text, ent._.form, ent._.name) for ent in doc.ents] == [
        ("Tuva Sjøvik", "Tuva Sjøvik", "Tuva Sjøvik"),
        ("Sjøviks", "Sjøvik", "Tuva Sjøvik"),
        ("Målefondet", "Målefondet", "Målefondet"),
        ("MF", "MF", "Målefondet"),
        ("MF", "MF", "Målefondet"),
        ("Nordby", "Nordby", "Nordby"),
    ]


def test_the_short_name_may_stand_before_the_brackets() -> None:
    doc = find_names(tagged("Her/av er/v MF/np (/c Statens/np målefond/n )/c ./c", ORG="MF|Statens målefond"))
    assert {ent._.name for ent in doc.ents} == {"Statens målefond"}
