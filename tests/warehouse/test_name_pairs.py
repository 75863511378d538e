"""Names of people and bodies across articles: of 1,000 constructed pairs none is merged wrongly."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.warehouse.name_pairs import WHERE, Pair, pairs
from warehouse.matching import Match, Seen
from warehouse.register import read_register
from warehouse.same_body import Introduced, match_bodies
from warehouse.same_person import Evidence, match_people

REGISTER = read_register()
PAIRS = pairs(REGISTER)


def matched(found: Sequence[Pair]) -> dict[tuple[str, str], Match]:
    """What the names of these pairs mean when all of them stand in one warehouse."""
    people = [pair for pair in found if pair.kind == "person"]
    bodies = [pair for pair in found if pair.kind == "organisation"]
    evidence = Evidence(
        organisations={
            name: frozenset({where})
            for pair in people
            for name, where in zip((pair.one, pair.other), pair.organisations, strict=True)
            if where
        },
        together={(pair.other, pair.one): WHERE for pair in people if pair.together},
    )
    introduced = [Introduced(short=a, full=b, where=WHERE) for pair in bodies for a, b in pair.introduced]
    places = {pair.one for pair in bodies if pair.place}
    also = {full for pair in bodies for _, full in pair.introduced}
    return {
        (kind, match.name): match
        for kind, matches in (
            ("person", match_people(seen(people), evidence)),
            ("organisation", match_bodies(seen(bodies, also), REGISTER, introduced, places) if bodies else []),
        )
        for match in matches
    }


def seen(found: Sequence[Pair], also: set[str] = frozenset()) -> list[Seen]:  # type: ignore[assignment]
    articles: Counter[str] = Counter(dict.fromkeys(also, 1))
    for pair in found:
        for name, count in zip((pair.one, pair.other), pair.articles, strict=True):
            articles[name] = max(articles[name], count)
    return [Seen(name=name, articles=count) for name, count in articles.items()]


def is_merged(pair: Pair, meant: dict[tuple[str, str], Match]) -> bool:
    one, other = meant[pair.kind, pair.one], meant[pair.kind, pair.other]
    return one.canonical != "" and one.canonical == other.canonical


def judged(merged: dict[Pair, bool]) -> tuple[list[Pair], Counter[str]]:
    """The pairs that were merged wrongly, and what was missed, by sort."""
    wrong = [pair for pair, is_one in merged.items() if is_one and not pair.same]
    missed = Counter(pair.why for pair, is_one in merged.items() if pair.same and not is_one)
    return wrong, missed


def test_there_are_a_thousand_pairs_of_many_sorts() -> None:
    assert len(PAIRS) == len({(pair.kind, pair.one, pair.other, pair.why) for pair in PAIRS}) == 1000
    assert Counter(pair.kind for pair in PAIRS) == {"person": 500, "organisation": 500}
    assert len({pair.why for pair in PAIRS}) > 40


def test_none_is_merged_wrongly_each_alone_in_a_warehouse() -> None:
    wrong, missed = judged({pair: is_merged(pair, matched([pair])) for pair in PAIRS})
    assert wrong == []
    assert missed == {"slip, no more known": 20}


@pytest.mark.parametrize("seed", [1, 2])
def test_none_is_merged_wrongly_all_in_one_warehouse_in_any_order(seed: int) -> None:
    mixed = random.Random(seed).sample(PAIRS, len(PAIRS))
    meant = matched(mixed)
    wrong, missed = judged({pair: is_merged(pair, meant) for pair in mixed})
    assert wrong == []
    assert missed == {"slip, no more known": 20}
    assert meant == matched(PAIRS)


def test_every_merge_says_why_and_how_sure() -> None:
    for match in matched(PAIRS).values():
        assert match.rule
        assert 0 < match.score <= 1
