"""Whom a pronoun or a role noun refers back to: "hun", "statsråden", "direktøren", "daglig leder i X"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span, Token

from nlp.role_nouns import is_definite_role, is_role, role_stem
from nlp.words import ending, words

HE = frozenset({"han", "ham", "honom", "hans"})
SHE = frozenset({"hun", "ho", "henne", "hennes", "hennar"})
_MEN, _WOMEN = ending("people", "men_endings"), ending("people", "women_endings")
FAR_BACK = 250  # words that a pronoun reaches back
MENTIONS_BACK = 500  # mentions of people that an office reaches back


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

    def is_named_soon(self, token: int, name: str) -> bool:
        """Whether somebody is named within reach after a word: headlines say the office before the name."""
        first = bisect_right(self.ends, token)
        last = bisect_right(self.starts, token + FAR_BACK)
        return name in self.names[first:last]

    def office(self, noun: str) -> list[tuple[str, str]]:
        """Who can be meant by an office, each with an organisation."""
        return [holder for office, holders in self.holders.items() if same_office(noun, office) for holder in holders]


NOBODY = Cast((), (), (), {}, {})


def who_is_meant(doc: Doc, meant: Token | Span) -> str:
    """The full name of who is meant by a name, a pronoun, an office or "office in organisation"; "" if nobody fits.

    Needs the components ``sentences``, ``names`` and ``roles``.
    """
    cast: Cast = doc._.cast
    tokens = [meant] if isinstance(meant, Token) else list(meant)
    for token in tokens:
        if name := cast.at(token.i):
            return name
    for token in tokens:
        if token.lower_ in HE or token.lower_ in SHE:
            return _by_pronoun(cast, token)
        if is_definite_role(token.text) or (len(tokens) > 1 and is_role(token.text)):
            return _by_office(cast, token, _bodies(meant))
    return ""


def _bodies(meant: Token | Span) -> set[str]:
    ents = () if isinstance(meant, Token) else meant.ents
    return {str(ent._.name) for ent in ents if ent.label_ in ("ORG", "GPE_ORG")}


def _by_pronoun(cast: Cast, pronoun: Token) -> str:
    """The person named last before, whose first name may be a man's or a woman's as the pronoun wants."""
    is_unfit = is_womans if pronoun.lower_ in HE else is_mans
    for place, name in cast.before(pronoun.i):
        if pronoun.i - place > FAR_BACK:
            break
        parts = name.lower().replace("-", " ").split()
        if len(parts) < 2 or not is_unfit(parts[0]):  # a surname alone tells nothing
            return name
    return ""


def _by_office(cast: Cast, noun: Token, bodies: set[str]) -> str:
    """The person named last before who holds the office, and in the organisation if the words name one."""
    holders = {name for name, body in cast.office(role_stem(noun.text)) if not bodies or body in bodies}
    if bodies and not holders:
        holders = {name for body in bodies for name in cast.members.get(body, ())}
    if not holders:
        return ""
    before = next((name for _, name in islice(cast.before(noun.i), MENTIONS_BACK) if name in holders), "")
    if before or len(holders) != 1:
        return before
    return holders.pop() if bodies or cast.is_named_soon(noun.i, *holders) else ""


def is_mans(first_name: str) -> bool:
    """Whether a first name, in lower case, is a man's and no woman's."""
    return first_name in words("people", "men") or _MEN.search(first_name) is not None


def is_womans(first_name: str) -> bool:
    """Whether a first name, in lower case, is a woman's and no man's."""
    return not is_mans(first_name) and (first_name in words("people", "women") or _WOMEN.search(first_name) is not None)


def same_office(noun: str, office: str) -> bool:
    """Whether a noun that refers back can mean an office: "statsråd" a minister, "leder" a daily leader."""
    return office.endswith(noun) or noun.endswith(office) or (noun == "statsråd" and office.endswith("minister"))
