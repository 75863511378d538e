"""How alike two measures are by their words: what they share, what speaks against it. Nothing here knows meaning."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "likeness.toml"

LITTLE, NAME = 0.6, 1.6
"""What a word weighs that says little, and a name; others weigh 1 and up to 1 more for their length."""

SPECIFIC = 1.0
"""Words from this weight on say what a measure is about."""

PART = 0.7
"""How much of its weight a word shares with one that it is a part of ("fastlege", "fastlegeordningen")."""

SUBSTITUTION = 0.16
"""Taken off where each has a word that the other lacks: "for leger", "for lærere". Only adding words costs less."""

SUBSTITUTED = 0.5
"""What two get at most when each has a word that the other lacks, and they share no two words that say something."""

CONTAINED = 0.66
"""What two get at least when one holds all that the other says, and that is specific enough."""

_WORD = re.compile(r"\d+(?:[ .\u00a0]\d{3})*(?:,\d+)?|\w+(?:-\w+)*-?")
_ENDINGS = re.compile(
    r"(?:elsene|elsen|elser|else|ingene|ingane|ingen|inga|inger|ingar|ing|ene|ane|ens|ets|ere|are|ast|est|er|ar|en|et|es|as|te|a|e|s|t)$"
)
_SHORTEST = 3  # letters of a stem
_NEGATIONS = frozenset({"ikke", "aldri", "ingen", "uten", "verken"})
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a measure: its stems with their weights, its numbers by what they count, names, negation."""

    weights: Mapping[str, float]
    numbers: Mapping[str, frozenset[float]]
    names: frozenset[str]
    negated: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The beginnings of its heaviest stems: two measures without two in common are never compared."""
        heaviest = sorted(self.weights, key=lambda stem: (-self.weights[stem], stem))[:6]
        return tuple(sorted({stem[:5] for stem in heaviest}))

    @property
    def specific(self) -> int:
        """How many of its words say what it is about."""
        return sum(weight >= SPECIFIC for weight in self.weights.values())


@dataclass(frozen=True, slots=True)
class _Rules:
    spelling: Mapping[str, str]
    parts: tuple[tuple[str, str], ...]
    joined: Mapping[tuple[str, str], str]
    none: frozenset[str]
    little: frozenset[str]
    actions: Mapping[str, str]  # stem -> what is done
    opposites: tuple[tuple[str, str], ...]
    rivals: tuple[frozenset[str], ...]
    numbers: Mapping[str, float]


@cache
def _rules() -> _Rules:
    tables = tomllib.loads(RULES.read_text(encoding="utf-8"))
    pairs = dict(pair.split("=") for pair in tables["joined"]["words"].split())
    return _Rules(
        spelling=dict(pair.split("=") for pair in tables["spelling"]["words"].split()),
        parts=tuple((one, other) for one, other in (p.split("=") for p in tables["spelling"]["parts"].split())),
        joined={(key.split("_")[0], key.split("_")[1]): word for key, word in pairs.items()},
        none=frozenset(tables["weights"]["none"].split()),
        little=frozenset(map(_stem, tables["weights"]["little"].split())),
        actions={_stem(word): f"={name}" for name, line in tables["actions"].items() for word in line.split()},
        opposites=tuple(
            (f"={one}", f"={other}") for one, other in (p.split("/") for p in tables["opposites"]["pairs"].split())
        ),
        rivals=tuple(frozenset(map(_stem, line.split())) for line in tables["rivals"]["lines"]),
        numbers={word: float(n) for word, n in (pair.split("=") for pair in tables["numbers"]["words"].split())},
    )


def wording(text: str) -> Wording:
    """What is compared of a measure's words. The same text always gives the same."""
    rules = _rules()
    given = _WORD.findall(text)
    plain = [_spelled(word.casefold(), rules) for word in given]
    weights: dict[str, float] = {}
    numbers: dict[str, set[float]] = {}
    names: set[str] = set()
    waiting: float | None = None  # a number, until the word that it counts
    at = 0
    while at < len(plain):
        raw, word = given[at], plain[at]
        joined = rules.joined.get((word, plain[at + 1])) if at + 1 < len(plain) else None
        at += 1
        if joined is not None:
            word, at = joined, at + 1
        number = _number(word, rules)
        if number is not None:
            if _FIRST_YEAR <= number <= _LAST_YEAR and number == int(number):
                numbers.setdefault("year", set()).add(number)
            else:
                waiting = number
            continue
        if word in rules.none or len(word) < 2:
            continue
        if word in _NEGATIONS:
            continue
        stem = _stem(word)
        is_name = at > 1 and raw[0].isupper()
        if is_name:
            names.add(stem)
        stem = stem if is_name else rules.actions.get(stem, stem)
        says_little = stem in rules.little or stem.startswith("=")
        weight = NAME if is_name else LITTLE if says_little else SPECIFIC + min(len(stem), 12) / 12
        weights[stem] = max(weight, weights.get(stem, 0.0))
        if waiting is not None:
            numbers.setdefault(stem, set()).add(waiting)
            waiting = None
    return Wording(
        weights=weights,
        numbers={what: frozenset(counted) for what, counted in numbers.items()},
        names=frozenset(names),
        negated=len(_NEGATIONS & set(plain)) % 2 == 1,
    )


def _spelled(word: str, rules: _Rules) -> str:
    word = rules.spelling.get(word, word)
    for part, instead in rules.parts:
        if part in word:
            word = word.replace(part, instead)
    if len(word) > 5 and word.endswith("leg"):  # "fagleg"
        word = word[:-3] + "lig"
    return word


def _number(word: str, rules: _Rules) -> float | None:
    if word[0].isdigit():
        digits = re.sub(r"[ .\u00a0]", "", word).replace(",", ".")
        return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    return rules.numbers.get(word)


def _stem(word: str) -> str:
    """A word without its endings, twice: "stillingene" is "still"."""
    for _ in range(2):
        shorter = _ENDINGS.sub("", word)
        if len(shorter) < _SHORTEST or shorter == word:
            break
        word = shorter
    return word


def conflict(one: Wording, other: Wording) -> str | None:
    """Why two measures cannot be the same one, whatever they share; ``None`` if nothing says so."""
    if one.negated != other.negated:
        return "negation"
    if any(not one.numbers[what] & other.numbers[what] for what in one.numbers.keys() & other.numbers.keys()):
        return "numbers"
    if one.names - other.names and other.names - one.names:
        return "names"
    stems, others = set(one.weights), set(other.weights)
    rules = _rules()
    for do, undo in rules.opposites:
        for mine, yours in ((stems, others), (others, stems)):
            if do in mine - yours and undo in yours - mine:
                return "opposites"
    for rivals in rules.rivals:
        if stems & rivals and others & rivals and not stems & others & rivals:
            return "rivals"
    return None


def likeness(one: Wording, other: Wording) -> float:
    """How much of what they say two measures share, from 0 to 1: the weight of shared words of all."""
    shared, left, right = 0.0, dict(one.weights), dict(other.weights)
    for stem in sorted(one.weights.keys() & other.weights.keys()):
        shared += min(left.pop(stem), right.pop(stem))
    for stem in sorted(left, key=lambda stem: (-left[stem], stem)):
        found = next((word for word in sorted(right) if _is_part(stem, word)), None)
        if found is not None:
            shared += PART * min(left.pop(stem), right.pop(found))
    total = sum(one.weights.values()) + sum(other.weights.values())
    if not total:
        return 0.0
    missing = min(_specific(left), _specific(right)) + _does_else(one, other)
    score = 2 * shared / total - SUBSTITUTION * missing
    smaller, lacks = (one, left) if len(one.weights) <= len(other.weights) else (other, right)
    if not missing and not _specific(lacks) and smaller.specific >= 2:
        score = max(score, CONTAINED)
    if missing and min(one.specific - _specific(left), other.specific - _specific(right)) < 2:
        score = min(score, SUBSTITUTED)
    return round(max(0.0, min(1.0, score)), 6)  # the same on every machine


def _does_else(one: Wording, other: Wording) -> bool:
    """Whether both tell what is done, and not the same."""
    mine, yours = ({stem for stem in words.weights if stem.startswith("=")} for words in (one, other))
    return bool(mine and yours and not mine & yours)


def _specific(words: Mapping[str, float]) -> int:
    return sum(weight >= SPECIFIC for weight in words.values())


def _is_part(one: str, other: str) -> bool:
    """Whether one stem begins or ends the other, or they differ by hardly a letter."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 5 and longer.startswith(shorter):
        return True
    if len(shorter) >= 6 and longer.endswith(shorter):
        return True
    if len(longer) < 8 or shorter[:4] != longer[:4]:
        return False
    mine, yours = _trigrams(shorter), _trigrams(longer)
    return 2 * len(mine & yours) >= 0.75 * (len(mine) + len(yours))


def _trigrams(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 3] for at in range(len(word) - 2))
