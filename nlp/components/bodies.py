"""Rules after ``ner``: bodies that it missed, labels that it got wrong, and candidates that are no names at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.body_words import DOCUMENT, GOVERNMENT, PARTIES, looks_like_body
from nlp.components.body_rules import NAMELIKE, Candidate, by_words, in_brackets, may_begin
from nlp.components.sentences import LEADING
from nlp.role_nouns import is_definite_role, is_role

# Lines of a web page that are not its article; pasted text has them.
FURNITURE = (
    ("powered", "by"),
    ("more", "news"),
    ("more", "articles"),
    ("publisert",),
    ("les", "også"),
    ("les", "mer"),
    ("del", "artikkelen"),
)
ROLE_PREPOSITIONS = frozenset({"i", "ved", "hos", "for", "på"})
NOT_NAMES = ("verb", "adv", "adj", "prep", "pron", "det", "konj", "sbu")
RELABELLED = frozenset({"PER", "ORG", "LOC", "PROD", "MISC", "EVT", "GPE_LOC"})
SURE = 20  # the weight of a name's own words or place against the model's single votes


@Language.component("bodies", assigns=["doc.ents"])
def find_bodies(doc: Doc) -> Doc:
    """Rewrite ``doc.ents``."""
    named = {i for ent in doc.ents for i in range(ent.start, ent.end)}
    full = {ent.text for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1}
    candidates = [
        c
        for ent in doc.ents
        for c in _corrected(doc, _whole(doc, Candidate(ent.start, ent.end, ent.label_), named, full))
    ]
    candidates = _merged(candidates, by_words(doc, candidates))
    candidates = _merged(candidates, in_brackets(doc, candidates))
    candidates = _agreed(doc, _split(doc, candidates))
    candidates = _merged(candidates, _repeated(doc, candidates))
    doc.set_ents([Span(doc, c.start, c.end, label=c.label) for c in candidates if not _in_furniture(doc, c)])
    return doc


def _whole(doc: Doc, c: Candidate, named: set[int], full: set[str]) -> Candidate:
    """A surname with the first names before it that the model left out: known from the text, or names by their tags."""
    if c.label != "PER" or c.end - c.start > 1:
        return c
    for start in range(max(0, c.start - 3), c.start):
        if start not in named and doc[start : c.end].text in full:
            return replace(c, start=start)
    if c.start == 0 or c.start - 1 in named or doc[c.start].is_sent_start:
        return c
    word = doc[c.start - 1]
    is_name = word.tag_ in NAMELIKE and word.text.istitle() and word.text.isalpha() and word.text[-1] != "s"
    return replace(c, start=word.i) if is_name and not is_role(word.text) and not may_begin(doc, word.i) else c


def _corrected(doc: Doc, c: Candidate) -> Iterator[Candidate]:
    """A candidate without what does not belong to a name; nothing, if nothing is left."""
    start, end = c.start, c.end
    end = next((i for i in range(start + 1, end) if doc[i].is_sent_start), end)
    while start < end and not any(character.isalnum() for character in doc[start].text):
        start += 1
    while end > start and doc[end - 1].text in (",", ".", ":", ";", "–", "-", "«", "(", "og", "i", "på"):
        end -= 1
    if c.label == "PER":
        while end - start > 1 and (
            is_role(doc[start].text) or (doc[start].text.islower() and doc[start].tag_ not in NAMELIKE)
        ):
            start += 1
    while end - start > 1 and doc[end - 1].tag_.startswith("verb") and doc[end - 1].text.islower():
        end -= 1
    if start >= end:
        return
    words = [doc[i].text for i in range(start, end)]
    text = " ".join(words)
    if end - start == 1 and (
        len(text.rstrip(".")) < 2 or text.lower().rstrip(".") + "." in LEADING or text.lower() in GOVERNMENT
    ):
        return
    if (
        c.label in ("PER", "ORG", "GPE_LOC", "LOC")
        and not any(character.isupper() or character.isdigit() for character in text)
        and "." not in text
    ):
        return  # "fbpx": what has no capital is no name
    if (
        c.label in ("PER", "ORG")
        and end - start == 1
        and may_begin(doc, start)
        and doc[start].tag_.startswith(NOT_NAMES)
    ):
        return
    if c.label == "ORG" and end - start == 1 and is_role(text) and end < len(doc) and doc[end].ent_type_ == "PER":
        return  # "Sykehusdirektør Kari Li"
    if end - start == 1 and len(text) > 2 and text.rstrip(".") in PARTIES:
        yield Candidate(start, end, "ORG", SURE)
        return
    if c.label == "PER" and end - start == 1 and is_definite_role(text):
        return  # "Kongen", "Helseministeren": an office, not a name
    if c.label == "ORG" and DOCUMENT.search(text):
        yield Candidate(start, end, "PROD", 20)
        return
    if "(" in words and c.label in ("ORG", "PER"):
        at = words.index("(")
        if at > 0:
            yield Candidate(
                start, start + at, "PER" if at > 1 and not looks_like_body(words[:at]) else c.label, c.weight
            )
        return
    yield Candidate(start, end, c.label, c.weight)


def _merged(candidates: Iterable[Candidate], added: Iterable[Candidate]) -> list[Candidate]:
    """Both without overlaps: what a rule adds wins over a candidate that is no longer than it."""
    kept = {c.start: c for c in candidates}
    inside = {i: c for c in kept.values() for i in range(c.start, c.end)}
    for new in added:
        old = dict.fromkeys(inside[i] for i in range(new.start, new.end) if i in inside)
        wider = next(
            (c for c in old if c.start <= new.start and c.end >= new.end and c.end - c.start > new.end - new.start),
            None,
        )
        if wider is not None and (wider.label in ("ORG", "GPE_ORG", "PROD", "EVT", "DRV") or wider.weight > new.weight):
            continue
        if any(c.weight > new.weight and c.end - c.start >= new.end - new.start for c in old):
            continue
        for c in old:
            kept.pop(c.start, None)
            for i in range(c.start, c.end):
                inside.pop(i, None)
        kept[new.start] = new
        inside.update(dict.fromkeys(range(new.start, new.end), new))
    return [kept[start] for start in sorted(kept)]


def _surface(doc: Doc, c: Candidate) -> str:
    text = doc[c.start : c.end].text
    return text[:-1] if text.endswith("s") and len(text) > 3 and c.label != "PER" else text


def _split(doc: Doc, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Two bodies joined by "og" are two when the text has one of them alone as well."""
    alone = {doc[c.start : c.end].text for c in candidates if c.label in ("ORG", "PER", "LOC")}
    for c in candidates:
        at = next((i for i in range(c.start + 1, c.end - 1) if doc[i].lower_ == "og"), None)
        if c.label in ("ORG", "PER") and at is not None and {doc[c.start : at].text, doc[at + 1 : c.end].text} & alone:
            yield replace(c, end=at)
            yield replace(c, start=at + 1)
        else:
            yield c


def _agreed(doc: Doc, candidates: Iterable[Candidate]) -> list[Candidate]:
    """One label for one name in a text: what its words or its places show, else what the model said most often."""
    candidates = list(candidates)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for c in candidates:
        if c.label in RELABELLED:
            words = [doc[i].text for i in range(c.start, c.end)]
            votes[_surface(doc, c)]["ORG" if looks_like_body(words) else c.label] += (
                SURE if looks_like_body(words) else c.weight
            )
            if c.label not in ("LOC", "GPE_LOC") or (c.label == "LOC" and len(words) > 1):
                votes[_surface(doc, c)]["ORG"] += SURE * _has_role(doc, c)
    _add_parts(doc, candidates, votes)
    agreed = []
    for c in candidates:
        vote = votes[_surface(doc, c)] if c.label in RELABELLED else None
        if vote:
            best, times = vote.most_common(1)[0]
            if c.label == "PER" and vote["GPE_LOC"] and c.end - c.start == 1 and vote["PER"] < SURE // 2:
                best, times = "GPE_LOC", SURE  # nobody of that surname is named in full, and elsewhere it is a place
            if best != c.label and times > vote[c.label] and (c.label != "GPE_LOC" or times >= SURE):
                c = replace(c, label=best, weight=times)
        agreed.append(c)
    return agreed


def _add_parts(doc: Doc, candidates: list[Candidate], votes: dict[str, Counter[str]]) -> None:
    """The surname of a person is a person's; the beginning of a body's name, without its last word, is a body's."""
    for c in candidates:
        if c.end - c.start > 1 and c.label in ("PER", "ORG"):
            part = doc[c.end - 1].text if c.label == "PER" else doc[c.start : c.end - 1].text
            if part in votes and (c.label == "PER" or c.end - c.start > 2):
                votes[part][c.label] += SURE // 2


def _has_role(doc: Doc, c: Candidate) -> bool:
    """Whether the name is what somebody leads or works for: "leder i X"."""
    return c.start > 1 and doc[c.start - 1].lower_ in ROLE_PREPOSITIONS and is_role(doc[c.start - 2].text)


def _repeated(doc: Doc, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Names of people and bodies where the model passed over them, though it knew them elsewhere in the text."""
    taken = {i for c in candidates for i in range(c.start, c.end)}
    known: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for c in candidates:
        words = tuple(doc[i].text for i in range(c.start, c.end))
        if c.label in ("PER", "ORG") and words[0][0].isupper() and (len(words) > 1 or len(words[0]) > 2):
            known[words[0]].setdefault(words, c.label)
            if c.label == "PER" and len(words) > 1 and len(words[-1]) > 2:
                known[words[-1]].setdefault(words[-1:], "PER")
    i = 0
    while i < len(doc):
        forms = known.get(doc[i].text)
        found = max((w for w in forms if _stands(doc, i, w, taken)), key=len, default=None) if forms else None
        if (
            found is None
            or forms is None
            or (
                len(found) == 1
                and (doc[i].is_sent_start or doc[i].tag_ != "subst|prop")
                and not (doc[i].text.isupper() and len(doc[i].text) > 2)  # an abbreviation is one wherever it stands
            )
        ):
            i += 1
            continue
        yield Candidate(i, i + len(found), forms[found])
        i += len(found)


def _stands(doc: Doc, start: int, words: tuple[str, ...], taken: set[int]) -> bool:
    return start + len(words) <= len(doc) and all(
        doc[start + k].text == word and start + k not in taken for k, word in enumerate(words)
    )


def _in_furniture(doc: Doc, c: Candidate) -> bool:
    """Whether the line that a candidate stands in opens with words that only web pages have."""
    start = c.start
    for start in range(c.start, max(-1, c.start - 8), -1):
        if start == 0 or (doc[start - 1].is_space and "\n" in doc[start - 1].text):
            break
    else:
        return False
    line = [
        doc[k].lower_ for k in range(start, min(c.end, start + 6)) if not doc[k].is_space and doc[k].text not in "•-–*"
    ]
    return any(tuple(line[: len(words)]) == words for words in FURNITURE)
