"""Entities from the scores of the encoder's head: the likeliest row of NorNE's labels within each line of the text.

Then the mentions of one name agree on its label, as far as each by itself leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.components.agreement import agreed
from nlp.components.encoder import scores_key
from nlp.labelling import ENTITIES, BioDecoder, log_softmax


class EntityDecoder:
    """Sets ``doc.ents`` from the scores that the encoder left."""

    def __init__(self, head: str) -> None:
        self.head = head
        self._decoder = BioDecoder(ENTITIES)

    def __call__(self, doc: Doc) -> Doc:
        chances = log_softmax(doc.user_data.pop(scores_key(self.head)))
        names = [
            (words[start], words[end - 1] + 1, kind)
            for words in lines(doc)
            for start, end, kind in self._decoder.spans(chances[words])
        ]
        texts = [token.text for token in doc]
        doc.set_ents([Span(doc, start, end, label=kind) for start, end, kind in agreed(texts, chances, names)])
        return doc


def lines(doc: Doc) -> Iterator[list[int]]:
    """The places of the words of each line; blanks that end no line are left out."""
    words: list[int] = []
    for token in doc:
        if not token.is_space:
            words.append(token.i)
        elif "\n" in token.text and words:
            yield words
            words = []
    if words:
        yield words


@Language.factory("entity_decoder", default_config={"head": "entities"}, assigns=["doc.ents"])
def make_entity_decoder(nlp: Language, name: str, head: str) -> EntityDecoder:  # noqa: ARG001 (spaCy gives them)
    """A decoder of ``head``'s scores."""
    return EntityDecoder(head)
