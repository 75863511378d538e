"""Roles beside a name: "daglig leder i X, Kari Li", "Kari Li, leder i X", "statsråd Kari Li", "Kari Li (X)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from nlp.body_words import is_body_acronym
from nlp.role_nouns import MODIFIERS, is_definite_role, is_role, role_stem
from nlp.words import any_of

PREPOSITIONS = frozenset({"i", "ved", "hos", "for", "på", "fra", "frå", "av"})
# After a name without a role these tie it to a body; "til" does not ("sier Kari Li til NTB").
TIES = frozenset({"i", "ved", "hos", "fra", "frå"})
# Where one is rather than works.
VENUES = frozenset({"stortinget", "regjeringen", "regjeringa"})
TAKING_OVER = 6  # words between "som" and "som" in "som tok over som leder"
REACH = 12  # words between a role and its organisation or its name
INSIDE_PHRASE = ("subst", "adj", "prep", "konj", "det", "ukjent", "symb", "strek")
# Common nouns in the definite form that mean a body named before.
REFERRING = re.compile(rf"(?P<noun>{any_of('bodies', 'referring')})(?:en|et|n|a)")
NEAR = 30  # organisations looked back over for what "departementet" means


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePhrase:
    """A role that the text gives, with the organisation it is in ("" if none is named); ``at`` is its noun's token."""

    role: str
    organisation: str
    at: int


class Entities:
    """The entities of a document by the tokens they cover."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.at: dict[int, Span] = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
        self.bodies = [ent for ent in doc.ents if is_body(ent)]
        self.body_starts = [ent.start for ent in self.bodies]
        self.body_forms = {str(ent.text): str(ent._.name) for ent in self.bodies}
        self.body_names = {ent._.name.casefold(): str(ent._.name) for ent in self.bodies}

    def label(self, i: int) -> str:
        return str(self.at[i].label_) if i in self.at else ""

    def body_at(self, i: int) -> Span | None:
        """The organisation that a word belongs to."""
        ent = self.at.get(i)
        return ent if ent is not None and is_body(ent) else None

    def is_role(self, i: int) -> bool:
        """Whether word ``i`` is a role noun: not one in a name, but a compound with a name ("Nordby-ordfører")."""
        token = self.doc[i]
        if (
            not token.text[0].isalpha()
            or (token.tag_.startswith("verb") and not self._is_title(i))
            or (self.label(i) in ("PER", "ORG", "GPE_ORG", "PROD") and not token.text.islower())
        ):
            return is_compound(token.text) and self.label(i) != "PER"
        return is_role(token.text) or is_definite_role(token.text)

    def _is_title(self, i: int) -> bool:
        """Whether what is tagged as a verb is a title: "Daglig leder Kari Li", "tillitsvalgt Kari Li"."""
        token = self.doc[i]
        modified = i > 0 and self.doc[i - 1].lower_ in MODIFIERS
        likely = modified or bool(token.is_sent_start) or token.tag_ == "verb|perf-part"
        heads = bool(token.is_sent_start) and i + 1 < len(self.doc) and self.doc[i + 1].lower_ in PREPOSITIONS
        return (likely and self.label(i + 1) == "PER") or heads

    def body(self, start: int, end: int) -> str:
        """The last organisation named between two tokens; a common noun means the one named before ("i komiteen")."""
        named = next((str(ent._.name) for i in range(end - 1, start - 1, -1) if (ent := self.body_at(i))), "")
        return named or next((meant for i in range(start, end) if (meant := self.meant(i))), "")

    def meant(self, i: int) -> str:
        """The organisation that a word in lower case refers to: "departementet", "kommunens", "språkrådet"."""
        word = self.doc[i].lower_.removesuffix("s")
        if i in self.at or not self.doc[i].text.islower():
            return ""
        if word in self.body_names:
            return self.body_names[word]
        match = REFERRING.fullmatch(word)
        if match is None:
            return ""
        endings = (match["noun"], word)
        before = bisect_left(self.body_starts, i)
        nearest = (ent._.name for ent in reversed(self.bodies[max(0, before - NEAR) : before]))
        found = next((str(name) for name in nearest if name.casefold().endswith(endings)), "")
        later = {name for folded, name in self.body_names.items() if folded.endswith(endings)} if not found else set()
        return found or (later.pop() if len(later) == 1 else "")


def is_body(ent: Span) -> bool:
    """Whether an entity is an organisation; a country or a town that acts is one where its administration is named."""
    name = ent._.name
    return ent.label_ == "ORG" or (ent.label_ == "GPE_ORG" and ("kommune" in name.lower() or is_body_acronym(name)))


def is_compound(word: str) -> bool:
    """Whether a word is a name, a hyphen and a role: "Nordby-ordfører"."""
    first, hyphen, last = word.rpartition("-")
    return bool(hyphen) and first[:1].isupper() and is_role(last)


def beside(entities: Entities, person: Span) -> Iterator[RolePhrase]:
    """The roles, or organisations without a role (``role`` is then ""), that stand beside one mention of a person."""
    doc = entities.doc
    before = _before(entities, person)
    if before is not None:
        tied = before.organisation or _tied(entities, person.end, with_role=True)
        yield RolePhrase(role=before.role, organisation=tied, at=before.at)
    after = _after(entities, person)
    yield from after
    if before is None and not any(phrase.role for phrase in after):
        tied = _tied(entities, person.end, with_role=False) or _owned(entities, person.start)
        if tied:
            yield RolePhrase(role="", organisation=tied, at=min(person.end, len(doc) - 1))


def _before(entities: Entities, person: Span) -> RolePhrase | None:
    doc, i = entities.doc, person.start - 1
    first = person.sent.start
    comma = i >= first and doc[i].text == ","
    i -= comma
    if i < first or doc[i].tag_ in ("konj", "prep", "verb|inf"):
        return None
    head = i
    while head > max(first, i - REACH) and not entities.is_role(head):
        if (not doc[head].tag_.startswith(INSIDE_PHRASE) and head not in entities.at) or entities.label(head) == "PER":
            return None
        head -= 1
    if head < first or not entities.is_role(head) or (head < i and not _opens_complement(doc, head + 1)):
        return None
    start = _phrase_start(doc, head, first)
    if comma and start - 2 >= first and doc[start - 1].text == "," and entities.label(start - 2) == "PER":
        return None  # "Kari Li, leder i X, Per Vik": the role is hers
    return _phrase(entities, start, head, i + 1)


def _after(entities: Entities, person: Span) -> list[RolePhrase]:
    doc, j = entities.doc, person.end
    found: list[RolePhrase] = []
    last = person.sent.end
    while j < last and doc[j].text == "(":
        close = next((k for k in range(j + 1, min(last, j + REACH)) if doc[k].text == ")"), None)
        if close is None:
            break
        found.extend(_in_brackets(entities, j + 1, close))
        j = close + 1
    is_copula = j < last and doc[j].lower_ == "er"
    if j < last and (doc[j].text in (",", "–", "-") or is_copula):
        j += 1
        if j + 1 < last and doc[j].lower_ == "som":
            j = _past_relative(doc, j + 1, last)
        if j + 1 < last and doc[j].like_num and doc[j + 1].text == ",":
            j += 2  # an age
        while j < last and doc[j].lower_ in ("en", "ein", "ei", "ny", "den", "nye"):
            j += 1
        owner = entities.body_at(j)
        if owner is not None and owner.end < last and owner.text.endswith("s"):
            j = owner.end
        head = j
        while (
            head < min(last, j + 3)
            and not entities.is_role(head)
            and (doc[head].lower_ in MODIFIERS or doc[head].tag_ == "adj")
        ):
            head += 1
        if head < last and entities.is_role(head) and (is_role(doc[head].text) or not is_copula):
            end = _phrase_end(entities, head, last)
            owned = str(owner._.name) if owner is not None and j == owner.end else ""
            if not (end < last and entities.label(end) == "PER"):
                phrase = _phrase(entities, _phrase_start(doc, head, j), head, end)
                found.append(RolePhrase(role=phrase.role, organisation=phrase.organisation or owned, at=head))
    return found


def _past_relative(doc: Doc, start: int, last: int) -> int:
    """Where the role of a relative clause begins: "som er leder", "som i mai tok over som leder"."""
    if doc[start].lower_ in ("er", "var"):
        owner = start + 1
        owned = owner + 1 < last and doc[owner].text.islower() and doc[owner].text.endswith("s")
        return owner + (owned and doc[owner].tag_ == "subst")  # "partiets talsperson"
    return next((i + 1 for i in range(start, min(last - 1, start + TAKING_OVER)) if doc[i].lower_ == "som"), start)


def _in_brackets(entities: Entities, start: int, end: int) -> Iterator[RolePhrase]:
    """What brackets tell: "(fung. leder i komiteen)" a role, "(Firmaet)" and "(Ap)" an organisation, "(45)" nothing."""
    head = next((k for k in range(start, end) if entities.is_role(k)), None)
    if head is not None:
        yield _phrase(entities, _phrase_start(entities.doc, head, start), head, end)
    elif body := entities.body(start, end):
        yield RolePhrase(role="", organisation=body, at=start)


def _tied(entities: Entities, after: int, *, with_role: bool) -> str:
    """The organisation that follows a name: "Kari Li ved X"."""
    doc = entities.doc
    if after + 1 >= len(doc) or doc[after].lower_ not in TIES:
        return ""
    ent = entities.body_at(after + 1)
    if ent is None:
        return ""
    return "" if not with_role and ent.text.lower() in VENUES else str(ent._.name)


def _owned(entities: Entities, start: int) -> str:
    """The organisation whose person or office begins at ``start``: "Foretakets Kari Li", "Foretaket sin leder"."""
    before = entities.doc[start - 1] if start else None
    if before is None:
        return ""
    owner = entities.body_at(start - 2) if before.lower_ == "sin" else entities.body_at(start - 1)
    return str(owner._.name) if owner is not None and (before.lower_ == "sin" or before.text.endswith("s")) else ""


def _opens_complement(doc: Doc, i: int) -> bool:
    """Whether what follows a role noun tells where or for what."""
    return doc[i].lower_ in PREPOSITIONS


def _phrase_start(doc: Doc, head: int, first: int) -> int:
    start = head
    while start > first:
        if doc[start - 1].lower_ in MODIFIERS:
            start -= 1
        elif start - 1 > first and doc[start - 1].lower_ in ("og", "eller") and doc[start - 2].text.endswith("-"):
            start -= 2  # "helse- og omsorgsminister"
        elif doc[start - 1].lower_.endswith(("politisk", "politiske")):
            start -= 1
        elif start - 1 > first and doc[start - 1].text == "." and doc[start - 2].lower_ + "." in MODIFIERS:
            start -= 2
        else:
            break
    return start


def _phrase_end(entities: Entities, head: int, last: int) -> int:
    """Where a role phrase after a name ends: at a comma, a verb or a new clause."""
    doc, end = entities.doc, head + 1
    if end < last and not _opens_complement(doc, end):
        return end
    while (
        end < min(last, head + REACH)
        and (doc[end].tag_.startswith(INSIDE_PHRASE) or end in entities.at)
        and entities.label(end) != "PER"
    ):
        end += 1
    return end


def _phrase(entities: Entities, start: int, head: int, end: int) -> RolePhrase:
    """A role phrase from its modifiers to the end of its complement."""
    doc = entities.doc
    first, hyphen, last = doc[head].text.rpartition("-")
    noun, owner = doc[head].text, ""
    if hyphen and first[:1].isupper():
        noun, owner = last, "" if last.startswith("ordfør") else _owner(entities, first)  # a mayor's is a place
    owner = _owned(entities, start) or owner  # "Foreningens president"
    if not owner and start > 0 and doc[start - 1].text.endswith("s"):
        owner = entities.meant(start - 1)  # "kommunens rådgiver"
    noun = role_stem(noun) if not is_role(noun) else noun.lower()
    before = doc[start:head].text.lower().replace("\n", " ")
    words = [before] * bool(before) + [noun.removesuffix("kollega")]
    if (
        head + 2 <= end
        and end - head > 2
        and doc[head + 1].lower_ == "for"
        and head + 2 not in entities.at
        and doc[head + 2].tag_ == "subst"
    ):
        words += ["for", doc[head + 2].text]  # "kommunalsjef for helse"
    return RolePhrase(role=" ".join(words), organisation=entities.body(head + 1, end) or owner, at=head)


def _owner(entities: Entities, name: str) -> str:
    """The organisation of "X-direktør", if the text knows X as one or it is an acronym."""
    return entities.body_forms.get(name, name if name.isupper() and len(name) > 1 else "")


def nameless(entities: Entities) -> Iterator[tuple[RolePhrase, bool]]:
    """Role phrases with an organisation: "daglig leder i X", wherever they stand."""
    doc = entities.doc
    for place in sorted(entities.at):
        head, ent = place - 2, entities.body_at(place)
        if ent is not None and head >= 0 and _opens_complement(doc, head + 1) and entities.is_role(head):
            named = ent.end < len(doc) and (entities.label(ent.end) == "PER" or doc[ent.end].text == ",")
            yield _phrase(entities, _phrase_start(doc, head, doc[head].sent.start), head, ent.end), named
