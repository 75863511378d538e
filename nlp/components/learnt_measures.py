"""Measures as the encoder's head reads them, joined with what the rules find.

For each word the head gives the chances that it begins or continues a measure of some modality. A rule's measure stays
unless the head finds it most unlikely, and what the head sees where no rule saw anything is added.
Figures in docs/measures.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from nlp.components.encoder import scores_key
from nlp.labelling import MODALITIES, BioDecoder, Floats, bio_labels, log_softmax
from nlp.rules.actions import trimmed
from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import Match, lexicon
from nlp.rules.found import Found
from nlp.rules.requests import cue_words
from nlp.rules.sentence import MODALS, Range, Sentence, is_finite
from nlp.rules.subjects import shared_subject, who_is

HEAD = "measures"
UNLIKELY = -3.0  # log odds, on average over its words, below which a rule's measure goes
INSIDE = -2.0  # added to the log chance of words inside: the higher, the more is found and the less of it right
UNREAD = 1e-6  # difference between a word's chances below which its scores are all the same: it was not read
# Fitted (logistic regression) on documents that the head has not seen, the rules some of: docs/measures.md.
OFFSET, SLOPE, AGREED = -2.47, 0.57, 2.58
AFTER_VERB = ("subst", "subst|prop", "pron", "det", "adj", "konj")  # of a subject that stands after its verb
REACH = 8  # words before a measure in which its cue is looked for
LEAST = 0.02  # chance of a beginning below which a sentence is not looked at

_COLUMNS = {label: number for number, label in enumerate(bio_labels(MODALITIES))}
_BEGIN = [_COLUMNS[f"B-{kind}"] for kind in MODALITIES]
_LATER = [_COLUMNS[f"I-{kind}"] for kind in MODALITIES]
_DECODER = BioDecoder(["measure"])


class LearntMeasures:
    """The head's scores of one document."""

    def __init__(self, scores: Floats) -> None:
        self._chances = np.exp(log_softmax(scores))

    @classmethod
    def of(cls, doc: Doc) -> LearntMeasures | None:
        """What the encoder left in ``doc``, which is taken out; None where it has no such head."""
        scores = doc.user_data.pop(scores_key(HEAD), None)
        return cls(scores) if scores is not None else None

    def read(self, s: Sentence, ruled: Sequence[Found]) -> list[Found]:
        """The measures of a sentence, given those that the rules found in it."""
        chances = self._chances[list(s.at)]
        odds = [_log_odds(chances[slice(*found.span)]) for found in ruled]
        kept = [replace(found, sure=sure) for found, sure in zip(ruled, odds, strict=True) if sure > UNLIKELY]
        if chances[:, _BEGIN].sum(axis=1).max() >= LEAST:
            for start, end, _ in _DECODER.spans(_row(chances)):
                span = trimmed(s, (start, end))
                if _says_what(s, span) and not any(_meet(span, found.span) for found in kept):
                    kept.append(replace(_told(s, span, chances), sure=_log_odds(chances[start:end])))
        return sorted(kept, key=lambda found: found.span)


def confidence(sure: float, *, ruled: bool) -> float:
    """How many of such measures are right, 0 to 1, of the head's log odds and of whether a rule found it too."""
    return 1 / (1 + math.exp(-(OFFSET + SLOPE * sure + (AGREED if ruled else 0))))


def _log_odds(chances: Floats) -> float:
    """That words stand inside a measure, on average over those that were read."""
    inside = chances[np.ptp(chances, axis=1) >= UNREAD][:, 1:].sum(axis=1).clip(1e-4, 1 - 1e-4)
    return float(np.log(inside / (1 - inside)).mean()) if len(inside) else 0.0


def _row(chances: Floats) -> Floats:
    """Log chances (words, 3) of standing outside, beginning and continuing."""
    begin, later = chances[:, _BEGIN].sum(axis=1), chances[:, _LATER].sum(axis=1)
    row: Floats = np.log(np.stack([1 - begin - later, begin, later], axis=1).clip(1e-6, 1)).astype(np.float32)
    row[:, 1:] += INSIDE
    row[np.ptp(chances, axis=1) < UNREAD] = 0  # a word that shares its subword with the next one
    return row


def _told(s: Sentence, span: Range, chances: Floats) -> Found:
    """A measure that the head sees, with its modality, and with the cue before it, if there is one."""
    inside = chances[slice(*span)]
    modality = MODALITIES[int((inside[:, _BEGIN] + inside[:, _LATER]).sum(axis=0).argmax())]
    found = Found(span=span, cue="", modality=modality, rule="learnt")
    before = range(span[0] - 1, max(-1, span[0] - REACH - 1), -1)
    match = next((match for i in before for match in lexicon().cue_at(s.lower, i, s.tags)), None)
    return _with_subject(s, found, match) if match else replace(found, proposer=_actor_before(s, span[0]))


def _actor_before(s: Sentence, start: int) -> Range | None:
    """The subject of the measure's own verb (``Rådet legger ned …``), else of the last before it, if it can want."""
    verb = next((i for i in range(start, -1, -1) if is_finite(s, i)), None)
    if verb is None or s.lower[verb] in MODALS:
        return None
    who = _subject(s, verb)
    return who if who_is(s, who) in ("first", "third", "actor", "person") else None


def _subject(s: Sentence, verb: int) -> Range | None:
    """Before the verb, or right after it: ``Fra nyttår slutter foretaket å …``."""
    start = clause_start(s, verb)
    end = verb + 1
    while end < len(s) and s.tags[end] in AFTER_VERB:
        end += 1
    after = (verb + 1, end)
    inverted = end > verb + 1 and who_is(s, after) in ("first", "third", "actor", "person")
    return subject(s, start, verb, verb + 1) or (after if inverted else shared_subject(s, start))


def _says_what(s: Sentence, span: Range) -> bool:
    """Whether there is a verb or a noun: a pronoun or a name alone is no measure."""
    return any(tag == "subst" or tag.startswith("verb") for tag in s.tags[slice(*span)])


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_subject(s: Sentence, found: Found, match: Match) -> Found:
    """A measure with the cue before it, whose subject proposes or is to act, as the lexicon says."""
    found = replace(found, cue=cue_words(s, match))
    verb = next((i for i in range(match.start, match.end) if is_finite(s, i)), None)
    who = _subject(s, verb) if verb is not None else None
    if match.cue.subject == "proposer" or who_is(s, who) == "first":
        return replace(found, proposer=who)
    return replace(found, addressee=who) if match.cue.subject == "addressee" else found
