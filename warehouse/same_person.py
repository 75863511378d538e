"""Which names of people in different articles mean one person. Rather two where there is one than one for two.

The same full name is one person. A fuller form needs more than fitting: nobody else whom the shorter one fits, and a
reason to think of the same person (an article that uses both, or the same organisation). A surname or a given name
alone means somebody in its own article only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from warehouse.matching import PART, Group, Link, Links, Match, Seen, exchanged, flat, key_of, matches, plain

GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "eldre", "yngre", "den", "ii", "iii"})
TITLES = frozenset({"dr", "prof", "professor", "herr", "fru"})
# Surnames that end in a settlement or a patronymic take a genitive -s and end in none.
TAKES_S = re.compile(
    r"(?:sen|sson|datter|stad|land|berg|vik|haug|rud|set|gård|gaard|heim|eng|moen|bakk|bakken|li|lie|dal)s$"
)
# Letters that a newspaper may not have. Håkon and Haakon, Hansen and Hanssen stay apart: colleagues are called so.
ACCENTS = str.maketrans("éèêëáàöäü", "eeeeaaøæy")
LEAST_SLIP = 6  # letters of a word in which a slip may be; shorter ones are other names (Moe, Mo)
USUAL = 3  # articles that a name must be in to be the usual one that a slip stands for
MANY = 60  # people of one first and last name among whom a fuller form is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What articles say of people, by name as it stands there.

    Attributes:
        organisations: to which a person belongs, by their canonical names.
        together: other full names that an article has for the same person, each with the article's address.
    """

    organisations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    together: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A full name in its parts; hyphens keep a first or last name in one piece."""

    key: str
    first: str
    middle: tuple[str, ...]
    last: str
    generation: str


def match_people(names: Iterable[Seen], evidence: Evidence | None = None) -> list[Match]:
    """What every name means across articles, ordered by name; nothing depends on the order in which names come."""
    evidence = evidence or Evidence()
    groups: dict[str, Group] = defaultdict(Group)
    parsed: dict[str, _Name] = {}
    alone: list[Match] = []
    for seen in sorted(names, key=lambda seen: seen.name):
        name = _parse(seen.name)
        if name is None:
            alone.append(Match(name=seen.name, canonical="", rule=PART, score=1.0))
            continue
        groups[name.key].names.append(seen)
        if name.key not in parsed or len(name.middle) < len(parsed[name.key].middle):  # a hyphen binds
            parsed[name.key] = name
    links = Links()
    known = _Known(groups, evidence)
    _link_genitives(parsed, groups, links)
    ends: dict[tuple[str, str, str], list[_Name]] = defaultdict(list)
    for name in parsed.values():
        ends[name.first, name.last, name.generation].append(name)
    for same in ends.values():
        if 1 < len(same) <= MANY:
            _link_fuller(same, known, links)
    _link_spellings(parsed, groups, known, links)
    return sorted([*matches(groups, links, {}), *alone], key=lambda match: match.name)


class _Known:
    """Evidence by key, for all the spellings of a group."""

    def __init__(self, groups: Mapping[str, Group], evidence: Evidence) -> None:
        self.organisations: dict[str, set[str]] = {}
        key_by_name = {}
        for key, group in groups.items():
            found = self.organisations[key] = set()
            for seen in group.names:
                found |= evidence.organisations.get(seen.name, frozenset())
                key_by_name[seen.name] = key
        self.together: dict[tuple[str, str], str] = {}
        for (name, other), where in sorted(evidence.together.items()):
            keys = key_by_name.get(name), key_by_name.get(other)
            if keys[0] and keys[1]:
                self.together.setdefault((min(keys[0], keys[1]), max(keys[0], keys[1])), where)

    def shared(self, one: str, other: str) -> str:
        """An organisation that both belong to, or ""."""
        return min(self.organisations[one] & self.organisations[other], default="")

    def article(self, one: str, other: str) -> str:
        """The address of an article that has both names for one person, or ""."""
        return self.together.get((min(one, other), max(one, other)), "")


def _parse(name: str) -> _Name | None:
    """A name in its parts; ``None`` for a surname or a given name alone, also after an initial."""
    surname, comma, given = plain(name).partition(",")
    pieces = [words for piece in (f"{given} {surname}" if comma else surname).split() if (words := flat(piece))]
    while len(pieces) > 1 and pieces[0][0] in TITLES:
        pieces.pop(0)
    at = next((i for i in range(1, len(pieces)) if all(map(_is_generation, pieces[i:]))), None)
    generation = "" if at is None else key_of(word for piece in pieces[at:] for word in piece)
    pieces = pieces if at is None else pieces[:at]
    if len(pieces) < 2 or len(pieces[0][0]) == 1:
        return None
    key = key_of(word for piece in pieces for word in piece)
    return _Name(
        key=f"{key} ({generation})" if generation else key,
        first=key_of(pieces[0]),
        middle=tuple(key_of(piece) for piece in pieces[1:-1]),
        last=key_of(pieces[-1]),
        generation=generation,
    )


def _is_generation(piece: tuple[str, ...]) -> bool:
    return piece in (("d", "e"), ("d", "y")) or all(word in GENERATIONS for word in piece)


def _link_genitives(parsed: Mapping[str, _Name], groups: Mapping[str, Group], links: Links) -> None:
    for key in sorted(parsed):
        stem = key.removesuffix("s").removesuffix("'")
        if stem != key and stem in groups and groups[stem].articles >= groups[key].articles:
            evident = key.endswith("'s")
            if evident or TAKES_S.search(key):
                links.add(key, Link(stem, "genitive", 0.95))


def _link_fuller(same: list[_Name], known: _Known, links: Links) -> None:
    """Link shorter names to the fuller one that they fit, where they fit no two that differ."""
    for name in sorted(same, key=lambda name: name.key):
        fuller = [other for other in same if other.key != name.key and _fits(name.middle, other.middle)]
        if not fuller or any(
            not (_fits(one.middle, other.middle) or _fits(other.middle, one.middle))
            for one, other in combinations(fuller, 2)
        ):
            continue
        for other in sorted(fuller, key=lambda other: (-len("".join(other.middle)), other.key)):
            if link := _fuller_link(name, other, known):
                links.add(name.key, link)
                break


def _fuller_link(name: _Name, other: _Name, known: _Known) -> Link | None:
    if len(name.middle) == len(other.middle):
        return Link(other.key, "initial of a middle name", 0.9)
    if where := known.article(name.key, other.key):
        return Link(other.key, "an article has both names", 0.9, where)
    if organisation := known.shared(name.key, other.key):
        return Link(other.key, "middle name, same organisation", 0.9, organisation)
    return None


def _fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the middle names of one are among the other's, in order; an initial is one of a name."""
    if short == full or len(short) > len(full):
        return False
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other[0] == word) for other in rest) for word in short)


def _link_spellings(parsed: Mapping[str, _Name], groups: Mapping[str, Group], known: _Known, links: Links) -> None:
    """The same name without its accents, or with two letters exchanged, of people of the same organisation."""
    alike: dict[str, list[str]] = defaultdict(list)
    slips: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name in sorted(parsed.items()):
        alike[key.translate(ACCENTS)].append(key)
        for organisation in sorted(known.organisations[key]):
            slips[name.first, organisation].append(key)
    for keys in alike.values():
        usual = min(keys, key=lambda key: (-groups[key].articles, key))
        for key in keys:
            if key != usual and (organisation := known.shared(key, usual)):
                links.add(key, Link(usual, "accents, same organisation", 0.85, organisation))
    for (_, organisation), keys in slips.items():
        rare = [key for key in keys if groups[key].articles == 1]
        for key in rare:
            found = [
                other for other in keys if groups[other].articles >= USUAL and _slipped(parsed[key], parsed[other])
            ]
            if len(found) == 1:
                links.add(key, Link(found[0], "letters exchanged, same organisation", 0.8, organisation))


def _slipped(one: _Name, other: _Name) -> bool:
    same = (one.middle, one.generation) == (other.middle, other.generation)
    return same and len(one.last) >= LEAST_SLIP and exchanged(one.last, other.last)
