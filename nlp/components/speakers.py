"""Who speaks: the words beside a quote ("hun", "avdelingslederen", "leder Kari Li") to the name they mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from nlp.components.proposers import BODIES, Actors
from nlp.components.reference import FAR_BACK, HE, SHE, Cast, is_mans, is_womans, same_office, who_is_meant
from nlp.role_nouns import is_definite_role, is_role, role_stem
from nlp.rules.cues import is_actor_noun, lexicon
from nlp.rules.direct import Said
from nlp.rules.sentence import FINITE, RELATIVES
from nlp.words import ending

OPENING = 10  # words of a sentence in which its subject is looked for
INVERTED = 4  # words between a first verb of saying and the name: "Nå forteller daglig leder Kari Li"
NEAR = 60  # words that "de" reaches back
THEY = frozenset({"de", "dei"})
AGES = ("åringen", "åringa")  # "21-åringen" is the person spoken of
STRANGERS = ending("people", "strangers")
CREDITS = frozenset({"foto", "foto:", "tekst", "tekst:", "illustrasjon", "illustrasjon:"})


class Speakers:
    """Whom the narrator can mean in one document: nobody who is named only inside a quote, or as the photographer."""

    def __init__(self, doc: Doc, quoted: Sequence[Said]) -> None:
        self._doc = doc
        self._actors = Actors(doc)
        self._cast: Cast = doc._.cast
        bodies = [ent for ent in doc.ents if ent.label_ in BODIES]
        self._body_starts, self._bodies = [ent.start for ent in bodies], [str(ent._.name) for ent in bodies]
        within = bytearray(len(doc))
        for said in quoted:
            within[said.start : said.end] = b"\1" * (said.end - said.start)
        self._free = [
            not within[start] and not self._is_credit(start) and not self._owns(start, end)
            for start, end in zip(self._cast.starts, self._cast.ends, strict=True)
        ]

    def name_of(self, start: int, end: int, last: str, since: int) -> str:
        """The name meant by the words that tell who speaks; ``last`` spoke before, up to the token ``since``."""
        first = self._doc[start]
        if first.lower_ in HE | SHE and (end - start == 1 or self._doc[start + 1].tag_ == "prep"):
            return self._by_pronoun(first, last, since)
        if end - start == 1 and first.lower_ in THEY:
            return self._by_plural(first, last)
        name = self._actors.name_of(start, end)
        noun = self._described(start, end)
        if noun is None or name in self._cast.names:
            return name
        return self._by_description(noun, last, since) or name

    def is_pronoun(self, start: int, end: int) -> bool:
        return self._actors.is_pronoun(start, end)

    def is_person(self, name: str) -> bool:
        return name in self._cast.names

    def person_in(self, start: int, end: int) -> str:
        """The last person named between two words."""
        return self._actors.person_in(start, end)

    def topic(self, start: int, end: int) -> str:
        """The person whom the narrator tells of between two words: the last one who is the subject of a sentence."""
        return self._topic(start, end, lambda _: True)

    def _topic(self, start: int, end: int, fits: Callable[[str], bool]) -> str:
        first, last = bisect_left(self._cast.starts, start), bisect_left(self._cast.starts, end)
        for i in range(last - 1, first - 1, -1):
            if self._free[i] and fits(self._cast.names[i]) and self._opens_sentence(self._cast.starts[i]):
                return self._cast.names[i]
        return ""

    def _by_pronoun(self, pronoun: Token, last: str, since: int) -> str:
        is_unfit = is_womans if pronoun.lower_ in HE else is_mans

        def fits(name: str) -> bool:
            parts = name.lower().replace("-", " ").split()
            return len(parts) < 2 or not is_unfit(parts[0])  # a surname alone tells nothing

        told = self._topic(max(since, pronoun.i - FAR_BACK), pronoun.i, fits)
        if told or (last in self._cast.names and fits(last)):
            return told or last
        return next((name for name in self._before(pronoun.i) if fits(name)), "") or who_is_meant(self._doc, pronoun)

    def _by_plural(self, pronoun: Token, last: str) -> str:
        """The body or group that spoke before, else the organisation named last."""
        if last and last not in self._cast.names:
            return last
        at = bisect_left(self._body_starts, pronoun.i) - 1
        near = at >= 0 and pronoun.i - self._body_starts[at] <= NEAR
        return self._bodies[at] if near else ""

    def _described(self, start: int, end: int) -> Token | None:
        """The one noun that describes a speaker: "avdelingslederen", "den tillitsvalgte", "21-åringen"."""
        start += self._doc[start].lower_ in ("den", "denne") and end - start > 1
        noun = self._doc[start]
        if end - start != 1 or noun.ent_type_:
            return None
        word = noun.lower_
        by_adjective = start and self._doc[start - 1].lower_ == "den" and word.endswith("e") and is_role(word[:-1])
        if is_definite_role(word) or by_adjective or word.endswith(AGES) or self._is_epithet(noun):
            return noun
        return None

    def _is_epithet(self, noun: Token) -> bool:
        """Whether a definite noun can only be another word for the person spoken of: "spissen", "nordmannen"."""
        word = noun.lower_
        stem = next((word.removesuffix(e) for e in ("en", "a", "n") if word.endswith(e)), "")
        known = is_actor_noun(word) or word.endswith(("ene", "ane")) or STRANGERS.search(stem) is not None
        return noun.tag_ == "subst" and noun.text.islower() and bool(stem) and not known

    def _by_description(self, noun: Token, last: str, since: int) -> str:
        """The holder of the office; else the person spoken of, if the text tells no other office of theirs."""
        told = self._topic(max(since, noun.i - FAR_BACK), noun.i, lambda _: True) or last
        if told not in self._cast.names:
            return ""
        if not is_definite_role(noun.lower_):
            return told
        held = [office for office, holders in self._cast.holders.items() if any(told == name for name, _ in holders)]
        office = role_stem(noun.text)
        return told if not held or any(same_office(office, one) for one in held) else ""

    def _before(self, token: int) -> Iterator[str]:
        """Who is named before a word outside quotes, nearest first."""
        for i in range(bisect_left(self._cast.starts, token) - 1, -1, -1):
            if token - self._cast.starts[i] > FAR_BACK:
                return
            if self._free[i]:
                yield self._cast.names[i]

    def _is_credit(self, start: int) -> bool:
        return any(token.lower_ in CREDITS for token in self._doc[max(0, start - 2) : start])

    def _owns(self, start: int, end: int) -> bool:
        """Whether a name is a genitive before what is owned: "Karis mor"."""
        owner = self._doc[end - 1].text.endswith("s") and not self._cast.at(start).endswith("s")
        return owner and end < len(self._doc) and self._doc[end].tag_ in ("subst", "adj", "det")

    def _opens_sentence(self, start: int) -> bool:
        """Whether a name is the subject that its sentence begins with, or stands after a first verb of saying."""
        sent = self._doc[start].sent
        if start - sent.start > OPENING:
            return False
        before = [token for token in self._doc[sent.start : start] if not token.is_space]
        verbs = [i for i, token in enumerate(before) if token.tag_ in FINITE]
        if len(verbs) == 1 and before[verbs[0]].lower_ in lexicon().tags:
            at = verbs[0]
            return len(before) - at <= INVERTED and not any(t.ent_type_ or t.tag_ == "pron" for t in before[:at])
        begins = not before or before[0].tag_ != "prep" or before[0].lower_ in lexicon().sources
        return begins and not verbs and not any(token.lower_ in RELATIVES for token in before)
