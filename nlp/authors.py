"""Who signs a text: a line of its own with a name and an office, or with the body that sends it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.role_nouns import is_role
from nlp.rules.sentence import Range, Sentence, is_finite

AT_THE_HEAD, AT_THE_FOOT = 4, 2  # blocks in which the line may stand
LONGEST = 20  # words of it
REACH = 3  # words between the comma after the name and the office: "daglig leder", "professor"
SENT = ("høringssvar", "høringsuttal", "høyringssvar", "høyringsfråsegn", "pressemelding", "uttal", "fråsegn")
REPORTERS = ("journalist", "fotograf", "reporter")  # who sign what others say


def author_of(blocks: Sequence[Sequence[Sentence]]) -> tuple[Sentence, Range] | None:
    """The line and the words in it that name the first author or the sender; None where nobody signs."""
    foot = max(AT_THE_HEAD, len(blocks) - AT_THE_FOOT)
    for number, block in enumerate(blocks):
        if AT_THE_HEAD <= number < foot:
            continue
        for s in block:
            if (sender := _sender(s)) is not None:
                return s, sender
            start = 1 if s.lower[0] == "av" else 0
            end = start
            while end < len(s) and s.labels[end] == "PER":
                end += 1
            marks = (",", "er") if number >= foot else (",",)  # "Kari Li er lege." at the head begins a story
            if start < end < len(s) <= LONGEST and s.lower[end] in marks and _signs(s, end + 1):
                return s, (start, end)
    return None


def _sender(s: Sentence) -> Range | None:
    """The body in "Avsender: X" and "Høringssvar fra X"."""
    start = next((i + 1 for i in range(min(len(s), REACH)) if s.lower[i] in ("fra", "frå", ":")), len(s))
    if start >= len(s) or not s.lower[0].startswith(("avsender", "avsendar") if s.lower[start - 1] == ":" else SENT):
        return None
    end = start
    while end < len(s) and s.labels[end] in ("ORG", "GPE_ORG"):
        end += 1
    return (start, end) if end > start else None


def _signs(s: Sentence, start: int) -> bool:
    office = next((i for i in range(start, min(len(s), start + REACH)) if is_role(s.words[i])), None)
    return (
        office is not None
        and not s.lower[office].endswith(REPORTERS)
        and not any(is_finite(s, i) for i in range(office + 1, len(s)))
    )
