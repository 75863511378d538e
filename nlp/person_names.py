"""Which names of people in a text mean the same person: plain strings in, the fullest form of each out.

Two people are never one because they share a surname: a first name, or an initial of it, must fit. A surname alone that
fits several people means the one named last before it. What fits nobody stays itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.words import any_of, ending

Key = tuple[str, ...]

# Spellings of one name: Thorbjørn and Torbjørn, Aase and Åse, Christian and Kristian.
SPELLINGS = (
    ("aa", "å"),
    ("th", "t"),
    ("ch", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("w", "v"),
    ("z", "s"),
    ("é", "e"),
    ("è", "e"),
    ("ö", "ø"),
    ("ä", "æ"),
)
APOSTROPHES = "'’`´"
TAKES_S = re.compile(rf"(?:{any_of('people', 'takes_s')})s$")
OWN_S = ending("people", "own_s")
OFTEN = 3  # times that a surname stands with a final -s and never without, from which the -s is its own
LEAST_TYPO = 5  # letters of a surname in which one letter may be wrong; shorter ones are other names (Lund, Lunde)
LEAST_TYPO_ALONE = 6
MANY = 100  # people of one surname that are searched for misspelt first names


class Named(NamedTuple):
    """A mention in the nominative, and the fullest form that the text gives for who is meant."""

    form: str
    name: str


@dataclass(eq=False, slots=True)
class _Person:
    """The forms of one name, keys by the number of times they stand in the text."""

    key: Key
    forms: Counter[str] = field(default_factory=Counter)

    def name(self) -> str:
        """The fullest form: most words, then whole names before initials, not in capitals, most frequent, first."""
        return max(
            self.forms,
            key=lambda form: (len(form.split()), not _has_initial(form), not form.isupper(), self.forms[form]),
        )


def resolve_people(mentions: Sequence[str], *, before_noun: Sequence[bool] = ()) -> list[Named]:
    """For each mention, in reading order, the fullest form of the name of who is meant.

    Args:
        mentions: names as they stand in the text ("Kari Vik", "Viks").
        before_noun: for each mention whether a noun follows, so that a final -s is likely a genitive.
    """
    nominatives = _nominatives(mentions, before_noun)
    counts = Counter(nominatives)
    register = _Register()
    # Longest first, so that a short form meets the full ones; equally long ones in reading order.
    for form in sorted(counts, key=lambda form: -len(form.split())):
        register.enter(form, counts[form])
    return [Named(form, person.name()) for form, person in zip(nominatives, register.read(nominatives), strict=True)]


def fold(name: str) -> Key:
    """The words of a name without case, accents and variants of spelling; a hyphen parts words."""
    words = re.split(r"[\s\-‐‑–]+", name.casefold().strip())
    return tuple(_fold_word(word) for word in words if word)


def _fold_word(word: str) -> str:
    if word.endswith("."):
        return word
    for spelled, kept in SPELLINGS:
        word = word.replace(spelled, kept)
    return word


def _has_initial(form: str) -> bool:
    return any(word.endswith(".") for word in form.split())


def _nominatives(mentions: Sequence[str], before_noun: Sequence[bool]) -> list[str]:
    """The mentions on one line, without the genitive where the text or the name shows it to be one."""
    forms = [" ".join(mention.split()).rstrip("-–") for mention in mentions]
    last_words = Counter(form.split()[-1].casefold() for form in forms if form)
    result = []
    for i, form in enumerate(forms):
        stem = _without_s(form)
        if stem != form and form:
            plain = stem.split()[-1].casefold()
            evident = form[-1] in APOSTROPHES or form[-2] in APOSTROPHES or plain in last_words
            always = last_words[form.split()[-1].casefold()] >= OFTEN  # "Kravlis", who never is "Kravli"
            likely = not always and TAKES_S.search(form.casefold()) is not None
            hinted = bool(before_noun) and before_noun[i] and not always and not OWN_S.search(form.casefold())
            form = stem if evident or likely or hinted else form
        result.append(form)
    return result


def _without_s(form: str) -> str:
    if len(form) > 3 and form[-1] in APOSTROPHES and form[-2] in "sxz":
        return form[:-1]
    if len(form) > 3 and form[-1] == "s" and form[-2] in APOSTROPHES:
        return form[:-2]
    return form[:-1] if len(form) > 3 and form[-1] == "s" else form


class _Register:
    """The people of one text, found by the ends and the beginnings of their names."""

    def __init__(self) -> None:
        self.person_of: dict[str, _Person] = {}  # a form that means one person
        self.open: dict[str, Key] = {}  # a form that fits several
        self.by_end: dict[Key, list[_Person]] = defaultdict(list)
        self.by_start: dict[Key, list[_Person]] = defaultdict(list)
        self.by_ends: dict[tuple[str, str], list[_Person]] = defaultdict(list)  # first name and surname
        self.by_initial: dict[tuple[str, str], list[_Person]] = defaultdict(list)
        self.by_typo: dict[str, list[_Person]] = defaultdict(list)

    def enter(self, form: str, count: int) -> None:
        """Put a form to the person it means, to a new one, or aside when it fits several."""
        key = fold(form) or (form,)
        found = self._candidates(key)
        if len(found) > 1:
            self.open[form] = key
            return
        person = found[0] if found else _Person(key=key)
        person.forms[form] = count
        self.person_of[form] = person
        if not found:
            self._index(person)

    def read(self, forms: Sequence[str]) -> Iterator[_Person]:
        """The people meant by all forms in reading order."""
        latest: dict[Key, _Person] = {}
        alone: dict[str, _Person] = {}
        for form in forms:
            person = self.person_of.get(form)
            if person is None:
                key = self.open[form]
                person = latest.get(key) or alone.setdefault(form, _Person(key=key, forms=Counter([form])))
            for length in range(1, len(person.key) + 1):
                latest[person.key[-length:]] = person
            if len(person.key) > 1:
                latest[person.key[:1]] = person
                latest[_initial(person.key[0]), person.key[-1]] = person
            yield person

    def _index(self, person: _Person) -> None:
        key = person.key
        for length in range(1, len(key) + 1):
            self.by_end[key[-length:]].append(person)
        for length in range(1, len(key)):
            self.by_start[key[:length]].append(person)
        if len(key) > 1:
            self.by_ends[key[0], key[-1]].append(person)
            if not key[0].endswith("."):
                self.by_initial[_initial(key[0]), key[-1]].append(person)
        if len(key[-1]) >= LEAST_TYPO:
            for variant in _one_letter_less(key[-1]):
                self.by_typo[variant].append(person)

    def _candidates(self, key: Key) -> list[_Person]:
        """The people whom a form may mean, by the first test that finds any."""
        if key in self.by_end:
            return _distinct(self.by_end[key])
        if len(key) == 1:
            return _distinct(self.by_start.get(key, [])) or self._misspelt(key)
        ends, initials = (key[0], key[-1]), (_initial(key[0]), key[-1])
        near = [*self.by_ends.get(ends, []), *self.by_ends.get(initials, []), *self.by_initial.get(ends, [])]
        fitting = [p for p in near if _same_full_name(key, p.key)]
        if fitting:
            return _distinct(fitting)
        if key in self.by_start and key[-1:] not in self.by_end:
            return _distinct(self.by_start[key])
        return self._misspelt(key)

    def _misspelt(self, key: Key) -> list[_Person]:
        """Who is left when one letter may be wrong."""
        same_end = [p for p in self.by_end.get(key[-1:], [])[:MANY] if len(key) > 1 and _one_word_misspelt(key, p.key)]
        if same_end or len(key[-1]) < (LEAST_TYPO if len(key) > 1 else LEAST_TYPO_ALONE):
            return _distinct(same_end)
        near = [p for variant in _one_letter_less(key[-1]) for p in self.by_typo.get(variant, [])[:MANY]]
        return _distinct(
            [
                p
                for p in near
                if is_typo(key[-1], p.key[-1])
                and (
                    len(key) == 1 or _same_full_name((*key[:-1], p.key[-1]), p.key) or p.key[-len(key) : -1] == key[:-1]
                )
            ]
        )


def _distinct(people: Sequence[_Person]) -> list[_Person]:
    return list(dict.fromkeys(people))


def _initial(word: str) -> str:
    return word[0] + "."


def _fits(a: str, b: str) -> bool:
    """The same first or middle name, or the initial of it."""
    return a == b or ((a.endswith(".") or b.endswith(".")) and a[0] == b[0])


def _same_full_name(a: Key, b: Key) -> bool:
    """First names and surnames fit, and the middle names of one are all among the other's."""
    if len(a) > len(b):
        a, b = b, a
    if a[-1] != b[-1] or not _fits(a[0], b[0]):
        return False
    rest = iter(b[1:-1])
    return all(any(_fits(word, other) for other in rest) for word in a[1:-1])


def _one_word_misspelt(key: Key, full: Key) -> bool:
    """The end of ``full``, but for one letter too many or too few in a name before the surname."""
    end = full[-len(key) :]
    if len(end) < len(key):
        return False
    wrong = [(a, b) for a, b in zip(key, end, strict=True) if a != b]
    if len(wrong) != 1 or abs(len(wrong[0][0]) - len(wrong[0][1])) != 1 or not is_typo(*wrong[0]):
        return False
    # Kristin and Kristina, Jan and Jana are two people: a first name may not differ in its ending.
    is_first = len(key) == len(full) and key[0] != full[0]
    return not is_first or (len(key[0]) >= LEAST_TYPO_ALONE and key[0][-1] == full[0][-1])


def is_typo(a: str, b: str) -> bool:
    """Whether two words that begin alike differ by one letter: added, left out, another, or two exchanged."""
    if a == b or not a or not b or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
    return longer[1:] == shorter


def _one_letter_less(word: str) -> set[str]:
    """The word itself and with each letter left out: two words with one of these in common may differ by one letter."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}
