"""Short forms: which body named before is meant by a definite noun."""

from __future__ import annotations

import pytest

from nlp.short_forms import ShortForms

BODIES = [
    (3, "Fjordhelseklyngen"),
    (9, "Samordningsdirektoratet for nære tjenester"),
    (20, "Pasientforeningen Pust"),
    (30, "Sykepleielaget"),
]


@pytest.mark.parametrize(
    ("noun", "meant"),
    [
        ("klyngen", "Fjordhelseklyngen"),
        ("klyngja", "Fjordhelseklyngen"),
        ("direktoratet", "Samordningsdirektoratet for nære tjenester"),
        ("foreningen", "Pasientforeningen Pust"),
        ("foreininga", ""),
        ("laget", "Sykepleielaget"),
        ("sykehuset", ""),
        ("klynger", ""),
        ("et", ""),
    ],
)
def test_a_definite_noun_means_the_body_whose_name_ends_so(noun: str, meant: str) -> None:
    assert ShortForms(BODIES).before(50, noun) == meant


def test_what_is_named_only_later_is_not_meant() -> None:
    assert ShortForms(BODIES).before(3, "klyngen") == ""


def test_of_two_the_last_named_is_meant() -> None:
    forms = ShortForms([(1, "Norddirektoratet"), (5, "Sørdirektoratet")])
    assert forms.before(9, "direktoratet") == "Sørdirektoratet"
    assert forms.before(4, "direktoratet") == "Norddirektoratet"
