"""Measures told by a verb or noun of wanting: ``foreslår at …``, ``krever å …``, ``etterlyser X``, ``ber Y om å …``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.analysis import Modality
from nlp.rules.clauses import clause_start, content_end, subject
from nlp.rules.coordination import acts, things
from nlp.rules.cues import Cue, Match, lexicon, stem
from nlp.rules.found import Found
from nlp.rules.proposer import is_inverted, named_after, proposer_of
from nlp.rules.sentence import RELATIVES, Range, Sentence, infinitive_after, is_finite, is_passive
from nlp.rules.subjects import antecedent, voice, who_is

INNER_MODALS = frozenset({"skal", "må", "bør", "vil", "skulle", "burde", "ville"})
VAGUE = frozenset(
    {"det", "den", "dette", "seg", "oss", "noe", "noko", "hva", "kva", "du", "hjelp", "velkommen", "lykke"}
)


def request_measures(s: Sentence, match: Match) -> Iterator[Found]:
    """What follows a cue of wanting: clauses with ``at``, infinitives with ``å``, or a noun phrase."""
    takes = match.cue.takes
    if unreal(s, match.start) or (match.cue.needs == "later" and not any(word in lexicon().later for word in s.lower)):
        return
    after = _after(s, match)
    if after >= len(s):
        return
    if "copula" in takes:
        yield from _copula(s, match)
    elif "clause" in takes:
        yield from at_clauses(s, match, match.end - 1)
    elif s.lower[after] == "at":
        yield from at_clauses(s, match, after) if "at" in takes else ()
    elif s.lower[after] == "å":
        yield from _infinitives(s, match, after + 1) if "å" in takes else ()
    elif "np" in takes:
        yield from _noun_phrase(s, match, after)


def unreal(s: Sentence, at: int) -> bool:
    """Whether the clause of a word is a condition, a question or a relative clause: nobody puts it forward."""
    start = clause_start(s, at)
    opener = s.lower[start - 1] if start else ""
    return (opener in lexicon().conditions - {"der", "da", "då"} and s.tags[start - 1] != "prep") or s.lower[start] in (
        "hvis",
        "dersom",
        "når",
        "om",
    )


def _after(s: Sentence, match: Match) -> int:
    """The word where the content of a cue begins: past adverbs, and past the subject of an inverted clause."""
    i = match.end
    while i < len(s) and (s.lower[i] in lexicon().connectives or s.tags[i] == "adv") and s.lower[i] not in ("at", "å"):
        i += 1
    if i < len(s) and match.cue.subject != "none":
        phrase = i
        while (
            phrase < len(s)
            and (
                s.tags[phrase] in ("subst", "subst|prop", "pron", "det", "adj", "adv")
                or (s.tags[phrase] == "prep" and phrase > i)
            )
            and s.lower[phrase] not in ("at", "å")
        ):
            phrase += 1
        if phrase < len(s) and s.lower[phrase] in ("at", "å") and is_inverted(s, match.start):
            return phrase
        if (who := named_after(s, i)) is not None and is_inverted(s, match.start):
            return who[1]
    if i < len(s) and s.tags[i] == "pron" and s.lower[i] in ("vi", "me", "han", "hun", "ho", "dei", "de", "jeg", "eg"):
        i += 1
    return i


def cue_words(s: Sentence, match: Match) -> str:
    """The cue as it stands, without what stands inside it: ``går inn for``."""
    return " ".join(s.words[i] for i in range(match.start, match.end) if s.lower[i] in match.form)


def firmness(s: Sentence, match: Match) -> Modality:
    """The cue's modality, turned to rejected by a negation beside it (``ikke minst`` is none)."""
    known = lexicon()
    for i in range(max(0, match.start - 5), min(len(s) - 1, match.end + 2)):
        if (
            s.lower[i] in known.negations
            and s.lower[i + 1] not in ("minst", "bare", "berre", "lenger")
            and not any(s.lower[k] == "," for k in range(i, match.start))
        ):
            return "rejected"
    return match.cue.modality


def at_clauses(s: Sentence, match: Match, at: int) -> Iterator[Found]:
    """``vil at``, ``foreslår at … og at …``: each clause is a measure; of ``at staten skal X`` only X."""
    proposer = proposer_of(s, match)
    if match.cue.subject == "proposer" and who_is(s, proposer) in ("second", "generic", "expletive"):
        return
    modality: Modality = "proposed" if match.form == ("vil",) else match.cue.modality
    if match.form != ("vil",):
        modality = firmness(s, match)
    while True:
        end = content_end(s, at + 1, clause=True)
        clause = _clause(s, at + 1, end, match.cue, who_is(s, proposer) in ("actor", "first"))
        if clause is None:
            return
        for part in acts(s, clause.span[0], clause.main, clause.span[1]):
            yield Found(
                span=part,
                cue=cue_words(s, match),
                modality=modality,
                rule="at",
                proposer=clause.acting if clause.own else proposer,
                addressee=None if clause.own else clause.acting,
            )
        following = end
        while following < len(s) and s.tags[following] in ("komma", "konj"):
            following += 1
        if not (end < following < len(s) and s.lower[following] == "at"):
            return
        at = following


@dataclass(frozen=True, slots=True)
class _Clause:
    """A content clause as a measure: words, main verb, who is to act, and whether that one wills it (``vil``)."""

    span: Range
    main: int
    acting: Range | None = None
    own: bool = False


def _clause(s: Sentence, start: int, end: int, cue: Cue, sure: bool) -> _Clause | None:
    """The measure in a content clause; ``sure`` where it is a body that reports, so that any clause may be one."""
    known = lexicon()
    inner = next((i for i in range(start, end) if s.lower[i] in INNER_MODALS), None)
    if inner is None:
        finite = next(
            (i for i in range(start, end) if is_finite(s, i) or (is_passive(s.lower[i]) and s.tags[i] == "verb|inf")),
            None,
        )
        if finite is None or (cue.needs == "act" and stem(s.lower[finite]) not in known.acts):
            return None
        who = subject(s, start, finite, finite + 1)
        acting = who if who_is(s, who) == "actor" and not is_passive(s.lower[finite]) else None
        return _Clause((start, end), finite, acting) if sure or cue.modality == "proposed" or acting else None
    main = infinitive_after(s, inner + 1)
    if main is None or main >= end:
        return _Clause((start, end), inner)
    who = subject(s, start, inner, main)
    kind, (passive, verb) = who_is(s, who), voice(s, main)
    if (verb in known.idle and not passive) or (cue.needs == "act" and verb not in known.acts):
        return None
    if passive or who is None or kind not in ("actor", "person", "third"):
        return _Clause((start, end), main)
    if not sure and kind != "actor":
        return None
    own = s.lower[inner] == "vil"
    first = who[1] if who[0] > inner else inner + 1
    return _Clause((first, end), main, antecedent(s, who) if own else who, own)


def _infinitives(s: Sentence, match: Match, start: int) -> Iterator[Found]:
    main = infinitive_after(s, start)
    if main is None:
        return
    known = lexicon()
    _, verb = voice(s, main)
    if verb in known.idle or (match.cue.needs == "act" and verb not in known.acts):
        return
    proposer = proposer_of(s, match)
    who = who_is(s, proposer)
    if match.cue.subject == "proposer" and (
        who in ("second", "generic", "expletive") or (who in ("third", "person", "thing") and verb not in known.acts)
    ):
        return
    for part in acts(s, start, main, content_end(s, main), marked=True):
        yield Found(
            span=part,
            cue=cue_words(s, match),
            modality=firmness(s, match),
            rule="infinitive",
            proposer=proposer,
        )


def _noun_phrase(s: Sentence, match: Match, start: int) -> Iterator[Found]:
    """``foreslår et forbud mot X``: what is wanted is a thing, which somebody would have to provide."""
    if (
        s.tags[start] not in ("det", "adj", "subst", "subst|prop", "adv")
        or s.lower[start] in VAGUE
        or (match.start and s.tags[match.start - 1] == "verb|inf")
    ):
        return
    proposer = proposer_of(s, match)
    who = who_is(s, proposer)
    if (
        match.cue.subject == "proposer"
        and who not in ("actor", "first", "person", "third")
        and not (who == "nobody" and match.start == 0)
    ):
        return
    if who == "first" and proposer is not None and any(s.lower[i] in ("jeg", "eg") for i in range(*proposer)):
        return
    end = _phrase_end(s, start)
    if end - start < 2 or not any(s.tags[i] in ("subst", "subst|prop") for i in range(start, end)):
        return
    for part in things(s, start, end):
        yield Found(span=part, cue=cue_words(s, match), modality=firmness(s, match), rule="noun", proposer=proposer)


def _phrase_end(s: Sentence, start: int) -> int:
    """The end of a noun phrase: the clause's, or where a coordinated verb follows."""
    end = content_end(s, start)
    inside = False
    for i in range(start, end):
        inside = inside or s.lower[i] in RELATIVES or s.tags[i] in ("sbu", "inf-merke") or s.lower[i] == "om"
        if not inside and (is_finite(s, i) or (s.tags[i] == "konj" and i + 1 < end and is_finite(s, i + 1))):
            return i
    return end


def _copula(s: Sentence, match: Match) -> Iterator[Found]:
    """``Målet for ordningen er å …``."""
    for i in range(match.end, min(len(s) - 2, match.end + 10)):
        if s.lower[i] in ("er", "var"):
            after = i + 1
            while after < len(s) - 1 and s.lower[after] != "å" and s.tags[after] == "adv":
                after += 1
            if s.lower[after] == "å":
                yield from _infinitives(s, match, after + 1)
            return
