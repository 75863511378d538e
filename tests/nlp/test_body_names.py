"""Which names mean the same organisation."""

from __future__ import annotations

import pytest

from nlp.body_names import resolve_bodies


def names(*mentions: str, **kinds: object) -> list[str]:
    return [named.name for named in resolve_bodies(mentions, **kinds)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("full", "variant"),
    [
        ("Prøve- og målingsdepartementet", "Prøve-og målingsdepartementet"),
        ("Nordby Sykehus HF", "Nordby sykehus"),
        ("Fjordhelse AS", "Fjordhelses"),
        ("The Fjord Cluster", "Fjord Cluster"),
        ("Målingsdirektoratet", "MÅLINGSDIREKTORATET"),
        ("Målingsdirektoratet", "Målingdirektoratet"),
        ("Statens prøveverk", "Prøveverket"),
        ("World Fjord Association", "WFA"),
        ("Nordby universitetssykehus", "Nordby"),
        ("Arbeiderpartiet", "Ap"),
        ("Prøve- og målingsdepartementet", "Prøvedepartementet"),
        ("Barne-, prøve- og måletilsynet", "Barnetilsynet"),
    ],
)
def test_variants_of_one_name_are_joined(full: str, variant: str) -> None:
    assert names(full, full, variant)[2] == full


def test_the_genitive_is_taken_away_where_it_shows() -> None:
    forms = [
        named.form for named in resolve_bodies(["Regjeringens", "NRKs", "Nordby sykehus", "Helse Nords", "Helse Nord"])
    ]
    assert forms == ["Regjeringen", "NRK", "Nordby sykehus", "Helse Nord", "Helse Nord"]


def test_short_names_that_the_text_explains() -> None:
    assert (
        names("FMI", "Fjordmålingsinstituttet", short_for={"FMI": "Fjordmålingsinstituttet"})
        == ["Fjordmålingsinstituttet"] * 2
    )


def test_a_place_means_its_municipality_and_not_its_hospital() -> None:
    assert names("Nordby", "Nordby kommune", places=["Nordby"]) == ["Nordby kommune"] * 2
    assert names("Nordby", "Nordby universitetssykehus", places=["Nordby"])[0] == "Nordby"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Helse Nord", "Helse Vest"), ("Nordby kommune", "Sørby kommune"), ("Studio 1 Nordfjord", "Studio 2 Nordfjord")],
)
def test_different_bodies_stay_apart(one: str, other: str) -> None:
    assert names(one, other) == [one, other]
