"""Short forms of bodies: "klyngja" for "Fjordhelseklyngen", "direktoratet" for "Direktoratet for nære tjenester"."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

# Definite endings, Bokmål and Nynorsk, the longest first: "foreninga", "klyngja", "direktoratet", "partiet".
_DEFINITE = ("ane", "ene", "et", "en", "ja", "a")
SHORTEST_STEM = 3  # letters: "lag" of "laget" is a short form of "Sykepleielaget"
LONGEST_WORD = 40  # letters of a word that are looked at for its endings


def stem(noun: str) -> str:
    """A noun in lower case without the ending that makes it definite, or a final -e: ``klyng`` of ``klyngen``."""
    for tail in _DEFINITE:
        if noun.endswith(tail) and len(noun) - len(tail) >= SHORTEST_STEM:
            return noun.removesuffix(tail).removesuffix("e")
    return noun.removesuffix("e")


def is_definite(noun: str) -> bool:
    """Whether a noun in lower case has a definite ending in the singular, so that it can stand for something named."""
    return noun.endswith(("et", "en", "a")) and len(noun) > SHORTEST_STEM + 1


class ShortForms:
    """The bodies that a document names, to be found by a short form that comes after them.

    Args:
        bodies: where each stands (number of its first word) and its full name, in reading order.
    """

    def __init__(self, bodies: Iterable[tuple[int, str]]) -> None:
        self._by_ending: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, name in bodies:
            words = name.lower().split()
            for end in {stem(word) for word in (words[0], words[-1])} if words else set():
                if len(end) <= LONGEST_WORD:
                    for cut in range(len(end) - SHORTEST_STEM + 1):
                        self._by_ending[end[cut:]].append((place, name))

    def before(self, place: int, noun: str) -> str:
        """The body named last before ``place`` whose first or last word ends as the definite ``noun`` does; else ""."""
        if not is_definite(noun):
            return ""
        named = self._by_ending.get(stem(noun), ())
        at = bisect_left(named, (place, ""))
        return named[at - 1][1] if at else ""
