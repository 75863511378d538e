"""What is common to the matching of people and of bodies across articles: names, links between them, what follows.

A name has at most one link, to the fuller or more usual name that it stands for. So there are trees, and the name at a
tree's root is the canonical one. Rules are asked in their order; none undoes what an earlier one said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from warehouse.names import words_of

ITSELF, SAME_WORDS, PART = "itself", "same words", "only in its article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A name that reading found, and in how many articles."""

    name: str
    articles: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a name means across articles.

    Attributes:
        canonical: the name under which the actor is counted; "" for what means somebody in its own article only.
        rule: why (``docs/actors.md`` lists them).
        score: how sure, 0..1: the least sure step on the way to the canonical name.
        because: what the rule rests on, an address or a name; "" where it is the names alone.
    """

    name: str
    canonical: str
    rule: str
    score: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """That one key stands for another."""

    to: str
    rule: str
    score: float
    because: str = ""


@dataclass(slots=True)
class Group:
    """Names of the same words."""

    names: list[Seen] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """In how many articles; one with two spellings counts twice."""
        return sum(seen.articles for seen in self.names)

    def best(self) -> str:
        """The most used spelling, rather not in capitals; of equals the first in the alphabet."""
        return min(self.names, key=lambda seen: (_is_shouted(seen.name), -seen.articles, seen.name)).name


def _is_shouted(name: str) -> bool:
    return name.isupper() and len(name) > 6


def plain(name: str) -> str:
    """A name on one line, in one encoding, without quotes around it."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).strip(" «»\"'“”.,;:–-")


def key_of(words: Iterable[str]) -> str:
    """The words of a name as one key."""
    return " ".join(words)


def flat(name: str) -> tuple[str, ...]:
    """The words of a name without case, hyphens and differences of encoding, with its numbers."""
    return tuple(
        word for piece in re.split(r"(\d+)", name) for word in ([piece] if piece.isdigit() else words_of(piece))
    )


def exchanged(a: str, b: str) -> bool:
    """Whether two words that begin alike differ by two neighbouring letters in the other order."""
    if a == b or len(a) != len(b) or a[:1] != b[:1]:
        return False
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def slip(a: str, b: str) -> bool:
    """Whether two words differ as a slip of the fingers makes them: a letter doubled, or two exchanged."""
    if a == b or not a or not b or a[0] != b[0]:
        return False
    if len(a) == len(b):
        return exchanged(a, b)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[i] == longer[i - 1] and longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer))
    )


def letter_missing(a: str, b: str) -> bool:
    """Whether two words that begin alike differ by a letter left out of one of them."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer))
    )


class Links:
    """Links between keys, the first that a key gets counting, and no circles."""

    def __init__(self) -> None:
        self.of: dict[str, Link] = {}

    def add(self, key: str, link: Link) -> None:
        """Let ``key`` stand for another one, unless it does already or that would end where it began."""
        if key not in self.of and self.root(link.to) != key:
            self.of[key] = link

    def root(self, key: str) -> str:
        """The key at the end of the way."""
        while key in self.of:
            key = self.of[key].to
        return key

    def score(self, key: str) -> float:
        """The least sure step on the way."""
        score = 1.0
        while key in self.of:
            score = min(score, self.of[key].score)
            key = self.of[key].to
        return score


def matches(groups: Mapping[str, Group], links: Links, names: Mapping[str, str]) -> list[Match]:
    """What every name of the groups means, ordered by name.

    Args:
        groups: by key.
        links: between keys.
        names: by key the name that a register gives; else a group's best one is taken.
    """
    canonical = {key: names.get(key) or group.best() for key, group in groups.items()}
    found = []
    for key, group in groups.items():
        name, link, score = canonical[links.root(key)], links.of.get(key), links.score(key)
        for seen in group.names:
            if seen.name == name:
                found.append(Match(name=name, canonical=name, rule=ITSELF, score=1.0))
            elif link is None:
                found.append(Match(name=seen.name, canonical=name, rule=SAME_WORDS, score=score))
            else:
                found.append(Match(name=seen.name, canonical=name, rule=link.rule, score=score, because=link.because))
    return sorted(found, key=lambda match: match.name)
