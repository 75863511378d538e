"""The training text told with other names: a model should learn how names stand in a sentence, not who was in the news.

People, organisations and products of a document are exchanged throughout: people by other people of the corpus,
organisations by others of the corpus or of the health sector (``health_names.txt``), products by its plans and papers.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nlp.norne import Word

SWAPPED, SHOUTED = 0.35, 0.03  # shares of documents with other names, and of sentences in capitals
HERE = Path(__file__).parent

Sentence = list[Word]


def entities(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """The entities as (first word, word after the last, label)."""
    start = 0
    while start < len(sentence):
        if sentence[start].entity.startswith("B-"):
            label = sentence[start].entity[2:]
            end = start + 1
            while end < len(sentence) and sentence[end].entity == f"I-{label}":
                end += 1
            yield start, end, label
            start = end
        else:
            start += 1


class NameSwap:
    """Exchanges names; learns from the documents which there are."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        first: Counter[str] = Counter()
        self._last: Counter[str] = Counter()
        self._organisations: list[list[str]] = []
        self._organisation_ends: set[str] = set()
        for sentence in sentences:
            for start, end, label in entities(sentence):
                if label == "PER" and end - start > 1:
                    first[sentence[start].text] += 1
                    self._last[sentence[end - 1].text] += 1
                if label == "ORG":
                    self._organisations.append([word.text for word in sentence[start:end]])
                    self._organisation_ends.add(sentence[end - 1].text)
        self._first, self._surnames = list(first), list(self._last)
        self._health, self._products, surnames = _lists(HERE / "health_names.txt")
        self._more_surnames = [" ".join(name) for name in surnames]

    def document(self, sentences: list[Sentence], chance: random.Random) -> list[Sentence]:
        """The document with other names: the same for the same, all through."""
        people: dict[str, str] = {}
        others: dict[str, list[str]] = {}
        return [self._sentence(sentence, people, others, chance) for sentence in sentences]

    def _sentence(
        self, sentence: Sentence, people: dict[str, str], others: dict[str, list[str]], chance: random.Random
    ) -> Sentence:
        told: Sentence = []
        done = 0
        for start, end, label in entities(sentence):
            told += sentence[done:start]
            done = end
            names = [word.text for word in sentence[start:end]]
            if label == "PER":
                names = self._person(names, people, chance)
            elif label == "ORG" and chance.random() < 0.5:
                names = self._organisation(names, others, chance)
            elif label == "PROD" and chance.random() < 0.4:
                key = " ".join(names)
                if key not in others:
                    others[key] = chance.choice(self._products)
                names = others[key]
            told += [Word(text=text, tag="", entity=("B-" if k == 0 else "I-") + label) for k, text in enumerate(names)]
        return told + sentence[done:]

    def _person(self, names: list[str], known: dict[str, str], chance: random.Random) -> list[str]:
        result = []
        for k, name in enumerate(names):
            genitive = name.endswith("s") and name[:-1] in self._last and name not in self._last
            bare = name[:-1] if genitive else name
            if bare not in known:
                is_first = k == 0 and len(names) > 1
                surnames = self._surnames if is_first or chance.random() < 0.8 else self._more_surnames
                known[bare] = chance.choice(self._first if is_first else surnames)
            result.append(known[bare] + ("s" if genitive else ""))
        return result

    def _organisation(self, names: list[str], known: dict[str, list[str]], chance: random.Random) -> list[str]:
        key = " ".join(names)
        if key not in known:
            known[key] = chance.choice(self._health if chance.random() < 0.5 else self._organisations)
        chosen = known[key]
        genitive = names[-1].endswith("s") and names[-1][:-1] in self._organisation_ends
        return [*chosen[:-1], chosen[-1] + "s"] if genitive and not chosen[-1].endswith("s") else chosen


def shouted(sentence: Sentence) -> Sentence:
    """The sentence in capitals, as headlines often are."""
    return [replace(word, text=word.text.upper()) for word in sentence]


def _lists(path: Path) -> list[list[list[str]]]:
    """The lists of a file, apart by empty lines; a name a line, its words apart by blanks; ``#`` begins a remark."""
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [[line.split() for line in part.split("\n") if line.strip()] for part in text.strip().split("\n\n")]
