"""The same measure across articles: which measures are one thread, told from their words and from who is behind them.

A function of the measures that people see, whatever the order in which they came: made anew in every published copy.
Only measures that share two of their heaviest words are compared, so the work grows with the measures and not with
their square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np

from corpus.article import content_id
from warehouse.bulk import insert
from warehouse.likeness import RULES, Wording, conflict, likeness, wording
from warehouse.rows import Row

ALIKE = 0.62
"""From this likeness on two measures are the same one."""

ALIKE_WITH_ACTOR = 0.52
"""The same, where somebody who proposes or is to carry out the one is behind the other too."""

STILL_ALIKE = 0.5
"""What the first measures of two groups must have in common before the groups are joined: else a chain drifts away."""

NEIGHBOURS = 40
"""With how many of those that share two words with it a measure is compared: those next to it in the order of words."""

_FAMILY = 30  # members of a group that a new one is held against
_LOCAL = re.compile(
    r"\b(?:(?:fylkes)?kommune|bydel|sykehus|sjukehus|HF|RHF|sykehjem|sjukeheim|helse \w+)\b", re.IGNORECASE
)


@dataclass(slots=True, kw_only=True)
class Node:
    """Measures with the same words; what a local body decides for itself apart from what another one does.

    Attributes:
        own: the body that plans or decides it for itself, "" for all others. Words that say nothing by themselves
            ("gjøre det samme") are their proposer's own.
        first_on: of the earliest article.
        actors: who proposes it and who is to carry it out, ids or names.
    """

    wording_id: str
    own: str
    text: str
    first_on: date | None
    actors: frozenset[str]
    words: Wording = field(init=False)

    def __post_init__(self) -> None:
        self.words = wording(self.text)

    @property
    def id(self) -> str:
        """Content hash: of the words, and of whose own they are."""
        return content_id("thread", self.wording_id, self.own) if self.own else self.wording_id

    @property
    def age(self) -> tuple[date, str]:
        """Sorts the earliest first, the undated last."""
        return (self.first_on or date.max, self.id)


def owner(modality: str, proposer: str) -> str:
    """The local body that plans or decides something for itself; "" where it is a wish, or of all the country."""
    return proposer.casefold() if modality in ("planned", "decided") and _LOCAL.search(proposer) else ""


def threads_of(nodes: Sequence[Node]) -> dict[str, str]:
    """For each node's id the id of its thread, which is that of its earliest node."""
    nodes = sorted(nodes, key=lambda node: node.id)
    groups = _Groups(nodes)
    for _, one, other in sorted({(-score, one, other) for one, other, score in links(nodes)}):
        groups.join(one, other)
    return {node.id: nodes[groups.first(at)].id for at, node in enumerate(nodes)}


def links(nodes: Sequence[Node]) -> Iterator[tuple[int, int, float]]:
    """Places of two nodes that are the same measure, with their likeness; some come several times."""
    for one, other in candidates([node.words.keys for node in nodes]):
        score = same(nodes[one], nodes[other])
        if score is not None:
            yield one, other, score


def same(one: Node, other: Node) -> float | None:
    """The likeness of two nodes that are the same measure, else ``None``."""
    if (one.own and other.own and one.own != other.own) or conflict(one.words, other.words) is not None:
        return None
    score = likeness(one.words, other.words)
    return score if score >= (ALIKE_WITH_ACTOR if one.actors & other.actors else ALIKE) else None


def candidates(keys: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Places of two that share two of their keys (or the only one that they have); some come several times."""
    known = {key: number for number, key in enumerate(sorted({key for some in keys for key in some}))}
    sets = [sorted(known[key] for key in some) for some in keys]
    pairs = np.fromiter(
        (one for place, numbers in enumerate(sets) for mark in _marks(numbers, len(known)) for one in (mark, place)),
        dtype=np.int64,
    ).reshape(-1, 2)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    for bucket in np.split(pairs[:, 1], np.flatnonzero(np.diff(pairs[:, 0])) + 1):
        members = sorted(map(int, bucket), key=lambda place: (sets[place], place)) if len(bucket) > 1 else ()
        for at, one in enumerate(members):
            for other in members[at + 1 : at + 1 + NEIGHBOURS]:
                yield min(one, other), max(one, other)


def _marks(numbers: Sequence[int], size: int) -> Iterator[int]:
    """One number for each two of a measure's keys; for the one key of a measure that has no more."""
    if len(numbers) == 1:
        yield numbers[0] * (size + 1) + size
    for one, other in combinations(numbers, 2):
        yield one * (size + 1) + other


class _Groups:
    """Nodes that are one thread so far, as lists of places, the earliest first."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._of = list(range(len(nodes)))
        self._members = {at: [at] for at in range(len(nodes))}

    def first(self, place: int) -> int:
        """The place of the earliest node of the same thread."""
        return self._members[self._of[place]][0]

    def join(self, one: int, other: int) -> None:
        """Make two threads one, unless some of their measures cannot be the same or they begin with different ones."""
        mine, yours = self._members[self._of[one]], self._members[self._of[other]]
        if mine is yours or not self._fit(mine, yours):
            return
        larger, smaller = (mine, yours) if len(mine) >= len(yours) else (yours, mine)
        target = self._of[larger[0]]
        del self._members[self._of[smaller[0]]]
        for place in smaller:
            self._of[place] = target
        larger += smaller
        larger.sort(key=lambda place: self._nodes[place].age)

    def _fit(self, mine: Sequence[int], yours: Sequence[int]) -> bool:
        nodes = self._nodes
        if len(mine) + len(yours) > 2 and likeness(nodes[mine[0]].words, nodes[yours[0]].words) < STILL_ALIKE:
            return False
        return all(
            not (nodes[one].own and nodes[other].own and nodes[one].own != nodes[other].own)
            and conflict(nodes[one].words, nodes[other].words) is None
            for one in mine[:_FAMILY]
            for other in yours[:_FAMILY]
        )


def what_it_rests_on() -> tuple[str, ...]:
    """The rules, so that a copy is published anew when a release changes them."""
    return tuple(path.read_text(encoding="utf-8") for path in (RULES, RULES.with_suffix(".py"), Path(__file__)))


def join_threads(con: duckdb.DuckDBPyConnection) -> None:
    """Write ``thread_members``: for each wording that people see, modality and proposer apart, its thread."""
    rows = con.execute(
        """
        select thread_id, text, modality, proposer, first_on, actors
        from (
            select thread_id, modality, proposer, min(text) as text, min(published_on) as first_on,
                   list_distinct(list_filter(
                       flatten(list([coalesce(proposer_id, nullif(proposer, '')),
                                     coalesce(addressee_id, nullif(addressee, ''))])),
                       lambda actor: actor is not null)) as actors
            from current_measures group by thread_id, modality, proposer
        )
        order by all
        """
    ).fetchall()
    nodes: dict[tuple[str, str], Node] = {}
    members: list[tuple[Row, Node]] = []
    for wording_id, text, modality, proposer, first_on, actors in rows:
        own = owner(modality, proposer) if wording(text).specific else proposer.casefold() or "?"
        met = nodes.get((wording_id, own))
        if met is None:
            met = Node(wording_id=wording_id, own=own, text=text, first_on=first_on, actors=frozenset(actors))
            nodes[wording_id, own] = met
        else:
            met.first_on = min((day for day in (met.first_on, first_on) if day is not None), default=None)
            met.actors |= frozenset(actors)
        members.append(({"wording_id": wording_id, "modality": modality, "proposer": proposer}, met))
    thread_of = threads_of(list(nodes.values()))
    columns = "wording_id varchar not null, modality varchar not null, proposer varchar not null, thread_id varchar"
    con.execute(f"create table thread_members ({columns})")
    insert(con, "thread_members", [row | {"thread_id": thread_of[met.id]} for row, met in members])
