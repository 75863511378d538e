"""Whom a pronoun or a role noun refers back to: "hun", "statsråden", "direktøren", "daglig leder i X"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from nlp.role_nouns import is_definite_role, is_role, role_stem

HE = frozenset({"han", "ham", "honom", "hans"})
SHE = frozenset({"hun", "ho", "henne", "hennes", "hennar"})
# First names that tell; a name in neither fits both pronouns.
WOMEN = re.compile(
    r"(?:anne|marie|kari|liv|inger|ingrid|berit|astrid|marit|randi|solveig|bjørg|gerd|hilde|elin|mette|grete|grethe|tone|trine|hege|heidi|siri|silje|guro|lise|ellen|kirsten|"
    r"kristin|kjersti|gro|unni|torill|toril|wenche|linn|ragnhild|sigrid|turid|åse|eli|jorunn|synnøve|else|karin|helene|therese|camille|janne|line|stine|mari|sissel|may|brit|britt|vigdis|"
    r"aud|jenny|cathrine|katrine|kathrine|nicole|[a-zæøå]+(?:hild|unn|bjørg|frid|laug|dis|veig|ine|ette)|(?!ola$|mustafa$|luka$|joshua$|sava$|mikita$|misha$|sasha$|ilya$)[a-zæøå]{2,}a)$"
)
MEN = re.compile(
    r"(?:jan|per|bjørn|ole|lars|kjell|knut|svein|arne|thomas|tomas|geir|hans|tor|thor|odd|terje|morten|john|jon|erik|eirik|anders|martin|rune|andreas|trond|tore|harald|olav|gunnar|rolf|nils|"
    r"helge|einar|marius|kristian|christian|øyvind|øystein|fredrik|henrik|magnus|daniel|espen|kåre|steinar|leif|frode|stian|håkon|jonas|torbjørn|bent|arild|ketil|kjetil|stein|sverre|"
    r"arve|roger|tom|karl|carl|johan|ola|pål|paul|petter|peter|stig|sigurd|vidar|roar|ivar|jens|jørgen|simon|tobias|alexander|aleksander|emil|oskar|tarjei|torodd|[a-zæøå]+(?:bjørn|stein|mund|vald|ulf|leif|geir))$"
)
FAR_BACK = 250  # words that a pronoun reaches back


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one document in the order of their mentions, and the offices they hold: ``doc._.cast``.

    Attributes:
        starts, ends, names: of each mention of a person, first and last token and full name.
        holders: for each office ("statssekretær") who holds it, with the organisations named for it.
        members: for each organisation the people whom the text ties to it.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    names: tuple[str, ...]
    holders: Mapping[str, Sequence[tuple[str, str]]]
    members: Mapping[str, Sequence[str]]

    def at(self, token: int) -> str:
        """Who is named by a word; "" if it is no name."""
        i = bisect_right(self.starts, token) - 1
        return self.names[i] if i >= 0 and self.ends[i] > token else ""

    def before(self, token: int) -> Iterator[tuple[int, str]]:
        """The mentions before a word, nearest first: token and name."""
        for i in range(bisect_right(self.ends, token) - 1, -1, -1):
            yield self.starts[i], self.names[i]

    def office(self, noun: str) -> list[tuple[str, str]]:
        """Who can be meant by an office, each with an organisation."""
        return [holder for office, holders in self.holders.items() if same_office(noun, office) for holder in holders]


def who_is_meant(doc: Doc, words: Token | Span) -> str:
    """The full name of the person meant by a name, a pronoun, a definite role noun or "role in organisation"; "" if nobody fits.

    Needs the components ``sentences``, ``names`` and ``roles``.
    """
    cast: Cast = doc._.cast
    tokens = [words] if isinstance(words, Token) else list(words)
    for token in tokens:
        if name := cast.at(token.i):
            return name
    for token in tokens:
        if token.lower_ in HE or token.lower_ in SHE:
            return _by_pronoun(cast, token)
        if is_definite_role(token.text) or len(tokens) > 1 and is_role(token.text):
            return _by_office(cast, token, _bodies(words))
    return ""


def _bodies(words: Token | Span) -> set[str]:
    return set() if isinstance(words, Token) else {str(ent._.name) for ent in words.ents if ent.label_ in ("ORG", "GPE_ORG")}


def _by_pronoun(cast: Cast, pronoun: Token) -> str:
    """The person named last before, whose first name may be a man's or a woman's as the pronoun wants."""
    unfit = WOMEN if pronoun.lower_ in HE else MEN
    for place, name in cast.before(pronoun.i):
        if pronoun.i - place > FAR_BACK:
            break
        words = name.lower().replace("-", " ").split()
        if len(words) < 2 or unfit.fullmatch(words[0]) is None:  # a surname alone tells nothing
            return name
    return ""


def _by_office(cast: Cast, noun: Token, bodies: set[str]) -> str:
    """The person named last before who holds the office, and in the organisation if the words name one."""
    holders = {name for name, body in cast.office(role_stem(noun.text)) if not bodies or body in bodies}
    if bodies and not holders:
        holders = {name for body in bodies for name in cast.members.get(body, ())}
    before = next((name for _, name in cast.before(noun.i) if name in holders), "") if holders else ""
    return before or (holders.pop() if len(holders) == 1 and bodies else "")


def same_office(noun: str, office: str) -> bool:
    """Whether a noun that refers back can mean an office: "statsråd" a minister, "leder" a daily leader."""
    return office.endswith(noun) or noun.endswith(office) or noun == "statsråd" and office.endswith("minister")
