"""Who signs an opinion puts forward what nobody else in it does."""

from __future__ import annotations

import pytest

from tests.nlp.tagged import read

TEXT = "{head} ¶ Det/pr er/v kaldt/a ./c ¶ Ingen/d venter/v ./c ¶ Vi/pr må/v bygge/vi flere/a senger/n ./c {foot}"
LINE = "Liv/np Ask/np ,/, leder/n i/p Nordlaget/np"


def proposers(head: str, foot: str = "") -> list[str]:
    doc = read(TEXT.format(head=head, foot=foot), PER="Liv Ask", ORG="Nordlaget")
    return [span._.proposer for span in doc.spans["measures"]]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (f"Nok/av ./c ¶ {LINE}", ""),
        (f"Nok/av ./c ¶ Av/p {LINE}", ""),
        ("Nok/av ./c", f"¶ {LINE}"),
        ("Nok/av ./c", "¶ Liv/np Ask/np er/v overlege/n i/p Nordlaget/np ./c"),
    ],
)
def test_a_line_with_name_and_office_at_the_head_or_foot_signs(head: str, foot: str) -> None:
    assert proposers(head, foot) == ["Liv Ask"]


@pytest.mark.parametrize(
    "head",
    [
        "Nok/av ./c",
        "Av/p Liv/np Ask/np ,/, journalist/n",
        "Av/p Liv/np Ask/np",
        "Liv/np Ask/np ,/, leder/n i/p Nordlaget/np ,/, kom/vp hjem/av ./c",
    ],
)
def test_a_reporter_and_somebody_told_of_do_not(head: str) -> None:
    assert proposers(head) == [""]


@pytest.mark.parametrize("head", ["Høringssvar/n fra/p Nordlaget/np", "Nok/av ./c ¶ Avsender/n :/c Nordlaget/np"])
def test_who_sends_a_statement_proposes_what_is_in_it(head: str) -> None:
    assert proposers(head) == ["Nordlaget"]
