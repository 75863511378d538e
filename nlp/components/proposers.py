"""Who is behind a noun phrase: the fullest name that the document gives, for pronouns and role nouns too."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from nlp.components.cues import lexicon

PRONOUNS = frozenset({"han", "hun", "ho", "henne", "hennes", "ham", "hans", "hennar", "sistnevnte", "vedkommende"})
EDGES = frozenset({"konj", "komma", "prep", "strek", "clb", "anf", "sbu"})
LONGEST = 14  # words of a noun phrase kept as a name
VOICE_SHARE = 0.4  # of a document's named proposers, for it to be read as that body's own text
VOICE_LEAST = 3


class Actors:
    """The names of one document, ready to be asked for; built once, asked many times."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._entity_at: dict[int, Span] = {token: ent for ent in doc.ents for token in range(ent.start, ent.end)}
        people = [ent for ent in doc.ents if ent.label_ == "PER"]
        self._people = [(ent.start, full_name(ent)) for ent in people]
        self._starts = [start for start, _ in self._people]

    def name_of(self, start: int, end: int) -> str:
        """The name meant by the words ``start`` to ``end`` of the document; "" for one that names nobody."""
        start, end = self._phrase(start, end)
        if start >= end:
            return ""
        words = self._doc[start:end]
        person = next((self._entity_at[i] for i in range(start, end) if i in self._entity_at and self._entity_at[i].label_ == "PER"), None)
        if person is not None:
            return full_name(person)
        if end - start == 1 and words[0].lower_ in PRONOUNS:
            return self.person_before(start)
        if any(token.lower_ in lexicon().first_person and token.tag_ == "pron" for token in words):
            return ""
        entity = self._entity_at.get(start)
        if entity is not None and entity.start <= start and entity.end >= end:
            return full_name(entity)
        return words.text.strip()

    def _phrase(self, start: int, end: int) -> tuple[int, int]:
        doc = self._doc
        while start < end and (doc[start].is_space or doc[start].tag_ in EDGES or doc[start].lower_ in lexicon().connectives):
            start += 1
        for i in range(start + 1, end):
            if doc[i].lower_ == "som" or doc[i].is_space or doc[i].text in ("(", ","):
                end = i
                break
        while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ == "adv"):
            end -= 1
        return start, min(end, start + LONGEST)

    def person_before(self, token: int) -> str:
        """The person named last before a word."""
        at = bisect_left(self._starts, token)
        return self._people[at - 1][1] if at else ""

    def person_in(self, start: int, end: int) -> str:
        """The last person named between two words."""
        at = bisect_left(self._starts, end)
        return self._people[at - 1][1] if at and self._starts[at - 1] >= start else ""


def full_name(ent: Span) -> str:
    """The fullest form of a name in its document, as the component ``names`` wrote it; else the name as it stands."""
    name = ent._.name if Span.has_extension("name") else ""
    return str(name) if name else ent.text.strip()


def voice_of(names: Iterable[str]) -> str:
    """The body a document speaks for: who puts forward most of it, if that is plain; else ""."""
    counted = Counter(name.casefold() for name in names if name)
    if not counted:
        return ""
    first, times = counted.most_common(1)[0]
    if times < VOICE_LEAST or times < VOICE_SHARE * counted.total():
        return ""
    return first
