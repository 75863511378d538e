"""Whom pronouns and offices refer back to."""

from __future__ import annotations

import pytest

from nlp.components.names import find_names
from nlp.components.reference import who_is_meant
from nlp.components.roles import find_roles
from nlp.components.sentences import find_sentences
from tests.nlp.tagged import tagged

TEXT = "Måleminister/n Tuva/np Sjøvik/np møtte/vp direktør/n Odd/np Moldal/np i/p Fjordsyn/np ./c {}/{} svarte/vp ./c"


@pytest.mark.parametrize(
    ("word", "tag", "who"),
    [
        ("Statsråden", "n", "Tuva Sjøvik"),
        ("Ministeren", "n", "Tuva Sjøvik"),
        ("Direktøren", "n", "Odd Moldal"),
        ("Hun", "pr", "Tuva Sjøvik"),
        ("Ho", "pr", "Tuva Sjøvik"),
        ("Han", "pr", "Odd Moldal"),
        ("Professoren", "n", ""),
        ("Noen", "pr", ""),
    ],
)
def test_the_last_one_named_who_fits(word: str, tag: str, who: str) -> None:
    doc = tagged(TEXT.format(word, tag), PER="Tuva Sjøvik|Odd Moldal", ORG="Fjordsyn")
    doc = find_roles(find_names(find_sentences(doc)))
    assert who_is_meant(doc, doc[-3]) == who


def test_an_office_in_an_organisation() -> None:
    text = (
        "Leder/n Tuva/np Sjøvik/np i/p Fjordsyn/np og/k leder/n Odd/np Moldal/np i/p Målenett/np kom/vp ./c "
        "Lederen/n i/p Fjordsyn/np gikk/vp ./c"
    )
    doc = find_roles(find_names(find_sentences(tagged(text, PER="Tuva Sjøvik|Odd Moldal", ORG="Fjordsyn|Målenett"))))
    assert who_is_meant(doc, doc[-5:-2]) == "Tuva Sjøvik"


def test_a_name_means_itself() -> None:
    doc = find_roles(find_names(find_sentences(tagged("Tuva/np Sjøvik/np kom/vp ./c", PER="Tuva Sjøvik"))))
    assert who_is_meant(doc, doc[1]) == "Tuva Sjøvik"


def test_a_headline_says_the_office_before_the_name() -> None:
    text = "Ministeren/n svarer/v ¶ Måleminister/n Tuva/np Sjøvik/np kom/vp ./c"
    doc = find_roles(find_names(find_sentences(tagged(text, PER="Tuva Sjøvik"))))
    assert who_is_meant(doc, doc[0]) == "Tuva Sjøvik"


def test_an_office_that_two_hold_later_is_nobody_yet() -> None:
    text = "Direktøren/n svarer/v ¶ Direktør/n Tuva/np Sjøvik/np og/k direktør/n Odd/np Moldal/np kom/vp ./c"
    doc = find_roles(find_names(find_sentences(tagged(text, PER="Tuva Sjøvik|Odd Moldal"))))
    assert who_is_meant(doc, doc[0]) == ""
