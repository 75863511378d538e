"""Who proposes each measure of a document: the rules' answer is heard, the whole document decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from spacy.tokens import Doc

from nlp.proposing.choice import WEIGHTS, Choice, Chosen, read_choice
from nlp.proposing.place import Asked
from nlp.proposing.scene import Scene
from nlp.proposing.signs import Signs

ALIKE = 0.5  # share of the words that a span and a rule's measure have in common, to be the same


class Ruled(Protocol):
    """A measure as the rules found it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def proposer(self) -> str: ...
    @property
    def how(self) -> str: ...


class Spanned(Protocol):
    """A measure that somebody found: tokens ``start`` to ``end``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def modality(self) -> str: ...


@lru_cache(maxsize=1)
def shipped() -> Choice | None:
    """The shipped choice, read once; none before it was first learnt."""
    return read_choice() if WEIGHTS.exists() else None


def resolve(
    doc: Doc,
    measures: Sequence[Spanned],
    ruled: Sequence[Ruled],
    choice: Choice | None = None,
) -> list[Chosen]:
    """The proposer of each measure, "" for nobody, with a calibrated confidence.

    Args:
        doc: a document with its entities, names, roles and quotes.
        measures: in reading order, found by rules or by a model.
        ruled: what the rules found in the same document, in reading order.
        choice: the shipped one if left out. Where there is none yet, the rules' answers stand, with confidence 0.
    """
    if not measures:
        return []
    choice, asked = choice or shipped(), asked_of(measures, ruled)
    if choice is None:
        return [Chosen(one.proposer, 0.0) for one in asked]
    signs = Signs(Scene(doc), asked, (found.proposer for found in ruled))
    return [choice.of(signs.of(number)) for number in range(len(measures))]


def asked_of(measures: Sequence[Spanned], ruled: Sequence[Ruled]) -> list[Asked]:
    """The measures with what the rules answer where they found the same; both in reading order."""
    asked = []
    begin = 0
    for measure in measures:
        while begin < len(ruled) and ruled[begin].end <= measure.start:
            begin += 1
        best, share = None, 0.0
        for at in range(begin, len(ruled)):
            if ruled[at].start >= measure.end:
                break
            shared = _alike(measure, ruled[at])
            if shared > share:
                best, share = ruled[at], shared
        asked.append(
            Asked(
                measure.start,
                measure.end,
                measure.modality,
                rule="" if best is None else best.rule if share >= ALIKE else "near",
                proposer="" if best is None else best.proposer,
                how="" if best is None else best.how,
            )
        )
    return asked


def _alike(one: Spanned, other: Ruled) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))
