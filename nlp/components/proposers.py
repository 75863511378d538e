"""Who is behind a noun phrase: the fullest name that the document gives, for pronouns and role nouns too."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from nlp.body_words import DEFINITE_BODY, PARTIES
from nlp.components.roles import who_is_meant
from nlp.rules.cues import is_role_noun, lexicon
from nlp.short_forms import ShortForms

COMPANY = frozenset({"selskapet", "konsernet", "bedriften", "bedrifta", "rederiet", "verftet"})
PERSONAL = frozenset({"han", "hun", "ho", "henne", "ham"})
PRONOUNS = PERSONAL | {"de", "dei", "den", "det", "dette", "disse", "desse", "som"}
EDGES = frozenset({"konj", "komma", "prep", "strek", "clb", "anf", "sbu"})
BODIES = ("ORG", "GPE_ORG")
LONGEST = 14  # words of a noun phrase kept as a name
OWNED = 5  # words from a genitive to what is owned: "Karis to år eldre søster"
VOICE_SHARE = 0.25  # of a document's named proposers, for it to be read as that body's own text
VOICE_LEAST = 3


class Actors:
    """The names of one document, ready to be asked for; built once, asked many times."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._entity_at: dict[int, Span] = {token: ent for ent in doc.ents for token in range(ent.start, ent.end)}
        people = [ent for ent in doc.ents if ent.label_ == "PER"]
        self._starts = [ent.start for ent in people]
        self._people = [full_name(ent) for ent in people]
        self._companies = [
            (ent.start, full_name(ent))
            for ent in doc.ents
            if ent.label_ == "ORG" and ent.text not in PARTIES and not DEFINITE_BODY.match(ent[-1].text)
        ]
        self._short_forms = ShortForms((ent.start, full_name(ent)) for ent in doc.ents if ent.label_ in BODIES)

    def is_pronoun(self, start: int, end: int) -> bool:
        return end - start == 1 and self._doc[start].lower_ in PRONOUNS

    def name_of(self, start: int, end: int) -> str:
        """The name meant by the words ``start`` to ``end`` of the document; "" for one that names nobody."""
        start, end = self._phrase(start, end)
        if start >= end:
            return ""
        words = self._doc[start:end]
        if self.is_pronoun(start, end):
            return who_is_meant(self._doc, words) if words[0].lower_ in PERSONAL else ""
        if any(token.lower_ in lexicon().first_person and token.tag_ == "pron" for token in words):
            return ""
        person = self._person_among(start, end)
        if person:
            return person
        entity = self._entity_at.get(start)
        if entity is not None and entity.start <= start and entity.end >= end:
            return full_name(entity)
        if len(words) == 1:
            return self._short_form(start) or nominative(words.text)
        office = who_is_meant(self._doc, words) if is_role_noun(words[0].lower_) else ""
        return office or words.text.strip()

    def _person_among(self, start: int, end: int) -> str:
        """The person a phrase names, as ``leder Kari Li``; nobody for ``Karis mor``, whose head is another."""
        for i in range(start, end):
            entity = self._entity_at.get(i)
            if entity is not None and entity.label_ == "PER":
                name = full_name(entity)
                genitive = entity.text.endswith("s") and (not name.endswith("s") or entity.text == name)
                after = self._doc[entity.end : end]
                owned = genitive and any(
                    token.tag_ == "subst" for token in after[: 1 if entity.text == name else OWNED]
                )
                return "" if owned else name
        return ""

    def _short_form(self, token: int) -> str:
        """What one common noun stands for: a person in that role, or a body whose name ends so (``departementet``)."""
        word = self._doc[token].lower_
        if is_role_noun(word):
            return who_is_meant(self._doc, self._doc[token])
        return self._short_forms.before(token, word) or (self._company(token) if word in COMPANY else "")

    def _company(self, token: int) -> str:
        """The body named last before a word whose name does not tell that it is something else than a company."""
        at = bisect_left(self._companies, (token, "")) - 1
        return self._companies[at][1] if at >= 0 else ""

    def _phrase(self, start: int, end: int) -> tuple[int, int]:
        doc = self._doc
        while start < end and (
            doc[start].is_space or doc[start].tag_ in EDGES or doc[start].lower_ in lexicon().connectives
        ):
            start += 1
        for i in range(start + 1, end):
            after_name = doc[i].text == "," and not (i + 1 < end and doc[i + 1].ent_type_ == "PER")
            if doc[i].lower_ in ("som", "dette", "den", "det") or doc[i].is_space or doc[i].text == "(" or after_name:
                end = i
                break
        while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ in ("adv", "prep")):
            end -= 1
        return start, min(end, start + LONGEST)

    def person_in(self, start: int, end: int) -> str:
        """The last person named between two words."""
        at = bisect_left(self._starts, end)
        return self._people[at - 1] if at and self._starts[at - 1] >= start else ""


def full_name(ent: Span) -> str:
    """The fullest form of a name in its document, as the component ``names`` wrote it; else the name as it stands."""
    name = ent._.name if Span.has_extension("name") else ""
    return str(name) if name else ent.text.strip()


def nominative(noun: str) -> str:
    """A definite noun without its genitive -s: ``flertallets`` is ``flertallet``."""
    return noun[:-1] if noun.endswith(("ets", "ens", "nes", "anes", "ans")) else noun


def voice_of(names: Iterable[str]) -> str:
    """The body a document speaks for: who puts forward most of it, if that is plain; else ""."""
    spelling: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for name in names:
        if name:
            counted[name.casefold()] += 1
            spelling.setdefault(name.casefold(), name)
    if not counted:
        return ""
    first, times = counted.most_common(1)[0]
    return spelling[first] if times >= max(VOICE_LEAST, VOICE_SHARE * counted.total()) else ""
