"""Measures, quotes, people and organisations against what a reader marked, document by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.analysis import Analysis
from nlp.evaluation.matching import Count, Offsets, best_pairs, overlap, places, same_name

Marked = Mapping[str, Any]


@dataclass(slots=True)
class ReadingScore:
    """What was right, over all documents that were added.

    Attributes:
        measures, with_proposer: spans that overlap by half; of these, with the right proposer as well.
        modality, speaker, role: right ones of the measures, quotes and people that were found.
        wrong_merges: people found that stand for two.
    """

    measures: Count = field(default_factory=Count)
    with_proposer: Count = field(default_factory=Count)
    modality: Count = field(default_factory=Count)
    direct_quotes: Count = field(default_factory=Count)
    quotes: Count = field(default_factory=Count)
    speaker: Count = field(default_factory=Count)
    people: Count = field(default_factory=Count)
    role: Count = field(default_factory=Count)
    organisations: Count = field(default_factory=Count)
    wrong_merges: int = 0

    def add_measures(self, marked: Sequence[Marked], found: Analysis) -> None:
        """Count one document's measures: ``start``, ``end``, ``modality``, ``proposer``."""
        pairs = best_pairs(marked, found.measures, lambda g, p: overlap((g["start"], g["end"]), (p.start, p.end)))
        named = sum(same_name(g["proposer"], p.proposer) for g, p in pairs)
        self.measures.add(len(pairs), len(marked), len(found.measures))
        self.with_proposer.add(named, len(marked), len(found.measures))
        self.modality.add(sum(g["modality"] == p.modality for g, p in pairs), len(pairs), len(pairs))

    def add_quotes(self, text: str, marked: Sequence[Marked], found: Analysis) -> None:
        """Count one document's quotes: ``text``, ``kind``, ``speaker``."""
        located = _located(text, marked)
        for kind, count in (("direct", self.direct_quotes), (None, self.quotes)):
            mine = [(g, span) for g, span in located if kind in (None, g["kind"])]
            given = [p for p in found.quotes if kind in (None, p.kind)]
            pairs = best_pairs(mine, given, lambda g, p: overlap(g[1], (p.start, p.end)))
            count.add(len(pairs), len(mine), len(given))
            if kind is None:
                spoken = [(g["speaker"], p.speaker) for (g, _), p in pairs if g["speaker"]]
                self.speaker.add(sum(same_name(g, p) for g, p in spoken), len(spoken), len(spoken))

    def add_actors(self, people: Sequence[Marked], organisations: Sequence[Marked], found: Analysis) -> None:
        """Count one document's people (``name``, ``aliases``, ``role``) and organisations (``name``, ``aliases``)."""
        pairs = best_pairs(people, found.people, _same_actor)
        self.people.add(len(pairs), len(people), len(found.people))
        told = [(g["role"], p.role) for g, p in pairs if g["role"]]
        self.role.add(sum(same_name(g, p) for g, p in told), len(told), len(told))
        self.wrong_merges += sum(
            sum(_fold(g["name"]) in _forms(p.name, p.aliases) for g in people) > 1 for p in found.people
        )
        matched = best_pairs(organisations, found.organisations, _same_actor)
        self.organisations.add(len(matched), len(organisations), len(found.organisations))


def _located(text: str, marked: Sequence[Marked]) -> list[tuple[Marked, Offsets]]:
    """The marked quotes with their place, each its own where the same words stand twice."""
    used: set[Offsets] = set()
    located = []
    for quote in marked:
        here = places(text, quote["text"])
        span = next((place for place in here if place not in used), here[0] if here else None)
        if span:
            used.add(span)
            located.append((quote, span))
    return located


def _same_actor(marked: Marked, found: Any) -> float:
    """1 for the same name, less where it is another form of the one or the other."""
    name, other = _fold(marked["name"]), _fold(found.name)
    if name == other:
        return 1.0
    if other in _forms(marked["name"], marked["aliases"]):
        return 0.9
    return 0.8 if name in _forms(found.name, found.aliases) else 0.0


def _forms(name: str, aliases: Sequence[str]) -> set[str]:
    return {_fold(form) for form in (name, *aliases)}


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
