"""Who the subject of a clause is, and whether what it will, shall or must do is a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import lexicon, stem
from nlp.rules.sentence import (
    RELATIVES,
    Range,
    Sentence,
    head,
    infinitive_after,
    is_actor,
    is_finite,
    is_infinitive,
    is_passive,
    is_person,
)

Who = Literal["first", "second", "third", "generic", "expletive", "actor", "person", "thing", "nobody"]

ARTICLES = frozenset({"en", "et", "ein", "ei", "eit"})
ADVICE = frozenset({"bør", "burde"})
WILL = "vil"


def who_is(s: Sentence, span: Range | None) -> Who:
    """The kind of subject that a noun phrase is."""
    if span is None:
        return "nobody"
    known = lexicon()
    first, last = s.lower[span[0]], s.lower[head(s, span)]
    if any(s.lower[i] in ("vi", "me", "jeg", "eg") and s.tags[i] == "pron" for i in range(*span)):
        return "first"
    if span[1] - span[0] == 1 or s.lower[span[0] + 1] in RELATIVES:
        if first in ("du", "dere", "dykk"):
            return "second"
        if first in ("han", "hun", "ho", "de", "dei"):
            return "third"
        if first in ("man", "en", "ein", "ingen"):
            return "generic"
        if first in ("det", "der", "dette", "her", "den"):
            return "expletive"
    if is_actor(s, span):
        return "actor"
    if is_person(s, span):
        return "person"
    return "actor" if last in known.actor_adjectives else "thing"


def antecedent(s: Sentence, span: Range | None) -> Range | None:
    """For a pronoun in a content clause the subject of its report: ``Fylkesrådet varsler at det vil …``."""
    if (
        span is None
        or span[1] - span[0] != 1
        or s.lower[span[0]] not in ("den", "det", "de", "dei", "han", "hun", "ho")
    ):
        return span
    for i in range(span[0] - 1, 0, -1):
        if is_finite(s, i):
            found = subject(s, clause_start(s, i), i, i + 1)
            return found if found is not None and who_is(s, found) in ("actor", "person", "thing") else span
    return span


def shared_subject(s: Sentence, start: int) -> Range | None:
    """The subject of the clause before, for a verb that has none of its own: ``… og må avgjøres``."""
    if start == 0 or s.tags[start - 1] not in ("konj", "komma"):
        return None
    past_clause = start > 1 and s.tags[start - 1] == "konj" and s.lower[start - 2] == ","
    for i in range(start - 1, 0, -1):
        if is_finite(s, i) and (opening := clause_start(s, i)) < i:
            if past_clause and opening and s.lower[opening - 1] == "at":
                continue  # "Hun avviser at X er farlig, og foreslår …": it is she who proposes, not X
            main = infinitive_after(s, i + 1, reach=4)
            return subject(s, clause_start(s, i), i, main if main is not None and main < start else i + 1)
    return None


def voice(s: Sentence, main: int) -> tuple[bool, str]:
    """Whether the verb phrase from ``main`` on is passive, and the stem of the verb that tells the act."""
    word = s.lower[main]
    if is_passive(word):
        return True, stem(word)
    if word in ("bli", "verte", "verta"):
        for i in range(main + 1, min(len(s), main + 5)):
            if s.tags[i] == "verb|perf-part":
                return True, stem(s.lower[i])
    if word in ("kunne", "måtte", "få") and main + 1 < len(s) and is_infinitive(s, main + 1):
        return voice(s, main + 1)
    return False, stem(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbPhrase:
    """A modal with its subject and its main verb (number of the word), as :func:`accepted` judges it."""

    modal: str
    who: Who
    span: Range | None
    main: int
    verb: str
    passive: bool
    quoted: bool
    headline: bool


def accepted(s: Sentence, phrase: VerbPhrase) -> bool:
    """Whether a modal with such a subject and such a verb tells a measure, and not a prediction, daily life or talk."""
    known = lexicon()
    act = phrase.verb in known.acts
    modal, passive = phrase.modal, phrase.passive
    if _talk(s, phrase):
        return False
    becoming = s.lower[phrase.main] in (
        "bli",
        "verte",
        "verta",
        "være",
        "vere",
        "vera",
        "få",
        "ha",
        "gå",
        "tre",
        "omfatte",
        "komme",
    )
    match phrase.who:
        case "first":
            alone = phrase.span is not None and any(s.lower[i] in ("jeg", "eg") for i in range(*phrase.span))
            return (act or passive) and (phrase.quoted or not alone)
        case "third":
            return act and modal in (*ADVICE, WILL, "skal")
        case "generic":
            return act and modal in (*ADVICE, "må")
        case "person":
            return act and modal in (*ADVICE, WILL, "må")
        case "actor":
            if modal == WILL:
                return (act and (phrase.span is None or s.lower[phrase.span[0]] not in ARTICLES)) or passive
            return True
        case "expletive":
            if passive:
                return act or modal in (*ADVICE, "må")
            return (
                modal in (*ADVICE, "må")
                and s.lower[phrase.main] in ("bli", "være", "vere", "vera", "verte")
                and _noun_follows(s, phrase.main)
            )
        case "thing":
            if phrase.span is not None and not any(s.tags[i].startswith("subst") for i in range(*phrase.span)):
                return False
            if passive:
                return modal != WILL or act
            return modal in ADVICE or (modal in ("skal", "må") and (becoming or act))
        case "nobody":
            return phrase.headline and act
        case _:
            return False


def _talk(s: Sentence, phrase: VerbPhrase) -> bool:
    """What no policy says: epistemic modals ("skal ha sagt"), feelings and talk, rising and falling, "ta med oss"."""
    known = lexicon()
    main, modal = phrase.main, phrase.modal
    after = s.lower[main + 1 : main + 3]
    if phrase.verb in known.idle and not (phrase.who == "thing" and modal in ADVICE):
        return True
    if (
        s.lower[main] == "ha"
        and main + 1 < len(s)
        and s.tags[main + 1] == "verb|perf-part"
        and (s.lower[main + 1] in known.past or modal == "skal" or not phrase.quoted)
    ):
        return True
    if s.lower[main] in ("gå", "stige") and after[:1] in (("opp",), ("ned",)):
        return True
    if after[:1] in (("meg",), ("deg",)) or after in (("med", "oss"), ("med", "seg"), ("med", "meg")):
        return True
    if modal == "skal" and s.lower[0] in ("hvis", "dersom", "viss"):
        return True
    return modal == WILL and (
        (s.lower[main] in ("få", "ha") and phrase.who != "actor" and not phrase.quoted) or _after_condition(s, main)
    )


def _after_condition(s: Sentence, main: int) -> bool:
    """``Lykkes vi ikke, vil vi få …``, ``Dersom …, vil …``: a prediction."""
    return s.lower[0] in ("hvis", "dersom", "om", "viss") or (
        is_finite(s, 0) and any(s.lower[i] == "," for i in range(1, main)) and s.lower[0] != WILL
    )


def _noun_follows(s: Sentence, main: int) -> bool:
    """``Det må bli en ny ordning``, not ``det må være lov``: a noun follows that could be the thing wanted."""
    return any(s.tags[i] in ("subst", "subst|prop") for i in range(main + 1, min(len(s), main + 8)))
