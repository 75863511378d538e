"""The health sector's names: a small test that ships with the project and stays out of training."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

HEALTH_SENTENCES = Path(__file__).parent / "health_sentences.txt"
_ENTITY = re.compile(r"\[([A-Z_]+) ([^\]]+)\]")


def marked_sentences(path: Path = HEALTH_SENTENCES) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Each sentence with its entities as (first character, character after the last, label)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, entities, done = "", [], 0
        for match in _ENTITY.finditer(line):
            text += line[done : match.start()]
            entities.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            done = match.end()
        yield text + line[done:], entities


def score_health_names(nlp: Language) -> tuple[float, float]:
    """F of exact spans with their labels, and the share of the names whose span is right whatever the label."""
    right = placed = gold = given = 0
    for text, entities in marked_sentences():
        found = {(ent.start_char, ent.end_char, ent.label_) for ent in nlp(text).ents}
        right += len(found & set(entities))
        placed += len({span[:2] for span in found} & {span[:2] for span in entities})
        gold += len(entities)
        given += len(found)
    return 2 * right / (gold + given), placed / gold
