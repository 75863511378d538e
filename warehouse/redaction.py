"""Taking forgotten people out of texts: from the text and the list of hashes alone, so that the same page always gives
the same redacted text, whoever is asked to redact it and however often.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.article import Article
from warehouse.names import GAP, WORD, Hashing, folded, nominatives, words_of

PLACEHOLDER = "[…]"

EVERYWHERE, ARTICLE, WORD_OF_NAME, URL = "everywhere", "article", "word", "url"

# Words with a capital before a surname that are no first name: at the beginning of a sentence, or a title.
_NO_GIVEN_NAME = frozenset(
    """alle allerede altså at av begge blant bortsett både da de dei den denne der derfor dermed dersom dessuten det
    dette di doktor dr du eg ein eit eller en er et etter for fordi fra frå fru før ho hos hun hva hvis hvor i ifølge
    ifølgje imens ingen innen jeg kan kva kvifor korleis likevel med men mens mot når nå no og også om overfor ordfører
    på samtidig selv siden sjølv skal slik som statsråd så tidligere til under uten utan ved vil være
    according after also although and as but by dr for from however if in mr mrs ms on since that the to when while with
    """.split()  # noqa: SIM905 (a hundred lines otherwise)
)
_TITLE = re.compile(
    r".*(?:lege|lækjar|minister|råd|leder|leiar|direktør|sjef|president|fører|førar|professor|forsker|forskar|pleier|"
    r"pleiar|giver|gjevar|person|mann|kvinne|representant|advokat|sekretær|rektor|ansvarlig|redaktør|journalist|mor|"
    r"psykolog|terapeut|farmasøyt|stipendiat|politiker|politikar|gründer|talsmann|medlem|kandidat|student|"
    r"manager|officer|chief|doctor|nurse)"
)
_BLANKS = frozenset((" ", "\u00a0"))
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place of a name or of a part of one: its first and last word, where it begins and ends, and whose it is."""

    first: int
    last: int
    start: int
    end: int
    subject: str
    scope: str
    ending: str


@dataclass(frozen=True)
class Redactor:
    """Takes names out of texts. Made of the rows of table ``forgotten``; a subject is a person."""

    hashing: Hashing
    names: Mapping[str, Collection[tuple[str, str]]] = field(default_factory=dict)  # hash -> (subject, scope)
    lengths: Sequence[int] = ()
    words: frozenset[str] = frozenset()  # hashes of the words that names are made of: most words of a text are none
    urls: frozenset[str] = frozenset()
    _is_known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, hashing: Hashing, rows: Iterable[tuple[str, str, str, int]]) -> Redactor:
        """From rows of ``hash, subject, scope, words``."""
        names: dict[str, set[tuple[str, str]]] = {}
        urls, single, lengths = set(), set(), set()
        for digest, subject, scope, words in rows:
            if scope == URL:
                urls.add(digest)
            elif scope == WORD_OF_NAME:
                single.add(digest)
            else:
                names.setdefault(digest, set()).add((subject, scope))
                lengths.add(words)
        return cls(hashing, names, sorted(lengths, reverse=True), frozenset(single), frozenset(urls))

    def forgets_url(self, url: str) -> bool:
        """Whether this address is not to be collected."""
        return bool(self.urls) and self.hashing.url(url) in self.urls

    def is_forgotten(self, name: str) -> bool:
        """Whether somebody's name, as reading resolved it, is or holds that of a forgotten person."""
        # A reader may take a piece of the placeholder for a piece of a name.
        return not set(PLACEHOLDER).isdisjoint(name) or bool(self.subjects([name]))

    def subjects(self, texts: Iterable[str]) -> frozenset[str]:
        """The forgotten people whose whole names stand in these texts."""
        return frozenset(found.subject for text in texts for found in self._found(text) if found.scope == EVERYWHERE)

    def text(self, text: str, meant: Collection[str] | None = None) -> str:
        """A text without the names; ``meant``: of whom also parts of the name go (by default, of those named whole)."""
        kept, at = [], 0
        for start, end, instead in self.cuts(text, meant):
            kept += [text[at:start], instead]
            at = end
        return "".join([*kept, text[at:]]) if kept else text

    def cuts(self, text: str, meant: Collection[str] | None = None) -> list[tuple[int, int, str]]:
        """Where the names stand, from the first to the last, as start, end and what stands there instead."""
        found = self._found(text)
        if meant is None:
            meant = {one.subject for one in found if one.scope == EVERYWHERE}
        kept: list[tuple[int, int, str]] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if (not kept or one.start >= kept[-1][1]) and (one.scope == EVERYWHERE or one.subject in meant):
                kept.append((one.start, one.end, PLACEHOLDER + one.ending))
        return kept

    def article(self, article: Article, also: Collection[str] = ()) -> Article:
        """An article without the names, in title, text and byline. An author who is forgotten leaves the byline.

        ``also``: people whom it is about although their whole names do not stand in it (any more).
        """
        texts = [article.title, article.section or "", *article.byline, *(block.text for block in article.blocks)]
        meant = self.subjects(texts) | frozenset(also) if self.names else frozenset()
        if not meant:
            return article
        byline = (self.text(author, meant) for author in article.byline)
        return replace(
            article,
            title=self.text(article.title, meant),
            section=None if article.section is None else self.text(article.section, meant),
            byline=tuple(author for author in byline if author != PLACEHOLDER),
            blocks=tuple(replace(block, text=self.text(block.text, meant)) for block in article.blocks),
        )

    def _found(self, text: str) -> list[_Found]:
        """Every place of a name or of a part of one, those left out that are a part of somebody else's name."""
        if not self.names:
            return []
        tokens = list(WORD.finditer(text))
        words = [folded(token[0]) for token in tokens]
        runs = _runs(text, tokens, [self._known(word) for word in words])
        found: list[_Found] = []
        for at, run in enumerate(runs):
            for length in self.lengths:
                if length <= run:
                    found += self._at(tokens, words, at, at + length)
        while True:  # what belongs to somebody else takes what hangs on it along: Anne- Kari Hansen
            own = {(one.subject, at) for one in found for at in range(one.first, one.last + 1)}
            left = [one for one in found if not _somebody_else(text, tokens, one, own)]
            if len(left) == len(found):
                return found
            found = left

    def _known(self, word: str) -> bool:
        known = self._is_known.get(word)
        if known is None:
            known = any(self.hashing.words((form,)) in self.words for form, _ in nominatives(word))
            self._is_known[word] = known
        return known

    def _at(self, tokens: Sequence[re.Match[str]], words: Sequence[str], at: int, end: int) -> Iterator[_Found]:
        for last, ending in nominatives(words[end - 1]):
            for subject, scope in self.names.get(self.hashing.words((*words[at : end - 1], last)), ()):
                if scope == EVERYWHERE or tokens[at][0][0].isupper():
                    yield _Found(at, end - 1, tokens[at].start(), tokens[end - 1].end(), subject, scope, ending)


def _runs(text: str, tokens: Sequence[re.Match[str]], known: Sequence[bool]) -> list[int]:
    """For each word, how many words from it on could be one name; 0 for a word that is in no name."""
    runs = [int(one) for one in known]
    for at in range(len(tokens) - 2, -1, -1):
        word, following = tokens[at], tokens[at + 1]
        gap = text[word.end() : following.start()]
        if known[at] and GAP.fullmatch(gap) and ("." not in gap or len(folded(word[0])) == 1):
            runs[at] = runs[at + 1] + 1
    return runs


def _somebody_else(text: str, tokens: Sequence[re.Match[str]], one: _Found, own: Collection[tuple[str, int]]) -> bool:
    """Whether what was found is a part of another person's name: "Per" before a surname that both have."""
    before, after = one.first - 1, one.last + 1
    if before >= 0 and (one.subject, before) not in own:
        gap = text[tokens[before].end() : one.start]
        if gap in _HYPHENS or (one.scope == ARTICLE and _is_given_name(tokens[before][0], gap)):
            return True
    if after < len(tokens) and (one.subject, after) not in own and not one.ending:
        gap, word = text[one.end : tokens[after].start()], tokens[after][0]
        if gap in _HYPHENS and word[0].isupper():
            return True
        return one.scope == ARTICLE and gap in _BLANKS and word[0].isupper() and not word.isupper()
    return False


def _is_given_name(word: str, gap: str) -> bool:
    """Whether a word before a surname, with ``gap`` between them, makes it the surname of that person."""
    if len(folded(word)) == 1:  # an initial
        return word.isupper() and gap in {*_BLANKS, ".", ". "}
    plain = folded(word)
    if gap not in _BLANKS or not word[0].isupper() or word.isupper():
        return False
    return plain not in _NO_GIVEN_NAME and not _TITLE.fullmatch(plain)


def could_be_one(name: str, other: str) -> bool:
    """Whether two names could be one person's: the same first and the same last word, but not the same words."""
    one, two = words_of(name), words_of(other)
    return one != two and len(one) > 1 and len(two) > 1 and (one[0], one[-1]) == (two[0], two[-1])
