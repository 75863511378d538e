"""Where a measure stands: its sentence, the verbs over it, the quote around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.proposing.scene import Mention, Scene, Spoken, fold
from nlp.rules.cues import lexicon

BACK, AHEAD = 12, 3  # sentences looked through before and after a measure
NAMES_BACK, NAMES_AHEAD = 8, 4  # different names taken from them
VERBS = 3  # finite verbs before a measure that may govern it


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure whose proposer is asked for: tokens ``start`` to ``end``, and what the rules answer.

    Attributes:
        rule: which rule found a measure there; "" if none did.
        proposer: the rules' answer. how: whence they know it.
    """

    start: int
    end: int
    modality: str
    rule: str = ""
    proposer: str = ""
    how: str = ""


class Place:
    """What the sentence, the block and the quotes around a measure say of it."""

    def __init__(self, scene: Scene, asked: Asked, here: int) -> None:
        self._scene = scene
        self.here = here
        self.modality = asked.modality
        s = scene.sentences[here]
        self.start = next((i for i, at in enumerate(s.at) if at >= asked.start), 0)
        self.end = next((i for i, at in enumerate(s.at) if at >= asked.end), len(s))
        self.block = scene.block_of[here]
        quote = scene.quote_at(asked.start)
        self.speaker = quote.speaker if quote is not None else ""
        self.quoted = "-" if quote is None else "direct" if quote.direct else "indirect"
        self.before, self.after = scene.quotes_beside(asked.start)
        self.first = "we" if any(word in lexicon().first_person for word in s.lower) else "-"
        self.heading = scene.headings[self.block]
        verbs = scene.verbs(here)
        over = [i for i, _, _ in verbs if i < self.start][::-1][:VERBS]
        inside = [i for i, _, _ in verbs if self.start <= i < self.end][:1]
        self.governing = (over or inside) if over else inside
        classes = {i: told for i, told, _ in verbs}
        self.verb = classes[self.governing[0]] if self.governing else "none"
        self.lonely = not any(m.part in ("subject", "tag") for m in scene.mentions(here))
        self.list_head = self._list_head()
        self.floor = scene.floor[here]
        self.genre = scene.genre

    def _list_head(self) -> int:
        for number in range(self.here - 1, max(-1, self.here - BACK), -1):
            words = self._scene.sentences[number].words
            if words[-1] == ":":
                return number
        return -1

    def side(self, mention: Mention) -> str:
        if mention.end <= self.start:
            return "before"
        return "after" if mention.start >= self.end else "inside"

    def same_block(self, number: int) -> bool:
        return self._scene.block_of[number] == self.block

    def same_block_as(self, other: Asked) -> str:
        number = self._scene.sentence_at(other.start)
        return "sentence" if number == self.here else "block" if self.same_block(number) else "far"

    def near(self, quote: Spoken) -> str:
        away = abs(self._scene.block_of[self._scene.sentence_at(quote.start)] - self.block)
        return ("block", "next")[away] if away < 2 else "far"


def sayers(
    window: Sequence[tuple[int, Mention]], place: Place
) -> tuple[tuple[int, Mention] | None, tuple[int, Mention] | None]:
    """Who last said or wanted something before a measure, and who first does after it."""
    before: tuple[int, Mention] | None = None
    for number, mention in window:
        if mention.part != "tag" and not (mention.part == "subject" and mention.verb_class in ("say", "want")):
            continue
        if number < place.here or (number == place.here and mention.start < place.start):
            before = (number, mention)
        else:
            return before, (number, mention)
    return before, None


def nearest(window: Sequence[tuple[int, Mention]], here: int) -> list[str]:
    """The different names nearest to a measure: some before it, in its sentence, and some after."""
    back: dict[str, str] = {}
    for number, mention in reversed(window):
        if number <= here and len(back) < NAMES_BACK:
            back.setdefault(fold(mention.name), mention.name)
    ahead: dict[str, str] = {}
    for number, mention in window:
        if number > here and len(ahead) < NAMES_AHEAD:
            ahead.setdefault(fold(mention.name), mention.name)
    return [*back.values(), *ahead.values()]


def recency(window: Sequence[tuple[int, Mention]], place: Place) -> Mapping[str, int]:
    """For each name before a measure how many others came after it."""
    rank: dict[str, int] = {}
    for number, mention in reversed(window):
        if number < place.here or (number == place.here and mention.start < place.start):
            rank.setdefault(fold(mention.name), min(len(rank), 6))
    return rank
