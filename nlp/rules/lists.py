"""Lists that a sentence governs: ``Fylkesrådet varsler at det vil:`` and the items below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.analysis import Modality
from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import lexicon
from nlp.rules.requests import cue_words
from nlp.rules.sentence import RELATIVES, Range, Sentence, is_finite
from nlp.rules.subjects import antecedent

BULLETS = frozenset({"•", "·", "*", "–", "-", "—", "●", "▪", "◦"})
REACH = 12  # the cue of a governing sentence stands among its last words
COORDINATED = 4  # words between the conjunction and the second infinitive of an item: "og på sikt bruke"


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
        match = next((found for found in lexicon().cue_at(s.lower, i, s.tags) if not found.cue.needs), None)
        if match is None:
            continue
        verb = next((k for k in range(i, max(-1, i - 4), -1) if is_finite(s, k)), i)
        start = clause_start(s, verb)
        who = antecedent(s, subject(s, start, verb, verb + 1) or subject(s, start, verb, len(s) - 1))
        asked = match.cue.subject == "addressee"
        wills, modality = _who_reports(s, start) if asked else (None, None)
        return Governor(
            cue=cue_words(s, match),
            modality=modality or match.cue.modality,
            proposer=wills if asked else who,
            addressee=who if asked else None,
        )
    return None


def _who_reports(s: Sentence, start: int) -> tuple[Range | None, Modality | None]:
    """Who wills or says the clause that ``at`` opens before word ``start``: ``Laget vil at kommunene skal:``."""
    if start < 2 or s.lower[start - 1] != "at":
        return None, None
    verb = next((k for k in range(start - 2, -1, -1) if is_finite(s, k)), None)
    if verb is None:
        return None, None
    who = subject(s, clause_start(s, verb), verb, verb + 1)
    return who, "proposed" if s.lower[verb] == "vil" else None


def governed(sentences: Sequence[Sentence], bullets: Sequence[bool]) -> Iterator[tuple[int, Governor, int]]:
    """Each item directly below a sentence that governs it: its number, what governs it, and that sentence's number."""
    governor: Governor | None = None
    source = -1
    for number, s in enumerate(sentences):
        if not bullets[number]:
            governor, source = governor_of(s), number
        elif governor is not None:
            yield number, governor, source


def is_bullet(word: str) -> bool:
    return word in BULLETS


def item_parts(s: Sentence) -> list[Range]:
    """The acts of one item: ``innføre X og vurdere å bruke Y`` are two, where the item begins with an infinitive."""
    start, end = 0, len(s)
    while start < end and (s.words[start] in BULLETS or s.lower[start] in ("å", "at")):
        start += 1
    while end > start and s.words[end - 1] in (".", ",", ";", ":"):
        end -= 1
    if start == end:
        return []
    return list(_split(s, start, end)) if _opens_with_infinitive(s, start) else [(start, end)]


def _opens_with_infinitive(s: Sentence, i: int) -> bool:
    """By the ending: at the head of an item the tagger is unsure."""
    if s.tags[i] in ("verb|inf", "verb|imp"):
        return True
    return (
        s.tags[i] not in ("det", "pron", "subst|prop") and s.words[i].islower() and s.lower[i].endswith(("e", "a", "å"))
    )


def _split(s: Sentence, start: int, end: int) -> Iterator[Range]:
    begin = start
    for i in range(start + 1, end):
        if s.lower[i] in ("å", "at") or s.lower[i] in RELATIVES:
            break
        if s.tags[i] == "konj" and i - begin > 1 and _infinitive_near(s, i + 1, end):
            yield begin, i
            begin = i + 1
    yield begin, end


def _infinitive_near(s: Sentence, start: int, end: int) -> bool:
    for i in range(start, min(end, start + COORDINATED)):
        if s.tags[i] == "verb|inf":
            return True
        if s.tags[i] in ("det", "pron", "komma", "sbu", "konj") or s.lower[i] == "å":
            return False
    return False
