"""Measures told by asking: ``Landsstyret ber fylkesrådet (om å) utrede …``."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.rules.clauses import clause_start, content_end, subject
from nlp.rules.coordination import acts
from nlp.rules.cues import Cue, Match, lexicon, stem
from nlp.rules.found import Found
from nlp.rules.requests import firmness
from nlp.rules.sentence import NOMINAL, Range, Sentence, is_actor, is_finite
from nlp.rules.subjects import shared_subject, who_is

ASKING = Cue(takes=frozenset({"inf"}), modality="demanded", subject="proposer")
AUXILIARY_REACH = 4  # words between "har" and "bedt"
REACH = 16  # words between "ber" and the infinitive it asks for


def asking_measures(s: Sentence, i: int) -> Iterator[Found]:
    """The acts that somebody is asked to do, where word ``i`` asks."""
    for form, end, _ in lexicon().asking.at(s.lower, i, s.tags):
        verb = next((k for k in range(end, min(len(s), end + REACH)) if s.tags[k] == "verb|inf"), None)
        asked = _asked(s, end, verb) if verb is not None else None
        if verb is None or asked is None or stem(s.lower[verb]) in lexicon().idle:
            continue
        finite = next((k for k in range(i, max(-1, i - AUXILIARY_REACH), -1) if is_finite(s, k)), i)
        start = clause_start(s, finite)
        proposer = subject(s, start, finite, max(i, finite + 1)) or shared_subject(s, start)
        if proposer is None:
            proposer, asked = _inverted(s, asked)
        if _private(s, proposer, asked, verb):
            return
        match = Match(cue=ASKING, start=i, end=end, form=form)
        for part in acts(s, verb, verb, content_end(s, verb)):
            yield Found(
                span=part,
                cue=s.text((i, end)),
                modality=firmness(s, match),
                rule="asking",
                proposer=proposer,
                addressee=asked,
            )
        return


def _asked(s: Sentence, start: int, verb: int) -> Range | None:
    """Who is asked: the words between the cue and ``om å``, ``til å`` or the infinitive itself."""
    known = lexicon()
    for k in range(start, verb):
        if s.tags[k] in ("clb", "sbu") or s.lower[k] in known.refused or is_finite(s, k):
            return None
    stop = next((k for k in range(start + 1, verb) if s.lower[k] in ("om", "til", "å")), verb)
    named = any(s.tags[k] in NOMINAL or s.lower[k] in known.actor_adjectives for k in range(start, stop))
    return (start, stop) if named else None


def _inverted(s: Sentence, asked: Range) -> tuple[Range | None, Range]:
    """Who asks and who is asked, where both stand after the verb: ``Derfor ber klyngen Fjordrådet om å …``."""
    start, end = asked
    first = start
    while first < end and s.tags[first] in ("det", "adj"):
        first += 1
    while first + 1 < end and s.tags[first] == "subst" and s.labels[first + 1] == "PER":
        first += 1  # "leder Kari Li"
    stop = first + 1
    while stop < end and s.labels[first] and s.labels[stop] == s.labels[first]:
        stop += 1
    if stop < end and any(s.tags[i] in NOMINAL or s.lower[i] in lexicon().actor_adjectives for i in range(stop, end)):
        return (start, stop), (stop, end)
    return None, asked


def _private(s: Sentence, proposer: Range | None, asked: Range, verb: int) -> bool:
    """A person who asks a person, or a narrator's ``det ber oss …``: no affair of the public."""
    who = who_is(s, proposer)
    if who in ("second", "generic", "expletive"):
        return True
    if who == "thing" and stem(s.lower[verb]) not in lexicon().acts:
        return True
    return who in ("third", "person", "thing") and not is_actor(s, asked)
