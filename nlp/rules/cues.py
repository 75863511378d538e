"""The lexicon of ``cues.toml``: words that signal measures, speech and actors, in Bokmål and Nynorsk."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

from nlp.analysis import Modality
from nlp.role_nouns import is_role

CUES = Path(__file__).with_name("cues.toml")
GAP = 6  # words that may stand inside a cue of several words: "går administrerende direktør Kari Li nå inn for"

Takes = Literal["inf", "å", "at", "np", "clause", "copula"]
SubjectRole = Literal["proposer", "addressee", "none"]
Phrase = tuple[str, ...]
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A signal of a measure: what may follow it, how firm it is, and who its subject is.

    Attributes:
        needs: "later" (a word about the time to come), "act" (a verb of the list of acts), or "" (nothing more).
    """

    takes: frozenset[Takes]
    modality: Modality
    subject: SubjectRole
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A cue found at words ``start`` to ``end`` (exclusive) of a sentence."""

    cue: Cue
    start: int
    end: int
    form: Phrase


class Phrases(Generic[Kind]):
    """Phrases by their first word, so that looking one up costs the same however many there are."""

    def __init__(self, phrases: Iterable[tuple[str, Kind]]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, Kind]]] = defaultdict(list)
        for text, kind in phrases:
            phrase = tuple(text.split())
            self._by_first[phrase[0]].append((phrase, kind))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], start: int, tags: Sequence[str] = ()) -> list[tuple[Phrase, int, Kind]]:
        """The phrases that begin at ``start``, longest first, each with the word where it ends (exclusive).

        With ``tags``, adverbs and a subject may stand inside a phrase: ``går fylkesrådet imot``.
        """
        found = []
        for phrase, kind in self._by_first.get(words[start], ()):
            end = _end_of(words, start, phrase, tags)
            if end is not None:
                found.append((phrase, end, kind))
        return found


def _end_of(words: Sequence[str], start: int, phrase: Phrase, tags: Sequence[str]) -> int | None:
    at = start + 1
    for word in phrase[1:]:
        for skipped in range(GAP + 1):
            here = at + skipped
            if here < len(words) and words[here] == word:
                at = here + 1
                break
            if here >= len(tags) or not (
                tags[here] in ("adv", "adj", "det", "pron", "konj", "subst|prop")
                or is_actor_noun(words[here])
                or is_role(words[here])
                or words[here] in lexicon().when
            ):
                return None
        else:
            return None
    return at


def stem(verb: str) -> str:
    """One key for the forms of a verb, passive and participle too: ``styrke styrkes styrkast styrket``."""
    for ending in ("ast", "est", "es", "et", "as", "t", "s", "dd", "d", "e", "a"):
        if verb.endswith(ending) and len(verb) - len(ending) >= 2:
            return verb[: -len(ending)]
    return verb


class Lexicon:
    """All of ``cues.toml``, made ready for looking up."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.cues: Phrases[Cue] = Phrases((form, _cue(entry)) for entry in data["cue"] for form in entry["forms"])
        self.asking: Phrases[None] = Phrases((form, None) for form in data["asking"]["forms"])
        self.refused = frozenset(data["asking"]["refused"])
        words = data["words"]
        self.negations = frozenset(words["negations"])
        self.connectives = frozenset(words["connectives"])
        self.conditions = frozenset(words["conditions"])
        self.breaks: Phrases[None] = Phrases((form, None) for form in words["breaks"])
        self.purposes = frozenset(words["purposes"])
        self.guesses = frozenset(words["guesses"])
        self.later = frozenset(words["later"])
        self.when = frozenset(words["when"])
        self.past = frozenset(words["obligation_of_the_past"])
        self.idle = frozenset(stem(verb) for verb in data["idle"]["verbs"])
        self.acts = frozenset(stem(verb) for verb in data["acts"]["verbs"]) - self.idle
        self.passives = frozenset(stem(verb) for verb in data["acts"]["passives"])
        actors = data["actors"]
        self.actor_stems: tuple[str, ...] = tuple(actors["nouns"])
        self.roles: tuple[str, ...] = tuple(actors["roles"])
        self.actor_endings = frozenset(actors["endings"])
        self.actor_adjectives = frozenset(actors["adjectives"])
        self.first_person = frozenset(actors["first_person"])
        speech = data["speech"]
        self.tags = frozenset(speech["tags"])
        self.reports: Phrases[None] = Phrases((form, None) for form in speech["reports"])
        self.bare_reports = frozenset(speech["bare_reports"])
        self.sources = frozenset(speech["sources"])

    def cue_at(self, words: Sequence[str], start: int, tags: Sequence[str] = ()) -> list[Match]:
        """The cues that begin at word ``start`` (words in lower case), longest first."""
        return [Match(cue=cue, start=start, end=end, form=form) for form, end, cue in self.cues.at(words, start, tags)]


def _cue(entry: Mapping[str, Any]) -> Cue:
    return Cue(
        takes=cast("frozenset[Takes]", frozenset(entry["takes"])),
        modality=cast(Modality, entry["modality"]),
        subject=cast(SubjectRole, entry["subject"]),
        needs=entry.get("needs", ""),
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return Lexicon(tomllib.loads(CUES.read_text(encoding="utf-8")))


@lru_cache(maxsize=50_000)
def is_actor_noun(word: str) -> bool:
    """Whether a noun in lower case names somebody who can act: ``kystdirektoratet``, ``ordførarane``."""
    word = word.removesuffix("s") if len(word) > 4 else word
    known = lexicon()
    return any(
        at >= 0 and word[at + len(part) :] in known.actor_endings
        for part in known.actor_stems
        if (at := word.rfind(part)) >= 0
    )


@lru_cache(maxsize=50_000)
def is_role_noun(word: str) -> bool:
    """Whether a definite noun in lower case means the person in a role: ``statsråden``, ``ordføraren``."""
    return any(word.endswith((part + "en", part + "n", part + "a")) for part in lexicon().roles)
