"""When what was found is what a reader marked: spans that overlap by half, names that share all words of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Gold = TypeVar("Gold")
Found = TypeVar("Found")
Offsets = tuple[int, int]
HALF = 0.5


@dataclass(slots=True)
class Count:
    """Right ones of those marked and of those found."""

    right: int = 0
    marked: int = 0
    found: int = 0

    def add(self, right: int, marked: int, found: int) -> None:
        self.right += right
        self.marked += marked
        self.found += found

    @property
    def f(self) -> float:
        """F with equal weight on precision and recall, 0 to 1."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 0.0

    @property
    def share(self) -> float:
        """The share of those marked that is right, 0 to 1."""
        return self.right / self.marked if self.marked else 0.0


def overlap(one: Offsets, other: Offsets) -> float:
    """Length in common as a share of the length of both together, 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def best_pairs(
    marked: Sequence[Gold], found: Sequence[Found], likeness: Callable[[Gold, Found], float]
) -> list[tuple[Gold, Found]]:
    """One-to-one pairs, the likest first, none below half."""
    scored = sorted(
        ((likeness(g, p), -i, -j) for i, g in enumerate(marked) for j, p in enumerate(found)),
        reverse=True,
    )
    pairs, taken, used = [], set(), set()
    for score, i, j in scored:
        if score >= HALF and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            pairs.append((marked[-i], found[-j]))
    return pairs


def words(name: str | None) -> frozenset[str]:
    """The words of a name, whatever the case."""
    return frozenset(re.findall(r"\w+", (name or "").casefold()))


def same_name(marked: str | None, found: str | None) -> bool:
    """Whether all words of one are in the other; " | " parts names that are all right."""
    p = words(found)
    return any(
        (not g and not p) or bool(g and p and (g <= p or p <= g)) for g in map(words, (marked or "").split(" | "))
    )


def places(text: str, part: str) -> list[Offsets]:
    """Where ``part`` stands in ``text``, whatever the blanks."""
    pattern = r"\s+".join(map(re.escape, part.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []
