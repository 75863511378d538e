"""Quotes and their speakers: ``doc.spans["quotes"]`` with ``span._.kind`` (direct, indirect), ``span._.speaker``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.components.reference import FAR_BACK
from nlp.components.speakers import Speakers
from nlp.rules.cues import lexicon
from nlp.rules.direct import Said, direct_quotes, opens_with_dash, speaker_of
from nlp.rules.indirect import indirect_quotes, told_of
from nlp.rules.sentence import Sentence, blocks_of, is_finite

NORWEGIAN = frozenset({"nb", "nn", "no", "und", ""})
SELF = frozenset({"jeg", "eg", "meg", "vi", "me"})
BULLETS = 4  # so many blocks in a row that open with a dash and name no speaker are a list, not a talk


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote with its speaker's resolved name, "" if nobody can tell."""

    said: Said
    speaker: str


@Language.factory("quotes", assigns=["doc.spans"])
def make_quotes(nlp: Language, name: str) -> QuoteFinder:  # noqa: ARG001
    return QuoteFinder()


class QuoteFinder:
    """Finds what somebody is said to have said, and who said it; runs after sentences, tagger, names and roles."""

    def __init__(self) -> None:
        for extension in ("kind", "speaker"):
            if not Span.has_extension(extension):
                Span.set_extension(extension, default="")

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["quotes"] = []
        if is_norwegian(doc):
            doc.spans["quotes"] = [_span(doc, quote) for quote in find_quotes(doc)]
        return doc


def is_norwegian(doc: Doc) -> bool:
    """Whether the rules may read the text: Norwegian, or a language that nobody could tell."""
    return not Doc.has_extension("language") or (doc._.language or "") in NORWEGIAN


def find_quotes(doc: Doc) -> list[Spoken]:
    """All quotes of a document in reading order, with their speakers."""
    blocks = blocks_of(doc)
    lists = _lists(blocks)
    direct: list[Sequence[Said]] = [
        () if number in lists else direct_quotes(block) for number, block in enumerate(blocks)
    ]
    talk = _Talk(Speakers(doc, [said for found in direct for said in found]))
    for block, said in zip(blocks, direct, strict=True):
        talk.read(block, said)
    return sorted(talk.quotes, key=lambda quote: (quote.said.start, quote.said.end))


def _span(doc: Doc, quote: Spoken) -> Span:
    span = doc[quote.said.start : quote.said.end]
    span._.kind, span._.speaker = quote.said.kind, quote.speaker
    return span


def _lists(blocks: Sequence[Sequence[Sentence]]) -> set[int]:
    """The blocks that open with a dash but are items of a list: many in a row, and nobody says them."""
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(blocks) + 1):
        block = blocks[number] if number < len(blocks) else ()
        if (
            block
            and opens_with_dash(block[0], first=True)
            and not any("?" in s.words[-1] for s in block)
            and all(q.by is None for q in direct_quotes(block))
        ):
            run.append(number)
            continue
        if len(run) >= BULLETS:
            found.update(run)
        run = []
    return found


class _Talk:
    """Reads block after block and remembers who speaks."""

    def __init__(self, speakers: Speakers) -> None:
        self._speakers = speakers
        self.quotes: list[Spoken] = []
        self._speaker = ""  # who spoke last
        self._interviewed = ""  # whose own words were quoted last
        self._since = 0  # the token where that ended
        self._before: Sequence[Sentence] = ()
        self._waiting: list[int] = []  # headlines in quotes: a later quote names their speaker

    def read(self, block: Sequence[Sentence], said: Sequence[Said]) -> None:
        announced = self._announced() if said else ""
        named = next((name for quote in said if (name := self._named(quote))), "")
        if announced and any(quote.by is not None and self._speakers.is_pronoun(*quote.by) for quote in said):
            named = announced
        for quote in said:
            by_name = quote.by is not None and not self._speakers.is_pronoun(*quote.by)
            own = self._named(quote) if by_name else ""
            self._add(quote, own or named or announced, block, len(said))
        if said:
            self._since = said[-1].by[1] if said[-1].by is not None else said[-1].end
        self._read_reports(block, said)
        self._before = block

    def _named(self, quote: Said) -> str:
        return self._speakers.name_of(*quote.by, self._speaker, self._since) if quote.by is not None else ""

    def _read_reports(self, block: Sequence[Sentence], said: Sequence[Said]) -> None:
        taken = {i for quote in said for i in range(quote.start, quote.end)}
        for number, s in enumerate(block):
            for quote in (*indirect_quotes(s), *(told_of(block[number - 1], s) if number else ())):
                if quote.by is None or not taken.isdisjoint(range(quote.start, quote.end)):
                    continue
                speaker = self._named(quote)
                if speaker:
                    self.quotes.append(Spoken(quote, speaker))
                    self._speaker, self._since = speaker, max(self._since, quote.by[1])

    def _add(self, quote: Said, speaker: str, block: Sequence[Sentence], together: int) -> None:
        if not speaker and not _asks(block):
            if together == len(block) == 1 and block[0].words[-1] not in (".", "!", "?"):
                self._waiting.append(len(self.quotes))
            else:
                told = self._speakers.topic(max(self._since, quote.start - FAR_BACK), quote.start)
                reported = self._speaker if self._speakers.is_person(self._speaker) else ""
                speaker = told or reported or self._interviewed or self._speaker or self._person_before()
        if speaker:
            self._speaker = self._interviewed = speaker
            for number in self._waiting:
                self.quotes[number] = Spoken(self.quotes[number].said, speaker)
            self._waiting.clear()
        self.quotes.append(Spoken(quote, speaker))

    def _person_before(self) -> str:
        return self._speakers.person_in(self._before[0].at[0], self._before[-1].at[-1] + 1) if self._before else ""

    def _announced(self) -> str:
        """The speaker whom the block before announces: it ends in a colon."""
        if not self._before or self._before[-1].words[-1] != ":":
            return ""
        s = self._before[-1]
        for i in reversed(range(len(s))):
            if is_finite(s, i) and (s.lower[i] in lexicon().tags or lexicon().reports.at(s.lower, i, s.tags)):
                who = speaker_of(s, i)
                if who is not None:
                    return self._speakers.name_of(s.at[who[0]], s.at[who[1] - 1] + 1, self._speaker, self._since)
        return self._speakers.person_in(s.at[0], s.at[-1] + 1)


def _asks(block: Sequence[Sentence]) -> bool:
    """Whether a block is the interviewer's question: it ends in a question mark, and nobody in it says I."""
    return block[-1].words[-1] == "?" and not any(word in SELF for s in block for word in s.lower)
