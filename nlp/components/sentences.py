"""Where sentences begin: by rule, on words, marks and line breaks. A blank line or a bullet always begins one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.words import words as word_list

CLOSING = frozenset("»”’)]\"'“") | {"''"}
OPENING = frozenset("«“„‘([\"'”") | {"``"}
DASHES = frozenset("-–—−")
BULLETS = frozenset("•·*▪◦‣●○■–-—")
END_MARKS = frozenset(".?!…")
LEADING = word_list("sentences", "leading")
MONTHS = word_list("sentences", "months")
BEGINNERS = word_list("sentences", "beginners")

# What stands before a word: nothing, a blank, a line break or an empty line.
Gap = int
GLUED, BLANK, LINE, EMPTY_LINE = 0, 1, 2, 3


def sentence_starts(words: Sequence[str], gaps: Sequence[Gap]) -> list[bool]:
    """For each word (none of them blank) whether a sentence begins with it; ``gaps[i]`` stands before ``words[i]``."""
    starts = [False] * len(words)
    block = 0  # where the block or line began
    for i, word in enumerate(words):
        if i == 0 or gaps[i] == EMPTY_LINE:
            starts[i] = True
        elif gaps[i] == LINE:
            starts[i] = word[0] in BULLETS or not word[0].islower() or _ended(words, gaps, i, block)
        else:
            starts[i] = _ended(words, gaps, i, block) and not _goes_on(words, i)
            continue
        if starts[i]:
            block = i
    return starts


def _ended(words: Sequence[str], gaps: Sequence[Gap], i: int, block: int) -> bool:
    """Whether a sentence can be over before word ``i``."""
    if (words[i] in CLOSING and gaps[i] == GLUED) or words[i][0] in END_MARKS:
        return False
    last = i - 1
    while last > block and words[last] in CLOSING and gaps[last] == GLUED:
        last -= 1
    word = words[last]
    if word[-1] not in END_MARKS:
        return False
    if word[-1] != "." or word[-2:] == "..":
        return True
    if word != ".":
        return _full_stop(word, last, words, i, block)
    if last > block and gaps[last] == GLUED:
        return _full_stop(words[last - 1] + ".", last - 1, words, i, block)
    return True


def _full_stop(word: str, at: int, words: Sequence[str], i: int, block: int) -> bool:
    """Whether the dot of ``word`` ends a sentence, rather than marking an abbreviation, an ordinal or an initial."""
    if word.lower() in LEADING:
        return False
    stem = word[:-1]
    if stem.isdigit():
        return at != block and words[i].lower().rstrip(".") not in MONTHS
    if len(stem) == 1 and stem.isupper():
        return words[i] in BEGINNERS
    return True


def _goes_on(words: Sequence[str], i: int) -> bool:
    """Whether the first real word from ``i`` on is in lower case, so that the sentence is not over."""
    for k in range(i, min(i + 4, len(words))):
        word = words[k]
        if word in OPENING or word in DASHES:
            continue
        return word[0].islower() or (len(word) > 1 and word[0] in DASHES and word[1].islower())
    return False


@Language.component("sentences", assigns=["token.is_sent_start", "doc.sents"])
def find_sentences(doc: Doc) -> Doc:
    """Set sentence boundaries. Blanks and line breaks belong to the sentence before them."""
    words: list[str] = []
    gaps: list[Gap] = []
    places: list[int] = []
    breaks, blank = 0, False
    for token in doc:
        text = token.text
        if token.is_space:
            breaks += text.count("\n") or ("\r" in text or "\u2028" in text or "\u2029" in text)
            blank = True
            continue
        words.append(text)
        places.append(token.i)
        gaps.append(EMPTY_LINE if breaks > 1 else LINE if breaks else BLANK if blank else GLUED)
        breaks, blank = 0, bool(token.whitespace_)
    starts = sentence_starts(words, gaps)
    is_start = numpy.full(len(doc), -1, dtype=numpy.int64)
    is_start[[place for place, start in zip(places, starts, strict=True) if start]] = 1
    if len(doc):
        is_start[places[:1]] = -1  # blanks at the very beginning belong to the first sentence
        is_start[0] = 1
        # All at once: the setter of a single token looks through the whole document each time.
        column: Any = is_start.astype(numpy.uint64).reshape(-1, 1)
        doc.from_array(["SENT_START"], column)
    return doc


def without_blanks(span: Span) -> Span:
    """A sentence without the line breaks around it."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return doc[start:end]
