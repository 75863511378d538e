"""A document as a stage: who is mentioned in each sentence, and what part the grammar gives them there."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from nlp.components.proposers import PERSONAL, Actors
from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import is_actor_noun, is_role_noun, lexicon
from nlp.rules.direct import TURN, takes_the_floor, words_for_speaker
from nlp.rules.sentence import Range, Sentence, blocks_of, infinitive_after, is_finite
from nlp.rules.subjects import shared_subject, who_is
from nlp.short_forms import is_definite

Kind = Literal["person", "body", "place", "noun", "phrase", "none"]
Genre = Literal["debate", "talk", "we", "report", "plain"]
VerbClass = Literal["say", "want", "will", "shall", "must", "other"]

KINDS: dict[str, Kind] = {"PER": "person", "ORG": "body", "GPE_ORG": "body", "GPE_LOC": "place", "PROD": "noun"}
MODAL_CLASS: dict[str, VerbClass] = {
    "vil": "will",
    "ville": "will",
    "skal": "shall",
    "skulle": "shall",
    "må": "must",
    "måtte": "must",
    "lyt": "must",
    "bør": "must",
    "burde": "must",
    "børe": "must",
    "kan": "other",
}
SOURCE_REACH = 10  # words of "ifølge leder Kari Li i X"
FREQUENT = 3  # names of a kind that the document has most of
TURNS = 3  # turns that make a debate
SHARE = 0.15  # of the sentences that are quoted, or say we, to make a text of that kind
FINITE_A_SENTENCE = 20  # verbs of a sentence whose subjects are looked for


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody in a sentence: words ``start`` to ``end`` of it, the full name, and the part they have.

    Attributes:
        part: "subject", "tag" (``sier X``), "source" (``ifølge X``), "prep", "owner" (genitive) or "plain".
        verb: for a subject the number of its verb in the sentence, else -1.
        verb_class: what that verb tells.
    """

    start: int
    end: int
    name: str
    kind: Kind
    part: str
    verb: int = -1
    verb_class: VerbClass = "other"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote: tokens ``start`` to ``end``, who says it, and whether word by word."""

    start: int
    end: int
    speaker: str
    direct: bool


class Scene:
    """The sentences of a document with who is in them; a sentence is read when it is first asked for."""

    def __init__(self, doc: Doc, actors: Actors | None = None) -> None:
        blocks = blocks_of(doc)
        self.doc = doc
        self.actors = actors or Actors(doc)
        self.sentences: list[Sentence] = [s for block in blocks for s in block]
        self.block_of: list[int] = [number for number, block in enumerate(blocks) for _ in block]
        self.headings = [len(b) == 1 and b[0].words[-1] not in (".", "!", "?", ":", "»", "”", '"') for b in blocks]
        self._first = [s.at[0] for s in self.sentences]
        self._read: dict[int, tuple[Mention, ...]] = {}
        self._verbs: dict[int, tuple[tuple[int, VerbClass, Range | None], ...]] = {}
        self.quotes = [
            Spoken(q.start, q.end, str(q._.speaker), q._.kind == "direct") for q in doc.spans.get("quotes", ())
        ]
        self._innermost: list[int] = [-1] * len(doc)
        for number, quote in sorted(enumerate(self.quotes), key=lambda nq: nq[1].start - nq[1].end):
            for i in range(quote.start, quote.end):
                self._innermost[i] = number
        self._quote_starts = [quote.start for quote in self.quotes]
        self.counts: Counter[str] = Counter()
        self.kind_of: dict[str, Kind] = {}
        for ent in doc.ents:
            kind = KINDS.get(ent.label_)
            if kind is not None:
                name = str(ent._.name) or ent.text
                self.counts[fold(name)] += 1
                self.kind_of.setdefault(fold(name), kind)
        self.nouns = self._nouns()
        self.floor = list(self._floor())
        self.turns = sum(1 for i, name in enumerate(self.floor) if name and (not i or self.floor[i - 1] != name))
        self.genre = self._genre()
        self.titled = {fold(m.name) for m in self.mentions(0)} if self.sentences else set()
        self.spoken_by: Counter[str] = Counter(fold(q.speaker) for q in self.quotes if q.speaker)

    def _nouns(self) -> dict[str, int]:
        """The bodies that the document names by a definite noun most often ("utvalget"), and how often."""
        counted: Counter[str] = Counter()
        last: dict[str, int] = {}
        for s in self.sentences:
            for i, word in enumerate(s.lower):
                if s.tags[i] == "subst" and not s.labels[i] and is_definite(word) and is_actor_noun(word):
                    counted[word] += 1
                    last[word] = s.at[i]
        named = ((self.actors.name_of(last[word], last[word] + 1), n) for word, n in counted.most_common(FREQUENT))
        return {name: n for name, n in named if name}

    def _floor(self) -> Iterator[str]:
        """For each sentence who has the floor, as in the minutes of a debate; "" where nobody took it."""
        name = ""
        for s in self.sentences:
            words = s.words[:TURN]
            if ":" in words and "PER" in s.labels[: words.index(":")] and (who := takes_the_floor([s])) is not None:
                name = self.actors.name_of(s.at[who[0]], s.at[who[1] - 1] + 1) or name
            yield name

    def _genre(self) -> Genre:
        """What kind of text it is: a debate, one that quotes, one that says we, or another."""
        if self.turns >= TURNS:
            return "debate"
        told = [s for s in self.sentences if self._innermost[s.at[min(1, len(s) - 1)]] < 0]
        quoted = 1 - len(told) / max(1, len(self.sentences))
        if quoted > SHARE:
            return "talk"
        ours = sum(1 for s in told if not lexicon().first_person.isdisjoint(s.lower))
        return "we" if ours > SHARE * len(told) else "report" if quoted else "plain"

    def sentence_at(self, token: int) -> int:
        """The number of the sentence that a token is in."""
        at = bisect_left(self._first, token + 1) - 1
        return max(at, 0)

    def quote_at(self, token: int) -> Spoken | None:
        """The innermost quote around a token."""
        number = self._innermost[token]
        return self.quotes[number] if number >= 0 else None

    def quotes_beside(self, token: int) -> tuple[Spoken | None, Spoken | None]:
        """The last quote that begins before a token and the first that begins after it."""
        at = bisect_left(self._quote_starts, token)
        after = at
        if after < len(self.quotes) and self.quotes[after].start == token:
            after += 1
        return (
            self.quotes[at - 1] if at else None,
            self.quotes[after] if after < len(self.quotes) else None,
        )

    def verbs(self, number: int) -> tuple[tuple[int, VerbClass, Range | None], ...]:
        """The finite verbs of a sentence, each with what it tells and its subject's words."""
        if number not in self._verbs:
            s = self.sentences[number]
            found: list[tuple[int, VerbClass, Range | None]] = []
            for i in range(len(s)):
                if len(found) == FINITE_A_SENTENCE:
                    break
                if is_finite(s, i):
                    found.append((i, verb_class(s, i), _subject(s, i)))
            self._verbs[number] = tuple(found)
        return self._verbs[number]

    def mentions(self, number: int) -> tuple[Mention, ...]:
        """Who is mentioned in a sentence, in reading order."""
        if number not in self._read:
            self._read[number] = tuple(sorted(self._mentions(number), key=lambda m: (m.start, m.end)))
        return self._read[number]

    def _mentions(self, number: int) -> list[Mention]:
        s = self.sentences[number]
        found: list[Mention] = []
        taken: set[int] = set()

        def add(span: Range, part: str, verb: int = -1, told: VerbClass = "other") -> None:
            if any(i in taken for i in range(*span)):
                return
            name = self.actors.name_of(s.at[span[0]], s.at[span[1] - 1] + 1)
            if not name:
                return
            found.append(Mention(span[0], span[1], name, self._kind(s, span, name), part, verb, told))
            taken.update(range(*span))

        for verb, told, who in self.verbs(number):
            if told in ("say", "want") and (after := words_for_speaker(s, verb)) is not None and who is None:
                who = after
            if told == "say" and s.lower[verb] in lexicon().tags and verb + 1 < len(s):
                tagged = words_for_speaker(s, verb)
                if tagged is not None and (verb == 0 or s.words[verb - 1] in (",", "»", "”", '"', "?", "!", "–", "-")):
                    add(tagged, "tag", verb, told)
                    continue
            if who is not None and self._acts(s, who, told):
                add(who, "subject", verb, told)
        for i in range(len(s)):
            if i in taken:
                continue
            if s.lower[i] in lexicon().sources and i + 1 < len(s):
                add((i + 1, _source_end(s, i + 1)), "source")
                continue
            if s.labels[i] in KINDS and s.tags[i] != "strek":
                end = i + 1
                while end < len(s) and s.labels[end] == s.labels[i] and end not in taken and s.words[end] != ",":
                    end += 1
                add((i, end), self._part(s, i, end))
            elif s.tags[i] == "subst" and (is_actor_noun(s.lower[i]) or is_role_noun(s.lower[i])):
                start = i
                while start and start - 1 not in taken and s.tags[start - 1] in ("det", "adj") and i - start < 3:
                    start -= 1
                add((start, i + 1), self._part(s, start, i + 1))
            elif s.lower[i] in PERSONAL:
                add((i, i + 1), self._part(s, i, i + 1))
        return found

    def _acts(self, s: Sentence, who: Range, told: VerbClass) -> bool:
        """Whether a subject may be somebody: any of a verb of saying or wanting, else who can act."""
        meant = who_is(s, who)
        if meant in ("first", "second", "generic", "expletive", "nobody"):
            return False
        return told in ("say", "want") or meant in ("actor", "person", "third")

    def _kind(self, s: Sentence, span: Range, name: str) -> Kind:
        known = self.kind_of.get(fold(name))
        if known is not None:
            return known
        return "noun" if span[1] - span[0] == 1 or any(is_actor_noun(s.lower[i]) for i in range(*span)) else "phrase"

    @staticmethod
    def _part(s: Sentence, start: int, end: int) -> str:
        if end < len(s) and s.lower[end - 1].endswith("s") and s.tags[end] in ("subst", "adj"):
            return "owner"
        return "prep" if start and s.tags[start - 1] == "prep" else "plain"


def fold(name: str) -> str:
    """One key for the spellings of a name."""
    return name.casefold()


def verb_class(s: Sentence, i: int) -> VerbClass:
    """What a finite verb tells of its subject: that it says, wants, will, shall, must, or something else."""
    word = s.lower[i]
    modal = MODAL_CLASS.get(word)
    if modal is not None:
        if word == "vil" and s.lower[i + 1 : i + 2] == ("ha",):
            return "want"
        return modal
    known = lexicon()
    for match in known.cue_at(s.lower, i, s.tags):
        if match.cue.subject == "proposer":
            return "want"
    if known.asking.at(s.lower, i, s.tags):
        return "want"
    return "say" if word in known.tags or known.reports.at(s.lower, i, s.tags) else "other"


def _subject(s: Sentence, verb: int) -> Range | None:
    start = clause_start(s, verb)
    main = infinitive_after(s, verb + 1) if s.lower[verb] in MODAL_CLASS else None
    return subject(s, start, verb, main if main is not None else verb + 1) or shared_subject(s, start)


def _source_end(s: Sentence, start: int) -> int:
    end = start
    while end < min(len(s), start + SOURCE_REACH) and not (is_finite(s, end) or s.tags[end] in ("komma", "clb", "sbu")):
        end += 1
    return max(end, start + 1)
