"""A constructed set of 1,000 pairs of names, half people, half bodies: do both mean the same?

Everybody is invented but for the register's bodies. The labels say what is true, or, where nobody could tell from what
is known, that the two must be kept apart. Each pair has a surname or a stem of its own, so that all of them can stand
in one warehouse. Made by a seeded script; no rule was looked at when the labels were given.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from warehouse.register import Body

WHERE = "http://avisa.example/sak"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two names, whether they mean the same, what sort of pair it is, and what articles say beside the names.

    Attributes:
        organisations: that each of two people belongs to.
        together: whether an article has both names for one person.
        introduced: (abbreviation, name) as articles explain them.
        place: whether the first name is a place too.
        articles: in how many articles each name is.
    """

    kind: str
    one: str
    other: str
    same: bool
    why: str
    organisations: tuple[str, str] = ("", "")
    together: bool = False
    introduced: tuple[tuple[str, str], ...] = ()
    place: bool = False
    articles: tuple[int, int] = (1, 4)


_FIRST = "Kari Per Anne Ola Ingrid Lars Marit Nils Solveig Knut Berit Odd Guro Eirik Silje Trond Hilde Arne Turid Jon"
_MIDDLE = "Berit Anders Elise Martin Helene Olav Sofie Henrik Louise Jakob Amalie Fredrik"
_HEADS = "Gran Bjør Høy Lang Ask Furu Rug Tveit Hegg Lyng Sol Stor Ødegård Grims Vass Brat Kvit Myr Aur Sel"
_TAILS = "bøl dalen haugen stølen nesset vollen åsen teigen hylla bråten setra kleiva tjernet vatnet skaret"
_BODIES = "Fjord Bre Skjær Vidde Holme Sunde Tind Elve Nes Urd Bølge Lyng Skog Myr Varde Strand Foss Dal Hei Berg"
_PLACES = "by øya landet vågen sida botn marka løkka grenda voll stølen hamn åsen vika"
FIRST, MIDDLE = _FIRST.split(), _MIDDLE.split()
ORGANISATIONS = ("Fjordlegene", "Tindhelse", "Klinikken på Neset")


def pairs(register: Sequence[Body], seed: int = 20) -> list[Pair]:
    """The pairs, the same for the same seed and register."""
    chance = random.Random(seed)
    surnames = [head + tail + end for head in _HEADS.split() for tail in _TAILS.split() for end in ("", "moen")]
    stems = [head + joint + tail for head in _BODIES.split() for tail in _PLACES.split() for joint in ("", "e")]
    chance.shuffle(surnames)
    chance.shuffle(stems)
    people = _people(chance, iter(surnames))
    bodies = _bodies(chance, iter(stems), register)
    return [*people, *bodies]


def _people(chance: random.Random, surnames: Iterator[str]) -> list[Pair]:
    found: list[Pair] = []

    def add(count: int, same: bool, why: str, make: Callable[[str, str], tuple[str, str]], **more: object) -> None:
        for _ in range(count):
            one, other = make(chance.choice(FIRST), next(surnames))
            found.append(Pair(kind="person", one=one, other=other, same=same, why=why, **more))  # type: ignore[arg-type]

    def two(names: Sequence[str]) -> list[str]:
        return chance.sample(list(names), 2)

    def different_first(_: str, last: str) -> tuple[str, str]:
        a, b = two(FIRST)
        return f"{a} {last}", f"{b} {last}"

    def middles(first: str, last: str) -> tuple[str, str]:
        a, b = two(MIDDLE)
        return f"{first} {a} {last}", f"{first} {b} {last}"

    near_last = [
        *[("{}sen", "{}ssen"), ("{}", "{}e"), ("{}", "{}s"), ("{}mann", "{}man"), ("{}vik", "{}viken"), ("{}", "{}a")],
        *[("{}son", "{}sen"), ("{}stad", "{}sta"), ("{}ås", "{}aas"), ("{}dal", "{}dahl"), ("{}t", "{}th")],
    ]
    near_first = [
        *[("Kristin", "Kristina"), ("Jan", "Jon"), ("Marit", "Marita"), ("Anne", "Anna"), ("Tor", "Tore")],
        *[("Per", "Peer"), ("Ellen", "Elin"), ("Martin", "Marten"), ("Karin", "Karen"), ("Hans", "Hanne")],
    ]

    def near_surnames(first: str, last: str) -> tuple[str, str]:
        a, b = chance.choice(near_last)
        return f"{first} {a.format(last)}", f"{first} {b.format(last)}"

    def near_first_names(_: str, last: str) -> tuple[str, str]:
        a, b = chance.choice(near_first)
        return f"{a} {last}", f"{b} {last}"

    org = (ORGANISATIONS[0], ORGANISATIONS[0])
    add(50, False, "same surname", different_first)
    add(20, False, "same surname, same organisation", different_first, organisations=org)
    add(40, False, "same first name", lambda first, last: (f"{first} {last}", f"{first} {next(surnames)}"))
    for mark in ("den eldre", "den yngre", "jr.", "d.e.", "senior"):
        add(6, False, "father and daughter", lambda f, s, mark=mark: (f"{f} {s} {mark}", f"{f} {s}"), organisations=org)
    add(10, False, "father and daughter", lambda f, s: (f"{f} {s} d.e.", f"{f} {s} d.y."), organisations=org)
    add(20, False, "surname alone", lambda first, last: (last, f"{first} {last}"), organisations=org)
    add(10, False, "first name alone", lambda first, last: (f"{first}", f"{first} {last}"))
    add(15, False, "initial and surname", lambda f, s: (f"{f[0]}. {s}", f"{f} {s}"))
    add(30, False, "like surnames", near_surnames)
    add(20, False, "like surnames, same organisation", near_surnames, organisations=org)
    add(25, False, "like first names", near_first_names)
    add(15, False, "like first names, same organisation", near_first_names, organisations=org, articles=(1, 9))
    add(20, False, "other middle name", middles)
    add(10, False, "other middle name, same organisation", middles, organisations=org)
    add(20, False, "middle name left out, no more known", lambda f, s: (f"{f} {s}", f"{f} {chance.choice(MIDDLE)} {s}"))
    add(10, False, "half of a first name", lambda f, s: (f"{f}-Lise {s}", f"{f} {s}"), organisations=org)
    add(10, False, "half of a surname", lambda f, s: (f"{f} {s}-Lie", f"{f} Lie"), organisations=org)
    add(10, False, "one surname more", lambda f, s: (f"{f} {s} {next(surnames)}", f"{f} {s}"), organisations=org)
    add(5, False, "names exchanged", lambda f, s: (f"Martin {f} {s}", f"{f} Martin {s}"), organisations=org)
    add(10, True, "hyphen", lambda f, s: (f"{f}-Lise {s}", f"{f} Lise {s}"))
    add(5, True, "hyphen", lambda f, s: (f"{f} {s}-Lie", f"{f} {s} Lie"))
    add(15, True, "capitals", lambda f, s: (f"{f} {s}".upper(), f"{f} {s}"))
    add(15, True, "encoding", lambda f, s: (unicodedata.normalize("NFD", f"{f} Bjø{s}å"), f"{f} Bjø{s}å"))
    add(5, True, "given name last", lambda f, s: (f"{s}, {f}", f"{f} {s}"))
    add(5, True, "title", lambda f, s: (f"Dr. {f} {s}", f"{f} {s}"))
    add(20, True, "genitive", lambda f, s: (f"{f} {s}bakkens", f"{f} {s}bakken"))
    add(15, True, "initial of a middle name", lambda f, s: (f"{f} A. {s}", f"{f} Amalie {s}"))
    add(
        15,
        True,
        "middle name left out, same organisation",
        lambda f, s: (f"{f} {s}", f"{f} Sofie {s}"),
        organisations=org,
    )
    add(10, True, "middle name left out, both in an article", lambda f, s: (f"{f} {s}", f"{f} Olav {s}"), together=True)
    add(5, True, "slip, same organisation", lambda f, s: (f"{f} {s}satd", f"{f} {s}stad"), organisations=org)
    add(10, True, "slip, no more known", lambda f, s: (f"{f} {s}stadd", f"{f} {s}stad"))
    return found


def _bodies(chance: random.Random, stems: Iterator[str], register: Sequence[Body]) -> list[Pair]:
    found: list[Pair] = []
    met: set[str] = set()

    def add(count: int, same: bool, why: str, make: Callable[[str], tuple[str, str]], **more: object) -> None:
        for _ in range(count):
            one, other = make(next(stems))
            found.append(
                Pair(kind="organisation", one=one, other=other, same=same, why=why, **more)  # type: ignore[arg-type]
            )

    def listed(count: int, same: bool, why: str, candidates: list[tuple[str, str]]) -> None:
        for one, other in chance.sample(candidates, count):
            found.append(Pair(kind="organisation", one=one, other=other, same=same, why=why))

    def by_kind(*kinds: str) -> list[str]:
        return [body.name for body in register if body.kind in kinds]

    def any_two(names: list[str]) -> list[tuple[str, str]]:
        return [(a, b) for a in names for b in names if a < b]

    add(15, False, "HF and RHF", lambda s: (f"Helse {s} HF", f"Helse {s} RHF"))
    add(10, False, "AS and ASA", lambda s: (f"{s} Medtech AS", f"{s} Medtech ASA"))
    add(10, False, "name without form, two with", lambda s: (f"{s} Pharma", f"{s} Pharma AS og {s} Pharma ASA"))
    add(15, False, "part of a name", lambda s: (f"Helse {s}", f"Helse {s}-{next(stems)}"))
    add(10, False, "part of a name", lambda s: (f"{s}forbundet", f"{s}forbundet {next(stems)}"))
    add(10, False, "part of a name", lambda s: (f"{s}sykehuset", f"{s}sykehuset Barneklinikken"))
    add(10, False, "party and its youth", lambda s: (f"{s}partiet", f"{s}partiets Ungdom"))
    add(5, False, "party and its youth", lambda s: (f"{s}partiet", f"Unge {s}parti"))
    parties = [(p, y) for p in by_kind("party") for y in (f"{p}s ungdom", f"Unge {p}", f"{p} Ung") if " " not in p]
    listed(10, False, "party and its youth", parties)
    listed(20, False, "ministries alike", any_two(by_kind("ministry")))
    listed(20, False, "health trusts alike", any_two(by_kind("health trust", "regional health authority")))
    add(20, False, "like places", lambda s: (f"{s} kommune", f"{s}e kommune"))
    add(10, False, "like places", lambda s: (f"{s} kommune", f"S{s[1:]}s kommune"))
    add(10, False, "municipality and its hospital", lambda s: (f"{s} kommune", f"{s} sykehus"))
    add(10, False, "place and municipality", lambda s: (s, f"{s} kommune"), place=True)
    add(10, False, "place and trust", lambda s: (s, f"{s} HF"), place=True)
    add(10, False, "numbered", lambda s: (f"{s} legesenter 1", f"{s} legesenter 2"))
    add(20, False, "like companies", lambda s: (f"{s}vita", f"{s}via"), articles=(1, 9))
    add(10, False, "like companies", lambda s: (f"{s} System AS", f"{s} Systems AS"), articles=(1, 9))
    add(10, False, "like associations", lambda s: (f"Norsk {s}kardiologforening", f"Norsk {s}radiologforening"))
    add(10, False, "a noun for a body", lambda s: ("direktoratet", f"Direktoratet for {s}helse"))
    for word in ("Foreningen", "Sykehuset"):
        add(5, False, "a noun for a body", lambda s, word=word: (word, f"{s}{word.lower()}"))
    add(10, False, "abbreviation, nobody explains it", lambda s: (f"{s[0]}QH", f"{s} kvalitetshelse"))
    for n, (one, other) in enumerate((next(stems), next(stems)) for _ in range(20)):
        short = f"X{chr(65 + n)}F"
        fulls = (f"Xa{one} {chr(97 + n)}nsattes forening", f"Xe{other} {chr(97 + n)}llmenne forening")
        found.append(
            Pair(
                kind="organisation",
                one=short,
                other=fulls[n % 2],
                same=False,
                why="abbreviation of two",
                introduced=((short, fulls[0]), (short, fulls[1])),
            )
        )
    for _ in range(5):
        short = next(stem[:3] for stem in stems if stem[:3] not in met)
        met.add(short)
        found.append(Pair(kind="organisation", one=short.upper(), other=short, same=False, why="capitals that count"))
    known = [(alias, body.name) for body in register for alias in body.aliases]
    listed(60, True, "in the register", known)
    add(15, True, "HF left out", lambda s: (f"Helse {s}", f"Helse {s} HF"))
    add(15, True, "AS left out", lambda s: (f"{s} Diagnostikk", f"{s} Diagnostikk AS"))
    add(5, True, "form in another spelling", lambda s: (f"{s} Diagnostikk A/S", f"{s} Diagnostikk AS"))
    add(10, True, "hyphen", lambda s: (f"Helse {s} Nord", f"Helse {s}-Nord"))
    add(10, True, "capitals", lambda s: (f"{s} HELSEHUS".upper(), f"{s} Helsehus"))
    add(10, True, "quotes", lambda s: (f"«{s} Helsehus»", f"{s} Helsehus"))
    add(15, True, "genitive", lambda s: (f"{s}direktoratets", f"{s}direktoratet"))
    add(5, True, "genitive", lambda s: (f"{s} kommunes", f"{s} kommune"))
    add(15, True, "Bokmål and Nynorsk", lambda s: (f"{s} sjukehus", f"{s} sykehus"))
    for n in range(20):
        stem = next(stems)
        short, full = f"Z{chr(65 + n)}I", f"Zeta{chr(97 + n)}{stem.lower()}instituttet"
        found.append(
            Pair(
                kind="organisation",
                one=short,
                other=full,
                same=True,
                why="abbreviation that an article explains",
                introduced=((short, full),),
            )
        )
    words = [name for name in by_kind("ministry", "agency", "party") if " " not in name and len(name) >= 14]
    listed(5, True, "a letter missing", [(name[:6] + name[7:], name) for name in words])
    listed(5, True, "letters exchanged", [(name[:6] + name[7] + name[6] + name[8:], name) for name in words])
    add(10, True, "slip, no more known", lambda s: (f"{s} helsehuss", f"{s} helsehus"))
    return found
