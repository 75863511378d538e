"""People with their roles and organisations."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from nlp.analysis import Person
from nlp.components.names import find_names
from nlp.components.roles import find_roles
from nlp.components.sentences import find_sentences
from tests.nlp.tagged import tagged

NAMES = {"PER": "Tuva Sjøvik|Odd Moldal|Sjøvik", "ORG": "Fjordsyn|Fjordsyns|Målefondet|Ap", "GPE_LOC": "Nordby"}


def people(text: str) -> dict[str, Person]:
    doc: Doc = find_roles(find_names(find_sentences(tagged(text, **NAMES))))
    return {person.name: person for person in doc._.people}


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Det/pr sier/v daglig/a leder/n i/p Fjordsyn/np ,/, Tuva/np Sjøvik/np ./c", "daglig leder", "Fjordsyn"),
        ("Det/pr seier/v Tuva/np Sjøvik/np ,/, dagleg/a leiar/n i/p Fjordsyn/np ./c", "dagleg leiar", "Fjordsyn"),
        ("Måleminister/n Tuva/np Sjøvik/np kom/vp ./c", "måleminister", None),
        ("Statssekretær/n Tuva/np Sjøvik/np i/p Fjordsyn/np kom/vp ./c", "statssekretær", "Fjordsyn"),
        ("Fjordsyns/np direktør/n Tuva/np Sjøvik/np kom/vp ./c", "direktør", "Fjordsyn"),
        ("Fra/p venstre/n :/c Tuva/np Sjøvik/np (/c Fjordsyn/np )/c ./c", None, "Fjordsyn"),
        (
            "Tuva/np Sjøvik/np (/c Ap/np )/c (/c fung./a leder/n i/p Fjordsyn/np )/c :/c Takk/n ./c",
            "fung. leder",
            "Fjordsyn",
        ),
        ("Tuva/np Sjøvik/np er/v forsker/n ved/p Fjordsyn/np ./c", "forsker", "Fjordsyn"),
        ("Tuva/np Sjøvik/np fra/p Fjordsyn/np kom/vp ./c", None, "Fjordsyn"),
        ("Nordby-ordfører/n Tuva/np Sjøvik/np kom/vp ./c", "ordfører", None),
        ("Kommunalsjef/n for/p måling/n Tuva/np Sjøvik/np kom/vp ./c", "kommunalsjef for måling", None),
        ("Helse-/n og/k måleminister/n Tuva/np Sjøvik/np kom/vp ./c", "helse- og måleminister", None),
        ("Ordførar/n Tuva/np Sjøvik/np i/p Nordby/np kom/vp ./c", "ordførar", None),
        ("Tidligere/a leder/n Tuva/np Sjøvik/np kom/vp ./c", "tidligere leder", None),
        ("Daglig/a leder/v Tuva/np Sjøvik/np kom/vp ./c", "daglig leder", None),
        ("Helseråd/n Tuva/np Sjøvik/np kom/vp ./c", "helseråd", None),
        (
            "Tuva/np Sjøvik/np ,/, som/s er/v partiets/n helsepolitiske/a talsperson/n ,/, kom/vp ./c",
            "helsepolitiske talsperson",
            None,
        ),
        ("Tuva/np Sjøvik/np ,/, som/s tok/vp over/p som/p direktør/n ./c", "direktør", None),
        ("Tuva/np Sjøvik/np ,/, som/s kom/vp fra/p Nordby/np ./c", None, None),
        ("Moren/n Tuva/np Sjøvik/np og/k søster/n Odd/np Moldal/np kom/vp ./c", None, None),
        ("Dette/pr sier/v Tuva/np Sjøvik/np til/p Fjordsyn/np ./c", None, None),
    ],
)
def test_role_and_organisation(text: str, role: str | None, organisation: str | None) -> None:
    person = people(text)["Tuva Sjøvik"]
    assert (person.role, person.organisation) == (role, organisation)


def test_a_role_between_two_names_is_the_first_ones() -> None:
    found = people("Her/av er/v Tuva/np Sjøvik/np ,/, leder/n i/p Fjordsyn/np ,/, Odd/np Moldal/np og/k andre/a ./c")
    assert (found["Tuva Sjøvik"].role, found["Odd Moldal"].role) == ("leder", None)


def test_a_title_belongs_to_the_name_it_stands_before() -> None:
    found = people("Her/av er/v Tuva/np Sjøvik/np ,/, direktør/n Odd/np Moldal/np og/k andre/a ./c")
    assert (found["Tuva Sjøvik"].role, found["Odd Moldal"].role) == (None, "direktør")


def test_a_role_without_a_name_is_the_one_persons_of_that_organisation() -> None:
    found = people("Tuva/np Sjøvik/np (/c Fjordsyn/np )/c ./c ¶ Daglig/a leder/n i/p Fjordsyn/np mener/v noe/pr ./c")
    assert found["Tuva Sjøvik"].role == "daglig leder"


def test_an_office_goes_before_a_profession() -> None:
    found = people("Lege/n Tuva/np Sjøvik/np kom/vp ./c Direktør/n Sjøvik/np gikk/vp ./c")
    assert found["Tuva Sjøvik"] == Person(name="Tuva Sjøvik", aliases=("Sjøvik",), role="direktør", organisation=None)


def test_a_country_that_acts_is_no_organisation() -> None:
    doc = find_roles(
        find_names(find_sentences(tagged("Fabelland/np sier/v nei/n til/p EU/np ./c", GPE_ORG="Fabelland|EU")))
    )
    assert [organisation.name for organisation in doc._.organisations] == ["EU"]
