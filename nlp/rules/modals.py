"""Measures told by a modal verb (``vil``, ``skal``, ``må``, ``bør``) or by a passive in the present tense."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.analysis import Modality
from nlp.rules.clauses import clause_start, content_end, subject
from nlp.rules.coordination import acts
from nlp.rules.cues import Match, lexicon, stem
from nlp.rules.found import Found
from nlp.rules.sentence import NOMINAL, RELATIVES, Range, Sentence, infinitive_after
from nlp.rules.subjects import WILL, VerbPhrase, accepted, antecedent, shared_subject, voice, who_is


def modal_measures(s: Sentence, match: Match, *, quoted: bool) -> Iterator[Found]:
    """``Fylkesrådet vil bygge X og kutte Y``: what a modal says is to be done, if that is a measure."""
    known = lexicon()
    modal = match.start
    main = infinitive_after(s, modal + 1)
    if main is None:
        return
    start = clause_start(s, modal)
    if start and (s.lower[start - 1] in known.conditions or _purpose(s, start)):
        return
    if s.lower[modal] == WILL and any(s.lower[i] in known.guesses for i in range(start, main)):
        return  # "Kanskje vil det …": a prediction
    if modal == 0 and any(s.tags[i] in NOMINAL or s.tags[i] == "det" for i in range(1, main)):
        return  # a question, or a condition without a conjunction
    span = subject(s, start, modal, main) or shared_subject(s, start)
    if span is not None and s.lower[span[0]] in known.conditions - {"om", "der"}:
        return
    passive, verb = voice(s, main)
    meant = antecedent(s, span) if start and s.lower[start - 1] == "at" else span
    who = who_is(s, meant if meant != span and who_is(s, meant) == "actor" else span)
    if not accepted(
        s,
        VerbPhrase(
            modal=s.lower[modal],
            who=who,
            span=span,
            main=main,
            verb=verb,
            passive=passive,
            quoted=quoted,
            headline=modal == 0,
        ),
    ):
        return
    whole = who not in ("nobody", "first") and (passive or who in ("thing", "expletive"))
    proposer = addressee = None
    if who == "first" or (s.lower[modal] == WILL and not whole):
        proposer = meant
    elif not whole and who in ("actor", "person", "third"):
        addressee = span
    first = _clause_words(start, modal, span) if whole else _act_start(s, modal + 1, main, span)
    # "vil ikke øke", and in a subordinate clause "at de ikke vil øke"
    negated = any(s.lower[i] in known.negations for i in range(max(0, modal - 1), main))
    modality: Modality = "rejected" if negated and not passive else match.cue.modality
    for part in acts(s, first, main, content_end(s, main)):
        yield Found(
            span=part,
            cue=s.words[modal],
            modality=modality,
            rule="passive" if passive else "will" if s.lower[modal] == WILL else "modal",
            proposer=proposer,
            addressee=addressee,
        )


def _purpose(s: Sentence, start: int) -> bool:
    """``… for at alle skal få hjelp``: why something is done, not what."""
    return start > 1 and s.lower[start - 1] == "at" and s.lower[start - 2] in lexicon().purposes


def _clause_words(start: int, modal: int, span: Range | None) -> int:
    """Where a measure that is a whole clause begins: at its subject, or with the clause if that comes later."""
    if span is not None and span[0] < modal:
        return max(start, span[0])
    return start if start < modal else modal


def _act_start(s: Sentence, start: int, main: int, who: Range | None) -> int:
    """Where the act begins between a modal and its verb: past the subject and the sentence's adverbs."""
    i = max(start, who[1]) if who and start <= who[0] < main else start
    while i < main and (s.lower[i] in lexicon().connectives or s.tags[i] in ("pron", "konj", "komma")):
        i += 1
    return main if any(s.tags[k] in ("prep", "komma") for k in range(i, main)) else i


def bare_passive(s: Sentence, verb: int) -> Iterator[Found]:
    """``Ordningen videreføres``: a passive in the present that tells what is to be."""
    if stem(s.lower[verb]) not in lexicon().passives:
        return
    start = clause_start(s, verb)
    if s.tags[verb] == "verb|inf" and not (start and s.tags[start - 1] in ("konj", "komma")):
        return  # the infinitive of a modal; "… og skolens drift styrkes" leaves it out
    if start and (s.lower[start - 1] in lexicon().conditions or s.lower[verb - 1] in RELATIVES):
        return
    span = subject(s, start, verb, verb + 1)
    if span is None or who_is(s, span) in ("first", "second", "third"):
        return
    yield Found(span=(span[0], content_end(s, verb)), cue="", modality="planned", rule="bare passive")
