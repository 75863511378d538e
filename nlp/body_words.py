"""Words by which a name is known to be an organisation's, in Bokmål, Nynorsk and the English of company names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.words import any_of, words

# "Helsedirektoratet": a capital, a word, and a noun for a body; "området" ends in no "rådet".
DEFINITE_BODY = re.compile(rf"[A-ZÆØÅ][\w\-]{{2,}}(?:{any_of('bodies', 'definite')}|(?<!om)rådet)s?$")
STATE_BODY = re.compile(rf"[A-ZÆØÅ][\w\-]{{2,}}(?:{any_of('bodies', 'state')})s?$")
NATIONAL = words("bodies", "national")
GOVERNMENT = frozenset({"regjeringen", "regjeringens", "regjeringa", "regjeringas"})  # in lower case too
NOUN_AFTER_NAME = re.compile(rf"(?:{any_of('bodies', 'after_name')})s?$")
COMPANY_FORMS = words("bodies", "company_forms")
COMPANY_WORDS = words("bodies", "company_words")
HEAD = re.compile(rf"(?:{any_of('bodies', 'heads')})$", re.IGNORECASE)
COMMITTEE = re.compile(rf"(?:{any_of('bodies', 'committees')})komit[eé]en$")
PARTIES = words("bodies", "parties")
DOCUMENT = re.compile(rf"(?:{any_of('bodies', 'documents')})(?:en|a|et)?s?$")
ACRONYM = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9\-]{1,7}$")
STATE_ENDINGS = ("departementet", "direktoratet", "tilsynet", "forbundet", "foreningen")


def is_body_word(word: str, *, begins_sentence: bool) -> bool:
    """Whether a capitalised word alone names a body; at the beginning of a sentence only the clearest count."""
    return (STATE_BODY if begins_sentence else DEFINITE_BODY).match(word) is not None


def is_state_body(word: str) -> bool:
    """Whether a word is a state body in any case: "omsorgsdepartementet" of "Helse- og omsorgsdepartementet"."""
    return word.removesuffix("s").endswith(STATE_ENDINGS)


def looks_like_body(name: Sequence[str]) -> bool:
    """Whether the words of a name have one that people's names have not."""
    last = name[-1]
    if len(name) > 1 and (
        last in COMPANY_FORMS or NOUN_AFTER_NAME.match(last) is not None or not COMPANY_WORDS.isdisjoint(name)
    ):
        return True
    return is_body_word(last, begins_sentence=False)


def is_body_acronym(name: str) -> bool:
    """Whether a name is an acronym that is no country's: EU, WHO."""
    return ACRONYM.match(name) is not None and name not in words("bodies", "countries")
