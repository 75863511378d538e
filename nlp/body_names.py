"""Which names of organisations in a text mean the same body: plain strings in, the fullest form of each out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from nlp.body_words import COMPANY_FORMS, COMPANY_WORDS, DEFINITE_BODY, NATIONAL
from nlp.person_names import Named, is_typo
from nlp.words import short_names

FORMS = frozenset(form.casefold() for form in COMPANY_FORMS)
ACRONYM_GENITIVE = re.compile(r"[A-ZÆØÅ]{2,}s$")
OWN_S = re.compile(r"(?:hus|ss|us|is|as|os|ics|ems|ers|ings|ens|ans|ys|ps|ces)$", re.IGNORECASE)  # Siemens, Services
# "Helse- og omsorgsdepartementet", "Barne-, ungdoms- og familiedirektoratet"
DOUBLE_NAME = re.compile(
    r"(?P<first>[A-ZÆØÅ]\w+)-(?:, \w+-)? og \w+?(?P<head>departementet|direktoratet|etaten|tilsynet)$"
)
SEPARATORS = re.compile(r"[\s\-‐‑–]+")
LEAST_TYPO = 12  # letters of a name in which one may be wrong
LONGEST_TYPO = 60


def resolve_bodies(
    mentions: Sequence[str],
    *,
    short_for: Mapping[str, str] | None = None,
    places: Collection[str] = (),
    before_noun: Sequence[bool] = (),
) -> list[Named]:
    """For each mention the fullest form of the body's name in the text.

    Args:
        mentions: names as they stand in the text, in reading order.
        short_for: short names that the text explains, with the long one ("FHI": "Folkehelseinstituttet").
        places: mentions that are names of places too; they mean the municipality, if one of that name is in the text.
        before_noun: for each mention whether a noun follows, so that a final -s is likely a genitive.
    """
    forms = _nominatives(mentions, before_noun)
    counts = Counter(forms)
    groups: dict[str, str] = {}  # the key of a form, and the key of the body it means
    for form in counts:
        groups.setdefault(fold(form), fold(form))
    for short, full in (short_for or {}).items():
        if fold(short) != fold(full) and fold(short) in groups and fold(full) in groups:
            groups[fold(short)] = fold(full)
    for short, fulls in short_names().items():
        _join_known(groups, fold(short), [fold(full) for full in fulls])
    _join_initials(counts, groups)
    _join_first_words(counts, groups, frozenset(places))
    _join_double_names(counts, groups)
    _join_definite(counts, groups)
    _join_misspelt(counts, groups)
    members: dict[str, list[str]] = defaultdict(list)
    for form in counts:
        members[_root(groups, fold(form))].append(form)
    names = {root: max(found, key=lambda form: _fullness(form, counts[form])) for root, found in members.items()}
    return [Named(form, names[_root(groups, fold(form))]) for form in forms]


def fold(name: str) -> str:
    """A name without case, blanks, hyphens, a leading "The" and the form of company."""
    words = name.casefold().split()
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return SEPARATORS.sub("", "".join(words)) or name


def _root(groups: Mapping[str, str], key: str) -> str:
    seen = {key}
    while groups[key] != key and groups[key] not in seen:
        key = groups[key]
        seen.add(key)
    return key


def _fullness(form: str, count: int) -> tuple[int, int, bool, int]:
    """Long names before short ones; of equally long ones not the one in capitals, then the one that is used most."""
    folded = fold(form)
    return len(form.split()), len(folded), not (form.isupper() and len(form) > 6), count


def _nominatives(mentions: Sequence[str], before_noun: Sequence[bool]) -> list[str]:
    forms = [" ".join(mention.split()).rstrip("-–.") for mention in mentions]
    known = {fold(form) for form in forms}
    result = []
    for i, form in enumerate(forms):
        if len(form) > 2 and form[-1] in "'’" and form[-2] == "s":
            form = form[:-1]
        elif len(form) > 2 and form[-1] == "s" and form[-2] in "'’":
            form = form[:-2]
        elif len(form) > 2 and form[-1] == "s":
            hinted = bool(before_noun) and before_noun[i] and OWN_S.search(form) is None
            if ACRONYM_GENITIVE.search(form) or fold(form[:-1]) in known or hinted or _definite(form):
                form = form[:-1]
        result.append(form)
    return result


def _definite(form: str) -> bool:
    """A definite noun with -s, which no name ends in: Stortingets, Regjeringens, Nordby kommunes."""
    last = form.split()[-1].removesuffix("s")
    return (
        last.casefold() in NATIONAL
        or DEFINITE_BODY.match(last.capitalize()) is not None
        or last.casefold() in ("kommune", "norge")
    )


def _join_definite(counts: Counter[str], groups: dict[str, str]) -> None:
    """``Prøveverket`` is the one body in the text whose name ends in "prøveverk"."""
    by_last: dict[str, set[str]] = defaultdict(set)
    for form in counts:
        words = form.casefold().split()
        if len(words) > 1:
            by_last[words[-1]].add(fold(form))
    for form in counts:
        word = form.casefold()
        found = {
            key
            for ending in ("et", "en", "a")
            if word.endswith(ending)
            for key in by_last.get(word.removesuffix(ending), ())
        }
        if len(word) > 7 and len(found) == 1 and groups[fold(form)] == fold(form):
            groups[fold(form)] = next(iter(found))


def _join_known(groups: dict[str, str], short: str, fulls: Sequence[str]) -> None:
    found = [full for full in fulls if full in groups]
    if len(found) == 1 and groups.get(short) == short:
        groups[short] = found[0]


def _join_initials(counts: Counter[str], groups: dict[str, str]) -> None:
    """``WBA`` is the one body in the text whose words begin with W, B and A."""
    by_initials: dict[str, set[str]] = defaultdict(set)
    for form in counts:
        words = re.split(r"[\s\-]+", form)
        if len(words) > 2:
            by_initials["".join(word[0] for word in words if word).casefold()].add(fold(form))
    for form in counts:
        found = by_initials.get(form.casefold(), set())
        if form.isupper() and len(found) == 1 and groups[fold(form)] == fold(form):
            groups[fold(form)] = next(iter(found))


def _join_first_words(counts: Counter[str], groups: dict[str, str], places: frozenset[str]) -> None:
    """``Ullevål`` is the one body in the text that is called Ullevål and a common noun, or a word such as "Senter"."""
    by_first: dict[str, set[str]] = defaultdict(set)
    for form in counts:
        words = form.split()
        is_common = words[-1].islower() and words[-1] not in FORMS and len(words) == 2
        if is_common or (len(words) > 2 and words[-1] in COMPANY_WORDS):
            by_first[" ".join(words[:-1]).casefold()].add(form)
    for form in counts:
        found = by_first.get(form.casefold(), set())
        if form in places:
            found = {full for full in found if full.endswith("kommune")}
        if len(found) == 1 and groups[fold(form)] == fold(form):
            groups[fold(form)] = fold(next(iter(found)))


def _join_double_names(counts: Counter[str], groups: dict[str, str]) -> None:
    """``Prøvedepartementet`` is the one body in the text called ``Prøve- og målingsdepartementet``, or so."""
    by_short: dict[str, set[str]] = defaultdict(set)
    for form in counts:
        double = DOUBLE_NAME.match(form)
        if double:
            by_short[(double["first"] + double["head"]).casefold()].add(fold(form))
    for form in counts:
        found = by_short.get(form.casefold(), set())
        if len(found) == 1 and groups[fold(form)] == fold(form):
            groups[fold(form)] = next(iter(found))


def _join_misspelt(counts: Counter[str], groups: dict[str, str]) -> None:
    """A long name with one letter wrong means the body that is written so more often."""
    seen: dict[str, str] = {}
    total: Counter[str] = Counter()
    for form, count in counts.items():
        total[fold(form)] += count
    for key, _ in total.most_common():
        if not LEAST_TYPO <= len(key) <= LONGEST_TYPO:
            continue
        variants = [key, *(key[:i] + key[i + 1 :] for i in range(1, len(key)))]
        near = next((seen[variant] for variant in variants if variant in seen and is_typo(key, seen[variant])), None)
        if near is not None and groups[key] == key and not _differ_in_number(key, near):
            groups[key] = near
        for variant in variants:
            seen.setdefault(variant, key)


def _differ_in_number(a: str, b: str) -> bool:
    return re.sub(r"\D", "", a) != re.sub(r"\D", "", b)
