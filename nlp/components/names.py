"""Skeleton."""
from __future__ import annotations
from spacy.language import Language
from spacy.tokens import Doc, Span

@Language.factory("names")
def make_names(nlp: Language, name: str) -> Namer:
    return Namer()

class Namer:
    def __init__(self) -> None:
        if not Span.has_extension("name"):
            Span.set_extension("name", default="")
    def __call__(self, doc: Doc) -> Doc:
        full = {}
        for ent in doc.ents:
            if ent.label_ == "PER" and len(ent) > 1:
                full.setdefault(ent[-1].text, ent.text)
        for ent in doc.ents:
            text = ent.text
            if ent.label_ == "PER" and len(ent) == 1:
                text = full.get(text) or full.get(text.removesuffix("s")) or text
            ent._.name = text
        return doc
