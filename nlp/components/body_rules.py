"""Bodies that their words, or the brackets they stand in, give away: candidates for ``bodies``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from nlp.body_words import (
    ACRONYM,
    COMMITTEE,
    COMPANY_FORMS,
    COMPANY_WORDS,
    DEFINITE_BODY,
    GOVERNMENT,
    HEAD,
    NATIONAL,
    NOUN_AFTER_NAME,
    PARTIES,
    is_body_word,
    is_state_body,
    looks_like_body,
)

NAMELIKE = ("subst|prop", "ukjent", "")
ASSOCIATIONS = frozenset({"Foreningen", "Foreninga", "Foreininga", "Stiftelsen", "Stiftinga"})  # "Foreningen Norsk X"
LONGEST_BRACKET = 8  # words of an organisation in brackets


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``start`` to ``end`` that may be a name; ``weight`` says how sure the label is (1: the model's word)."""

    start: int
    end: int
    label: str
    weight: int = 1


def by_words(doc: Doc, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Bodies known by their words alone."""
    inside = {i: c for c in candidates for i in range(c.start, c.end)}
    yield from (
        replace(c, end=inside[c.end].end if c.end in inside else c.end + 1, weight=60)
        for c in dict.fromkeys(inside.values())
        if _goes_on(doc, c, inside)
    )
    for token in doc:
        i, text = token.i, token.text
        if text.lower() in GOVERNMENT:
            if not _foreign(doc, i):
                yield Candidate(i, i + 1, "ORG", 100)
        elif text[0].isupper():
            plain = text.lower().removesuffix("s")
            if plain in NATIONAL and not (i and doc[i - 1].text == "-"):
                yield Candidate(i, i + 1, "ORG", 100)
            elif is_body_word(text, begins_sentence=may_begin(doc, i)):
                yield Candidate(_left(doc, i), i + 1, "ORG", 60)
            elif text in COMPANY_FORMS and i in inside and inside[i].end == i + 1 and inside[i].start < i:
                yield replace(inside[i], label="ORG", weight=100)
            elif (
                text in COMPANY_WORDS and i not in inside and i - 1 in inside and inside[i - 1].label in ("PER", "ORG")
            ):
                yield replace(inside[i - 1], end=i + 1, label="ORG", weight=100)
            elif text in COMPANY_FORMS and i and (start := _name_before(doc, i, inside)) < i:
                yield Candidate(start, i + 1, "ORG", 100)
        elif NOUN_AFTER_NAME.match(text) and i and (start := _name_before(doc, i, inside)) < i:
            yield Candidate(start, i + 1, "GPE_ORG" if "kommune" in text else "ORG", 100)
        elif COMMITTEE.match(text) or (
            is_state_body(text) and (start := _left(doc, i)) < i and doc[start].text[0].isupper()
        ):
            yield Candidate(_left(doc, i), i + 1, "ORG", 100)
        if (
            HEAD.search(text)
            and i + 2 < len(doc)
            and (text[0].isupper() or i in inside)
            and (end := _after_head(doc, i, inside))
        ):
            yield Candidate(inside[i].start if i in inside else i, end, "ORG", 80)


def _goes_on(doc: Doc, c: Candidate, inside: dict[int, Candidate]) -> bool:
    """Whether a name of its own follows the noun for a body: "Pasientforeningen Pust", "Bygdelista Framtid"."""
    if c.label != "ORG" or c.end - c.start > 1 or c.end >= len(doc):
        return False
    own, after = doc[c.end], inside.get(c.end)
    if doc[c.start].text in ASSOCIATIONS:
        return after is not None and after.label == "ORG"
    if not DEFINITE_BODY.match(doc[c.start].text):
        return False
    is_free = after is None or (after.label in ("ORG", "PROD", "MISC") and after.end - after.start == 1)
    return (
        is_free
        and own.text.isalpha()
        and own.text.istitle()
        and own.tag_ in NAMELIKE
        and not doc[c.start].text.endswith("s")
        and not looks_like_body([own.text])
        and own.text.lower().removesuffix("s") not in NATIONAL
        and not may_begin(doc, c.end)
    )


def may_begin(doc: Doc, i: int) -> bool:
    """Whether any word would have a capital here."""
    return (
        bool(doc[i].is_sent_start) or doc[i - 1].text in (":", "«", "“", "”", '"', "-", "–", "—") or doc[i - 1].is_space
    )


def _foreign(doc: Doc, i: int) -> bool:
    """Whether another country's government is meant: "den svenske regjeringen"."""
    before = doc[i - 1].lower_ if i else ""
    return (
        before.endswith(("ske", "sk", "s-"))
        and before not in ("norske", "norsk", "politiske")
        and doc[i - 1].tag_ == "adj"
    )


def _left(doc: Doc, i: int) -> int:
    """Where "Helse- og omsorgsdepartementet" begins, given its last word: hyphens that wait for it."""
    start = i
    if (
        start > 1
        and doc[start - 1].lower_ in ("og", "eller")
        and doc[start - 2].text[-1] in "-‐‑–"
        and len(doc[start - 2]) > 2
    ):
        start -= 2
        while start > 1 and doc[start - 1].text == "," and doc[start - 2].text[-1] == "-" and len(doc[start - 2]) > 2:
            start -= 2
    elif start > 0 and doc[start - 1].lower_.endswith(("-og", "–og")) and doc[start - 1].text[0].isupper():
        start -= 1
    return start


def _name_before(doc: Doc, i: int, inside: dict[int, Candidate]) -> int:
    """Where the name begins that stands right before word ``i``; ``i`` if there is none."""
    before = inside.get(i - 1)
    if before is not None and before.label != "DRV" and before.end == i:
        return before.start
    if before is not None and before.end == i + 1 and before.start < i:
        return before.start
    start = i
    while start > 0 and i - start < 3:
        token = doc[start - 1]
        if (
            not token.text[0].isupper()
            or token.tag_ not in NAMELIKE
            or token.is_space
            or len(token) < 2
            or doc[start].is_sent_start
        ):
            break
        start -= 1
    return start


def _after_head(doc: Doc, i: int, inside: dict[int, Candidate]) -> int:
    """Where "Direktoratet for e-helse" and "Universitetet i Nordby" end, given their head; 0 if it stands alone."""
    preposition = doc[i + 1].lower_
    after = inside.get(i + 2)
    if preposition not in ("for", "mot") and (
        preposition != "i" or not doc[i].text.endswith(("tetet", "skolen", "skulen"))
    ):
        return 0
    if after is not None and after.start == i + 2:
        return after.end
    end = i + 2
    while preposition != "i" and end < min(len(doc), i + 5) and doc[end].tag_ == "adj":
        end += 1
    if preposition == "i" or end >= len(doc) or not doc[end].tag_.startswith("subst"):
        return 0
    if doc[end].text.endswith("-") and end + 2 < len(doc) and doc[end + 1].lower_ == "og":
        return end + 3
    return end + 1


def in_brackets(doc: Doc, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Bodies after a person, "Kari Li (Firmaet)", and acronyms after a body, "Foretaket for X (FX)"."""
    at = {c.start: c for c in candidates}
    for c in candidates:
        if c.label not in ("PER", "ORG", "GPE_ORG", "LOC", "PROD") or c.end + 1 >= len(doc) or doc[c.end].text != "(":
            continue
        end = next(
            (k for k in range(c.end + 1, min(len(doc), c.end + 2 + LONGEST_BRACKET)) if doc[k].text in (")", ",")), 0
        )
        first = doc[c.end + 1]
        if (
            end <= c.end + 1
            or not first.text[0].isupper()
            or any(doc[k].is_space or doc[k].like_num for k in range(c.end + 1, end))
        ):
            continue
        one = end == c.end + 2
        if c.label == "PER":
            known = at.get(c.end + 1)
            if (known is None or not known.label.startswith("GPE")) and (
                not one or len(first) > 1 or first.text in PARTIES
            ):
                yield Candidate(c.end + 1, end, "ORG", 50)
        elif one and ACRONYM.match(first.text) and c.label in ("ORG", "GPE_ORG"):
            yield Candidate(c.end + 1, end, "ORG", 50)
    for token in doc:
        if (
            token.text == "("
            and token.i + 2 < len(doc)
            and doc[token.i + 2].text == ")"
            and ACRONYM.match(doc[token.i + 1].text)
        ):
            start = _explained_by(doc, token.i, doc[token.i + 1].text)
            if start < token.i and looks_like_body([doc[k].text for k in range(start, token.i)]):
                yield Candidate(start, token.i, "ORG", 50)
                yield Candidate(token.i + 1, token.i + 2, "ORG", 50)


def _explained_by(doc: Doc, bracket: int, acronym: str) -> int:
    """Where the words begin that an acronym in brackets stands for: they open with its first letter, in capitals."""
    for start in range(bracket - 1, max(-1, bracket - 7), -1):
        text = doc[start].text
        if doc[start].is_space or text in (".", ",", "(", ")", ":", ";"):
            break
        if (
            text[0].isupper()
            and text[0] == acronym[0]
            and _letters_in_order(acronym, "".join(doc[k].text for k in range(start, bracket)))
        ):
            return start
    return bracket


def _letters_in_order(acronym: str, text: str) -> bool:
    rest = iter(text.casefold())
    return all(letter in rest for letter in acronym.casefold() if letter.isalpha())
