"""Whether two measures are the same one, by their words: on pairs made for it, and what speaks for and against."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.likeness import conflict, likeness, wording
from warehouse.threads import Node, candidates, same


def node(text: str, own: str = "", *actors: str) -> Node:
    return Node(wording_id=text, own=own, text=text, first_on=None, actors=frozenset(actors))


def gold(part: str) -> Iterator[tuple[bool, str, str]]:
    lines = (Path(__file__).parent / "same_measure.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        if row["part"] == part:
            for key in ("same", "other", "another"):
                yield key == "same", row["measure"], row[key]


@pytest.mark.parametrize("part", ["tuned", "apart"])
def test_pairs_are_told_apart_and_what_is_joined_is_nearly_always_right(part: str) -> None:
    pairs = list(gold(part))
    assert len(pairs) == 105
    found = []
    for is_same, one, other in pairs:
        met = bool(list(candidates([node(one).words.keys, node(other).words.keys])))
        found.append((is_same, met and same(node(one), node(other)) is not None))
    right = sum(is_same and said for is_same, said in found)
    assert right / sum(said for _, said in found) >= 0.95  # precision
    assert right / sum(is_same for is_same, _ in found) >= 0.90  # recall


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("bygge legevakt", "ikke bygge legevakt", "negation"),
        ("bevilge 100 millioner kroner", "bevilge 200 millioner kroner", "numbers"),
        ("ansette fem jordmødre", "tilsetje åtte jordmødre", "numbers"),
        ("gratis tannlege fra 2026", "gratis tannlege fra 2028", "numbers"),
        ("bygge legevakt i Nordvik", "bygge legevakt i Sundby", "names"),
        ("åpne legevakta", "stenge legevakta", "opposites"),
        ("øke egenandelen", "kutte egenandelen", "opposites"),
        ("ansette leger", "ansette psykologer", "rivals"),
        ("bygge legevakt i Nordvik", "legevakt", None),
        ("ansette fem jordmødre", "ansette jordmødre", None),
    ],
)
def test_what_speaks_against(one: str, other: str, why: str | None) -> None:
    assert conflict(wording(one), wording(other)) == conflict(wording(other), wording(one)) == why


def test_likeness_is_the_same_both_ways_and_one_with_itself() -> None:
    for _, one, other in gold("tuned"):
        assert likeness(wording(one), wording(other)) == pytest.approx(likeness(wording(other), wording(one)))
        assert likeness(wording(one), wording(one)) == 1
    assert likeness(wording("å"), wording("å")) == 0


def test_numbers_are_read_as_words_and_with_blanks() -> None:
    assert wording("tjue senger").numbers == wording("20 senger").numbers
    assert wording("65 000 kroner").numbers == {"kron": frozenset({65000.0})}
    assert wording("innen 2030").numbers == {"year": frozenset({2030.0})}
