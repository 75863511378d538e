"""Measures as the encoder's head reads them, joined with what the rules find.

For each word the head gives the chances that it begins or continues a measure of some modality, or stands in a cue or
in the name of who proposes or is to act. The likeliest row of a sentence is taken, in which the words of a rule's
measure are more likely inside one: each sees what the other misses. Figures in docs/measures.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from nlp.components.encoder import scores_key
from nlp.labelling import ADDRESSEE, CUE, MEASURES, MODALITIES, PROPOSER, BioDecoder, Floats, bio_labels, log_softmax
from nlp.rules.actions import trimmed
from nlp.rules.clauses import clause_start, subject
from nlp.rules.found import Found
from nlp.rules.sentence import Range, Sentence, is_finite
from nlp.rules.subjects import who_is

HEAD = "measures"
INSIDE = 0.0  # added to the log chance of words inside: above 0 more is found and less of it right
RULED = 2.0  # the same for words that a rule found
SAME = 0.5  # words in common, of both together, from which a rule's measure and the head's are one
LEAST = 0.02  # chance of a beginning below which a sentence is not looked at

_COLUMNS = {label: number for number, label in enumerate(bio_labels(MEASURES))}
_BEGIN = [_COLUMNS[f"B-{kind}"] for kind in MODALITIES]
_LATER = [_COLUMNS[f"I-{kind}"] for kind in MODALITIES]
_DECODER = BioDecoder(["measure"])


class LearntMeasures:
    """The head's scores of one document."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    @classmethod
    def of(cls, doc: Doc) -> LearntMeasures | None:
        """What the encoder left in ``doc``, which is taken out; None where it has no such head."""
        scores = doc.user_data.pop(scores_key(HEAD), None)
        return cls(scores) if scores is not None else None

    def read(self, s: Sentence, ruled: Sequence[Found]) -> list[Found]:
        """The measures of a sentence, given those that the rules found in it."""
        chances = np.exp(log_softmax(self._scores[list(s.at)]))
        if not ruled and chances[:, _BEGIN].sum(axis=1).max() < LEAST:
            return []
        row = _row(chances, ruled)
        found = []
        for start, end, _ in _DECODER.spans(row):
            span = trimmed(s, (start, end))
            if span[0] < span[1]:
                sure = float((row[start:end, 1:].max(axis=1) - row[start:end, 0]).mean())
                found.append(replace(_told(s, span, chances, ruled), sure=sure))
        return found


def _row(chances: Floats, ruled: Sequence[Found]) -> Floats:
    """Log chances (words, 3) of standing outside, beginning and continuing."""
    begin, later = chances[:, _BEGIN].sum(axis=1), chances[:, _LATER].sum(axis=1)
    row: Floats = np.log(np.stack([1 - begin - later, begin, later], axis=1).clip(1e-6, 1)).astype(np.float32)
    row[:, 1:] += INSIDE
    row[np.ptp(chances, axis=1) < 1e-6] = 0  # a word that shares its subword with the next one was not read
    for measure in ruled:
        start, end = measure.span
        row[start, 1] += RULED
        row[start + 1 : end, 2] += RULED
    return row


def _told(s: Sentence, span: Range, chances: Floats, ruled: Sequence[Found]) -> Found:
    """A measure with its cue and actors: the rule's, where one found it too; else those that the head marks."""
    rule = max(ruled, key=lambda measure: _overlap(measure.span, span), default=None)
    if rule is not None and _overlap(rule.span, span) >= SAME:
        return replace(rule, span=span)
    inside = chances[span[0] : span[1]]
    modality = MODALITIES[int((inside[:, _BEGIN] + inside[:, _LATER]).sum(axis=0).argmax())]
    cue = _nearest(span, _marked(chances, CUE))
    proposer = _nearest(span, _marked(chances, PROPOSER))
    return Found(
        span=span,
        cue=s.text(cue) if cue else "",
        modality=modality,
        rule="learnt",
        proposer=proposer or (_pronoun(s, cue) if cue else None),
        addressee=_nearest(span, _marked(chances, ADDRESSEE)),
    )


def _marked(chances: Floats, kind: str) -> list[Range]:
    """The stretches of words whose likeliest label is ``kind``."""
    best = chances.argmax(axis=1)
    begin, later = _COLUMNS[f"B-{kind}"], _COLUMNS[f"I-{kind}"]
    stretches: list[Range] = []
    for i, label in enumerate(best):
        if label == later and stretches and stretches[-1][1] == i:
            stretches[-1] = (stretches[-1][0], i + 1)
        elif label in (begin, later):
            stretches.append((i, i + 1))
    return stretches


def _nearest(span: Range, others: Sequence[Range]) -> Range | None:
    """The stretch with the fewest words between it and ``span``; of two the one before."""
    return min(others, key=lambda other: (max(span[0] - other[1], other[0] - span[1]), other[0]), default=None)


def _pronoun(s: Sentence, cue: Range) -> Range | None:
    """The subject of the cue's verb where it is a pronoun, which the head never marks: ``vi vil``, ``hun krever``."""
    for verb in range(*cue):
        if is_finite(s, verb):
            span = subject(s, clause_start(s, verb), verb, verb + 1)
            return span if who_is(s, span) in ("first", "third") else None
    return None


def _overlap(one: Range, other: Range) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))
