"""Words and marks of a text: spaCy's Norwegian tokenizer, with three things put right."""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex, compile_suffix_regex

# spaCy takes quadratic time for a "word" of many marks: 100,000 opening brackets run for hours. A longer word is cut.
LONGEST_WORD = 120
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")  # surrogates, which broken JSON can hold and UTF-8 cannot
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# "-Det offentlige må ...": a dash glued to what is said is a mark of its own; "-er" and "-10" are not.
DASH_OF_SPEECH = r"[-–—](?=[A-ZÆØÅ«“”\"])"
# "innen 2027." ends a sentence; "16." of "16. april" is an ordinal, which spaCy keeps whole, as it does any number.
STOP_AFTER_YEAR = r"(?<=\d\d\d)\."


class CuttingTokenizer:
    """Tokenizes a text of any content in time linear in its length."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        pieces = _cut(HALF_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text))
        if len(pieces) == 1:
            doc: Doc = self.tokenizer(pieces[0])
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece in pieces:
            for token in self.tokenizer(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.tokenizer.vocab, words=words, spaces=spaces)


def _cut(text: str) -> list[str]:
    """The text in pieces that give it again when joined, with no word longer than the limit."""
    pieces, done = [], 0
    for match in _LONG.finditer(text):
        for end in range(match.start() + LONGEST_WORD, match.end(), LONGEST_WORD):
            pieces.append(text[done:end])
            done = end
    pieces.append(text[done:])
    return pieces


def norwegian_tokenizer(nlp: Language) -> CuttingTokenizer:
    """The tokenizer of a blank Norwegian pipeline, with a dash of speech and a full stop after a year apart."""
    tokenizer: Any = nlp.tokenizer  # spacy.tokenizer.Tokenizer, which has no type stubs
    # Faces such as "):" are no words here: "Kari Li (Sp): Eg vil ..."
    tokenizer.rules = {
        word: rule for word, rule in (tokenizer.rules or {}).items() if any(c.isalnum() or c.isspace() for c in word)
    }
    tokenizer.prefix_search = compile_prefix_regex([*(nlp.Defaults.prefixes or ()), DASH_OF_SPEECH]).search
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), STOP_AFTER_YEAR]).search
    return CuttingTokenizer(tokenizer)
