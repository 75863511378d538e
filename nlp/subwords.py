"""Words of a text cut into subwords, and a long row of subwords into windows that overlap.

An encoder reads a few hundred subwords at a time. Windows of one row all have the same length, so nothing is padded,
and they depend on that row alone, so a text reads the same by itself and among others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Subwords:
    """The subwords of a text.

    Attributes:
        ids: their numbers in the vocabulary, shape (subwords,).
        first: for each word the place of its first subword, shape (words,); -1 where a word shares its only subword
            with the word after it, or has none.
    """

    ids: Ints
    first: Ints


def cut(tokenizer: Tokenizer, text: str, starts: Ints) -> Subwords:
    """Cut ``text``, whose words begin at ``starts`` (characters). A subword belongs to the last word it reaches."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    first = np.full(len(starts), -1, dtype=np.int64)
    if len(ids) == 0 or len(starts) == 0:
        return Subwords(ids, first)
    begins, ends = np.array(encoding.offsets, dtype=np.int64).T
    seen = np.flatnonzero(ends > begins)
    owner = np.searchsorted(starts, ends[seen], side="left") - 1
    words, places = np.unique(owner, return_index=True)
    known = words >= 0
    first[words[known]] = seen[places[known]]
    return Subwords(ids, first)


@dataclass(frozen=True, slots=True)
class Window:
    """Subwords ``start:end`` are read; what is read of ``core_start:core_end`` counts."""

    start: int
    end: int
    core_start: int
    core_end: int


def windows(length: int, *, size: int, context: int) -> Iterator[Window]:
    """Windows of equal length, at most ``size``, whose cores cover ``length`` subwords without overlap.

    A core has ``context`` subwords of the row on either side, except at the row's ends, where it has more on the other.
    """
    if length <= size:
        if length:
            yield Window(0, length, 0, length)
        return
    count = -(-length // (size - 2 * context))
    core = -(-length // count)
    wide = core + 2 * context
    for core_start in range(0, length, core):
        start = min(max(core_start - context, 0), length - wide)
        yield Window(start, start + wide, core_start, min(core_start + core, length))
