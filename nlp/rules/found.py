"""A measure as the rules find it in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nlp.analysis import Modality
from nlp.rules.sentence import Range

Rule = Literal["will", "modal", "passive", "at", "infinitive", "noun", "asking", "list", "bare passive", "learnt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A measure in a sentence. All ranges are of the sentence's words, ends exclusive.

    Attributes:
        proposer: the noun phrase that puts it forward, where the sentence's grammar says so.
        addressee: the noun phrase of who is to act, likewise.
        said_at: the word by which to look up who speaks, where that is not the measure's own first word.
        sure: log odds that its words stand in a measure, on average, where the encoder's head read them.
    """

    span: Range
    cue: str
    modality: Modality
    rule: Rule
    proposer: Range | None = None
    addressee: Range | None = None
    said_at: int | None = None
    sure: float | None = None
