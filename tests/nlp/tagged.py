"""Hand-built documents for the tests of rules: words with their parts of speech, no model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

import nlp.pipeline  # noqa: F401  (registers the factories)
from nlp.rules.sentence import Sentence, sentence_of

RULES = spacy.blank("nb")
for name in ("sentences", "names", "roles", "quotes", "measures"):
    RULES.add_pipe(name)
SHORT = {
    "v": "verb|pres",
    "vp": "verb|pret",
    "vi": "verb|inf",
    "vpp": "verb|perf-part",
    "n": "subst",
    "np": "subst|prop",
    "p": "prep",
    "pr": "pron",
    "d": "det",
    "a": "adj",
    "av": "adv",
    "k": "konj",
    "s": "sbu",
    "inf": "inf-merke",
    "c": "clb",
    ",": "komma",
    "-": "strek",
    "q": "anf",
}


def tagged(text: str, **entities: str) -> Doc:
    """A document of ``word/tag`` pairs (tags as in ``SHORT``); ``¶`` is an empty line, ``·`` a line break.

    ``entities`` are labels with their words: ``PER="Kari Li|Ola Moe"``.
    """
    words, tags, spaces = [], [], []
    for piece in text.split():
        if piece in "¶·":
            words.append("\n\n" if piece == "¶" else "\n")
            tags.append("_SP")
            spaces.append(False)
            if len(spaces) > 1:
                spaces[-2] = False
            continue
        word, _, tag = piece.rpartition("/")
        words.append(word)
        tags.append(SHORT[tag])
        spaces.append(True)
    doc = Doc(RULES.vocab, words=words, spaces=spaces, tags=tags)
    found = []
    for label, names in entities.items():
        for name in names.split("|"):
            parts = name.split()
            found += [
                Span(doc, i, i + len(parts), label=label)
                for i in range(len(words))
                if words[i : i + len(parts)] == parts
            ]
    doc.ents = filter_spans(found)
    return doc


def sentence(text: str, **entities: str) -> Sentence:
    """One sentence, as the rules read it."""
    return sentence_of(tagged(text, **entities))


def read(text: str, **entities: str) -> Doc:
    """The document with its quotes and measures, by the rules alone."""
    return RULES(tagged(text, **entities))
