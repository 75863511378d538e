"""Lists that a sentence governs: ``Regjeringen varsler at den vil:`` and the items below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.analysis import Modality
from nlp.components.clauses import Range, Sentence, clause_start, is_finite, subject
from nlp.components.cues import lexicon

BULLETS = frozenset({"•", "·", "*", "–", "-", "—", "●", "▪", "◦"})
REACH = 12  # the cue of a governing sentence stands among its last words


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """What a sentence that ends in a colon says of the items after it."""

    cue: str
    modality: Modality
    proposer: Range | None
    addressee: Range | None


def governor_of(s: Sentence) -> Governor | None:
    """What the sentence governs, if it ends in a colon and wills, demands or proposes what follows."""
    if not s.words or s.words[-1] != ":":
        return None
    for i in range(len(s) - 2, max(-1, len(s) - 2 - REACH), -1):
        for match in lexicon().cue_at(s.lower, i):
            if match.cue.needs:
                continue
            verb = next((k for k in range(i, max(-1, i - 4), -1) if is_finite(s, k)), i)
            who = subject(s, clause_start(s, verb), verb, min(len(s) - 1, verb + 1))
            if who is None and i + 1 < len(s) - 1 and s.tags[i + 1] in ("pron", "subst", "subst|prop"):
                who = (i + 1, len(s) - 1)
            asked = match.cue.subject == "addressee" and s.lower[i] != "skal"
            return Governor(cue=s.text((match.start, match.end)), modality=match.cue.modality, proposer=None if asked else who, addressee=who if asked else None)
    return None


def is_bullet(word: str) -> bool:
    return word in BULLETS


def item_parts(s: Sentence) -> list[Range]:
    """The acts of one item: ``innføre X og vurdere å bruke Y`` are two, where the item begins with an infinitive."""
    start = 0
    while start < len(s) and (s.words[start] in BULLETS or s.lower[start] in ("å", "at")):
        start += 1
    end = len(s)
    while end > start and s.words[end - 1] in (".", ",", ";", ":"):
        end -= 1
    if end - start < 1:
        return []
    if end <= start or not _infinitive_shape(s, start):
        return [(start, end)]
    return list(_split(s, start, end))


def _infinitive_shape(s: Sentence, i: int) -> bool:
    """Whether the first word of an item reads as an infinitive; the tagger is unsure there, the ending is not."""
    return s.tags[i] in ("verb|inf", "verb|imp") or s.tags[i] not in ("det", "pron", "subst|prop") and s.lower[i].endswith(("e", "a", "å")) and s.words[i].islower()


def _split(s: Sentence, start: int, end: int) -> Iterator[Range]:
    begin = start
    hosted = False
    for i in range(start + 1, end):
        if s.lower[i] in ("å", "som", "at"):
            hosted = True
        if s.tags[i] == "konj" and i - begin > 1 and not (hosted and s.lower[i] == "eller"):
            verb = _coordinated(s, i + 1, end)
            if verb is not None and not hosted:
                yield begin, i
                begin, hosted = i + 1, False
    yield begin, end


def _coordinated(s: Sentence, start: int, end: int) -> int | None:
    for i in range(start, min(end, start + 4)):
        if s.tags[i] == "verb|inf":
            return i
        if s.tags[i] in ("det", "pron", "komma", "sbu", "konj") or s.lower[i] == "å":
            return None
    return None


def governed(sentences: Sequence[Sentence], ends_block: Sequence[bool], bullet: Sequence[bool]) -> Iterator[tuple[int, Governor, int]]:
    """Pairs of item and governor, by number of sentence: the items directly after a governing sentence, until something else comes."""
    governor: Governor | None = None
    source = -1
    for number, s in enumerate(sentences):
        if bullet[number]:
            if governor is not None:
                yield number, governor, source
            continue
        governor, source = governor_of(s), number
