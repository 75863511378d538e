"""Clauses without a parser: where one begins and ends, and who its subject is, from words and parts of speech alone."""

from __future__ import annotations

from nlp.rules.cues import lexicon
from nlp.rules.sentence import (
    CLOSING,
    MODALS,
    NOMINAL,
    OPENING,
    RELATIVES,
    STOPS,
    SUBORDINATORS,
    Range,
    Sentence,
    is_finite,
    is_passive,
    is_speech_tag,
    reads_as_infinitive,
)

LATER_CLAUSE = 12  # words looked through for the verb that shows that a new clause has begun
BRACKET_REACH = 8  # words in a bracket after a name: an abbreviation, a party, an age
RELATIVE_REACH = 14  # words between a relative pronoun and its verb


def clause_start(s: Sentence, verb: int) -> int:
    """Where the clause of the finite verb ``verb`` begins; the word before it opens the clause (``at``, ``som``)."""
    i = verb
    while i > 0:
        j = i - 1
        if s.lower[j] == ")" and (opened := _opened_before(s, j)) is not None:
            i = opened  # "Helsetilsynet i Nordvik (HN) foreslår …"
            continue
        if s.lower[j] in STOPS or (s.lower[j] in SUBORDINATORS and s.tags[j] != "prep"):
            return i
        if (
            s.lower[j] in RELATIVES
            and s.tags[j] in ("sbu", "pron", "prep", "adv")
            and (s.lower[j] == "som" or s.tags[j] == "sbu")
        ):
            return i
        if is_finite(s, j):
            relative = _relative_before(s, j)
            if relative is not None and s.lower[j + 1 : verb].count(",") < 2 and not _joined(s, j, verb):
                i = relative
                continue
            return _boundary(s, j, verb)
        i = j
    return 0


def _opened_before(s: Sentence, closing: int) -> int | None:
    """The bracket that a few words before ``closing`` opens what it closes, if any."""
    for i in range(closing - 1, max(-1, closing - BRACKET_REACH), -1):
        if s.lower[i] == "(":
            return i
    return None


def _says_as_what(s: Sentence, start: int, verb: int) -> bool:
    """Whether ``som`` before word ``start`` means "as": ``rollen som eier må …``, one bare noun and the verb."""
    return (
        verb == start + 1 and s.tags[start] == "subst" and not s.lower[start].endswith(("en", "et", "a", "ene", "ne"))
    )


def _relative_before(s: Sentence, verb: int) -> int | None:
    """The ``som`` of the relative clause whose verb is word ``verb``, if it has one and hangs on a noun."""
    for i in range(verb - 1, max(-1, verb - RELATIVE_REACH), -1):
        if s.lower[i] == "som":
            return i if i > 0 and (s.tags[i - 1] in NOMINAL or s.lower[i - 1] in ("dei", "de", "den", "det")) else None
        if is_finite(s, i) or s.lower[i] in STOPS or s.lower[i] == ",":
            return None
    return None


def _joined(s: Sentence, verb: int, end: int) -> bool:
    """Whether ``, og`` stands between, so that a new main clause begins there."""
    return any(s.lower[i] == "," and s.tags[i + 1] == "konj" for i in range(verb + 1, end - 1))


def _boundary(s: Sentence, before: int, verb: int) -> int:
    """The first word of a clause whose predecessor has its verb at ``before``."""
    commas = [i for i in range(before + 1, verb) if s.lower[i] == ","]
    if commas:
        at = commas[-1] + 1
        return at + 1 if at < verb and s.tags[at] == "konj" else at
    if s.lower[before] not in lexicon().tags:
        for i in range(before + 1, verb):
            if s.tags[i] == "konj" and not s.words[i - 1].endswith("-"):  # not in "helse- og sosialsjefen"
                return i + 1
        return before + 1
    return _past_inverted_subject(s, before, verb)


def _past_inverted_subject(s: Sentence, report: int, verb: int) -> int:
    """``Derfor mener utvalget det må …``: the clause begins after the subject of the report."""
    if (
        report == 0
        or s.tags[report - 1] in ("pron", "subst|prop")
        or (s.tags[report - 1] == "subst" and s.tags[0] not in ("prep", "adv"))
    ):
        return report + 1
    for i in range(report + 1, verb - 1):
        if (
            s.tags[i] in NOMINAL
            and s.tags[i + 1] in ("pron", "det")
            and any(s.tags[k] in NOMINAL for k in range(i + 1, verb))
        ):
            return i + 1
    return report + 1


def subject(s: Sentence, start: int, verb: int, main: int) -> Range | None:
    """The subject of a clause: before its finite verb, or between it and its main verb (``På sikt bør staten …``)."""
    inside = _nominal(s, verb + 1, main)
    if inside:
        return inside
    while start < verb and (
        s.tags[start] in ("konj", "sbu", "komma", "adv", "strek", "anf", "interj", "clb")
        or s.lower[start] in lexicon().connectives
    ):
        start += 1
    if start < verb and s.tags[start] in ("prep", "inf-merke", "sbu"):
        comma = [i for i in range(start, verb) if s.lower[i] == ","]
        if not comma:
            return None
        start = comma[-1] + 1
    end = verb
    while end > start and (s.tags[end - 1] in ("adv", "komma") or s.lower[end - 1] in lexicon().connectives):
        end -= 1
    return (start, end) if _has_nominal(s, start, end) else None


def _nominal(s: Sentence, start: int, end: int) -> Range | None:
    while start < end and (
        s.tags[start] == "adv" or s.lower[start] in lexicon().connectives or s.lower[start] == "seg"
    ):
        start += 1
    if start >= end or s.tags[start] in ("prep", "komma", "inf-merke", "sbu", "verb|perf-part"):
        return None
    stop = end
    while stop > start and (s.tags[stop - 1] in ("adv", "komma") or s.lower[stop - 1] in lexicon().connectives):
        stop -= 1
    return (start, stop) if _has_nominal(s, start, stop) else None


def _has_nominal(s: Sentence, start: int, end: int) -> bool:
    known = lexicon()
    return any(
        s.tags[i] in NOMINAL
        or s.lower[i] in known.actor_adjectives
        or s.lower[i] in ("dei", "de", "den", "det", "dette", "alle", "ingen")
        for i in range(start, end)
    )


def content_end(s: Sentence, start: int, *, clause: bool = False, reasons: bool = False) -> int:
    """Where the content from word ``start`` on ends: with its clause, before a reason, a speech tag or a new clause.

    Args:
        clause: the content is a clause with a finite verb of its own (and ends before ``og at`` too).
        reasons: reasons belong to it: what somebody says is taken whole, what somebody wants done is not.
    """
    known = lexicon()
    depth = 0
    complete = not clause  # whether the verb has come that lets a comma end it
    open_clause = False  # inside a subordinate clause whose verb is still to come
    for i in range(start, len(s)):
        word, tag = s.lower[i], s.tags[i]
        if word in OPENING:
            depth += 1
            continue
        if word in CLOSING:
            if depth == 0:
                return i
            depth -= 1
            continue
        if depth:
            continue
        if word in (";", ":", "?", "!", "•", "–", "—") or (tag == "clb" and i >= len(s) - 2):
            return i
        if i > start:
            comma = s.lower[i - 1] == ","
            if not reasons and known.breaks.at(s.lower, i) and (word != "men" or opens_clause(s, i + 1)):
                return i - 1 if comma else i
            if not reasons and comma and _contrasts(s, i):
                return i - 1
            if tag == "konj" and word in ("og", "for", "eller", "men"):
                if clause and complete and i + 1 < len(s) and s.lower[i + 1] == "at":
                    return i - 1 if comma else i
                if (
                    complete
                    and (comma or not open_clause)
                    and opens_clause(s, i + 1)
                    and not (word == "men" and is_finite(s, i + 1))
                ):
                    return i - 1 if comma else i
            elif (
                word == ","
                and i + 1 < len(s)
                and (is_speech_tag(s, i + 1) or (complete and _new_clause_after_comma(s, i)))
            ) or (
                word in known.tags
                and is_speech_tag(s, i)
                and s.tags[i - 1] in ("subst", "subst|prop", "adj")
                and i >= len(s) - 5
            ):
                return i
        if is_finite(s, i):
            complete, open_clause = True, False
        elif tag == "sbu" or word in RELATIVES or (word in SUBORDINATORS and word != "der"):
            open_clause = True
    return len(s)


def _contrasts(s: Sentence, i: int) -> bool:
    """``…, ikke X``, ``…, men ikke X``, ``…, men først om to år``: what is set against the content is no part of it."""
    word = s.lower[i + 1] if s.lower[i] == "men" and i + 1 < len(s) else s.lower[i]
    return word in ("ikke", "ikkje") or (s.lower[i] == "men" and word in ("først", "fyrst", "bare", "berre"))


def opens_clause(s: Sentence, start: int) -> bool:
    """Whether a main clause begins at ``start``: a finite verb comes before any infinitive or subordination."""
    if start < len(s) and is_finite(s, start):
        return not reads_as_infinitive(s, start)
    nominal = False
    for i in range(start, min(len(s), start + LATER_CLAUSE)):
        if (
            s.lower[i] in RELATIVES
            or s.tags[i] in ("sbu", "inf-merke", "clb")
            or (s.lower[i] in SUBORDINATORS and s.tags[i] != "prep")
        ):
            return False
        if s.lower[i] == "," and nominal:
            return False
        if s.tags[i] == "verb|inf":
            return nominal and is_passive(s.lower[i])  # "… og skolenes drift styrkes": the modal is said once
        if is_finite(s, i):
            inverted = i + 1 < len(s) and s.tags[i + 1] == "pron"  # "og like lenge har den …"
            return ((nominal or inverted) and not reads_as_infinitive(s, i)) or (is_passive(s.lower[i]) and nominal)
        nominal = nominal or s.tags[i] in NOMINAL or s.tags[i] == "det"
    return False


def _new_clause_after_comma(s: Sentence, comma: int) -> bool:
    after = comma + 1
    if s.tags[after] == "konj":
        return s.lower[after] in ("og", "men", "for", "eller") and opens_clause(s, after + 1)
    if s.lower[after] in ("noe", "noko", "så") and after + 1 < len(s):
        return True
    if s.lower[after] in RELATIVES or s.tags[after] in ("sbu", "prep", "verb|perf-part", "inf-merke", "verb|inf"):
        return False
    if s.tags[after] == "adv" and s.lower[after + 1 : after + 2] and s.lower[after + 1] in MODALS:
        return True
    return opens_clause(s, after)
