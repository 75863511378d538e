"""From the scores of labels to labelled stretches of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from nlp.analysis import Modality

Floats = npt.NDArray[np.float32]
OUTSIDE = "O"
# NorNE's nine, in the order of a head's columns.
ENTITIES = (
    "PER",
    "ORG",
    "GPE_LOC",
    "GPE_ORG",
    "LOC",
    "PROD",
    "EVT",
    "DRV",
    "MISC",
)
# Of measures, likewise.
MODALITIES: tuple[Modality, ...] = ("proposed", "demanded", "planned", "decided", "rejected")
FORBIDDEN = np.float32(-1e4)
ANEW = np.float32(-1e-4)  # where nothing is known of a word, a stretch goes on rather than begin anew


def bio_labels(kinds: Sequence[str]) -> list[str]:
    """``O``, then ``B-`` and ``I-`` for each kind, in order: the columns of a labelling head."""
    return [OUTSIDE, *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]


class BioDecoder:
    """Finds the likeliest row of labels with no ``I-`` that stands without its beginning (Viterbi, no learnt steps)."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.labels = bio_labels(kinds)
        self._start = np.array([_step(OUTSIDE, to) for to in self.labels], dtype=np.float32)
        self._steps = np.array([[_step(at, to) for to in self.labels] for at in self.labels], dtype=np.float32)

    def path(self, scores: Floats) -> list[int]:
        """The best row of label numbers for log probabilities of shape (words, labels)."""
        if len(scores) == 0:
            return []
        greedy = scores.argmax(axis=1)
        if self._allowed(greedy):
            return [int(label) for label in greedy]
        best = scores[0] + self._start
        came_from = np.empty(scores.shape, dtype=np.int64)
        columns = np.arange(len(self.labels))
        for i in range(1, len(scores)):
            step = best[:, None] + self._steps
            came_from[i] = step.argmax(axis=0)
            best = step[came_from[i], columns] + scores[i]
        path = [int(best.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(came_from[i, path[-1]]))
        return path[::-1]

    def spans(self, scores: Floats) -> Iterator[tuple[int, int, str]]:
        """The labelled stretches as (first word, word after the last, kind)."""
        begun: tuple[int, str] | None = None
        for i, number in enumerate(path := self.path(scores)):
            label = self.labels[number]
            if begun and label != f"I-{begun[1]}":
                yield begun[0], i, begun[1]
                begun = None
            if label.startswith("B-"):
                begun = (i, label[2:])
        if begun:
            yield begun[0], len(path), begun[1]

    def _allowed(self, path: npt.NDArray[np.int64]) -> bool:
        return bool(self._start[path[0]] > FORBIDDEN and (self._steps[path[:-1], path[1:]] > FORBIDDEN).all())


def _step(at: str, to: str) -> np.float32:
    if to.startswith("I-") and at[2:] != to[2:]:
        return FORBIDDEN
    return ANEW if to.startswith("B-") else np.float32(0)


def log_softmax(logits: Floats) -> Floats:
    """Log probabilities along the last axis."""
    shifted: Floats = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
