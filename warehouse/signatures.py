"""How alike two texts are, and a short signature by which those that may be alike find each other.

A text is the set of its three-word runs. Signatures are MinHash, cut into bands (locality-sensitive hashing), in NumPy:
datasketch 2.0.0 does the same, but does not import without SciPy and took two to three times as long on these texts.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Runs = npt.NDArray[np.uint64]

# Chosen on bench/reprints.toml; see docs/duplicates.md.
ALIKE = 0.5  # of the runs of both
CONTAINED, ALIKE_WHEN_CONTAINED = 0.75, 0.3  # of the runs of the shorter one: a reprint that is cut
SAME_NUMBERS = 0.6  # of the numbers of the one with fewer: next week's figures in this week's words are another story
FEW_NUMBERS = 3  # fewer than these tell nothing

SHORTEST = 20  # runs; in less there is nothing to tell a reprint by, and only equal words are the same text
BANDS, ROWS = 42, 3  # a pair at 0.5 meets in some band in 99.6 of 100 cases, at 0.3 in 68, at 0.02 in 3 of 10,000
LONGEST = 200_000  # characters; what comes after them tells no reprint from another text

_NUMBER = re.compile(r"\b\d\w*")
_BASE = 0x9E3779B97F4A7C15
_POWERS, _INVERSES = (
    np.cumprod(np.full(LONGEST, number, dtype=np.uint64), dtype=np.uint64)
    for number in (_BASE, pow(_BASE, -1, 1 << 64))
)
_ZERO = np.zeros(1, dtype=np.uint64)
_CONSTANTS = np.frombuffer(hashlib.shake_128(b"helseradar: signatures").digest(8 * BANDS * ROWS), dtype="<u4")
_FACTORS, _SUMMANDS = (_CONSTANTS[0::2] | np.uint32(1))[:, None], _CONSTANTS[1::2][:, None]
_MIX, _MIX_AGAIN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)  # of SplitMix64
_STEP = np.uint64(0x9E3779B97F4A7C15)


def runs(text: str) -> Runs:
    """The three-word runs of a text, without case and punctuation, as sorted numbers: the same on any machine."""
    words = _words(_folded(text))
    if len(words) < 3:
        return np.empty(0, dtype=np.uint64)
    return np.unique(_mixed(_mixed(_mixed(words[:-2]) + words[1:-1]) + words[2:]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).casefold()[:LONGEST]


def _words(text: str) -> Runs:
    """Each word as a number: its letters as the digits of one in base ``_BASE``, all words of a text at once."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    in_word = np.concatenate(([False], _is_letter()[letters], [False]))
    edges = np.flatnonzero(in_word[1:] != in_word[:-1])
    starts, ends = edges[0::2], edges[1::2]
    sums = np.concatenate((_ZERO, np.cumsum(letters * _POWERS[: len(letters)], dtype=np.uint64)))
    return np.asarray((sums[ends] - sums[starts]) * _INVERSES[starts], dtype=np.uint64)


@cache
def _is_letter() -> npt.NDArray[np.bool_]:
    table = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for word in re.finditer(r"\w+", "".join(map(chr, range(len(table))))):
        table[word.start() : word.end()] = True
    return table


def bands(found: Runs) -> list[int]:
    """What texts that are alike probably share one of; nothing for a text too short to compare."""
    if len(found) < SHORTEST:
        return []
    least = (_FACTORS * found.astype(np.uint32) + _SUMMANDS).min(axis=1)
    band = np.arange(1, BANDS + 1, dtype=np.uint64) * _STEP
    for row in least.reshape(BANDS, ROWS).T:
        band = _mixed(band + row)
    return list(map(int, band.view(np.int64).tolist()))


@dataclass(frozen=True, slots=True)
class Compared:
    """What texts are compared by: their three-word runs, and the numbers in them."""

    runs: Runs
    numbers: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Compared:
        """Of a text."""
        return cls(runs(text), frozenset(_NUMBER.findall(_folded(text))))


def likeness(one: Compared, other: Compared) -> float | None:
    """The share of three-word runs in common, where one text is a reprint of the other; else ``None``."""
    some, others = sorted((one.runs, other.runs), key=len)
    if len(some) < SHORTEST:
        return None
    at = np.searchsorted(others, some)
    shared = int(np.count_nonzero(others[np.minimum(at, len(others) - 1)] == some))
    alike = shared / (len(some) + len(others) - shared)
    cut = alike >= ALIKE_WHEN_CONTAINED and shared / len(some) >= CONTAINED
    return alike if (alike >= ALIKE or cut) and _same_numbers(one.numbers, other.numbers) else None


def _same_numbers(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return fewer < FEW_NUMBERS or len(one & other) >= SAME_NUMBERS * fewer


def _mixed(numbers: Runs) -> Runs:
    numbers = numbers + _STEP
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX_AGAIN
    return numbers ^ (numbers >> np.uint64(31))
