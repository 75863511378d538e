"""Nouns for what a person does: titles, offices and professions, as they stand before or after a name."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.words import ending, words

_ROLE = ending("roles", "endings")
_OFFICE = ending("roles", "offices")
_DEFINITE_ENDINGS = ("en", "a", "et", "n")
_ADJECTIVES = ("valgte", "valde", "ansvarlige", "ansvarlege")  # "tillitsvalgte"
MODIFIERS = words("roles", "modifiers")
_FAMILY = re.compile(
    r"(?:beste|ste|sviger|svi|olde|halv|tvilling|ekte|små|lille|store)*(?:mor|far|mamma|pappa|bror|søster|syster|sønn|son|datter|"
    r"dotter|kone|mann|kvinne|samboer|sambuar|kjæreste|onkel|tante|fetter|kusine|enke|venn|venninne|gutt|jente)"
)


@lru_cache(maxsize=50_000)
def is_role(word: str) -> bool:
    """Whether a word in the indefinite form is, or ends in, an office or a profession: "statssekretær", "overlege"."""
    word = word.lower().removesuffix("kollega")
    return _ROLE.search(word) is not None and word not in words("roles", "not_roles") and not is_family(word)


@lru_cache(maxsize=50_000)
def is_definite_role(word: str) -> bool:
    """Whether a word is an office in the definite form, which refers back to somebody: "statsråden", "leiaren"."""
    word = word.lower()
    if word.endswith(("mannen", "kvinna", "kvinnen")):
        return len(word) > len("kvinnen")
    return _stem(word) != word


def is_family(word: str) -> bool:
    """Whether a word is a family relation, which is no role."""
    return _FAMILY.fullmatch(word.lower()) is not None


def role_stem(word: str) -> str:
    """The indefinite form of a role noun, as far as its ending tells: "statsråden" -> "statsråd"."""
    word = word.lower()
    if word.endswith("mannen"):
        return word.removesuffix("nen")
    return _stem(word)


def _stem(word: str) -> str:
    """A definite role noun without its ending; -n only after -e ("legen"), -en and -a never ("legeen")."""
    if word.endswith(_ADJECTIVES) and is_role(word[:-1]):
        return word[:-1]
    for tail in _DEFINITE_ENDINGS:
        stem = word.removesuffix(tail)
        if stem != word and stem.endswith("e") == (tail == "n") and is_role(stem):
            return stem
    return word


def office_of(role: str) -> str:
    """The noun of a role: "leder" of "daglig leder", "sjef" of "sjef for helse"."""
    return role.split(" for ")[0].split()[-1]


def is_office(role: str) -> bool:
    """Whether a role is an office ("leder", "statsråd") rather than a profession."""
    return _OFFICE.search(office_of(role)) is not None


def is_past(role: str) -> bool:
    """Whether the text says that the role is over: "tidligere leder"."""
    return not words("roles", "past").isdisjoint(role.split())
