"""Quotes and their speakers: ``doc.spans["quotes"]``, with ``span._.kind`` (direct, indirect) and ``span._.speaker``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.analysis import QuoteKind
from nlp.components.clauses import NOMINAL, Sentence, clause_start, content_end, is_finite, is_speech_tag, sentence_of, subject
from nlp.components.cues import lexicon
from nlp.components.proposers import Actors

DASHES = ("–", "—", "-")
OPENING = {"«": "»", "“": "”", "”": "”", '"': '"', "„": "“"}
SCARE = 3  # a shorter string in quotation marks is a title or a word at arm's length
TAG_REACH = 14  # words of a speech tag: "sier daglig leder i X, Kari Li"
NORWEGIAN = frozenset({"nb", "nn", "no", "und", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote found: tokens ``start`` to ``end`` of the document, and the tokens that name its speaker, if they stand there."""

    start: int
    end: int
    kind: QuoteKind
    by: tuple[int, int] | None = None
    speaker: str = ""


def blocks_of(doc: Doc) -> list[tuple[int, int]]:
    """The text's blocks as ranges of tokens: what empty lines part."""
    blocks, start = [], 0
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            if token.i > start:
                blocks.append((start, token.i))
            start = token.i + 1
    if start < len(doc):
        blocks.append((start, len(doc)))
    return blocks


def is_norwegian(doc: Doc) -> bool:
    return not Doc.has_extension("language") or (doc._.language or "") in NORWEGIAN


@Language.factory("quotes", assigns=["doc.spans"])
def make_quotes(nlp: Language, name: str) -> QuoteFinder:
    return QuoteFinder()


class QuoteFinder:
    """Finds what somebody is said to have said, and who said it."""

    def __init__(self) -> None:
        for extension in ("kind", "speaker"):
            if not Span.has_extension(extension):
                Span.set_extension(extension, default="")

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["quotes"] = []
        if is_norwegian(doc):
            doc.spans["quotes"] = [_span(doc, said) for said in find_quotes(doc)]
        return doc


def _span(doc: Doc, said: Said) -> Span:
    span = doc[said.start: said.end]
    span._.kind, span._.speaker = said.kind, said.speaker
    return span


def find_quotes(doc: Doc) -> list[Said]:
    """All quotes of a document in reading order, speakers resolved."""
    actors = Actors(doc)
    sentences = [(sent, sentence_of(sent)) for sent in doc.sents]
    starts = {s.at[0]: number for number, (_, s) in enumerate(sentences) if s.at}
    found: list[Said] = []
    speaker, before = "", (0, 0)
    waiting: list[int] = []  # quotes whose speaker is named by a later one: headlines in quotes
    for start, end in blocks_of(doc):
        numbers = [starts[i] for i in range(start, end) if i in starts]
        block = [sentences[number][1] for number in numbers]
        if not block:
            continue
        said = list(_direct(block))
        named = next((actors.name_of(*quote.by) for quote in said if quote.by is not None), "")
        pending = ""
        if said and not named:
            pending = _introduced(doc, sentences, before, actors)
        for quote in said:
            who = actors.name_of(*quote.by) if quote.by is not None else named or pending
            question = doc[quote.end - 1].text == "?"
            if not who and not question:
                if _headline(said, block):
                    waiting.append(len(found))
                else:
                    who = speaker or actors.person_in(*before)
            if who:
                speaker = who
                for number in waiting:
                    found[number] = _spoken(found[number], who)
                waiting.clear()
            found.append(_spoken(quote, who))
        covered = {i for quote in said for i in range(quote.start, quote.end)}
        for s in block:
            for quote in _indirect(s):
                if quote.start not in covered and quote.by is not None:
                    who = actors.name_of(*quote.by)
                    if who:
                        found.append(_spoken(quote, who))
                        if not said:
                            speaker = who
        before = (start, end)
    return sorted(found, key=lambda quote: (quote.start, quote.end))


def _spoken(quote: Said, speaker: str) -> Said:
    return Said(start=quote.start, end=quote.end, kind=quote.kind, by=quote.by, speaker=speaker)


def _headline(said: list[Said], block: list[Sentence]) -> bool:
    return len(said) == 1 and len(block) == 1 and block[0].words[-1] not in (".", "!", "?")


def _introduced(doc: Doc, sentences: list[tuple[Span, Sentence]], before: tuple[int, int], actors: Actors) -> str:
    """The speaker whom the block before announces: it ends in a colon."""
    last = before[1] - 1
    while last > before[0] and doc[last].is_space:
        last -= 1
    if last <= before[0] or doc[last].text != ":":
        return ""
    sent = doc[last].sent
    s = sentence_of(sent)
    for i in range(len(s)):
        if is_finite(s, i) and s.lower[i] in lexicon().tags:
            who = subject(s, clause_start(s, i), i, i + 1) or _subject_after(s, i)
            if who is not None:
                return actors.name_of(s.at[who[0]], s.at[who[1] - 1] + 1)
    return actors.person_in(sent.start, sent.end)


# ---------------------------------------------------------------- direct

def _direct(block: list[Sentence]) -> Iterator[Said]:
    number = 0
    while number < len(block):
        s = block[number]
        if _dashed(s, first=number == 0):
            quotes, number = _dash_quote(block, number)
            yield from quotes
            continue
        yield from _marked(block, number)
        number += 1


def _dashed(s: Sentence, *, first: bool) -> bool:
    """Whether a sentence opens with a dash that means speech: not a bullet with a word in lower case, not a dash before a digit."""
    word = s.words[0]
    if not word.startswith(DASHES):
        return False
    rest = word.lstrip("-–—") or (s.words[1] if len(s) > 1 else "")
    return bool(rest) and (rest[0].isupper() or rest[0] in "«“\"" or first and rest[0].isdigit())


def _dash_quote(block: list[Sentence], number: int) -> tuple[list[Said], int]:
    """The quote that opens at a dash: to its speech tag or the block's end; after a tag in the middle it goes on."""
    quotes: list[Said] = []
    begin: int | None = None
    begin_next = block[number].at[0] + (1 if block[number].words[0] in DASHES else 0)
    glued = block[number].words[0] not in DASHES
    begin = begin_next
    last_end = begin
    by: tuple[int, int] | None = None
    at = number
    while at < len(block):
        s = block[at]
        if at > number and begin is None and not _goes_on(s):
            break
        if at > number and _dashed(s, first=False):
            break
        if begin is None:
            begin = s.at[0]
        tag = _tag_in(s, 0 if s.at[0] >= begin else 1)
        if tag is None:
            last_end = _content_end(s)
            at += 1
            continue
        verb, who, tag_end = tag
        end = verb
        while end > 0 and s.words[end - 1] in (",", "–", "-", "—"):
            end -= 1
        if end > 0 and s.at[end - 1] >= begin:
            quotes.append(Said(start=begin, end=s.at[end - 1] + 1, kind="direct", by=(s.at[who[0]], s.at[who[1] - 1] + 1) if who else by))
        elif last_end > begin:
            quotes.append(Said(start=begin, end=last_end, kind="direct", by=(s.at[who[0]], s.at[who[1] - 1] + 1) if who else by))
        if who:
            by = (s.at[who[0]], s.at[who[1] - 1] + 1)
        begin = None
        rest = tag_end
        if rest < len(s) - 2 and s.words[rest] in (",", "–", "-", ":") and len(s) - rest > 4 and s.lower[rest + 1] not in ("som", "som", "da", "då", "når", "etter", "til", "mens", "medan", "før"):
            begin = s.at[rest + 1 if s.words[rest] != ":" else rest + 1]
            last_end = _content_end(s)
        at += 1
    if begin is not None and last_end > begin:
        quotes.append(Said(start=begin, end=last_end, kind="direct", by=by))
    if glued and not quotes:
        return [], max(at, number + 1)
    return quotes, max(at, number + 1)


def _goes_on(s: Sentence) -> bool:
    """Whether a sentence after a closed tag is still the speaker's: it says I or we."""
    return any(word in lexicon().first_person for word in s.lower) and not any(is_speech_tag(s, i) for i in range(len(s)))


def _content_end(s: Sentence) -> int:
    end = len(s)
    while end > 1 and s.words[end - 1] in ("»", "”", '"'):
        end -= 1
    return s.at[end - 1] + 1


def _tag_in(s: Sentence, start: int) -> tuple[int, tuple[int, int] | None, int] | None:
    """A speech tag of the sentence: its verb, its subject, and where it ends."""
    known = lexicon()
    for i in range(start, len(s)):
        if s.lower[i] not in known.tags or not is_finite(s, i) and s.tags[i] not in ("subst", "ukjent", "verb|perf-part", "verb|other"):
            continue
        before = s.words[i - 1] if i else ""
        if i == start == 0 or before in (",", "?", "!", "»", "”", '"', ".", "–", "-") or i + 2 >= len(s) - 3 and s.tags[i - 1] in NOMINAL and s.tags[i + 1: i + 2] == ("subst|prop",):
            who = _subject_after(s, i)
            if who is not None:
                return i, who, _tag_end(s, who[1])
    return None


def _subject_after(s: Sentence, verb: int) -> tuple[int, int] | None:
    """``sier daglig leder i X, Kari Li``: the words after the verb, to the end of the tag."""
    start = verb + 1
    while start < len(s) and s.tags[start] == "adv":
        start += 1
    if start < len(s) and s.lower[start] in ("opp", "til", "fast", "under", "inn"):
        start += 1
    end = start
    while end < min(len(s), start + TAG_REACH):
        if s.tags[end] == "clb" or s.tags[end] == "konj" and end + 1 < len(s) and (is_finite(s, end + 1)) or is_finite(s, end) or s.tags[end] in ("sbu", "inf-merke") or s.words[end] in (":", ";", "–", "-", "«", "“", '"'):
            break
        if s.words[end] == "," and not _apposition(s, end):
            break
        end += 1
    if end <= start or s.tags[start] in ("prep", "konj", "komma"):
        return None
    if s.lower[start] in ("han", "hun", "ho", "vi", "jeg", "eg", "dei", "de"):
        end = start + 1
    return (start, end) if any(s.tags[i] in NOMINAL or s.labels[i] for i in range(start, end)) else None


def _apposition(s: Sentence, comma: int) -> bool:
    after = comma + 1
    return after < len(s) and bool(s.labels[after]) and not any(s.labels[i] == "PER" for i in range(max(0, comma - 6), comma))


def _tag_end(s: Sentence, end: int) -> int:
    """Past the appositions that follow a name in a tag: ``sier Kari Li, leder i X,``."""
    at = end
    while at < len(s):
        if s.tags[at] == "clb" or s.words[at] in (":", "–", "-"):
            return at
        if s.words[at] == "," and (at + 1 >= len(s) or not (s.tags[at + 1] in ("subst", "adj") or s.labels[at + 1])):
            return at
        if s.tags[at] == "konj" and at + 1 < len(s) and is_finite(s, at + 1):
            return len(s)
        at += 1
    return at


def _marked(block: list[Sentence], number: int) -> Iterator[Said]:
    """Words in quotation marks that open in this sentence, with a speaker in its context."""
    s = block[number]
    i = 0
    while i < len(s):
        closing = OPENING.get(s.words[i])
        if closing is None or s.words[i] == "”" and i > 0:
            i += 1
            continue
        where = _closed(block, number, i, s.words[i], closing)
        if where is None:
            i += 1
            continue
        last, end = where
        opened = s.at[i + 1] if i + 1 < len(s) else None
        closed = block[last].at[end - 1] + 1 if end else block[last - 1].at[-1] + 1
        if opened is not None and closed - opened >= SCARE:
            by = _speaker_near(s, i, block[last], end)
            whole = i == 0 and last == len(block) - 1 and end >= len(block[last]) - 2
            if by is not None or whole:
                yield Said(start=opened, end=closed, kind="direct", by=by)
        if last != number:
            return
        i = end + 1


def _closed(block: list[Sentence], number: int, start: int, opening: str, closing: str) -> tuple[int, int] | None:
    depth = 1
    for last in range(number, len(block)):
        s = block[last]
        for end in range(start + 1 if last == number else 0, len(s)):
            if s.words[end] == closing:
                depth -= 1
                if depth == 0:
                    return last, end
            elif s.words[end] == opening:
                depth += 1
    return None


def _speaker_near(s: Sentence, opening: int, last: Sentence, closing: int) -> tuple[int, int] | None:
    """``X sier: «…»`` or ``«…», sier X``."""
    for i in range(closing + 1, min(len(last), closing + 4)):
        if last.lower[i] in lexicon().tags:
            after = _subject_after(last, i)
            if after is not None:
                return last.at[after[0]], last.at[after[1] - 1] + 1
    for i in range(opening - 1, -1, -1):
        if s.lower[i] in lexicon().tags and (is_finite(s, i)):
            who = subject(s, clause_start(s, i), i, i + 1) or _subject_after(s, i)
            return (s.at[who[0]], s.at[who[1] - 1] + 1) if who is not None else None
    return None


# ---------------------------------------------------------------- indirect

def _indirect(s: Sentence) -> Iterator[Said]:
    known = lexicon()
    i = 0
    while i < len(s):
        if s.lower[i] in known.sources and i + 1 < len(s):
            said = _according_to(s, i)
            if said is not None:
                yield said
                i = max(i + 1, len(s))
                continue
        content = _reported(s, i)
        if content is not None:
            start, end, who = content
            if end - start >= 2:
                yield Said(start=s.at[start], end=s.at[end - 1] + 1, kind="indirect", by=(s.at[who[0]], s.at[who[1] - 1] + 1))
                i = start
        i += 1


def _reported(s: Sentence, i: int) -> tuple[int, int, tuple[int, int]] | None:
    """``X mener at …``: the content clause's words and the subject's."""
    known = lexicon()
    for form, end, _ in known.reports.at(s.lower, i, 2):
        if not is_finite(s, i) and s.tags[i] not in ("verb|perf-part", "subst", "verb|other", "ukjent"):
            continue
        at = end
        who: tuple[int, int] | None = None
        while at < min(len(s), end + 8) and s.lower[at] != "at" and (s.tags[at] in ("adv", "subst", "subst|prop", "pron", "det", "adj") or s.tags[at] == "prep" and at > end):
            at += 1
        begin = clause_start(s, i)
        if at < len(s) and s.lower[at] == "at":
            who = subject(s, begin, i, i + 1)
            inverted = begin == i or s.tags[begin] in ("prep", "adv") or s.words[i - 1] == ","
            if inverted and at > end or who is None and at > end:
                who = (end, at)
            start = at + 1
        elif form[-1] in known.bare_reports and end < len(s) - 2 and _bare_clause(s, end):
            who, start = subject(s, begin, i, i + 1), end
        else:
            continue
        if who is None or any(s.lower[k] in ("jeg", "eg", "vi", "me", "du", "man", "ein", "det", "som") for k in range(*who)) and who[1] - who[0] == 1:
            return None
        stop = content_end(s, start)
        while stop < len(s) - 2 and s.tags[stop] in ("konj", "komma") and "at" in s.lower[stop: stop + 3]:
            stop = content_end(s, s.lower.index("at", stop) + 1)
        while stop > start and s.words[stop - 1] in (".", ",", "!", ":"):
            stop -= 1
        return start, stop, who
    return None


def _bare_clause(s: Sentence, start: int) -> bool:
    """A content clause without ``at``: a subject and its verb follow at once."""
    while start < len(s) and s.tags[start] == "adv":
        start += 1
    if s.tags[start] not in ("pron", "det", "subst", "subst|prop", "adj"):
        return False
    for i in range(start + 1, min(len(s), start + 8)):
        if s.tags[i] in ("komma", "sbu", "clb", "konj"):
            return False
        if is_finite(s, i):
            return True
    return False


def _according_to(s: Sentence, i: int) -> Said | None:
    """``Ifølge rapporten øker antallet``: the clause without its source."""
    end = i + 1
    while end < len(s) and not is_finite(s, end) and s.tags[end] not in ("komma", "clb"):
        end += 1
    if end >= len(s) - 1 or end == i + 1:
        return None
    by = (s.at[i + 1], s.at[end - 1] + 1)
    start = end + 1 if s.words[end] == "," else end
    stop = content_end(s, start)
    while stop > start and s.words[stop - 1] in (".", ",", "!"):
        stop -= 1
    return Said(start=s.at[start], end=s.at[stop - 1] + 1, kind="indirect", by=by) if stop - start > 2 else None
