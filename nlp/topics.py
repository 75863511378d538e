"""The topics of a measure: from its own words first, then from those of its sentence, its title and its text."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from nlp.errors import TopicsError

SHIPPED = Path(__file__).parent / "topics.toml"

WORDS, HINTS = 1.0, 0.35
"""How much one word says: one by itself, or one that only hints."""

MEASURE, SENTENCE, TITLE, TEXT = 4.0, 1.5, 1.2, 1.5
"""How much a word counts where it stands; of the whole text a topic's share of what its words say."""

LEAST, BESIDE = 0.6, 0.5
"""A topic needs this much in all, and a further one this share of the first."""

MOST = 3
"""Topics of one measure."""

_LETTERS = 3
_WORD = re.compile(r"\w+(?:-\w+)*")
_KEYS = {"nb", "nn", "en", "words", "hints", "examples"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic with its names and examples; ``name`` is its id."""

    name: str
    nb: str
    nn: str
    en: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Patterns of words that follow each other, the topic that they say (its place in the list), and how much."""

    words: tuple[re.Pattern[str], ...]
    first: str  # the letters, up to three, that the first of them begins with after a star
    topic: int
    weight: float


class Topics:
    """The topics of a file, and how to tell which a measure has. The same words always give the same topics."""

    def __init__(self, topics: Sequence[Topic], phrases: Sequence[_Phrase], version: str) -> None:
        self.topics = tuple(topics)
        self.version = version
        self._by_beginning: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in phrases:
            self._by_beginning[phrase.first].append(phrase)
        self._of_word = lru_cache(maxsize=50_000)(self._begun_by)

    def of(self, measure: str, sentence: str, title: str, text: Mapping[int, float] | None = None) -> tuple[str, ...]:
        """The topics of a measure, the surest first; none where no word says any.

        Args:
            measure: its words.
            sentence: the sentence that it stands in.
            title: of the article.
            text: `said` of the whole article.
        """
        score: dict[int, float] = defaultdict(float)
        for zone, weight in ((measure, MEASURE), (sentence, SENTENCE), (title, TITLE)):
            for topic, said in self.said(zone).items():
                score[topic] += weight * min(said, 2.0)
        if text:
            whole = sum(text.values())
            for topic, said in text.items():
                score[topic] += TEXT * said / whole
        ranked = sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))
        sure = [topic for topic, total in ranked if total >= max(LEAST, BESIDE * ranked[0][1])]
        return tuple(self.topics[topic].name for topic in sure[:MOST])

    def said(self, text: str) -> dict[int, float]:
        """How much the words of a text say of each topic, by its place in the file; a word said twice counts once."""
        words = _WORD.findall(text.casefold())
        heard: dict[tuple[int, tuple[str, ...]], float] = {}
        for at, word in enumerate(words):
            for phrase in self._of_word(word):
                found = tuple(words[at : at + len(phrase.words)])
                if len(found) == len(phrase.words) and all(
                    pattern.fullmatch(one) for pattern, one in zip(phrase.words[1:], found[1:], strict=True)
                ):
                    key = (phrase.topic, found)
                    heard[key] = max(heard.get(key, 0.0), phrase.weight)
        total: dict[int, float] = defaultdict(float)
        for (topic, _), weight in heard.items():
            total[topic] += weight
        return total

    def _begun_by(self, word: str) -> tuple[_Phrase, ...]:
        # By the letters that a pattern begins with, which stand anywhere in the word: else a thousand patterns a word.
        beginnings = dict.fromkeys(
            word[at : at + length] for at in range(len(word)) for length in range(1, _LETTERS + 1)
        )
        return tuple(
            phrase
            for beginning in beginnings
            for phrase in self._by_beginning.get(beginning, ())
            if phrase.words[0].fullmatch(word)
        )


def read_topics(path: Path = SHIPPED) -> Topics:
    """The topics of a file.

    Raises:
        TopicsError: it cannot be read, or has a key that is none.
    """
    try:
        content = path.read_text(encoding="utf-8")
        tables = tomllib.loads(content)
    except (OSError, ValueError) as exc:
        raise TopicsError(path, str(exc)) from exc
    topics, phrases = [], []
    for place, (name, table) in enumerate(tables.items()):
        _check(path, name, table)
        names = {language: str(table.get(language, name)) for language in ("nb", "nn", "en")}
        topics.append(Topic(name=name, examples=tuple(table.get("examples", ())), **names))
        for key, weight in (("words", WORDS), ("hints", HINTS)):
            phrases += [
                _Phrase(_patterns(entry), _letters(entry), place, weight) for entry in _entries(table.get(key, ""))
            ]
    return Topics(topics, phrases, sha256(content.encode()).hexdigest()[:8])


def _check(path: Path, name: str, table: object) -> None:
    if not isinstance(table, dict):
        raise TopicsError(path, f"{name} is no topic: write [{name}] and its words below")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise TopicsError(path, f"[{name}] has an unknown key {unknown[0]!r}; there are: {', '.join(sorted(_KEYS))}")
    for key in ("words", "hints"):
        if not isinstance(table.get(key, ""), str):
            raise TopicsError(path, f"[{name}] {key} must be one text, its words apart by blanks")


def _entries(words: str) -> Iterable[str]:
    return dict.fromkeys(words.casefold().split())


def _patterns(entry: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.escape(word).replace(r"\*", r"[\w-]*")) for word in entry.split("_") if word)


def _letters(entry: str) -> str:
    return re.split(r"[*_]", entry.lstrip("*"))[0][:_LETTERS]
