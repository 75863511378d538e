"""Evidence as a reader sees it: the sentence, with the measure inside it marked; addresses that may be followed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in three parts; what is marked is in the middle. Any of them may be empty."""

    before: str
    marked: str
    after: str


def mark(sentence: str, sentence_start: int, start: int, end: int) -> Marked:
    """The sentence with what stands at ``start``..``end`` marked; all three are offsets into the article's text.

    What of the span lies outside the sentence is left out, so that no more than the evidence is ever shown.
    """
    first = min(max(start - sentence_start, 0), len(sentence))
    last = min(max(end - sentence_start, first), len(sentence))
    return Marked(sentence[:first], sentence[first:last], sentence[last:])


def outward(url: str | None) -> str | None:
    """The address if a browser may be sent there: http or https with a host; ``None`` for every other."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None
