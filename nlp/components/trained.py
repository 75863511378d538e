"""Parts of speech and entities from a trained spaCy pipeline, which reads a document alone and in pieces.

Alone: a network's sums may differ in the last bit with the size of the batch, and a document must read the same in any.
In pieces: a network's memory grows with the length of what it reads; pieces end where a block of the text ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.errors import ModelError
from nlp.labelling import ENTITIES

PIECE_WORDS = 4000  # about ten pages; the CNN then needs some 60 MB
BESIDE = {
    "tagger": ("tok2vec", "transformer", "curated_transformer"),
    "ner": ("encoder", "tok2vec", "transformer", "curated_transformer", "surnames"),
}
"""What an annotation needs beside its own component."""
# Not read from disk at all: what spaCy's own Norwegian pipelines have beside entities.
NOT_NEEDED = (
    "tagger",
    "ner",
    "morphologizer",
    "parser",
    "senter",
    "lemmatizer",
    "trainable_lemmatizer",
    "attribute_ruler",
)
LINE_BREAK = "\n"  # how the training corpus marks the end of a headline

Annotation = Literal["tagger", "ner"]


class Trained:
    """Takes one annotation, tags or entities, from a pipeline of its own, on the words that the document has.

    Attributes:
        meta: what that pipeline says of itself.
    """

    def __init__(self, source: Language, annotation: Annotation) -> None:
        self.source, self.annotation = source, annotation
        self.meta = source.meta

    def __call__(self, doc: Doc) -> Doc:
        entities: list[Span] = []
        for places in pieces(doc):
            words = [LINE_BREAK if doc[i].is_space else doc[i].text for i in places]
            piece = Doc(self.source.vocab, words=words, spaces=[bool(doc[i].whitespace_) for i in places])
            for _, component in self.source.pipeline:
                piece = component(piece)
            if self.annotation == "tagger":
                for i, token in zip(places, piece, strict=True):
                    doc[i].tag_ = token.tag_
            else:
                entities.extend(_entities(doc, places, piece))
        if self.annotation == "ner":
            doc.set_ents(entities)
        return doc


def pieces(doc: Doc) -> Iterator[list[int]]:
    """The places of the words to read together. Of the blanks only line breaks are kept: training knew no others."""
    places: list[int] = []
    for token in doc:
        if not token.is_space:
            places.append(token.i)
            if len(places) >= 2 * PIECE_WORDS:
                yield places
                places = []
        elif LINE_BREAK in token.text and places:
            places.append(token.i)
            if len(places) >= PIECE_WORDS:
                yield places
                places = []
    if places:
        yield places


def _entities(doc: Doc, places: list[int], piece: Doc) -> Iterator[Span]:
    """The entities of a piece on the document's words; one that crosses a line break ends there."""
    for ent in piece.ents:
        if ent.label_ not in ENTITIES:
            continue
        inside = places[ent.start : ent.end]
        while inside and doc[inside[0]].is_space:
            inside.pop(0)
        end = next((k for k, i in enumerate(inside) if doc[i].is_space), len(inside))
        if end:
            yield Span(doc, inside[0], inside[end - 1] + 1, label=ent.label_)


@Language.factory("trained", default_config={"annotation": "ner"}, assigns=["doc.ents", "token.tag"])
def make_trained(nlp: Language, name: str, model: str, annotation: Annotation) -> Trained:  # noqa: ARG001 (spaCy gives them)
    """Load ``model`` (an installed package or a directory) for one annotation.

    Raises:
        ModelError: it is not installed, or has no component for that annotation.
    """
    try:
        source = spacy.load(model, exclude=[other for other in NOT_NEEDED if other != annotation])
    except OSError as exc:
        what = "not installed; install that spaCy package, give a directory, or leave it out for the shipped model"
        raise ModelError(model, what) from exc
    if annotation not in source.pipe_names:
        raise ModelError(model, f"has no component {annotation!r}, only: {', '.join(source.pipe_names) or 'none'}")
    for other in source.pipe_names:
        if other != annotation and other not in BESIDE[annotation]:
            source.remove_pipe(other)
    return Trained(source, annotation)
