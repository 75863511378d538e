"""Proposed measures: ``doc.spans["measures"]``, each with its modality, cue, proposer, addressee and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.analysis import Modality
from nlp.authors import author_of
from nlp.components.learnt_measures import LearntMeasures, confidence
from nlp.components.proposers import Actors, voice_of
from nlp.components.quotes import is_norwegian
from nlp.factions import Factions
from nlp.rules.actions import find_measures
from nlp.rules.direct import takes_the_floor
from nlp.rules.found import Found, Rule
from nlp.rules.lists import governed, is_bullet, item_parts
from nlp.rules.sentence import Range, Sentence, blocks_of
from nlp.words import words

# How sure a rule is where no encoder reads with it, and for items of lists: the share of right spans among those it
# gave on the seven documents it was tuned on (lists: two other articles), two right and two wrong added, so that a rule
# seen seldom claims little. On documents of another kind fewer are right: 6 in 10 of all, where these numbers say 8.
CONFIDENCE: Mapping[Rule, float] = {
    "at": 0.88,
    "will": 0.85,
    "modal": 0.80,
    "passive": 0.80,
    "bare passive": 0.80,
    "infinitive": 0.71,
    "noun": 0.67,
    "asking": 0.33,
    "list": 0.89,
}


NEWS_OUTLETS = frozenset(name.replace("_", " ") for name in words("news", "outlets"))

How = Literal["", "subject", "speaker", "block", "voice", "floor", "author", "addressee", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A measure with its actors' names: tokens ``start`` to ``end`` of the document, and how the proposer is known."""

    start: int
    end: int
    modality: Modality
    cue: str
    proposer: str
    addressee: str
    rule: Rule
    how: How = ""
    sure: float | None = None


@Language.factory("measures", assigns=["doc.spans"])
def make_measures(nlp: Language, name: str) -> MeasureFinder:  # noqa: ARG001
    return MeasureFinder()


class MeasureFinder:
    """Finds who wants what done, after the components for sentences, names, roles and quotes."""

    def __init__(self) -> None:
        for extension, default in (
            ("modality", ""),
            ("cue", ""),
            ("proposer", ""),
            ("addressee", ""),
            ("topics", ()),
            ("confidence", 0.0),
        ):
            if not Span.has_extension(extension):
                Span.set_extension(extension, default=default)

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["measures"] = []
        learnt = LearntMeasures.of(doc)
        if is_norwegian(doc):
            doc.spans["measures"] = [_span(doc, proposal) for proposal in find_proposals(doc, learnt)]
        return doc


def _span(doc: Doc, proposal: Proposal) -> Span:
    span = doc[proposal.start : proposal.end]
    span._.modality, span._.cue = proposal.modality, proposal.cue
    span._.proposer, span._.addressee = proposal.proposer, proposal.addressee
    span._.topics, span._.confidence = (), _confidence(proposal)
    return span


def _confidence(proposal: Proposal) -> float:
    if proposal.sure is None:
        return CONFIDENCE[proposal.rule]
    return round(confidence(proposal.sure, ruled=proposal.rule != "learnt"), 2)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A measure whose proposer may still be open (None): then it is who spoke before, or the document's own voice."""

    proposal: Proposal
    open: bool
    own: bool  # the subject acts by own will: "vi"
    block: int
    floor: str  # who holds the floor in a debate
    headline: bool = False  # the first block: who is meant is said below it


def find_proposals(doc: Doc, learnt: LearntMeasures | None = None) -> list[Proposal]:
    """All measures of a document in reading order, proposers and addressees resolved; by rules alone without a head."""
    blocks = blocks_of(doc)
    sentences = [s for block in blocks for s in block]
    block_of = [number for number, block in enumerate(blocks) for _ in block]
    bullets = [_is_item(doc, s) for s in sentences]
    items = {number: (governor, source) for number, governor, source in governed(sentences, bullets)}
    above_items = {source for _, source in items.values()}
    actors, speech, factions = Actors(doc), _Speech(doc), Factions(doc)
    floor = list(_floor(blocks, actors))
    drafts: list[_Draft] = []
    for number, s in enumerate(sentences):
        if number in items:
            governor, source = items[number]
            above = sentences[source]
            subject = _name(actors, above, governor.proposer)
            proposer = subject or speech.speaker(above.at[0])
            for part in item_parts(s):
                drafts.append(
                    _Draft(
                        Proposal(
                            start=s.at[part[0]],
                            end=s.at[part[1] - 1] + 1,
                            modality=governor.modality,
                            cue=governor.cue,
                            proposer=proposer,
                            addressee=_name(actors, above, governor.addressee),
                            rule="list",
                            how="subject" if subject else "speaker" if proposer else "",
                        ),
                        open=not proposer,
                        own=False,
                        block=block_of[number],
                        floor=floor[block_of[number]],
                    )
                )
            continue
        holds = floor[block_of[number]]
        quoted = bool(holds) or speech.direct(s.at[min(1, len(s) - 1)])
        told = find_measures(s, quoted=quoted)
        for found in learnt.read(s, told) if learnt else told:
            if number in above_items and found.span[1] >= len(s) - 1:
                continue  # "… at det vil:" says nothing itself
            drafts.append(_draft(s, found, actors, speech, factions, block_of[number], holds))
    signed = author_of(blocks)
    author = _name(actors, *signed) if signed else ""
    return _headed(drafts, list(_settled(drafts, author)))


def _floor(blocks: Sequence[Sequence[Sentence]], actors: Actors) -> Iterator[str]:
    """For each block who holds the floor, as in the minutes of a debate; "" where nobody took it."""
    name = ""
    for block in blocks:
        taken = takes_the_floor(block)
        if taken is not None:
            name = _name(actors, block[0], taken)
        yield name


def _draft(
    s: Sentence, found: Found, actors: Actors, speech: _Speech, factions: Factions, block: int, floor: str
) -> _Draft:
    start, end = s.at[found.span[0]], s.at[found.span[1] - 1] + 1
    subject, addressee = _name(actors, s, found.proposer), _name(actors, s, found.addressee)
    speaker = speech.speaker(s.at[found.said_at] if found.said_at is not None else start)
    proposer = factions.meant(subject or speaker, start)
    return _Draft(
        Proposal(
            start=start,
            end=end,
            modality=found.modality,
            cue=found.cue,
            proposer=proposer,
            addressee="" if same(addressee, proposer) else addressee,
            rule=found.rule,
            how="subject" if subject else "speaker" if proposer else "",
            sure=found.sure,
        ),
        open=not proposer,
        own=found.proposer is not None and not subject,
        block=block,
        floor=floor,
        headline=block == 0 and s.words[-1] not in (".", "!", "?"),
    )


def _settled(drafts: Sequence[_Draft], author: str) -> Iterator[Proposal]:
    """The drafts with open proposers filled in: who proposed in the block, owns the text, has the floor, or signs."""
    voice = voice_of(draft.proposal.proposer for draft in drafts)
    before, block = "", -1
    for draft in drafts:
        proposal = draft.proposal
        proposer, how = proposal.proposer, proposal.how
        if draft.open:
            in_block = before if draft.block == block and not draft.own else ""
            told: list[tuple[str, How]] = [(in_block, "block"), (voice, "voice"), (draft.floor, "floor")]
            told.append((author, "author"))
            if proposal.cue == "skal":
                told.append((proposal.addressee, "addressee"))
            proposer, how = next(((name, how) for name, how in told if name), ("", ""))
        elif voice and proposer.casefold().endswith(voice.casefold()):
            proposer = voice  # "Storfylkesrådet" is "fylkesrådet" too
        before, block = proposer, draft.block
        yield replace(
            proposal,
            proposer=proposer,
            how=how,
            addressee="" if same(proposal.addressee, proposer) else proposal.addressee,
        )


def _headed(drafts: Sequence[_Draft], proposals: list[Proposal]) -> list[Proposal]:
    """A headline without a proposer ("Vil ha flere senger") says what the first proposer below it wants."""
    below = next((p.proposer for d, p in zip(drafts, proposals, strict=True) if not d.headline and p.proposer), "")
    return [
        replace(proposal, proposer=below, how="heading") if draft.headline and not proposal.proposer else proposal
        for draft, proposal in zip(drafts, proposals, strict=True)
    ]


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _name(actors: Actors, s: Sentence, span: Range | None) -> str:
    return actors.name_of(s.at[span[0]], s.at[span[1] - 1] + 1) if span is not None else ""


def _is_item(doc: Doc, s: Sentence) -> bool:
    """Whether a sentence is an item of a list: a bullet opens its line; a dash before a capital is speech."""
    first = s.at[0]
    if first and not (doc[first - 1].is_space and "\n" in doc[first - 1].text):
        return False
    if not is_bullet(s.words[0]) or len(s) < 2:
        return False
    return s.words[0] not in ("–", "-", "—") or s.words[1][0].islower()


class _Speech:
    """Who speaks at a word: the innermost quote around it; nobody where a newspaper tells what others want."""

    def __init__(self, doc: Doc) -> None:
        self._direct = [False] * len(doc)
        self._speaker = [""] * len(doc)
        for quote in sorted(doc.spans.get("quotes", ()), key=lambda q: q.start - q.end):
            speaker = "" if quote._.speaker.casefold() in NEWS_OUTLETS else quote._.speaker
            for i in range(quote.start, quote.end):
                self._direct[i] = self._direct[i] or quote._.kind == "direct"
                self._speaker[i] = speaker

    def direct(self, token: int) -> bool:
        return self._direct[token]

    def speaker(self, token: int) -> str:
        return self._speaker[token]
