"""Which names mean the same person."""

from __future__ import annotations

import pytest

from nlp.person_names import resolve_people


def names(*mentions: str) -> list[str]:
    return [named.name for named in resolve_people(mentions)]


def test_a_surname_means_the_full_name_before_or_after() -> None:
    assert names("Sjøvik", "Tuva Sjøvik", "Sjøvik") == ["Tuva Sjøvik"] * 3


@pytest.mark.parametrize("genitive", ["Sjøviks", "Tuva Sjøviks", "Sjøvik's"])
def test_a_genitive_is_taken_away(genitive: str) -> None:
    assert names("Tuva Sjøvik", genitive)[1] == "Tuva Sjøvik"


@pytest.mark.parametrize("name", ["Hans", "Jens", "Lars Moss", "Andreas"])
def test_a_names_own_s_stays(name: str) -> None:
    assert [named.form for named in resolve_people([name], before_noun=[True])] == [name]


def test_a_surname_that_never_stands_without_its_s_keeps_it() -> None:
    assert names("Tuva Kravlis", "Kravlis", "Kravlis")[2] == "Tuva Kravlis"
    assert names("Tuva Dalis", "Dali", "Dalis")[2] == "Tuva Dali"


def test_a_noun_after_a_name_shows_the_genitive() -> None:
    assert [named.form for named in resolve_people(["Tuva Støras"], before_noun=[True])] == ["Tuva Støra"]
    assert [named.form for named in resolve_people(["Tuva Støras"], before_noun=[False])] == ["Tuva Støras"]


def test_people_who_share_a_surname_are_two() -> None:
    assert names("Tuva Moldal", "Moldal", "Eirik Moldal", "Moldal") == [
        "Tuva Moldal",
        "Tuva Moldal",
        "Eirik Moldal",
        "Eirik Moldal",
    ]


def test_a_surname_before_both_of_two_is_nobodys() -> None:
    assert names("Moldal", "Tuva Moldal", "Eirik Moldal")[0] == "Moldal"


@pytest.mark.parametrize(
    "variant",
    ["Odd Ræd Moldal", "Ræed Moldal", "Thorodd Ræd Moldal", "ODD RÆD MOLDAL", "O. Moldal", "Ræd Moldall"],
)
def test_variants_of_one_name_are_joined(variant: str) -> None:
    full = "Torodd Ræd Moldal" if variant.startswith("Th") else "Odd Ræd Moldal"
    assert names(full, full, variant)[2] == full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Moldal", "Jon Moldal"),
        ("Kristin Moldal", "Kristina Moldal"),
        ("Ola Lund", "Ola Lunde"),
        ("Tuva Moldal", "Eva Moldal"),
    ],
)
def test_near_names_of_two_people_are_not(one: str, other: str) -> None:
    assert names(one, other) == [one, other]


def test_a_first_name_means_the_only_one_who_has_it() -> None:
    assert names("Tuva Sjøvik", "Tuva", "Eirik Moldal", "Odd") == ["Tuva Sjøvik", "Tuva Sjøvik", "Eirik Moldal", "Odd"]


def test_a_middle_name_may_be_left_out_but_not_exchanged() -> None:
    assert names("Tuva Kari Sjøvik", "Tuva Sjøvik") == ["Tuva Kari Sjøvik"] * 2
    assert names("Tuva Kari Sjøvik", "Tuva Lise Sjøvik") == ["Tuva Kari Sjøvik", "Tuva Lise Sjøvik"]


def test_many_people_of_one_surname_take_no_quadratic_time() -> None:
    mentions = [f"A{i} Moldal" for i in range(20_000)]
    assert names(*mentions, "Moldal")[-1] == "A19999 Moldal"
