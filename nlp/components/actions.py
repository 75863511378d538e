"""The measures of one sentence: from a cue to the words of the act, pure decisions on words and parts of speech."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from nlp.analysis import Modality
from nlp.components.clauses import (
    NOMINAL, RELATIVES, Range, Sentence, clause_start, content_end, head, infinitive_after, is_actor, is_finite,
    is_infinitive, is_passive, is_person, opens_clause, subject,
)
from nlp.components.cues import Cue, Match, lexicon, stem

Rule = Literal["will", "modal", "passive", "at", "infinitive", "noun", "asking", "list", "bare passive"]
Who = Literal["first", "second", "third", "generic", "expletive", "actor", "person", "thing", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A measure in a sentence. All ranges are of the sentence's words, ends exclusive.

    Attributes:
        proposer: the noun phrase that puts it forward, where the sentence's grammar says so.
        addressee: the noun phrase of who is to act, likewise.
        whole: whether the span is a whole clause, with its own subject in it.
    """

    span: Range
    cue: str
    modality: Modality
    rule: Rule
    proposer: Range | None = None
    addressee: Range | None = None
    whole: bool = False


def find_measures(s: Sentence, *, quoted: bool = False) -> list[Found]:
    """The measures that a sentence tells, in order; ``quoted`` when somebody's own words are read."""
    if len(s) < 3 or s.words[-1] == "?" or "?" in s.words[-2:]:
        return []
    found: list[Found] = []
    read_to = 0
    for i in range(len(s)):
        if i < read_to:
            continue
        here = list(_at(s, i, quoted))
        if here:
            found += here
            read_to = max(measure.span[1] for measure in here) if here[0].rule in ("at", "asking", "infinitive") else i + 1
    return _distinct(s, found)


def _distinct(s: Sentence, found: list[Found]) -> list[Found]:
    """Each stretch once: of two that overlap the first found stays, and those without a word of content go."""
    kept: list[Found] = []
    for measure in sorted(found, key=lambda m: (m.span[0], -m.span[1])):
        start, end = trimmed(s, measure.span)
        if end - start < 1 or all(len(word) < 3 for word in s.words[start:end]) or not any(s.tags[i] in NOMINAL or s.tags[i].startswith("verb") for i in range(start, end)):
            continue
        if kept and start < kept[-1].span[1]:
            continue
        kept.append(replace(measure, span=(start, end)))
    return kept


def trimmed(s: Sentence, span: Range) -> Range:
    """A range without the punctuation, conjunctions and sentence adverbs at its edges."""
    start, end = span
    while start < end and (s.tags[start] in ("konj", "komma", "strek", "clb", "anf", "inf-merke") and s.words[start] not in "«“\"" or s.lower[start] in lexicon().connectives or s.lower[start] == "at" or s.words[start] in ("•", "–", "-", "—")):
        start += 1
    while end > start and (s.tags[end - 1] in ("konj", "komma", "strek", "clb") or s.words[end - 1] in (".", "!", ";", ":", ",", "–", "—", "-")):
        end -= 1
    return start, end


def _at(s: Sentence, i: int, quoted: bool) -> Iterator[Found]:
    known = lexicon()
    if any(form for form in known.asking.at(s.lower, i)):
        asked = list(_asking(s, i))
        if asked:
            yield from asked
            return
    for match in known.cue_at(s.lower, i):
        measures = list(_measures_of(s, match, quoted))
        if measures:
            yield from measures
            return
    if s.tags[i] == "verb|pres" and is_passive(s.lower[i]) and stem(s.lower[i]) in known.passives:
        yield from _bare_passive(s, i)


def _measures_of(s: Sentence, match: Match, quoted: bool) -> Iterator[Found]:
    cue = match.cue
    if cue.needs == "later" and not any(word in lexicon().later for word in s.lower):
        return
    if "inf" in cue.takes:
        if "at" in cue.takes and match.end < len(s) and s.lower[match.end] == "at":
            yield from _clauses_at(s, match)
        else:
            yield from _modal(s, match, quoted)
        return
    after = _after(s, match)
    if after >= len(s):
        return
    if "copula" in cue.takes:
        yield from _copula(s, match)
    elif "clause" in cue.takes:
        yield from _clauses_at(s, match, first=match.end - 1)
    elif s.lower[after] == "at" and "at" in cue.takes:
        yield from _clauses_at(s, match, first=after)
    elif s.lower[after] == "å" and "å" in cue.takes:
        yield from _infinitives(s, match, after + 1)
    elif "np" in cue.takes:
        yield from _noun_phrase(s, match, after)


def _after(s: Sentence, match: Match) -> int:
    """The word where the content of a cue begins: past adverbs, and past the subject of an inverted clause."""
    i = match.end
    while i < len(s) and (s.lower[i] in lexicon().connectives or s.tags[i] == "adv") and s.lower[i] not in ("at", "å"):
        i += 1
    for reach in range(i, min(len(s), i + 5)):
        if s.lower[reach] in ("å", "at") and all(s.tags[k] in ("subst|prop", "pron", "adv", "subst", "det", "adj") for k in range(i, reach)):
            return reach
        if s.tags[reach] in ("komma", "clb", "prep"):
            break
    if i < len(s) and s.tags[i] == "pron" and s.lower[i] in ("vi", "me", "han", "hun", "ho", "dei", "de", "jeg", "eg"):
        i += 1
    return i


# ---------------------------------------------------------------- who the subject is, and whether it counts

def _who(s: Sentence, span: Range | None) -> Who:
    if span is None:
        return "nobody"
    known = lexicon()
    first, last = s.lower[span[0]], s.lower[head(s, span)]
    if any(s.lower[i] in ("vi", "me", "jeg", "eg") and s.tags[i] == "pron" for i in range(*span)):
        return "first"
    if span[1] - span[0] == 1 or s.lower[span[0] + 1] in RELATIVES:
        if first in ("du", "dere", "de.", "dykk"):
            return "second"
        if first in ("han", "hun", "ho", "de", "dei"):
            return "third"
        if first in ("man", "en", "ein", "noen", "nokon", "ingen"):
            return "generic"
        if first in ("det", "der", "dette", "her", "den"):
            return "expletive"
    if is_actor(s, span):
        return "actor"
    if is_person(s, span):
        return "person"
    return "actor" if last in known.actor_adjectives else "thing"


def _modal(s: Sentence, match: Match, quoted: bool) -> Iterator[Found]:
    known = lexicon()
    modal = match.start
    main = infinitive_after(s, modal + 1)
    if main is None:
        return
    start = clause_start(s, modal)
    opener = s.lower[start - 1] if start else ""
    if opener in known.conditions and opener != "at":
        return
    if start == modal and modal == 0 and main > 1 and _has_subject_inside(s, modal, main):
        return  # a question, or a condition without a conjunction
    who_span = subject(s, start, modal, main) or _shared_subject(s, start, modal)
    who = _who(s, who_span)
    if who_span is not None and s.lower[who_span[0]] in known.conditions - {"om", "der"}:
        return
    negated = any(s.lower[i] in known.negations for i in range(modal + 1, main))
    passive, verb = _voice(s, main)
    if not accepted(s.lower[modal], who, s, main, verb, passive=passive, quoted=quoted, headline=modal == 0):
        return
    modality: Modality = match.cue.modality
    if negated and not passive and s.lower[modal] != "skal":
        modality = "rejected"
    actor = who in ("first", "third", "actor", "person", "generic", "nobody")
    whole = (passive or not actor) and who != "nobody" and not (who == "first")
    end = content_end(s, main)
    first = who_span[0] if whole and who_span and who_span[0] < modal else (modal if whole else _act_start(s, modal + 1, main, who_span))
    if whole and who_span and who_span[0] > modal:
        first = start if start < modal else modal
    proposer = who_span if s.lower[modal] == "vil" and not whole or who == "first" else None
    addressee = who_span if not whole and proposer is None and who in ("actor", "person", "third") else None
    for part, is_first in _split(s, first, main, end):
        yield Found(
            span=part, cue=s.words[modal], modality=modality, rule="passive" if passive else "will" if s.lower[modal] == "vil" else "modal",
            proposer=proposer, addressee=addressee, whole=whole and is_first,
        )


def _has_subject_inside(s: Sentence, modal: int, main: int) -> bool:
    return any(s.tags[i] in NOMINAL or s.tags[i] == "det" for i in range(modal + 1, main))


def _shared_subject(s: Sentence, start: int, modal: int) -> Range | None:
    """The subject of the clause before, for a modal that has none of its own: ``… og må avgjøres``."""
    for i in range(start - 1, 0, -1):
        if is_finite(s, i) and clause_start(s, i) < i:
            main = infinitive_after(s, i + 1, reach=4)
            return subject(s, clause_start(s, i), i, main if main is not None and main < modal else i + 1)
    return None


def _voice(s: Sentence, main: int) -> tuple[bool, str]:
    """Whether the verb phrase is passive, and the stem of the verb that tells the act."""
    word = s.lower[main]
    if is_passive(word):
        return True, stem(word)
    if word in ("bli", "verte", "verta", "bli"):
        for i in range(main + 1, min(len(s), main + 4)):
            if s.tags[i] == "verb|perf-part":
                return True, stem(s.lower[i])
    if word in ("kunne", "måtte", "få") and main + 1 < len(s) and is_infinitive(s, main + 1):
        return _voice(s, main + 1)
    return False, stem(word)


def accepted(
    modal: str, who: Who, s: Sentence, main: int, verb: str, *, passive: bool, quoted: bool, headline: bool,
) -> bool:
    """Whether a modal with such a subject and such a verb tells a measure, and not a prediction, a duty of daily life, or talk."""
    known = lexicon()
    if verb in known.idle or main + 1 < len(s) and s.lower[main + 1] in known.past and s.tags[main + 1] == "verb|perf-part" or s.lower[main] in ("ha",) and main + 1 < len(s) and s.tags[main + 1] == "verb|perf-part" and not quoted:
        return False
    act = verb in known.acts
    becoming = s.lower[main] in ("bli", "verte", "verta", "være", "vere", "vera", "få", "ha", "gå", "tre", "omfatte")
    match who:
        case "second":
            return False
        case "first":
            return (act or passive) and (quoted or not any(s.lower[i] in ("jeg", "eg") for i in range(max(0, main - 8), main)))
        case "third":
            return act and modal in ("bør", "burde", "vil", "skal") and (modal != "vil" or quoted or act)
        case "generic":
            return act and modal in ("bør", "burde", "må")
        case "person":
            return act and modal in ("bør", "burde", "vil", "må")
        case "actor":
            return passive or act or becoming and modal != "vil" or modal != "vil" and verb not in known.idle
        case "expletive":
            if passive:
                return act or modal != "vil"
            return modal in ("må", "bør", "burde") and s.lower[main] in ("bli", "være", "vere", "vera", "verte") and not _personal_infinitive(s, main)
        case "thing":
            if passive:
                return modal != "vil" or act
            return modal in ("bør", "burde") or modal in ("skal", "må") and (becoming or act)
        case "nobody":
            return headline and act
    return False


def _personal_infinitive(s: Sentence, main: int) -> bool:
    """``Det må være lov å …``, ``det bør være mulig``: no noun follows that could be the thing wanted."""
    return not any(s.tags[i] in ("subst", "subst|prop") for i in range(main + 1, min(len(s), main + 8)))


def _act_start(s: Sentence, start: int, main: int, who: Range | None) -> int:
    """Where the act begins between a modal and its verb: past the subject and the sentence's adverbs."""
    i = max(start, who[1]) if who and start <= who[0] < main else start
    while i < main and (s.lower[i] in lexicon().connectives or s.tags[i] in ("pron", "konj", "komma")):
        i += 1
    if any(s.tags[k] in ("prep", "komma") for k in range(i, main)):
        return main
    return i


# ---------------------------------------------------------------- where one act ends and the next begins

def _split(s: Sentence, first: int, main: int, end: int) -> Iterator[tuple[Range, bool]]:
    """The acts of a verb phrase, apart where two infinitives of the same modal could stand alone."""
    start, is_first = first, True
    own = True  # the next coordinated infinitive belongs to the modal, not to an "å" or a clause inside
    last = main
    for i in range(main + 1, end):
        tag = s.tags[i]
        if tag == "inf-merke" or s.lower[i] in ("at", "som") or s.lower[i] in ("skal", "kan", "vil", "må"):
            own = False
        if s.lower[i] in ("konj", ",") or tag in ("konj", "komma"):
            verb = _next_infinitive(s, i + 1, end)
            if verb is not None and own and i - last > 1 and s.lower[i] not in ("eller",):
                yield (start, i), is_first
                start, is_first, last = i + 1, False, verb
            elif verb is not None and i - last <= 1:
                last = verb
        if s.lower[i] == "ved" and i + 1 < end and s.lower[i + 1] == "å" and i - last > 1 and own:
            own = False
    yield (start, end), is_first


def _next_infinitive(s: Sentence, start: int, end: int) -> int | None:
    """An infinitive that follows a conjunction at once, but for adverbs: ``og på sikt bruke``, ``og gradvis økes``."""
    for i in range(start, min(end, start + 4)):
        if s.tags[i] == "verb|inf":
            return i
        if s.tags[i] == "verb|pres" and is_passive(s.lower[i]) and i == start:
            return i
        if s.tags[i] in ("inf-merke", "komma", "sbu", "clb") or is_finite(s, i) or s.tags[i] in ("pron", "subst|prop", "det"):
            return None
    return None


def _clauses_at(s: Sentence, match: Match, first: int | None = None) -> Iterator[Found]:
    """``vil at``, ``foreslår at … og at …``: each clause is a measure; with an actor and a modal only what it is to do."""
    at = first if first is not None else match.end
    proposer = _proposer_of(s, match)
    if _unreal(s, match):
        return
    while True:
        end = content_end(s, at + 1)
        inner = next((k for k in range(at + 1, end) if s.lower[k] in ("skal", "må", "bør", "skulle", "burde", "ville")), None)
        span, addressee = (at + 1, end), None
        if inner is not None:
            main = infinitive_after(s, inner + 1)
            who = subject(s, at + 1, inner, main) if main is not None else None
            if main is not None and main < end and who is not None and _who(s, who) in ("actor", "person", "third") and not _voice(s, main)[0]:
                span, addressee = (_act_start(s, inner + 1, main, who), end), who
        else:
            finite = next((k for k in range(at + 1, end) if is_finite(s, k)), None)
            if finite is None or match.cue.needs == "act" and stem(s.lower[finite]) not in lexicon().acts:
                return
            who = subject(s, at + 1, finite, finite + 1)
            if who is not None and _who(s, who) == "actor":
                addressee = who if not is_passive(s.lower[finite]) else None
        yield Found(span=span, cue=s.text((match.start, match.end)), modality=_firmness(s, match), rule="at", proposer=proposer, addressee=addressee, whole=span[0] == at + 1)
        following = end
        while following < len(s) and s.tags[following] in ("komma", "konj"):
            following += 1
        if following < len(s) and s.lower[following] == "at" and following > end:
            at = following
        else:
            return


def _proposer_of(s: Sentence, match: Match) -> Range | None:
    if match.cue.subject == "none":
        return None
    verb = match.start
    for i in range(match.start, max(-1, match.start - 4), -1):  # "har vedtatt", "har allerede foreslått"
        if is_finite(s, i):
            verb = i
            break
    start = clause_start(s, verb)
    after = match.end
    while after < len(s) and s.tags[after] in ("adv",):
        after += 1
    inverted = start == verb or s.tags[start] in ("prep", "adv") or verb > start and s.tags[verb - 1] == "komma"
    if inverted:
        stop = after
        while stop < len(s) and (s.tags[stop] in ("subst", "subst|prop", "pron", "det", "adj") or s.lower[stop] == "på" and stop > after) and stop - after < 8:
            stop += 1
        if stop > after and (s.lower[stop:stop + 1] in (("å",), ("at",)) or s.tags[after] in ("pron", "subst|prop") or bool(s.labels[after])):
            return after, stop
    return subject(s, start, verb, verb + 1) or _shared_subject(s, start, verb)


def _firmness(s: Sentence, match: Match) -> Modality:
    """The cue's modality, turned to rejected by a negation beside it."""
    window = s.lower[max(0, match.start - 3): match.end + 2]
    negated = any(word in lexicon().negations for word in window)
    return "rejected" if negated and match.cue.modality != "rejected" else match.cue.modality


def _unreal(s: Sentence, match: Match) -> bool:
    """A condition, a question or a report about oneself in the narrator's voice: nobody puts it forward."""
    start = clause_start(s, match.start)
    opener = s.lower[start - 1] if start else ""
    return opener in lexicon().conditions - {"der", "som", "da", "då"} or s.lower[start] in ("hvis", "dersom", "når", "om")


def _infinitives(s: Sentence, match: Match, start: int) -> Iterator[Found]:
    main = infinitive_after(s, start)
    if main is None or _unreal(s, match):
        return
    passive, verb = _voice(s, main)
    if verb in lexicon().idle or match.cue.needs == "act" and verb not in lexicon().acts:
        return
    proposer = _proposer_of(s, match)
    who = _who(s, proposer)
    if match.cue.subject == "proposer" and (who in ("second", "generic", "expletive") or who in ("third", "person", "thing") and verb not in lexicon().acts):
        return
    end = content_end(s, main)
    for part, _ in _split(s, start, main, end):
        yield Found(span=part, cue=s.text((match.start, match.end)), modality=_firmness(s, match), rule="infinitive", proposer=proposer)


def _noun_phrase(s: Sentence, match: Match, start: int) -> Iterator[Found]:
    """``foreslår et forbud mot X``: what is wanted is a thing, which somebody would have to provide."""
    if _unreal(s, match) or s.tags[start] not in ("det", "adj", "subst", "subst|prop", "adv") or s.lower[start] in ("det", "den", "dette", "seg", "oss", "noe", "noko", "hva", "kva", "du", "hjelp"):
        return
    proposer = _proposer_of(s, match)
    who = _who(s, proposer)
    if match.cue.subject == "proposer" and who not in ("actor", "first", "person", "third") and not (who == "nobody" and match.start == 0):
        return
    if who == "first" and any(s.lower[i] in ("jeg", "eg") for i in range(*(proposer or (0, 0)))):
        return
    end = _phrase_end(s, start)
    if not any(s.tags[i] in ("subst", "subst|prop") for i in range(start, end)) or end - start < 2:
        return
    for part in _split_nouns(s, start, end):
        yield Found(span=part, cue=s.text((match.start, match.end)), modality=_firmness(s, match), rule="noun", proposer=proposer)


def _copula(s: Sentence, match: Match) -> Iterator[Found]:
    """``Målet for ordningen er å …``."""
    for i in range(match.end, min(len(s) - 2, match.end + 10)):
        if s.lower[i] in ("er", "var"):
            after = i + 1
            while after < len(s) and s.lower[after] not in ("å", "at") and s.tags[after] == "adv":
                after += 1
            if after < len(s) and s.lower[after] == "å":
                yield from _infinitives(s, replace(match, start=match.start), after + 1)
            return


def _phrase_end(s: Sentence, start: int) -> int:
    """The end of a noun phrase: the clause's, or where a coordinated verb follows."""
    end = content_end(s, start)
    inside = False
    for i in range(start, end):
        inside = inside or s.lower[i] in RELATIVES or s.tags[i] in ("sbu", "inf-merke")
        if s.tags[i] == "konj" and i + 1 < end and is_finite(s, i + 1) and not inside:
            return i
        if is_finite(s, i) and not inside:
            return i
    return end


def _split_nouns(s: Sentence, start: int, end: int) -> Iterator[Range]:
    for i in range(start + 2, end - 2):
        if s.lower[i] == "," and s.lower[i + 1] in ("og", "samt") and s.tags[i + 2] in ("det", "adj") and opens_clause(s, i + 2) is False:
            yield start, i
            yield i + 2, end
            return
    yield start, end


def _asking(s: Sentence, i: int) -> Iterator[Found]:
    """``Stortinget ber regjeringen (om å) utrede …``: somebody is asked to act."""
    known = lexicon()
    for form, end, _ in known.asking.at(s.lower, i, 1):
        verb = next((k for k in range(end, min(len(s), end + 16)) if s.tags[k] == "verb|inf"), None)
        if verb is None or is_finite(s, i) is False and s.tags[i] not in ("verb|pres", "verb|pret", "subst", "verb|inf", "verb|imp", "ukjent", "prep"):
            continue
        between = range(end, verb)
        if any(s.tags[k] in ("clb", "sbu") or s.lower[k] in known.refused or is_finite(s, k) for k in between):
            continue
        stop = next((k for k in between if s.lower[k] in ("om", "til", "å") and k > end), verb)
        if stop <= end or not any(s.tags[k] in NOMINAL or s.lower[k] in known.actor_adjectives for k in range(end, stop)) or stem(s.lower[verb]) in known.idle:
            continue
        match = Match(cue=ASKING, start=i, end=end, form=form)
        start = clause_start(s, i)
        proposer = subject(s, start, i, i + 1)
        who = _who(s, proposer)
        if who in ("second", "generic", "expletive") or who in ("third", "person", "thing") and not is_actor(s, (end, stop)):
            return
        last = content_end(s, verb)
        for part, _first in _split(s, verb, verb, last):
            yield Found(span=part, cue=s.text((match.start, match.end)), modality=_firmness(s, match), rule="asking", proposer=proposer, addressee=(end, stop))
        return


ASKING = Cue(takes=frozenset({"inf"}), modality="demanded", subject="proposer")


def _bare_passive(s: Sentence, verb: int) -> Iterator[Found]:
    """``Ordningen videreføres``: a passive in the present that tells what is to be."""
    known = lexicon()
    start = clause_start(s, verb)
    opener = s.lower[start - 1] if start else ""
    if opener in known.conditions or verb >= 1 and s.lower[verb - 1] in RELATIVES:
        return
    who = subject(s, start, verb, verb + 1)
    if who is None or _who(s, who) in ("first", "second", "third"):
        return
    yield Found(span=(who[0], content_end(s, verb)), cue="", modality="planned", rule="bare passive", whole=True)
