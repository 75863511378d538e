"""Invented articles with their measures marked in the text: ``{d:ansette flere jordmødre}``.

``nlp/training/invented/*.txt``: one sentence a line, an empty line between paragraphs, the headline first. They were
written for this by language models, after the rules in ``docs/measures.md``; no person or firm in them exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import spacy

from nlp.errors import AnnotationError
from nlp.norne import Word
from nlp.tokenizer import norwegian_tokenizer
from nlp.training.augment import Sentence

FOLDER = Path(__file__).parent / "invented"
KINDS = {"p": "proposed", "d": "demanded", "l": "planned", "v": "decided", "r": "rejected"}
MARKED = re.compile(r"\{([a-z]):([^{}]+)\}")
ENDS = (".", "!", "?", ":", "»", "”", '"')
LINE_END = Word(text="|", tag="", entity="O")  # as NDT has it after headlines


def read_invented(folder: Path = FOLDER) -> Iterator[list[Sentence]]:
    """The articles as sentences, each word's label being that of its measure.

    Raises:
        AnnotationError: a mark is no such mark.
    """
    tokenizer = norwegian_tokenizer(spacy.blank("nb"))
    for path in sorted(folder.glob("*.txt")):
        sentences: list[Sentence] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            text, measures = _unmarked(line.strip(), f"{path.name}:{number}")
            words = [
                Word(text=token.text, tag="", entity=_label(token.idx, measures))
                for token in tokenizer(text)
                if not token.is_space
            ]
            is_headline = not sentences or words[-1].text not in ENDS
            sentences.append([*words, LINE_END] if is_headline else words)
        yield sentences


def _unmarked(line: str, place: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The line without marks, and the measures as (start, end, modality) in it."""
    text, measures, read_to = "", [], 0
    for match in MARKED.finditer(line):
        text += line[read_to : match.start()]
        if match[1] not in KINDS:
            raise AnnotationError(f"{place}: no such mark: {match[0]}")
        measures.append((len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        read_to = match.end()
    text += line[read_to:]
    if "{" in text or "}" in text:
        raise AnnotationError(f"{place}: a bracket that belongs to no mark")
    return text, measures


def _label(start: int, measures: list[tuple[int, int, str]]) -> str:
    for begin, end, kind in measures:
        if begin <= start < end:
            return ("B-" if start == begin else "I-") + kind
    return "O"
