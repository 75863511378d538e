"""Indirect speech in one sentence: ``X mener at …``, ``X mener det er …``, ``ifølge X …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.rules.clauses import clause_start, content_end, subject
from nlp.rules.cues import lexicon
from nlp.rules.direct import Said, apposed_subject, words_for_speaker
from nlp.rules.sentence import NOMINAL, SUBORDINATORS, Range, Sentence, is_finite

SHORTEST = 2  # words of a content clause
LABEL = 3  # words of what stands before a caption or a headline: "Positiv: …"
NOBODY = frozenset(
    {"jeg", "eg", "vi", "me", "du", "man", "ein", "en", "det", "som", "hvem", "kven", "ingen", "noen", "nokon"}
)
SPEAKER_REACH = 8  # words between an inverted verb and its "at": "mener lederen i X at"
AUXILIARY_REACH = 5  # words between "har" and "sagt", "vil" and "understreke"
AGAINST = frozenset({("samstundes", "som"), ("samtidig", "som"), ("selv", "om"), ("sjølv", "om")})
BARE_REACH = 12  # words of a clause without "at" before its verb
TELLING = frozenset({"står", "sto", "stod", "heter", "heiter", "het", "går", "fremgår", "framgår", "kommer", "kjem"})
CONDITIONS = frozenset({"dersom", "hvis", "viss", "når", "da", "då", "om"})
TIMES = re.compile(
    r"(.*(dag|helg|uke|kveld|morgen|morgon|natt|måned|månad)(en|a)?|veka|uka|gang|året|år|våren|høsten|hausten)"
)
# "stadfester overfor avisa at", "sa i Stortinget at"
HEARERS = frozenset({"til", "overfor", "i"})
IN_WHAT = frozenset({"i", "av", "på", "ut"})


def indirect_quotes(s: Sentence) -> Iterator[Said]:
    """What somebody is said to say, think or write, in the narrator's words."""
    i = 0
    found_one = False
    while i < len(s):
        by_source = s.lower[i] in lexicon().sources
        found = _according_to(s, i) if by_source else _reported(s, i) or _written(s, i)
        if found is None and not found_one:
            found = _told_before(s, i)
        if found is None:
            i += 1
            continue
        (start, end), who = found
        if end - start >= SHORTEST:
            found_one = True
            yield Said(
                start=s.at[start], end=s.at[end - 1] + 1, kind="indirect", by=(s.at[who[0]], s.at[who[1] - 1] + 1)
            )
        i = max(i + 1, end if by_source else start)


def told_of(before: Sentence, s: Sentence) -> Iterator[Said]:
    """The sentence before one that only tells who said it: ``Det opplyser Kari Li.``"""
    if len(s) < SHORTEST + 1 or s.lower[0] not in ("det", "dette") or not _plain_reports(s, 1):
        return
    who = words_for_speaker(s, 1)
    if who is not None and _nearly_ends(s, who[1]) and s.lower[who[0]] not in NOBODY and len(before) > SHORTEST:
        stop = before.at[-1] + (before.tags[-1] != "clb")
        yield Said(start=before.at[0], end=stop, kind="indirect", by=(s.at[who[0]], s.at[who[1] - 1] + 1))


def _reported(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """The words of the content clause of a report that begins at word ``i``, and those of who reports."""
    for form, end, _ in lexicon().reports.at(s.lower, i, s.tags):
        if s.tags[i] in ("prep", "det", "adv", "sbu") or end >= len(s) - 1:
            continue
        verb = _auxiliary(s, i)
        begin = clause_start(s, verb)
        if verb < i and begin and s.lower[begin - 1] == "at":
            return None  # what somebody wants said is not yet said
        relative = begin > 0 and s.lower[begin - 1] == "som"
        apposed = apposed_subject(s, verb)
        who = apposed or (_antecedent(s, begin - 1) if relative else _subject(s, begin, verb, i))
        if who is None and begin and begin in (verb, verb - 1):
            who = _shared(s, begin)
        is_time = apposed is None and who is not None and _is_time(s, who)
        inverted = not (relative or apposed) and (
            is_time or begin == i or s.tags[begin] in ("prep", "adv", "sbu") or s.words[i - 1] == ","
        )
        at = _at_after(s, end)
        if at is not None:
            if (inverted or who is None) and at > end and any(s.tags[k] in NOMINAL for k in range(end, at)):
                who = (end, _before_hearer(s, end, at)) if s.tags[end] != "prep" else who
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


def _auxiliary(s: Sentence, i: int) -> int:
    """The finite verb of a report: word ``i`` itself, or what stands before "har … sagt", "vil … understreke"."""
    if is_finite(s, i):
        return i
    for j in range(i - 1, max(-1, i - AUXILIARY_REACH), -1):
        if is_finite(s, j):
            return j
        if s.words[j] == "," or s.tags[j] in ("sbu", "clb"):
            break
    return i


def _before_hearer(s: Sentence, start: int, end: int) -> int:
    """The end of who says it, without who is told: ``sier naboen til Kari Li at``."""
    return next((k for k in range(start + 1, end) if s.lower[k] == "til" and s.labels[k + 1]), end)


def _subject(s: Sentence, begin: int, verb: int, report: int) -> Range | None:
    """The subject of a report: before its verb, else after it (``har X sagt at``)."""
    for main in (verb + 1, report):
        found = subject(s, begin, verb, main) if main > verb else None
        if found is not None and not any(s.tags[k] == "verb|inf" for k in range(*found)):
            return found
    return words_for_speaker(s, verb) if verb < report else None


def _shared(s: Sentence, begin: int) -> Range | None:
    """The subject of the clause before, for a report that has none of its own: ``…, og mener at …``."""
    for j in range(begin - 1, 0, -1):
        if is_finite(s, j):
            return apposed_subject(s, j) or subject(s, clause_start(s, j), j, j + 1) or words_for_speaker(s, j)
    return None


def _is_time(s: Sentence, span: Range) -> bool:
    """Whether a noun phrase before a verb tells when, so that the subject comes after: ``Denne uken sa hun at``."""
    return not any(s.labels[k] for k in range(*span)) and TIMES.fullmatch(s.lower[span[1] - 1]) is not None


def _antecedent(s: Sentence, som: int) -> Range | None:
    """The noun phrase that a relative clause hangs on: ``Kari Li, som mener at …``."""
    end = som - (som > 0 and s.words[som - 1] == ",")
    start = end
    while start > 0 and (
        s.labels[start - 1] or s.tags[start - 1] in (*NOMINAL, "adj", "det") or s.tags[start - 1] == "prep"
    ):
        start -= 1
    while start < end and s.tags[start] == "prep":
        start += 1
    return (start, end) if start < end else None


def _written(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """``I rapporten står det at …``, ``Av planen går det fram at …``: what a document says."""
    if i < 2 or s.lower[i] not in TELLING or s.lower[0] not in IN_WHAT or any(is_finite(s, k) for k in range(i)):
        return None
    at = next((k for k in range(i + 1, min(len(s) - 1, i + SPEAKER_REACH)) if s.lower[k] == "at"), None)
    if at is None or "det" not in s.lower[i + 1 : at]:
        return None
    begin = 1
    while begin < i and s.tags[begin] == "prep":
        begin += 1
    return ((at + 1, _content_stop(s, at + 1)), (begin, i)) if begin < i else None


def _told_before(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """``Det haster, mener partiet.``: the content stands first and its tag ends the sentence."""
    if i < SHORTEST + 1 or s.words[i - 1] != "," or not any(end == i + 1 for _, end, _ in _plain_reports(s, i)):
        return None
    who = words_for_speaker(s, i)
    if who is None or not _nearly_ends(s, who[1]) or s.lower[who[0]] in NOBODY:
        return None
    begin = next((k + 1 for k in range(min(i, LABEL)) if s.words[k] == ":"), 0)
    if s.tags[begin] == "sbu" or s.lower[begin] in SUBORDINATORS:
        return None
    stop = i - 1
    return ((begin, stop), who) if any(is_finite(s, k) for k in range(begin, stop)) else None


def _plain_reports(s: Sentence, i: int) -> list[tuple[tuple[str, ...], int, None]]:
    return lexicon().reports.at(s.lower, i) if is_finite(s, i) else []


def _nearly_ends(s: Sentence, i: int) -> bool:
    """Whether a sentence ends at word ``i``, or goes on with what belongs to the tag: ``…, melder X til Y.``"""
    if i >= len(s) - 1 or s.tags[i] in ("clb", "komma"):
        return True
    return (s.tags[i] == "prep" and s.tags[i + 1] != "inf-merke") or (s.tags[i] == "konj" and is_finite(s, i + 1))


def _at_after(s: Sentence, end: int) -> int | None:
    """The ``at`` of the report, past a subject or adverbs that stand before it."""
    for at in range(end, min(len(s) - 1, end + SPEAKER_REACH)):
        if s.lower[at] == "at":
            return at
        if not (
            s.tags[at] in ("adv", "subst", "subst|prop", "pron", "det", "adj")
            or (s.tags[at] == "prep" and (at > end or s.lower[at] in HEARERS))
        ):
            return None
    return None


def _bare_clause(s: Sentence, start: int) -> bool:
    """A content clause without ``at``: a subject and its verb follow at once."""
    while start < len(s) - 1 and s.tags[start] == "adv":
        start += 1
    if s.tags[start] not in ("pron", "det", "subst", "subst|prop", "adj"):
        return False
    for i in range(start + 1, min(len(s), start + BARE_REACH)):
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
    begin = start
    if s.lower[start] in CONDITIONS and "," in s.words[start:-2]:
        begin = s.words.index(",", start) + 1  # "at dersom …, vil …": the main clause comes after
    stop = content_end(s, begin, clause=True, reasons=True)
    while stop < len(s) - 2 and s.tags[stop] in ("konj", "komma") and "at" in s.lower[stop : stop + 3]:
        stop = content_end(s, s.lower.index("at", stop) + 1, clause=True, reasons=True)
    stop = next((k for k in range(start + 1, stop - 2) if s.words[k] == "," and _narrator_goes_on(s, k + 1)), stop)
    while stop > start and s.words[stop - 1] in (".", ",", "!", ":"):
        stop -= 1
    return stop


def _narrator_goes_on(s: Sentence, i: int) -> bool:
    """Whether the narrator sets something against a report: ``…, men viste …``, ``…, selv om han ser …``."""
    if s.lower[i] == "men" or s.tags[i] == "konj":
        return s.lower[i] == "men" and is_finite(s, i + 1)
    return (s.lower[i], s.lower[i + 1]) in AGAINST


def _according_to(s: Sentence, i: int) -> tuple[Range, Range] | None:
    """``Ifølge rapporten øker antallet``, ``Antallet øker, ifølge rapporten``: the clause without its source."""
    of_two = s.lower[i] in ("følge", "følgje", "fylgje")
    if of_two and s.lower[max(0, i - 1)] != "i":
        return None
    end = i + 1
    while end < len(s) and not is_finite(s, end) and s.tags[end] not in ("komma", "clb"):
        if end > i + 1 and (s.lower[end] in lexicon().negations or _next_phrase(s, end)):
            break
        end += 1
    if end == i + 1:
        return None
    first = i - of_two
    if end >= len(s) - 1 or s.words[end] == ".":
        stop = first - (first > 0 and s.words[first - 1] == ",")
        told = any(is_finite(s, k) for k in range(stop))
        return ((0, stop), (i + 1, min(end, len(s)))) if told else None
    start = end + 1 if s.words[end] == "," else end
    stop = _content_stop(s, start)
    begin = next((k for k in range(first - 1, -1, -1) if is_finite(s, k)), None)
    opening = clause_start(s, begin) if begin is not None else start
    if first - opening > stop - start:
        start = opening  # "Den eneste veien er ifølge X denne": most of it stands before
    return ((start, stop), (i + 1, end)) if stop > start else None


def _next_phrase(s: Sentence, i: int) -> bool:
    """Whether a noun phrase begins right after another: ``ifølge direktoratet | en ny ordning``."""
    return s.tags[i] in ("det", "pron") and s.tags[i - 1] in ("subst", "subst|prop")
