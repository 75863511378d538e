"""Learning a choice among candidates: a conditional logit in NumPy, right where the right names are likeliest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.proposing.choice import Choice, softmax
from nlp.proposing.signs import Candidate

SEEN_LEAST = 6  # measures in which a sign must occur
PENALTY = 3.0  # of the squared weights
STEPS = 150
PACE = 0.15
SMALLEST = 0.005  # weights nearer to nothing are left out of the file

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates for one measure, and which of them are right."""

    candidates: Sequence[Candidate]
    right: Sequence[bool]


def learn(cases: Sequence[Case], *, penalty: float = PENALTY) -> Choice:
    """Weights under which the right candidates are likeliest; cases that have none are left out.

    The same cases give the same weights.
    """
    cases = [case for case in cases if any(case.right)]
    seen = Counter(sign for case in cases for sign in {s for c in case.candidates for s in c.signs})
    signs = sorted(sign for sign, times in seen.items() if times >= SEEN_LEAST)
    place = {sign: i for i, sign in enumerate(signs)}
    rows = [
        [place[sign] for sign in sorted(candidate.signs) if sign in place]
        for case in cases
        for candidate in case.candidates
    ]
    entries = np.array([i for row in rows for i in row], dtype=np.int64)
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    right = np.array([r for case in cases for r in case.right], dtype=np.float64)
    case_of = np.repeat(np.arange(len(cases)), [len(case.candidates) for case in cases])
    weights = np.zeros(len(signs))
    momentum, size = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores: Floats = np.bincount(row_of, weights=weights[entries], minlength=len(rows)).astype(np.float64)
        pull = _shares(scores, case_of, len(cases)) - _shares(scores, case_of, len(cases), right)
        slope = np.bincount(entries, weights=pull[row_of], minlength=len(signs)) + penalty * weights
        momentum = 0.9 * momentum + 0.1 * slope
        size = 0.99 * size + 0.01 * slope**2
        pace = PACE * min(1.0, 2.0 * (1.0 - step / (STEPS + 1)))
        weights -= pace * (momentum / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    kept = {sign: round(float(w), 3) for sign, w in zip(signs, weights, strict=True) if abs(w) >= SMALLEST}
    return Choice(kept)


def _shares(scores: Floats, case_of: Wholes, cases: int, among: Floats | None = None) -> Floats:
    """The probability of each candidate in its case, or of each of those that count."""
    top = np.full(cases, -np.inf)
    np.maximum.at(top, case_of, scores)
    odds = np.exp(scores - top[case_of])
    if among is not None:
        odds = odds * among
    total = np.bincount(case_of, weights=odds, minlength=cases)
    return np.asarray(odds / np.maximum(total[case_of], 1e-300))


def sharpness(unseen: Sequence[tuple[Choice, Sequence[Case]]]) -> float:
    """What scores are to be multiplied with so that choices are right as often as they say.

    Args:
        unseen: choices with cases that they were not learnt on.
    """
    scored = [(choice.scores(case.candidates), case.right) for choice, cases in unseen for case in cases]
    best, least = 1.0, float("inf")
    for twentieths in range(4, 31):
        tried = twentieths / 20
        loss = 0.0
        for scores, right in scored:
            at = max(range(len(scores)), key=scores.__getitem__)
            chance = min(max(softmax(scores, tried)[at], 1e-6), 1 - 1e-6)
            loss -= math.log(chance if right[at] else 1 - chance)
        if loss < least:
            best, least = tried, loss
    return best
