"""Rules after the model: what it missed, mislabelled, or took for a name."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from nlp.components.bodies import find_bodies
from nlp.components.sentences import find_sentences
from tests.nlp.tagged import tagged


def entities(doc: Doc) -> set[tuple[str, str]]:
    return {(ent.text, ent.label_) for ent in find_bodies(find_sentences(doc)).ents}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("I/p dag/n vil/v regjeringen/n mer/a ./c", "regjeringen"),
        ("No/av seier/v Regjeringa/n nei/n ./c", "Regjeringa"),
        ("Brev/n til/p Målingsdirektoratet/np kom/vp ./c", "Målingsdirektoratet"),
        ("Målingsdirektoratet/np svarte/vp ./c", "Målingsdirektoratet"),
        ("Brev/n til/p Prøve-/n og/k målingsdepartementet/n kom/vp ./c", "Prøve- og målingsdepartementet"),
        ("Brev/n til/p Prøve-og/n målingsdepartementet/n kom/vp ./c", "Prøve-og målingsdepartementet"),
        ("Leder/n i/p helse-/n og/k omsorgskomiteen/n sier/v ./c", "helse- og omsorgskomiteen"),
        ("De/pr kom/vp til/p Nordby/np sjukehus/n ./c", "Nordby sjukehus"),
        ("De/pr leverer/v til/p Fjordmedisin/np AS/np ./c", "Fjordmedisin AS"),
        ("De/pr skrev/vp til/p Direktoratet/n for/p e-måling/n ./c", "Direktoratet for e-måling"),
    ],
)
def test_bodies_known_by_their_words(text: str, body: str) -> None:
    assert (body, "ORG") in entities(tagged(text))


def test_a_municipality_is_a_place_that_acts() -> None:
    assert entities(tagged("Her/av er/v Nordby/np kommune/n ./c", GPE_LOC="Nordby")) == {("Nordby kommune", "GPE_ORG")}


@pytest.mark.parametrize(
    "text", ["Den/d svenske/a regjeringen/n sier/v nei/n ./c", "Arbeidet/n i/p området/n går/v ./c"]
)
def test_common_nouns_and_other_countries_are_none(text: str) -> None:
    assert entities(tagged(text)) == set()


def test_a_company_is_not_a_person() -> None:
    text = "Her/av er/v Nordby/np Fjord/np Cluster/np ./c"
    assert entities(tagged(text, PER="Nordby Fjord Cluster")) == {("Nordby Fjord Cluster", "ORG")}


def test_one_name_has_one_label() -> None:
    text = "Leder/n i/p Fjordsyn/np kom/vp ./c Så/av dro/vp Fjordsyn/np ./c"
    assert entities(tagged(text, PROD="Fjordsyn")) == {("Fjordsyn", "ORG")}


def test_captions_give_organisations() -> None:
    text = "Fra/p venstre/n :/c Tuva/np Sjøvik/np (/c Nordmål/np Vest/np )/c og/k Odd/np Moldal/np (/c Sp/np )/c ./c"
    assert entities(tagged(text, PER="Tuva Sjøvik|Odd Moldal")) == {
        ("Tuva Sjøvik", "PER"),
        ("Nordmål Vest", "ORG"),
        ("Odd Moldal", "PER"),
        ("Sp", "ORG"),
    }


def test_an_acronym_in_brackets_names_the_body_before_it() -> None:
    text = "Det/pr er/v Målevesenets/np fond/n (/c MVF/np )/c som/s eier/v ./c"
    assert entities(tagged(text)) == {("Målevesenets fond", "ORG"), ("MVF", "ORG")}


@pytest.mark.parametrize(
    ("text", "ent"),
    [
        ("I/p fjor/n møtte/vp A/np ham/pr ./c", {"PER": "A"}),
        ("fbpx/np ¶ Tekst/n ./c", {"ORG": "fbpx"}),
        ("Powered/n by/n Fabel/np CMS/np", {"ORG": "Fabel CMS"}),
        ("Se/v Meld/n ./c St/n ./c 9/n", {"PER": "Meld"}),
        ("Helseministeren/n svarte/vp ./c", {"PER": "Helseministeren"}),
    ],
)
def test_noise_is_dropped(text: str, ent: dict[str, str]) -> None:
    assert entities(tagged(text, **ent)) == set()


def test_names_lose_titles_and_verbs() -> None:
    text = "I/p dag/n sier/v Statsråd/n Tuva/np Sjøvik/np nei/n ./c Fjord/np Vest/np legger/v ned/av ./c"
    assert entities(tagged(text, PER="Statsråd Tuva Sjøvik", ORG="Fjord Vest legger")) == {
        ("Tuva Sjøvik", "PER"),
        ("Fjord Vest", "ORG"),
    }


def test_a_known_name_is_found_again() -> None:
    text = "Tuva/np Sjøvik/np kom/vp ./c Så/av gikk/vp Sjøvik/np ./c"
    assert ("Sjøvik", "PER") in entities(tagged(text, PER="Tuva Sjøvik"))


def test_a_body_with_a_name_of_its_own_is_one() -> None:
    text = "Nå/av svarer/v Pasientforeningen/np Pust/np og/k Bygdelista/np Framtid/np ./c"
    assert entities(tagged(text, ORG="Pasientforeningen|Bygdelista|Framtid")) == {
        ("Pasientforeningen Pust", "ORG"),
        ("Bygdelista Framtid", "ORG"),
    }


def test_an_association_named_after_what_it_is() -> None:
    text = "Foreningen/n Norsk/np Måling/np kom/vp ./c"
    assert entities(tagged(text, ORG="Foreningen|Norsk Måling")) == {("Foreningen Norsk Måling", "ORG")}


def test_a_body_beside_another_name_is_only_itself() -> None:
    text = "Nå/av møter/v Pasientforeningen/np Stortinget/np ,/, og/k Prøveforeningen/np Tuva/np Sjøvik/np ./c"
    found = entities(tagged(text, ORG="Pasientforeningen|Stortinget|Prøveforeningen", PER="Tuva Sjøvik"))
    assert {name for name, _ in found} == {"Pasientforeningen", "Stortinget", "Prøveforeningen", "Tuva Sjøvik"}


def test_an_office_before_a_name_is_no_body() -> None:
    text = "Sykehusdirektør/n Tuva/np Sjøvik/np kom/vp ./c"
    assert entities(tagged(text, ORG="Sykehusdirektør", PER="Tuva Sjøvik")) == {("Tuva Sjøvik", "PER")}
