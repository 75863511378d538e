"""The measures of one sentence: each cue is read by its rule, and what they find is put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nlp.rules.asking import asking_measures
from nlp.rules.cues import lexicon
from nlp.rules.found import Found
from nlp.rules.modals import bare_passive, modal_measures
from nlp.rules.requests import at_clauses, request_measures, unreal
from nlp.rules.sentence import NOMINAL, Range, Sentence, is_passive

SHORTEST = 3  # words of a sentence that can tell a measure


def find_measures(s: Sentence, *, quoted: bool = False) -> list[Found]:
    """The measures that a sentence tells, in order; ``quoted`` when somebody's own words are read."""
    if len(s) < SHORTEST or "?" in s.words[-2:]:
        return []
    found: list[Found] = []
    read_to = 0
    for i in range(len(s)):
        if i < read_to:
            continue
        here = list(_at(s, i, quoted))
        if here:
            found += here
            read_to = (
                max(measure.span[1] for measure in here) if here[0].rule in ("at", "asking", "infinitive") else i + 1
            )
    return _distinct(s, _formulas(s, found))


def _at(s: Sentence, i: int, quoted: bool) -> Iterator[Found]:
    known = lexicon()
    if known.asking.at(s.lower, i, s.tags):
        asked = list(asking_measures(s, i))
        if asked:
            yield from asked
            return
    for match in known.cue_at(s.lower, i, s.tags):
        if "inf" not in match.cue.takes:
            measures = list(request_measures(s, match))
        elif match.end < len(s) and s.lower[match.end] == "at":
            measures = list(at_clauses(s, match, match.end)) if "at" in match.cue.takes and not unreal(s, i) else []
        else:
            measures = list(modal_measures(s, match, quoted=quoted))
        if measures:
            yield from measures
            return
    if s.tags[i] in ("verb|pres", "verb|inf") and is_passive(s.lower[i]):
        yield from bare_passive(s, i)


def _formulas(s: Sentence, found: list[Found]) -> list[Found]:
    """``X mener at Landsstyret bør vedta: Landsstyret ber fylkesrådet …``: the formula is what X proposes."""
    kept: list[Found] = []
    for measure in found:
        before = kept[-1] if kept else None
        if (
            measure.rule == "asking"
            and before is not None
            and before.span[1] < measure.span[0]
            and s.words[before.span[1]] == ":"
        ):
            kept[-1] = replace(measure, modality=before.modality, proposer=before.proposer, said_at=before.span[0])
        else:
            kept.append(measure)
    return kept


def _distinct(s: Sentence, found: list[Found]) -> list[Found]:
    """Each stretch once: of two that overlap the first stays, and what has no word of content goes."""
    kept: list[Found] = []
    for measure in sorted(found, key=lambda m: (m.span[0], -m.span[1])):
        start, end = trimmed(s, measure.span)
        if not any(
            (s.tags[i] in NOMINAL or s.tags[i].startswith("verb")) and len(s.words[i]) > 2 for i in range(start, end)
        ):
            continue
        if kept and start < kept[-1].span[1]:
            continue
        kept.append(replace(measure, span=(start, end)))
    return kept


def trimmed(s: Sentence, span: Range) -> Range:
    """A range without the punctuation, conjunctions and sentence adverbs at its edges."""
    start, end = span
    while start < end and (
        s.tags[start] in ("konj", "komma", "strek", "clb", "inf-merke")
        or s.words[start] in ("•", "–", "-", "—")
        or s.lower[start] == "at"
        or s.lower[start] in lexicon().connectives
    ):
        start += 1
    while end > start and (
        s.tags[end - 1] in ("konj", "komma", "strek", "clb")
        or s.words[end - 1] in (".", "!", ";", ":", ",", "–", "—", "-")
    ):
        end -= 1
    return start, end
