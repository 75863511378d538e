"""Which names of organisations in different articles mean one body. Rather two where there is one than one for two.

A name is never taken for another one that it is a part of: Helse Nord is not Helse Nord-Trøndelag, a party not its
youth. A noun that stands for a body named before ("direktoratet") means a body in its own article only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from warehouse.matching import PART, Group, Link, Links, Match, Seen, flat, key_of, letter_missing, matches, plain, slip
from warehouse.register import Body

_FORMS = "as asa hf rhf sf kf fkf iks sa ans da nuf ab gmbh plc inc ltd llc"
FORMS = {**{form: form for form in _FORMS.split()}, "a/s": "as", "inc.": "inc", "ltd.": "ltd"}
ABBREVIATION = re.compile(r"(?=.*[A-ZÆØÅ].*[A-ZÆØÅ])[A-ZÆØÅ][A-Za-zÆØÅæøå0-9&\-]{1,9}$")
SHORT = 5  # letters of a name of one word in which capitals count: SiV is not SV, NORD not Nord
DEFINITE = re.compile(r"(?:\w{4,}(?:et|en|a)|kommune|norge)$")  # what takes a genitive -s and is no name ending in one
# The same word in Bokmål and Nynorsk, or in two forms of one of them.
OTHER_NORWEGIAN = (
    ("sjukehus", "sykehus"),
    ("sjukeheim", "sykehjem"),
    ("sjukepleiar", "sykepleier"),
    ("føretak", "foretak"),
    ("høgskule", "høyskole"),
    ("høgskole", "høyskole"),
    ("foreininga", "foreningen"),
    ("foreninga", "foreningen"),
    ("foreining", "forening"),
    ("tenesta", "tjenesten"),
    ("ombodet", "ombudet"),
)
# Nouns that mean a body named before, or the one of the place that a newspaper is about.
_REFERRING = """
byrådet bystyret departementet direktoratet etaten forbundet foreninga foreningen foreininga foretaket forvaltningen
fylkeskommunen fylkestinget føretaket helseforetaket helseføretaket instituttet klinikken klyngen klynga klyngja
komiteen komitéen kommunen kommunestyret konsernet laget ministeriet nemnda nemnden ombudet organisasjonen partiet
rådet selskapet senteret sjukehuset stiftelsen stiftinga styret sykehuset sykehjemmet tilsynet unionen universitetet
utvalget utvalet verket alliansen akademiet avisa avisen banken bydelen gruppa gruppen høgskolen høyskolen høgskulen
"""
REFERRING = frozenset(_REFERRING.split())
LEAST_LETTER = 14  # letters of a register's one-word name in which one may be wrong
LEAST_SLIP = 12  # letters of a word in which a slip may be
USUAL = 5  # articles that a name must be in to be the usual one that a slip stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """That an article has an abbreviation for a name: "Fjordhelseinstituttet (FHI)"."""

    short: str
    full: str
    where: str


def match_bodies(
    names: Iterable[Seen],
    register: Sequence[Body] = (),
    introduced: Iterable[Introduced] = (),
    places: Collection[str] = (),
) -> list[Match]:
    """What every name means across articles, ordered by name; nothing depends on the order in which names come.

    Args:
        names: as reading found them; the register's names are matched too.
        register: bodies and the names that they are known by.
        introduced: abbreviations that articles explain.
        places: names that are places too, so that they need not mean a company called alike.
    """
    groups: dict[str, Group] = defaultdict(Group)
    alone: list[Match] = []
    articles = {name: 0 for body in register for name in (body.name, *body.aliases)}
    articles |= {seen.name: seen.articles for seen in names}
    for seen in (Seen(name=name, articles=articles[name]) for name in sorted(articles)):
        key = body_key(seen.name)
        if not key or key in REFERRING:
            alone.append(Match(name=seen.name, canonical="", rule=PART, score=1.0))
        else:
            groups[key].names.append(seen)
    links = Links()
    heads = {body_key(body.name): body.name for body in register}
    claims = _claims(register, heads)
    _link_register(claims, links)
    _link_forms(groups, heads, {body_key(place) for place in places}, links)
    _link_genitives(groups, heads, links)
    _link_norwegian(groups, heads, links)
    _link_abbreviations(claims, _introduced(introduced, groups), heads, links)
    _link_slips(groups, heads, links)
    return sorted([*matches(groups, links, heads), *alone], key=lambda match: match.name)


@lru_cache(maxsize=1 << 16)
def body_key(name: str) -> str:
    """A name without case, hyphens and a leading "The", the form of company at its end told apart."""
    words = plain(name).split()
    form = FORMS.get(words[-1].casefold(), "") if len(words) > 1 else ""
    words = words[:-1] if form else words
    if len(words) == 1 and len(words[0]) <= SHORT:
        return f"{words[0]} +{form}" if form else words[0]
    if len(words) > 1 and words[0].casefold() == "the":
        words.pop(0)
    key = key_of(flat(" ".join(words)))
    return f"{key} +{form}" if form and key else key


def _claims(register: Sequence[Body], heads: Mapping[str, str]) -> dict[str, list[Body]]:
    """By key the bodies whose alias it is; the user's own lines before ours."""
    claims: dict[str, list[Body]] = defaultdict(list)
    for body in register:
        for key in sorted({body_key(alias) for alias in body.aliases} - {body_key(body.name)} - set(heads)):
            claims[key].append(body)
    return {key: [body for body in bodies if body.own] or bodies for key, bodies in claims.items()}


def _link_register(claims: Mapping[str, Sequence[Body]], links: Links) -> None:
    """The register's other names that one body has; of its abbreviations only those that the user settled."""
    for key, bodies in sorted(claims.items()):
        if len(bodies) == 1 and (bodies[0].own or not ABBREVIATION.match(key)):
            links.add(key, _register_link(bodies[0]))


def _register_link(body: Body) -> Link:
    return Link(body_key(body.name), "register", 0.99, body.source or ("your own register" if body.own else ""))


def _link_forms(groups: Mapping[str, Group], heads: Mapping[str, str], places: Collection[str], links: Links) -> None:
    """Helse Fjordlandet is Helse Fjordlandet HF, where there is no other Helse Fjordlandet with a form."""
    with_form: dict[str, list[str]] = defaultdict(list)
    for key in sorted(groups):
        bare, plus, _ = key.partition(" +")
        if plus:
            with_form[bare].append(key)
    for bare, keys in with_form.items():
        if bare in groups and len(keys) == 1 and bare not in heads and bare not in places:
            links.add(bare, Link(keys[0], "form of company", 0.95))


def _link_genitives(groups: Mapping[str, Group], heads: Mapping[str, str], links: Links) -> None:
    for key in sorted(groups):
        stem = key[:-2] if key.endswith(("'s", "s'")) else key.removesuffix("s")
        if stem == key or stem not in groups or key in heads:
            continue
        evident = key.endswith("'s") or (ABBREVIATION.match(stem) is not None and stem.isupper())
        if evident or (DEFINITE.search(stem) and groups[stem].articles >= groups[key].articles):
            links.add(key, Link(stem, "genitive", 0.95))


def _link_norwegian(groups: Mapping[str, Group], heads: Mapping[str, str], links: Links) -> None:
    alike: dict[str, list[str]] = defaultdict(list)
    for key in sorted(groups):
        same = key
        for nynorsk, bokmål in OTHER_NORWEGIAN:
            same = same.replace(nynorsk, bokmål)
        alike[same].append(key)
    for keys in alike.values():
        usual = min(keys, key=lambda key: (key not in heads, -groups[key].articles, key))
        for key in keys:
            if key != usual and key not in heads:
                links.add(key, Link(usual, "Bokmål and Nynorsk", 0.95))


def _introduced(introduced: Iterable[Introduced], groups: Mapping[str, Group]) -> dict[str, dict[str, str]]:
    """By abbreviation the names that articles explain it with, each with an address of one that does."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in sorted(introduced, key=lambda one: (one.short, one.full, one.where)):
        short, full = body_key(one.short), body_key(one.full)
        if full in groups and short != full and ABBREVIATION.match(plain(one.short)) and abbreviates(short, full):
            found[short].setdefault(full, one.where)
    return found


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of an abbreviation stand in a name in their order, the first one first in a word."""
    letters, words = re.sub(r"\W", "", short.casefold()), full.partition(" +")[0]
    starts = [match.start() for match in re.finditer(r"\b\w", words) if words[match.start()] == letters[:1]]
    return any(_in_order(letters, words[start:]) for start in starts)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _link_abbreviations(
    claims: Mapping[str, Sequence[Body]],
    shorts: Mapping[str, Mapping[str, str]],
    heads: Mapping[str, str],
    links: Links,
) -> None:
    """An abbreviation that the register or an article explains, where all that is said of it means one body."""
    for short in sorted({*shorts, *(key for key in claims if ABBREVIATION.match(key))} - set(heads)):
        fulls, bodies = shorts.get(short, {}), claims.get(short, ())
        roots = {links.root(full) for full in fulls} | {links.root(body_key(body.name)) for body in bodies}
        if len(roots) == 1:
            full = next(iter(fulls), "")
            links.add(short, _register_link(bodies[0]) if bodies else Link(full, "abbreviation", 0.95, fulls[full]))


def _link_slips(groups: Mapping[str, Group], heads: Mapping[str, str], links: Links) -> None:
    """A rare name that differs by one letter from one in the register, or by a slip from a usual one."""
    usual = [key for key, group in groups.items() if key in heads or group.articles >= USUAL]
    near: dict[str, set[str]] = defaultdict(set)
    for key in usual:
        for variant in _one_less(key):
            near[variant].add(key)
    for key in sorted(groups):
        if groups[key].articles > 1 or key in heads or key in links.of or len(key) < LEAST_SLIP:
            continue
        found = {other for variant in _one_less(key) for other in near.get(variant, ()) if _is_slip(key, other, heads)}
        if len(found) == 1:
            links.add(key, Link(found.pop(), "one letter wrong", 0.9))


def _is_slip(key: str, other: str, heads: Mapping[str, str]) -> bool:
    if other in heads and " " not in other and len(other) >= LEAST_LETTER:
        return slip(key, other) or letter_missing(key, other)
    words, others = key.split(), other.split()
    wrong = [(a, b) for a, b in zip(words, others, strict=False) if a != b]
    return len(words) == len(others) and len(wrong) == 1 and len(wrong[0][1]) >= LEAST_SLIP and slip(*wrong[0])


def _one_less(key: str) -> set[str]:
    """The key and with each letter left out: what differs by one letter has one of these in common."""
    return {key, *(key[:i] + key[i + 1 :] for i in range(1, len(key)))}
