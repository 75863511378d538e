"""Direct speech in one block of text: dash quotes, and words in quotation marks with somebody who says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.analysis import QuoteKind
from nlp.rules.clauses import clause_start, subject
from nlp.rules.cues import lexicon
from nlp.rules.sentence import NOMINAL, Range, Sentence, is_finite

DASHES = ("–", "—", "-")
MARKS = {"«": "»", "“": "”", "”": "”", '"': '"', "„": "“"}
CLOSING = frozenset(MARKS.values())
SHORTEST = 3  # words; a shorter string in marks is a title, or a word at arm's length
TAG_REACH = 14  # words of a speech tag: "sier daglig leder i X, Kari Li"
TURN = 16  # words before the colon of a turn: "Kari Li (X) (leder av komiteen):"
PARTICLES = frozenset({"opp", "til", "fast", "under", "inn", "ut", "over", "videre", "vidare"})
_TO, _FIRM, _ON = frozenset({"til"}), frozenset({"fast", "fest"}), frozenset({"fram", "frem"})
WITH_PARTICLE = {"legger": _TO, "legg": _TO, "la": _TO, "slår": _FIRM, "slo": _FIRM, "held": _ON, "heldt": _ON}
PRONOUNS = frozenset({"han", "hun", "ho", "vi", "jeg", "eg", "dei", "de", "du"})


Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote: tokens ``start`` to ``end`` of the document, and the tokens that name its speaker, if some do."""

    start: int
    end: int
    kind: QuoteKind
    by: Range | None = None


def direct_quotes(block: Sequence[Sentence]) -> list[Said]:
    """What is quoted word by word in one block."""
    found: list[Said] = []
    pairs = _pairs(block)
    number = 0
    while number < len(block):
        if opens_with_dash(block[number], first=number == 0):
            quotes, number = _dash_quote(block, number)
            found += quotes
        else:
            found += _marked(block, number, pairs)
            number += 1
    return found


def opens_with_dash(s: Sentence, *, first: bool) -> bool:
    """Whether a sentence opens with a dash of speech: a capital, a mark or (at a block's start) a number follows."""
    if not s.words[0].startswith(DASHES):
        return False
    rest = s.words[0].lstrip("-–—") or (s.words[1] if len(s) > 1 else "")
    return bool(rest) and (rest[0].isupper() or rest[0] in '«“".' or (first and rest[0].isdigit()))


def _dash_quote(block: Sequence[Sentence], number: int) -> tuple[list[Said], int]:
    """The quote that opens at a dash, to its speech tag or the block's end; and the sentence after it.

    A tag in the middle cuts it in two. After a tag it goes on only where the speaker still says I or we.
    """
    quotes: list[Said] = []
    last = block[number].at[0] + (block[number].words[0] in DASHES)
    begin: int | None = last
    by: Range | None = None
    at = number
    while at < len(block):
        s = block[at]
        if at > number and (opens_with_dash(s, first=False) or (begin is None and not _goes_on(s))):
            break
        if begin is None:
            begin = last = s.at[0]
        tag = speech_tag(s)
        if tag is None or (tag[0] == 0 and at == number):  # "- Sier hun det?"
            last = _without_marks(s)
            at += 1
            continue
        verb, who, tag_end = tag
        by = _places(s, who)
        end = _content_before(s, verb)
        stop = s.at[end - 1] + 1 if end else last
        if stop > begin:
            quotes.append(Said(start=begin, end=stop, kind="direct", by=by))
        begin = _resumed(s, tag_end)
        if begin is not None:
            last = _without_marks(s)
        at += 1
    if begin is not None and last > begin:
        quotes.append(Said(start=begin, end=last, kind="direct", by=by))
    return quotes, max(at, number + 1)


def _content_before(s: Sentence, verb: int) -> int:
    while verb > 0 and s.words[verb - 1] in (",", "–", "-", "—", "»", "”", '"'):
        verb -= 1
    return verb


def _resumed(s: Sentence, tag_end: int) -> int | None:
    """The token where the quote goes on after a tag in the middle: ``… , sier hun, og vi …``."""
    if tag_end >= len(s) - 4 or s.words[tag_end] not in (",", "–", "-", ":"):
        return None
    if s.tags[tag_end + 1] == "konj" and is_finite(s, tag_end + 2):
        return None  # "sier hun, og viser til …"
    if s.lower[tag_end + 1] in ("som", "da", "då", "når", "etter", "til", "mens", "medan", "før", "i", "på", "om"):
        return None
    return s.at[tag_end + 1]


def _goes_on(s: Sentence) -> bool:
    """Whether a sentence after a tag is still the speaker's: it says I or we, and tells of nobody's saying."""
    return any(word in lexicon().first_person for word in s.lower) and speech_tag(s) is None


def _without_marks(s: Sentence) -> int:
    end = len(s)
    while end > 1 and s.words[end - 1] in ("»", "”", '"'):
        end -= 1
    return s.at[end - 1] + 1


def _places(s: Sentence, who: Range) -> Range:
    return s.at[who[0]], s.at[who[1] - 1] + 1


def speech_tag(s: Sentence) -> tuple[int, Range, int] | None:
    """The speech tag of a sentence: its verb, the words for who speaks, and where it ends."""
    for i in range(len(s)):
        if s.lower[i] not in lexicon().tags or s.tags[i] in ("prep", "det", "pron") or not _is_whole(s, i):
            continue
        before = s.words[i - 1] if i else ""
        name_after = s.tags[i + 1 : i + 2] == ("subst|prop",) or s.lower[i + 1 : i + 2] in (("han",), ("hun",), ("ho",))
        glued = i >= len(s) - 6 and name_after and i > 0 and s.tags[i - 1] in (*NOMINAL, "adj", "adv", "verb|inf")
        if i and before not in (",", "?", "!", "»", "”", '"', ".", "–", "-") and not glued:
            continue
        who = words_for_speaker(s, i)
        if who is not None:
            return i, who, _tag_end(s, who[1])
    return None


def _is_whole(s: Sentence, verb: int) -> bool:
    """Whether a verb that says something only with its particle has it: ``legger hun til``."""
    particles = WITH_PARTICLE.get(s.lower[verb])
    return particles is None or not particles.isdisjoint(s.lower[verb + 1 : verb + TAG_REACH])


def words_for_speaker(s: Sentence, verb: int) -> Range | None:
    """The subject after a verb of saying, to the end of the tag: ``sier daglig leder i X, Kari Li``."""
    start = verb + 1
    while start < len(s) and (s.tags[start] == "adv" or s.lower[start] in PARTICLES):
        start += 1
    if s.lower[start : start + 1] in (("både",), ("båe",)):
        start += 1
    if start >= len(s) or s.tags[start] in ("prep", "konj", "komma", "sbu", "inf-merke"):
        return None
    if s.lower[start] in PRONOUNS:
        return None if s.lower[start] in ("du", "vi", "jeg", "eg") else (start, start + 1)
    end = start
    while end < min(len(s), start + TAG_REACH) and not _ends_name(s, end):
        end += 1
    while end > start and (s.lower[end - 1] in PARTICLES or s.tags[end - 1] in ("prep", "adv")):
        end -= 1
    return (start, end) if any(s.tags[i] in NOMINAL or s.labels[i] for i in range(start, end)) else None


def _ends_name(s: Sentence, i: int) -> bool:
    if s.tags[i] in ("clb", "sbu", "inf-merke") or is_finite(s, i) or s.words[i] in (":", ";", "–", "-", "«", "“", '"'):
        return True
    if s.tags[i] == "konj":
        return i + 1 < len(s) and is_finite(s, i + 1)
    return s.words[i] == "," and not _name_follows(s, i)


def _name_follows(s: Sentence, comma: int) -> bool:
    """``… leder i X, Kari Li``: the name comes after the role."""
    after = comma + 1
    if after >= len(s) or not (s.labels[after] == "PER" or (s.tags[after] == "subst|prop" and not s.labels[after])):
        return False
    return not any(s.labels[i] == "PER" for i in range(max(0, comma - 6), comma))


def _tag_end(s: Sentence, end: int) -> int:
    """Past the appositions that follow a name in a tag: ``sier Kari Li, leder i X,``."""
    for at in range(end, len(s)):
        if s.tags[at] == "clb" or s.words[at] in (":", "–", "-"):
            return at
        if s.words[at] == "," and (at + 1 >= len(s) or not (s.tags[at + 1] in ("subst", "adj") or s.labels[at + 1])):
            return at
        if s.tags[at] == "konj" and at + 1 < len(s) and is_finite(s, at + 1):
            return len(s)
    return len(s)


# ---------------------------------------------------------------- quotation marks


def _marked(block: Sequence[Sentence], number: int, pairs: Mapping[Place, Place]) -> Iterator[Said]:
    """Words in quotation marks that open in this sentence, with a speaker in its context or filling a whole block."""
    s = block[number]
    i = 0
    while i < len(s) - 1:
        where = pairs.get((number, i))
        if where is None:
            i += 1
            continue
        last, end = where
        start, stop = s.at[i + 1], block[last].at[end - 1] + 1 if end else block[last - 1].at[-1] + 1
        if stop - start >= SHORTEST:
            by = _speaker_near(s, i, block[last], end)
            fills = i == 0 and number == 0 and last == len(block) - 1 and end >= len(block[last]) - 2
            if by is not None or fills:
                yield Said(start=start, end=stop, kind="direct", by=by)
        if last != number:
            return
        i = end + 1


def _pairs(block: Sequence[Sentence]) -> dict[Place, Place]:
    """The places (sentence, word) of each opening quotation mark with those of the mark that closes it."""
    pairs: dict[Place, Place] = {}
    opened: list[tuple[str, Place]] = []
    for number, s in enumerate(block):
        for i, word in enumerate(s.words):
            if word not in MARKS and word not in CLOSING:
                continue
            if opened and MARKS[opened[-1][0]] == word:
                pairs[opened.pop()[1]] = (number, i)
            elif word in MARKS and (word != "”" or i == 0):
                opened.append((word, (number, i)))
    return pairs


def _speaker_near(s: Sentence, opening: int, last: Sentence, closing: int) -> Range | None:
    """``«…», sier X`` or ``X sier: «…»``."""
    for i in range(closing + 1, min(len(last), closing + 4)):
        if last.lower[i] in lexicon().tags:
            after = words_for_speaker(last, i)
            if after is not None:
                return _places(last, after)
    for i in range(opening - 1, -1, -1):
        if s.lower[i] in lexicon().tags and is_finite(s, i):
            who = speaker_of(s, i)
            return _places(s, who) if who is not None else None
    return None


def takes_the_floor(block: Sequence[Sentence]) -> Range | None:
    """The words for who speaks in a block of minutes or a transcript: ``Kari Li (X): Ærede president …``."""
    s = block[0]
    named = any(label == "PER" for label in s.labels[:TURN])
    colon = next((i for i in range(1, min(len(s) - 1, TURN)) if s.words[i] == ":"), None)
    return (0, colon) if named and colon is not None and not any(is_finite(s, i) for i in range(colon)) else None


def speaker_of(s: Sentence, verb: int) -> Range | None:
    """The subject of a verb of saying, before or after it; nobody for ``jeg`` and ``du``."""
    start = clause_start(s, verb)
    before = apposed_subject(s, verb) or subject(s, start, verb, verb + 1)
    if before is None or s.tags[start] in ("prep", "adv"):
        before = words_for_speaker(s, verb) or before
    if before is None or (before[1] - before[0] == 1 and s.lower[before[0]] in ("jeg", "eg", "du", "vi", "det", "som")):
        return None
    return before


def apposed_subject(s: Sentence, verb: int) -> Range | None:
    """The subject before an apposition that closes at the verb: ``Kari Li, leder i X, mener``."""
    if verb < 3 or s.words[verb - 1] != "," or s.tags[0] in ("prep", "sbu", "adv", "konj"):
        return None
    comma = s.words.index(",")
    relative = s.lower[comma + 1] == "som"
    if comma == verb - 1 or any(is_finite(s, k) or s.tags[k] == "sbu" for k in range(comma if relative else verb)):
        return None
    person = next((k for k in range(comma + 1, verb - 1) if s.labels[k] == "PER"), None)
    if person is not None and not relative and "PER" not in s.labels[:comma]:
        return person, verb - 1  # "Daglig leder i X, Kari Li, mener"
    return 0, comma
