"""Majorities and minorities of a committee: "flertallet" is "et flertall av disse, 14 medlemmer" named before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from spacy.tokens import Doc

_NOUNS = re.compile(r"(flertall|fleirtal|mindretall|mindretal)(?P<definite>et)?")
_ARTICLES = frozenset({"et", "eit"})
_PARTS = ("prep", "det", "adj", "subst", "subst|prop", "pron", "konj")
LONGEST = 12  # words of a phrase that tells who they are


class Factions:
    """The factions that a document introduces, to be found by the definite noun that comes after them."""

    def __init__(self, doc: Doc) -> None:
        self._introduced: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for token in doc:
            match = _NOUNS.fullmatch(token.lower_)
            if match and not match["definite"] and token.i and doc[token.i - 1].lower_ in _ARTICLES:
                self._introduced[match[1]].append((token.i - 1, doc[token.i - 1 : _end(doc, token.i + 1)].text))

    def meant(self, name: str, place: int) -> str:
        """Whom a name at word ``place`` means: for "flertallet", "dette mindretallet" who it is; any other as it is."""
        words = name.lower().split()
        match = _NOUNS.fullmatch(words[-1]) if 0 < len(words) < 3 else None
        if match is None or not match["definite"]:
            return name
        introduced = self._introduced.get(match[1], ())
        at = bisect_left(introduced, (place, ""))
        return introduced[at - 1][1] if at else name


def _end(doc: Doc, start: int) -> int:
    """Where the phrase ends: "av disse", and, after a comma, how many they are ("14 medlemmer")."""
    end = start
    while end < min(len(doc), start + LONGEST) and doc[end].tag_ in _PARTS and not doc[end].is_space:
        end += 1
    if (
        end + 2 < len(doc)
        and doc[end].text == ","
        and doc[end + 1].like_num
        and doc[end + 2].lower_.startswith("medlem")
    ):
        return end + 3
    return end
