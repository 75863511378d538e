"""The corpus as rows of subwords with a label each, in stretches of several sentences, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from nlp.errors import AnnotationError
from nlp.norne import DASHES, QUOTES, blanks, read_sentences, typography
from nlp.subwords import Ints, cut
from nlp.training.augment import SHOUTED, SWAPPED, NameSwap, Sentence, shouted

STRETCH = 128  # subwords, about; drawn anew for each stretch between half and one and a half of it
LONGEST = 500
BATCH = 1024  # subwords, with what is filled up
POOL = 200  # stretches that are sorted by length together
UNLABELLED = -100


@dataclass(frozen=True, slots=True)
class Stretch:
    """Subwords and, at the first of each word, the number of its label; ``UNLABELLED`` elsewhere."""

    ids: list[int]
    labels: list[int]


def read_split(folder: Path) -> list[list[Sentence]]:
    """The documents of a split as lists of sentences, Bokmål before Nynorsk.

    Raises:
        AnnotationError: there is none.
    """
    paths = [path for written in ("nob", "nno") for path in sorted((folder / written).glob("*.conll"))]
    if not paths:
        raise AnnotationError(f"{folder}: no nob/*.conll or nno/*.conll; name the folder that holds NorNE's split")
    return [list(read_sentences(path)) for path in paths]


def render(sentences: Sequence[Sentence], quotes: tuple[str, str], dash: str) -> tuple[str, list[int], list[str]]:
    """The text that the words make, where each begins, and each one's label. NDT's ``|`` ends a line."""
    text: list[str] = []
    starts: list[int] = []
    labels: list[str] = []
    at = 0
    for sentence in sentences:
        texts = typography(sentence, quotes, dash)
        for word, shown, blank in zip(sentence, texts, blanks(sentence, texts), strict=True):
            is_break = word.text == "|"
            starts.append(at)
            labels.append("O" if is_break else word.entity)
            part = "\n" if is_break else shown + (" " if blank else "")
            text.append(part)
            at += len(part)
    return "".join(text), starts, labels


class Stretches:
    """Makes the batches of one epoch after another, each time told differently."""

    def __init__(self, documents: list[list[Sentence]], tokenizer: Tokenizer, labels: list[str], seed: int) -> None:
        self._documents, self._tokenizer = documents, tokenizer
        self._numbers = {label: number for number, label in enumerate(labels)}
        self._names = NameSwap(sentence for document in documents for sentence in document)
        self._seed = seed
        self._chance = random.Random(seed)

    def steps(self) -> int:
        """How many batches an epoch has, about; it takes nothing from the chance that the epochs draw on."""
        return len(list(self._epoch(random.Random(self._seed))))

    def epoch(self) -> Iterator[list[Stretch]]:
        """The batches of one epoch."""
        return self._epoch(self._chance)

    def forever(self) -> Iterator[list[Stretch]]:
        """The batches of one epoch after another."""
        while True:
            yield from self.epoch()

    def _epoch(self, chance: random.Random) -> Iterator[list[Stretch]]:
        stretches = list(self._cut(chance))
        chance.shuffle(stretches)
        batches = list(batches_of(stretches, BATCH))
        chance.shuffle(batches)
        yield from batches

    def _cut(self, chance: random.Random) -> Iterator[Stretch]:
        for document in self._documents:
            quotes, dash = chance.choice(QUOTES), chance.choice(DASHES)
            if chance.random() < SWAPPED:
                document = self._names.document(document, chance)
            sentences = [shouted(s) if chance.random() < SHOUTED else s for s in document]
            for group in _grouped(sentences, lambda: STRETCH * chance.uniform(0.5, 1.5)):
                text, starts, labels = render(group, quotes, dash)
                row = cut(self._tokenizer, text, np.array(starts, dtype=np.int64))
                if len(row.ids):
                    yield labelled(row.ids, row.first, [self._numbers[label] for label in labels])


def labelled(ids: Ints, first: Ints, labels: list[int]) -> Stretch:
    """A stretch with each word's label at its first subword."""
    row = np.full(len(ids), UNLABELLED, dtype=np.int64)
    known = first >= 0
    row[first[known]] = np.array(labels)[known]
    return Stretch(ids[:LONGEST].tolist(), row[:LONGEST].tolist())


def _grouped(sentences: list[Sentence], limit: Callable[[], float]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    size, most = 0, limit()
    for sentence in sentences:
        # Subwords, guessed: cutting is dear, and the stretches' lengths are drawn at random anyway.
        length = int(sum(len(word.text) for word in sentence) / 3.6) + len(sentence) // 3
        if group and size + length > most:
            yield group
            group, size, most = [], 0, limit()
        group.append(sentence)
        size += length
    if group:
        yield group


def batches_of(stretches: list[Stretch], size: int) -> Iterator[list[Stretch]]:
    """Stretches of like length together, so that ``size`` subwords hold little filling."""
    for begin in range(0, len(stretches), POOL):
        batch: list[Stretch] = []
        for stretch in sorted(stretches[begin : begin + POOL], key=lambda s: len(s.ids)):
            if batch and (len(batch) + 1) * (len(stretch.ids) + 2) > size:
                yield batch
                batch = []
            batch.append(stretch)
        if batch:
            yield batch
