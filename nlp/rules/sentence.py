"""A sentence as the rules read it: its words with their parts of speech, and what single words are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.rules.cues import is_actor_noun, lexicon, stem

Range = tuple[int, int]

LONGEST = 200  # words; real sentences are shorter, a text without marks is not
FINITE = frozenset({"verb|pres", "verb|pret"})
NOMINAL = frozenset({"subst", "subst|prop", "pron"})
STOPS = frozenset({":", ";", "–", "—", "-", "(", ")", "«", "»", "“", "”", '"', "?", "!", "•", "…"})
SUBORDINATORS = frozenset(
    {
        "at",
        "hvis",
        "dersom",
        "viss",
        "når",
        "fordi",
        "siden",
        "sidan",
        "ettersom",
        "mens",
        "medan",
        "om",
        "hvordan",
        "korleis",
        "hva",
        "kva",
        "hvor",
        "kor",
        "kvar",
        "hvorfor",
        "kvifor",
    }
)
RELATIVES = frozenset({"som", "der"})
REFLEXIVES = frozenset({"seg", "oss", "meg", "deg"})
OPENING = frozenset({"(", "«", "“"})
CLOSING = frozenset({")", "»", "”"})
AFTER_VERB = frozenset({"det", "adj", "subst", "subst|prop", "pron", "prep", "konj", "clb", "komma", "sbu", "adv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence's words as the rules read them; white space is left out.

    Attributes:
        lower: the words in lower case. tags: their parts of speech (NDT). labels: the entity each is in, "" for none.
        at: the place of each word in its document.
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def text(self, span: Range) -> str:
        return " ".join(self.words[span[0] : span[1]])


def sentence_of(words: Iterable[Token]) -> Sentence:
    """The words of a span or a document."""
    tokens = [token for token in words if not token.is_space]
    lower = tuple(token.lower_.lstrip("-–—") or token.lower_ for token in tokens)
    return Sentence(
        words=tuple(token.text for token in tokens),
        lower=lower,
        tags=tuple(_tag(word, token.tag_) for word, token in zip(lower, tokens, strict=True)),
        labels=tuple(token.ent_type_ for token in tokens),
        at=tuple(token.i for token in tokens),
    )


def blocks_of(doc: Doc) -> list[list[Sentence]]:
    """The sentences of each block of the text (what empty lines part); one longer than ``LONGEST`` comes in pieces.

    A rule may look through its whole sentence for each word, so the limit keeps reading linear in the text.
    """
    blocks: list[list[Sentence]] = []
    parted = True
    for sent in doc.sents:
        if parted:
            blocks.append([])
        words = [token for token in sent if not token.is_space]
        blocks[-1] += [sentence_of(words[i : i + LONGEST]) for i in range(0, len(words), LONGEST)]
        parted = any(token.is_space and token.text.count("\n") > 1 for token in sent)
    return [block for block in blocks if block]


MODALS = frozenset({"vil", "skal", "må", "bør", "kan", "burde"})


def _tag(word: str, tag: str) -> str:
    if word == "så":
        return "adv" if tag == "verb|pret" else tag
    return "verb|pres" if word in MODALS and tag != "verb|inf" else tag


def is_finite(s: Sentence, i: int) -> bool:
    return s.tags[i] in FINITE


def is_infinitive(s: Sentence, i: int) -> bool:
    return s.tags[i] == "verb|inf"


def is_passive(word: str) -> bool:
    """An s- or st-passive in lower case: ``styrkes``, ``styrkast``; not ``finnes``, ``lukkast``."""
    if word in {
        "synes",
        "synast",
        "finnes",
        "finnast",
        "lykkes",
        "lukkast",
        "lykkast",
        "trengs",
        "trengst",
        "møtes",
        "møtast",
        "minnes",
        "trives",
        "trivast",
        "kjennes",
        "høres",
        "føles",
        "mest",
        "flest",
        "best",
    }:
        return False
    return len(word) > 3 and (word.endswith(("es", "ast", "gis", "gås", "tas", "ås")) and not word.endswith("ss"))


def is_speech_tag(s: Sentence, i: int) -> bool:
    """Whether word ``i`` opens a tag as ``sier hun`` or ``seier leiar Ola Li``: a verb of saying before its subject."""
    if i >= len(s) - 1 or s.lower[i] not in lexicon().tags:
        return False
    after = i + 1
    return (
        s.tags[after] in ("subst|prop", "pron", "subst", "adj", "det", "ukjent")
        and s.lower[after] not in ("at", "om", "det")
    ) or bool(s.labels[after])


def reads_as_infinitive(s: Sentence, i: int) -> bool:
    """A verb in -a that the tagger took for a past tense, after a conjunction: Nynorsk ``innføra X og samla Y``."""
    return (
        s.tags[i] in ("verb|pret", "verb|perf-part", "adj")
        and s.lower[i].endswith("a")
        and stem(s.lower[i]) in lexicon().acts
        and i > 0
        and s.tags[i - 1] in ("konj", "adv")
    )


def is_actor(s: Sentence, span: Range) -> bool:
    """Whether a noun phrase names somebody who can propose or be asked: a body, or a noun for one."""
    at = head(s, span)
    word = s.lower[at]
    if s.labels[at] in ("ORG", "GPE_ORG", "GPE_LOC"):
        return True
    return (
        is_actor_noun(word)
        or word in lexicon().actor_adjectives
        or any(s.labels[i] in ("ORG", "GPE_ORG") or is_actor_noun(s.lower[i]) for i in range(span[0], at + 1))
    )


def is_person(s: Sentence, span: Range) -> bool:
    return any(s.labels[i] == "PER" for i in range(*span))


def infinitive_after(s: Sentence, start: int, reach: int = 18) -> int | None:
    """The main verb after a modal: the first infinitive before any ``å``, subordination or finite verb."""
    stop = min(len(s), start + reach)
    for i in range(start, stop):
        if s.tags[i] == "verb|inf" or (is_passive(s.lower[i]) and s.tags[i] in ("verb|pres", "verb|perf-part")):
            return i
        as_what = s.lower[i] == "som" and i + 1 < stop and s.tags[i + 1] == "prep"
        if (
            (s.tags[i] in ("inf-merke", "clb", "sbu") and not as_what)
            or (is_finite(s, i) and i > start)
            or s.lower[i] in STOPS - OPENING - CLOSING
        ):
            stop = i + 1
            break
    for i in range(start, stop):  # the tagger takes some infinitives for adjectives, nouns or past tenses
        if (
            s.lower[i].endswith(("e", "a", "å"))
            and stem(s.lower[i]) in lexicon().acts
            and (s.tags[i] == "verb|pret" or (i + 1 < len(s) and s.tags[i + 1] in AFTER_VERB))
        ):
            return i
    return None


def head(s: Sentence, span: Range) -> int:
    """The word that carries a noun phrase: its last noun before a preposition, a relative clause or a comma."""
    best = span[0]
    for i in range(*span):
        if (s.tags[i] in ("prep", "komma", "sbu") and i > span[0]) or s.lower[i] in RELATIVES:
            break
        if s.tags[i] in NOMINAL or s.lower[i] in lexicon().actor_adjectives:
            best = i
    return best
