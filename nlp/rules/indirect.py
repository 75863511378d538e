"""Indirect speech in one sentence: ``X mener at …``, ``X mener det er …``, ``ifølge X …``."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.rules.clauses import clause_start, content_end, subject
from nlp.rules.cues import lexicon
from nlp.rules.direct import Said
from nlp.rules.sentence import Range, Sentence, is_finite

SHORTEST = 2  # words of a content clause
NOBODY = frozenset({"jeg", "eg", "vi", "me", "du", "man", "ein", "en", "det", "som", "hvem", "kven", "ingen"})
SPEAKER_REACH = 8  # words between an inverted verb and its "at": "mener lederen i X at"


def indirect_quotes(s: Sentence) -> Iterator[Said]:
    """What somebody is said to say, think or write, in the narrator's words."""
    i = 0
    while i < len(s):
        found = _according_to(s, i) if s.lower[i] in lexicon().sources else _reported(s, i)
        if found is None:
            i += 1
            continue
        (start, end), who = found
        if end - start >= SHORTEST:
            yield Said(
                start=s.at[start], end=s.at[end - 1] + 1, kind="indirect", by=(s.at[who[0]], s.at[who[1] - 1] + 1)
            )
        i = max(i + 1, end if s.lower[i] in lexicon().sources else start)


def _reported(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """The words of the content clause of a report that begins at word ``i``, and those of who reports."""
    for form, end, _ in lexicon().reports.at(s.lower, i, s.tags):
        if s.tags[i] in ("prep", "det", "adv", "sbu") or end >= len(s) - 1:
            continue
        begin = clause_start(s, i)
        who = subject(s, begin, i, i + 1)
        inverted = begin == i or s.tags[begin] in ("prep", "adv", "sbu") or s.words[i - 1] == ","
        at = _at_after(s, end)
        if at is not None:
            if (inverted or who is None) and at > end:
                who = (end, at)
            start = at + 1
        elif form[-1] in lexicon().bare_reports and not inverted and _bare_clause(s, end):
            start = end
        elif form[-1] in lexicon().bare_reports and inverted and (after := _named_then_clause(s, end)) is not None:
            who, start = (end, after), after
        else:
            continue
        if who is None or (who[1] - who[0] == 1 and s.lower[who[0]] in NOBODY):
            return None
        return (start, _content_stop(s, start)), who
    return None


def _at_after(s: Sentence, end: int) -> int | None:
    """The ``at`` of the report, past a subject or adverbs that stand before it."""
    for at in range(end, min(len(s) - 1, end + SPEAKER_REACH)):
        if s.lower[at] == "at":
            return at
        if not (
            s.tags[at] in ("adv", "subst", "subst|prop", "pron", "det", "adj") or (s.tags[at] == "prep" and at > end)
        ):
            return None
    return None


def _bare_clause(s: Sentence, start: int) -> bool:
    """A content clause without ``at``: a subject and its verb follow at once."""
    while start < len(s) - 1 and s.tags[start] == "adv":
        start += 1
    if s.tags[start] not in ("pron", "det", "subst", "subst|prop", "adj"):
        return False
    for i in range(start + 1, min(len(s), start + 8)):
        if s.tags[i] in ("komma", "sbu", "clb", "konj", "inf-merke"):
            return False
        if is_finite(s, i):
            return True
    return False


def _named_then_clause(s: Sentence, start: int) -> int | None:
    """``Derfor mener utvalget det må …``: where the clause begins after an inverted subject."""
    for i in range(start, min(len(s) - 1, start + 4)):
        if s.tags[i] in ("subst", "subst|prop") and s.tags[i + 1] in ("pron", "det") and _bare_clause(s, i + 1):
            return i + 1
        if s.tags[i] not in ("subst", "subst|prop", "adj", "det"):
            return None
    return None


def _content_stop(s: Sentence, start: int) -> int:
    """The end of a content clause with the clauses ``og at …`` that go on with it."""
    stop = content_end(s, start, clause=True, reasons=True)
    while stop < len(s) - 2 and s.tags[stop] in ("konj", "komma") and "at" in s.lower[stop : stop + 3]:
        stop = content_end(s, s.lower.index("at", stop) + 1, clause=True, reasons=True)
    while stop > start and s.words[stop - 1] in (".", ",", "!", ":"):
        stop -= 1
    return stop


def _according_to(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """``Ifølge rapporten øker antallet``: the clause without its source."""
    if s.lower[i] in ("følge", "følgje") and s.lower[max(0, i - 1)] != "i":
        return None
    end = i + 1
    while end < len(s) and not is_finite(s, end) and s.tags[end] not in ("komma", "clb"):
        end += 1
    if end >= len(s) - 1 or end == i + 1:
        return None
    start = end + 1 if s.words[end] == "," else end
    stop = _content_stop(s, start)
    return ((start, stop), (i + 1, end)) if stop > start else None
