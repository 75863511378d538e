"""Clauses without a parser: where one begins and ends, and who its subject is, from words and parts of speech alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from nlp.rules.cues import is_actor_noun, lexicon, stem

Range = tuple[int, int]

FINITE = frozenset({"verb|pres", "verb|pret"})
NOMINAL = frozenset({"subst", "subst|prop", "pron"})
STOPS = frozenset({":", ";", "–", "—", "-", "(", ")", "«", "»", "“", "”", '"', "?", "!", "•", "…"})
SUBORDINATORS = frozenset(
    {
        "at",
        "hvis",
        "dersom",
        "viss",
        "når",
        "fordi",
        "siden",
        "sidan",
        "ettersom",
        "mens",
        "medan",
        "om",
        "hvordan",
        "korleis",
        "hva",
        "kva",
        "hvor",
        "kor",
        "kvar",
        "hvorfor",
        "kvifor",
    }
)
RELATIVES = frozenset({"som", "der"})
REFLEXIVES = frozenset({"seg", "oss", "meg", "deg"})
LATER_CLAUSE = 12  # words looked through for the verb that shows that a new clause has begun
RELATIVE_REACH = 14
OPENING = frozenset({"(", "«", "“"})
CLOSING = frozenset({")", "»", "”"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence's words as the rules read them; white space is left out.

    Attributes:
        lower: the words in lower case. tags: their parts of speech (NDT). labels: the entity each is in, "" for none.
        at: the place of each word in its document.
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def text(self, span: Range) -> str:
        return " ".join(self.words[span[0] : span[1]])


def sentence_of(span: Span | Doc) -> Sentence:
    """The words of a span."""
    tokens = [token for token in span if not token.is_space]
    lower = tuple(token.lower_.lstrip("-–—") or token.lower_ for token in tokens)
    return Sentence(
        words=tuple(token.text for token in tokens),
        lower=lower,
        tags=tuple(_tag(word, token.tag_) for word, token in zip(lower, tokens, strict=True)),
        labels=tuple(token.ent_type_ for token in tokens),
        at=tuple(token.i for token in tokens),
    )


MODALS = frozenset({"vil", "skal", "må", "bør", "kan", "burde"})


def _tag(word: str, tag: str) -> str:
    return "verb|pres" if word in MODALS and tag != "verb|inf" else tag


def is_finite(s: Sentence, i: int) -> bool:
    return s.tags[i] in FINITE


def is_infinitive(s: Sentence, i: int) -> bool:
    return s.tags[i] == "verb|inf"


def is_passive(word: str) -> bool:
    """An s- or st-passive in lower case: ``styrkes``, ``styrkast``; not ``finnes``, ``lukkast``."""
    if word in {
        "synes",
        "synast",
        "finnes",
        "finnast",
        "lykkes",
        "lukkast",
        "lykkast",
        "trengs",
        "trengst",
        "møtes",
        "møtast",
        "minnes",
        "trives",
        "trivast",
        "kjennes",
        "høres",
        "føles",
        "mest",
        "flest",
        "best",
    }:
        return False
    return len(word) > 3 and (word.endswith(("es", "ast", "gis", "gås", "tas", "ås")) and not word.endswith("ss"))


def clause_start(s: Sentence, verb: int) -> int:
    """Where the clause begins whose finite verb is word ``verb``; what stands before it opens the clause (``at``, ``som``)."""
    i = verb
    while i > 0:
        j = i - 1
        if s.lower[j] in STOPS or s.lower[j] in SUBORDINATORS and s.tags[j] != "prep":
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
            if s.tags[i] == "konj":
                return i + 1
        return before + 1
    return _past_inverted_subject(s, before, verb)


def _past_inverted_subject(s: Sentence, report: int, verb: int) -> int:
    """``Derfor mener utvalget det må …``: the clause begins after the subject of the report."""
    if report == 0 or s.tags[report - 1] in ("pron", "subst|prop") or s.tags[report - 1] == "subst" and s.tags[0] not in ("prep", "adv"):
        return report + 1
    for i in range(report + 1, verb - 1):
        if s.tags[i] in NOMINAL and s.tags[i + 1] in ("pron", "det") and any(s.tags[k] in NOMINAL for k in range(i + 1, verb)):
            return i + 1
    return report + 1


def subject(s: Sentence, start: int, verb: int, main: int) -> Range | None:
    """The words of the subject of a clause: before its finite verb, or between it and its main verb (``På sikt bør staten …``)."""
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
        s.tags[start] == "adv"
        or s.lower[start] in lexicon().connectives
        or s.lower[start] in REFLEXIVES
        and s.lower[start] == "seg"
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


def head(s: Sentence, span: Range) -> int:
    """The word that carries a noun phrase: its last noun before a preposition, a relative clause or a comma."""
    best = span[0]
    for i in range(*span):
        if s.tags[i] in ("prep", "komma", "sbu") and i > span[0] or s.lower[i] in RELATIVES:
            break
        if s.tags[i] in NOMINAL or s.lower[i] in lexicon().actor_adjectives:
            best = i
    return best


def content_end(s: Sentence, start: int, *, clause: bool = False, reasons: bool = False) -> int:
    """Where the content that begins at word ``start`` ends: with its clause, before a reason, a speech tag or a new main clause.

    Args:
        clause: the content is a clause with its own finite verb (it ends before ``og at`` too), not an infinitive or a noun phrase.
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
        if word in (";", ":", "?", "!", "•", "–", "—") or tag == "clb" and i >= len(s) - 2:
            return i
        if i > start:
            comma = s.lower[i - 1] == ","
            if not reasons and known.breaks.at(s.lower, i) and (word != "men" or opens_clause(s, i + 1)):
                return i - 1 if comma else i
            if tag == "konj" and word in ("og", "for", "eller", "men"):
                if clause and complete and i + 1 < len(s) and s.lower[i + 1] == "at":
                    return i - 1 if comma else i
                if complete and (comma or not open_clause) and opens_clause(s, i + 1) and not (word == "men" and is_finite(s, i + 1)):
                    return i - 1 if comma else i
            elif word == "," and i + 1 < len(s) and (is_speech_tag(s, i + 1) or complete and _new_clause_after_comma(s, i)):
                return i
            elif word in known.tags and is_speech_tag(s, i) and s.tags[i - 1] in ("subst", "subst|prop", "adj") and i >= len(s) - 5:
                return i
        if is_finite(s, i):
            complete, open_clause = True, False
        elif tag == "sbu" or word in RELATIVES or word in SUBORDINATORS and word != "der":
            open_clause = True
    return len(s)


def is_speech_tag(s: Sentence, i: int) -> bool:
    """Whether word ``i`` opens a tag as ``sier hun`` or ``seier leiar Ola Li``: a verb of saying with its subject after it."""
    if i >= len(s) - 1 or s.lower[i] not in lexicon().tags:
        return False
    after = i + 1
    return (
        s.tags[after] in ("subst|prop", "pron", "subst", "adj", "det", "ukjent")
        and s.lower[after] not in ("at", "om", "det")
        or bool(s.labels[after])
    )


def opens_clause(s: Sentence, start: int) -> bool:
    """Whether a main clause begins at ``start``: a finite verb comes before any infinitive or subordination."""
    if start < len(s) and is_finite(s, start):
        return not reads_as_infinitive(s, start)
    nominal = False
    for i in range(start, min(len(s), start + LATER_CLAUSE)):
        if s.lower[i] in RELATIVES or s.tags[i] in ("sbu", "inf-merke", "clb") or s.lower[i] in SUBORDINATORS and s.tags[i] != "prep":
            return False
        if s.lower[i] == "," and nominal:
            return False
        if s.tags[i] == "verb|inf":
            return nominal and is_passive(s.lower[i])  # "… og skolenes drift styrkes": the modal is said once
        if is_finite(s, i):
            return nominal and not reads_as_infinitive(s, i) or is_passive(s.lower[i]) and nominal
        nominal = nominal or s.tags[i] in NOMINAL or s.tags[i] == "det"
    return False


def reads_as_infinitive(s: Sentence, i: int) -> bool:
    """A verb in -a that the tagger took for a past tense, after a conjunction: Nynorsk ``innføra X og samla Y``."""
    return s.tags[i] == "verb|pret" and s.lower[i].endswith("a") and stem(s.lower[i]) in lexicon().acts and i > 0 and s.tags[i - 1] in ("konj", "adv")


def _new_clause_after_comma(s: Sentence, comma: int) -> bool:
    after = comma + 1
    if s.tags[after] == "konj":
        return s.lower[after] in ("og", "men", "for", "eller") and opens_clause(s, after + 1)
    if s.lower[after] in ("noe", "noko", "så") and after + 1 < len(s):
        return True
    if s.lower[after] in RELATIVES or s.tags[after] in ("sbu", "prep", "verb|perf-part", "inf-merke", "verb|inf"):
        return False
    return opens_clause(s, after)


def is_actor(s: Sentence, span: Range) -> bool:
    """Whether a noun phrase names somebody who can propose or be asked: a body, or a noun for one."""
    at = head(s, span)
    word = s.lower[at]
    if s.labels[at] in ("ORG", "GPE_ORG", "GPE_LOC"):
        return True
    return (
        is_actor_noun(word)
        or word in lexicon().actor_adjectives
        or any(s.labels[i] in ("ORG", "GPE_ORG") or is_actor_noun(s.lower[i]) for i in range(span[0], at + 1))
    )


def is_person(s: Sentence, span: Range) -> bool:
    return any(s.labels[i] == "PER" for i in range(*span))


def infinitive_after(s: Sentence, start: int, reach: int = 18) -> int | None:
    """The main verb after a modal: the first infinitive before any ``å``, subordination or finite verb."""
    for i in range(start, min(len(s), start + reach)):
        if s.tags[i] == "verb|inf":
            return i
        if (
            s.tags[i] in ("inf-merke", "clb", "sbu")
            or is_finite(s, i)
            and i > start
            and not is_passive(s.lower[i])
            or s.lower[i] in STOPS
            and s.lower[i] not in ("(", ")", "«", "»")
        ):
            return None
        if is_passive(s.lower[i]) and s.tags[i] in ("verb|pres", "verb|perf-part"):
            return i
    return None
