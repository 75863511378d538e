"""The choice among candidates: a conditional logit whose weights stand in a file that a person can read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.proposing.signs import Candidate

WEIGHTS = Path(__file__).parent.parent / "models" / "proposers.json"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is chosen, and how sure that is (0 to 1, calibrated on documents that the weights were not learnt on)."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights of signs, and what makes their scores honest probabilities.

    Attributes:
        weights: what each sign adds to a candidate's score.
        sharpness: what scores are multiplied with before they become probabilities.
    """

    weights: Mapping[str, float]
    sharpness: float = 1.0

    def scores(self, candidates: Sequence[Candidate]) -> list[float]:
        """What the signs of each candidate add up to, the same in whatever order they come."""
        return [math.fsum(self.weights.get(sign, 0.0) for sign in candidate.signs) for candidate in candidates]

    def chances(self, candidates: Sequence[Candidate]) -> list[float]:
        """The probability of each candidate."""
        return softmax(self.scores(candidates), self.sharpness)

    def of(self, candidates: Sequence[Candidate]) -> Chosen:
        """The likeliest candidate, the first of equals."""
        chances = self.chances(candidates)
        best = max(range(len(chances)), key=chances.__getitem__)
        return Chosen(candidates[best].name, chances[best])


def softmax(scores: Sequence[float], sharpness: float) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    odds = [math.exp(sharpness * (score - top)) for score in scores]
    total = math.fsum(odds)
    return [odd / total for odd in odds]


def read_choice(path: Path = WEIGHTS) -> Choice:
    """The choice kept in a file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Choice(data["weights"], data["sharpness"])


def write_choice(choice: Choice, path: Path = WEIGHTS) -> None:
    """Keep a choice, one weight a line in the order of their names."""
    data = {"sharpness": choice.sharpness, "weights": dict(sorted(choice.weights.items()))}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
