"""Topics of measures: writes ``span._.topics`` into ``doc.spans["measures"]``, after the component that finds them."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.topics import SHIPPED, read_topics

_LONGEST = 300  # characters of a title
_AROUND = 60  # words of the sentence on each side: a text without marks is one sentence, and must not cost its square


@Language.factory("topics", assigns=["doc.spans"], default_config={"path": ""})
def make_topics(nlp: Language, name: str, path: str) -> TopicFinder:  # noqa: ARG001
    return TopicFinder(Path(path) if path else SHIPPED)


class TopicFinder:
    """Tells the topics of measures by the words of a file."""

    def __init__(self, path: Path) -> None:
        self.topics = read_topics(path)
        self.own = path != SHIPPED

    def __call__(self, doc: Doc) -> Doc:
        if doc.spans["measures"]:
            text = doc.text
            title, said = text.partition("\n")[0][:_LONGEST], self.topics.said(text)
            for span in doc.spans["measures"]:
                around = doc[max(span.sent.start, span.start - _AROUND) : min(span.sent.end, span.end + _AROUND)]
                span._.topics = self.topics.of(span.text, around.text, title, said)
        return doc
