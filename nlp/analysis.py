"""What reading makes of a text: an ``Analysis``. Offsets are characters into the text that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal["person", "organisation", "place", "product", "event", "other"]
Modality = Literal["proposed", "demanded", "planned", "decided", "rejected"]
QuoteKind = Literal["direct", "indirect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text. ``name`` is who or what is meant, in the fullest form the text gives."""

    text: str
    label: Label
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human being named in the text, under one name, with role and organisation where the text gives them."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body named in the text, under one name."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A proposed measure (tiltak): what somebody wants done, or refuses.

    Attributes:
        sentence: start and end of the sentence that is the evidence.
        cue: the word that signals it; "" where it is only the list it stands in.
        proposer: the resolved name of who puts it forward; "" if the text does not say.
        addressee: who is to carry it out, when somebody else and stated; else "".
        confidence: 0..1, the share of such measures that are right.
    """

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    modality: Modality
    cue: str
    proposer: str
    addressee: str
    topics: tuple[str, ...] = ()
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody is said to have said; ``speaker`` is a resolved name, "" if the text does not say."""

    text: str
    start: int
    end: int
    kind: QuoteKind
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything read from one text.

    Attributes:
        text_id: the id that came with the text.
        model: name and version of the pipeline that read it (``nb_helse_fast-0.1.0``).
        language: ``nb``, ``nn``, ``en`` …; ``und`` where nobody could tell.
    """

    text_id: str
    model: str
    language: str
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    measures: tuple[Measure, ...] = ()
    quotes: tuple[Quote, ...] = ()
