"""Reading: texts with ids go in, one ``Analysis`` a text comes out. The only place where a ``Doc`` becomes data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Analysis, Label, Measure, Mention, Quote
from nlp.components.sentences import without_blanks
from nlp.pipeline import model_name

# NorNE's labels in the words of the warehouse.
LABELS: dict[str, Label] = {
    "PER": "person",
    "ORG": "organisation",
    "GPE_ORG": "organisation",
    "GPE_LOC": "place",
    "LOC": "place",
    "PROD": "product",
    "EVT": "event",
    "DRV": "other",
    "MISC": "other",
}


def read(nlp: Language, texts: Iterable[tuple[str, str]]) -> Iterator[Analysis]:
    """Read ``(text_id, text)`` pairs: one ``Analysis`` each, in the same order; alone the same as in any batch."""
    ids, contents = tee(texts)
    model = model_name(nlp)
    docs = nlp.pipe(text for _, text in contents)
    for (text_id, _), doc in zip(ids, docs, strict=True):
        yield analysis_of(doc, text_id=text_id, model=model)


def analysis_of(doc: Doc, *, text_id: str, model: str) -> Analysis:
    """What the pipeline wrote into ``doc``, as data. Offsets are characters into the text."""
    return Analysis(
        text_id=text_id,
        model=model,
        language=doc._.language,
        mentions=tuple(
            Mention(text=ent.text, label=LABELS[ent.label_], start=ent.start_char, end=ent.end_char, name=ent._.name)
            for ent in doc.ents
        ),
        people=doc._.people,
        organisations=doc._.organisations,
        measures=tuple(_measures(doc)),
        quotes=tuple(
            Quote(text=span.text, start=span.start_char, end=span.end_char, kind=span._.kind, speaker=span._.speaker)
            for span in doc.spans["quotes"]
        ),
    )


def _measures(doc: Doc) -> Iterator[Measure]:
    for span in doc.spans["measures"]:
        sentence = without_blanks(span.sent)
        yield Measure(
            text=span.text,
            start=span.start_char,
            end=span.end_char,
            sentence=(sentence.start_char, sentence.end_char),
            modality=span._.modality,
            cue=span._.cue,
            proposer=span._.proposer,
            addressee=span._.addressee,
            topics=tuple(span._.topics),
            confidence=span._.confidence,
        )
