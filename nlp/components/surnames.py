"""A surname by itself is the person named in full in the document, which a network that sees few words cannot know."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

NOT_A_PERSON = frozenset({"ORG", "LOC", "GPE_LOC", "PROD", "MISC", "EVT"})  # what a lone surname is taken for
SHORTEST = 3  # letters; shorter surnames look like abbreviations


@Language.component("surnames", assigns=["doc.ents"])
def surnames(doc: Doc) -> Doc:
    """Label single words PER that are the last word of a longer PER in the document, genitive -s allowed."""
    people = {ent[-1].text for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1}
    if people:
        doc.set_ents(list(_relabelled(doc, people)))
    return doc


def _relabelled(doc: Doc, people: set[str]) -> Iterator[Span]:
    taken: set[int] = set()
    for ent in doc.ents:
        taken.update(range(ent.start, ent.end))
        lone = len(ent) == 1 and ent.label_ in NOT_A_PERSON and _surname(ent.text, people)
        yield Span(doc, ent.start, ent.end, label="PER") if lone else ent
    for token in doc:
        if token.i not in taken and token.text[0].isupper() and _surname(token.text, people):
            yield Span(doc, token.i, token.i + 1, label="PER")


def _surname(word: str, people: set[str]) -> bool:
    bare = word if word in people else word.removesuffix("s")
    return bare in people and len(bare) >= SHORTEST
