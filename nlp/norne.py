"""NorNE documents in NDT's column format, as spaCy ``Doc``s.

The corpus gives words, never the blanks between them, and writes every quotation mark as ``"`` and every dash as ``-``.
Blanks are put back by rule here, in training and in evaluation alike, because a model that met other blanks than it
will be given reads worse. Typographic marks are varied by document, so that text from the web is not foreign to it.

Source: Jørgensen et al. 2020, "NorNE: Annotating Named Entities for Norwegian" (annotations CC0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from nlp.errors import AnnotationError

WORD, _LEMMA, POS, FEATURES, ENTITY = 1, 2, 3, 5, 9
COLUMNS = 10
VERB_FORMS = ("inf", "pres", "pret", "perf-part", "imp", "inf-ref")
NO_BLANK_BEFORE = frozenset(",.:;?!)]}»”…%")
NO_BLANK_AFTER = frozenset("([{«“")
# One (opening, closing) pair of quotation marks and one dash a document; "keep" leaves NDT's own.
QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("”", "”"))
DASHES = ("-", "–", "—")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One line of the corpus: the word, its tag (``verb|pres``, ``subst|prop``, ``adj`` …) and its label in IOB2."""

    text: str
    tag: str
    entity: str


def fine_tag(pos: str, features: str) -> str:
    """Part of speech, with the form of a verb and whether a noun is a name: the distinctions that components read."""
    names = features.split("|")
    if pos == "verb":
        return "verb|" + next((form for form in VERB_FORMS if form in names), "other")
    if pos == "subst" and "prop" in names:
        return "subst|prop"
    return pos.strip("<>")


def read_sentences(path: Path) -> Iterator[list[Word]]:
    """The sentences of one corpus file.

    Raises:
        AnnotationError: a line has other than ten columns.
    """
    sentence: list[Word] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            if sentence:
                yield sentence
            sentence = []
            continue
        columns = line.split("\t")
        if len(columns) != COLUMNS:
            raise AnnotationError(f"{path}:{number}: {len(columns)} columns, expected {COLUMNS}")
        entity = columns[ENTITY].removeprefix("name=")
        sentence.append(Word(text=columns[WORD], tag=fine_tag(columns[POS], columns[FEATURES]), entity=entity))
    if sentence:
        yield sentence


def typography(words: list[Word], quotes: tuple[str, str], dash: str) -> list[str]:
    """The words with NDT's ``"`` opened and closed in turn, and its lone ``-`` as the given dash."""
    texts, is_open = [], False
    for word in words:
        if word.text == '"':
            texts.append(quotes[1] if is_open else quotes[0])
            is_open = not is_open
        else:
            texts.append(dash if word.text == "-" else word.text)
    return texts


def blanks(words: list[Word], texts: list[str]) -> list[bool]:
    """Whether a blank follows each word, as a newspaper would set it."""
    spaces, is_open = [], False
    for i, text in enumerate(texts):
        if words[i].text == '"':
            is_open = not is_open
        after_opening = text in NO_BLANK_AFTER or (words[i].text == '"' and is_open)
        following = texts[i + 1] if i + 1 < len(texts) else None
        before_closing = following is not None and (
            following in NO_BLANK_BEFORE or (words[i + 1].text == '"' and is_open)
        )
        spaces.append(not after_opening and not before_closing)
    return spaces


def to_doc(vocab: Vocab, sentences: Iterable[list[Word]], *, quotes: tuple[str, str], dash: str) -> Doc:
    """One ``Doc`` with gold words, tags, sentence starts and entities. NDT's ``|`` ends a headline."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    starts: list[bool | int | None] = []
    entities: list[str] = []
    for sentence in sentences:
        texts = typography(sentence, quotes, dash)
        for i, (word, text, space) in enumerate(zip(sentence, texts, blanks(sentence, texts), strict=True)):
            is_break = word.text == "|"
            words.append("\n" if is_break else text)
            spaces.append(space and not is_break)
            tags.append("clb" if is_break else word.tag)
            starts.append(i == 0)
            entities.append("O" if is_break else word.entity)
    doc = Doc(vocab, words=words, spaces=spaces, tags=tags, sent_starts=starts)
    doc.set_ents(list(_spans(doc, entities)))
    return doc


def _spans(doc: Doc, entities: list[str]) -> Iterator[Span]:
    start = 0
    while start < len(entities):
        label = entities[start]
        end = start + 1
        if label == "O":
            start = end
            continue
        while end < len(entities) and entities[end] == "I-" + label[2:]:
            end += 1
        yield Span(doc, start, end, label=label[2:])
        start = end


def read_corpus(vocab: Vocab, folder: Path) -> Iterator[Doc]:
    """All documents under ``folder``, whole and with the corpus' own marks, in the order of their paths.

    Raises:
        AnnotationError: there is no corpus in ``folder``, or a file is malformed.
    """
    paths = sorted(folder.rglob("*.conll"))
    if not paths:
        raise AnnotationError(f"{folder}: no .conll files; name the folder that holds NorNE's split")
    for path in paths:
        yield to_doc(vocab, read_sentences(path), quotes=QUOTES[0], dash=DASHES[0])
