"""Where one act ends and the next begins in a verb phrase or a list item."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.rules.clauses import opens_clause
from nlp.rules.sentence import MODALS, RELATIVES, Range, Sentence, is_finite, is_passive, reads_as_infinitive

REACH = 4  # words between a conjunction and the infinitive it adds: "og på kort sikt bruke"


def acts(s: Sentence, first: int, main: int, end: int, *, marked: bool = False) -> Iterator[Range]:
    """The acts of a verb phrase with main verb ``main``, apart where they could stand alone: ``bygge ut A og kutte B``.

    Verbs that share their object stay together (``fornyes og utvikles``), and so do those inside an ``å`` or a clause.

    Args:
        marked: the phrase itself stands after ``å``, which the next act repeats: ``å bygge ut A, og å kutte B``.
    """
    start, last = first, main
    own = True  # the next infinitive belongs to the phrase's own modal
    repeated = main
    for i in range(main + 1, end):
        if marked and own and _repeats_marker(s, i, end):
            yield start, i - (s.lower[i - 1] == ",")
            start = last = repeated = i + 2
        if i < repeated:
            continue
        if s.tags[i] == "inf-merke" or s.lower[i] == "at" or s.lower[i] in RELATIVES or s.lower[i] in MODALS:
            own = False
        if s.tags[i] not in ("konj", "komma") or not own or s.lower[i] == "eller":
            continue
        verb = next_infinitive(s, i + 1, end)
        if verb is None:
            continue
        if i - last > 1 or verb > i + 1:
            if i > start:
                yield start, i
            start = i + 1
        last = verb
    yield start, end


def _repeats_marker(s: Sentence, i: int, end: int) -> bool:
    return (
        s.tags[i] == "konj"
        and s.lower[i] != "eller"
        and i + 2 < end
        and s.tags[i + 1] == "inf-merke"
        and s.tags[i + 2] == "verb|inf"
    )


def next_infinitive(s: Sentence, start: int, end: int) -> int | None:
    """An infinitive that follows a conjunction at once, but for adverbs: ``og på sikt bruke``, ``og gradvis økes``."""
    for i in range(start, min(end, start + REACH)):
        if (
            s.tags[i] == "verb|inf"
            or (is_passive(s.lower[i]) and s.tags[i] == "verb|pres")
            or reads_as_infinitive(s, i)
        ):
            return i
        if s.tags[i] in ("inf-merke", "komma", "konj", "sbu", "clb", "subst|prop") or is_finite(s, i):
            return None
        if s.tags[i] == "pron" and s.tags[i - 1] != "prep":
            return None
        if s.tags[i] == "subst" and s.tags[i - 1] not in ("prep", "adj"):
            return None
    return None


def things(s: Sentence, start: int, end: int) -> Iterator[Range]:
    """The parts of a noun phrase that stand apart: ``bedre A, og bedre B``."""
    for i in range(start + 2, end - 2):
        if (
            s.lower[i] == ","
            and s.lower[i + 1] in ("og", "samt")
            and s.tags[i + 2] in ("det", "adj")
            and not opens_clause(s, i + 2)
        ):
            yield start, i
            yield i + 2, end
            return
    yield start, end
