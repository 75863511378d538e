"""The same name in one document tends to be the same sort of thing, so a mention is labelled with the others in view.

``Vestre`` alone may be a place, a body or a person; ``Ola Vestre`` two paragraphs above tells. Only the label of a name
is chosen anew, never where it begins and ends. Figures in docs/model.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from nlp.labelling import ENTITIES, Floats, bio_labels

WEIGHT = 0.5  # of what the other mentions say on average, against 1 for the mention itself
LEAST = 0.01  # chance that a label has in any case: one mention cannot rule out what another is sure of

Named = tuple[int, int, str]

_COLUMNS = {label: number for number, label in enumerate(bio_labels(ENTITIES))}
_BEGIN = [_COLUMNS[f"B-{kind}"] for kind in ENTITIES]
_LATER = [_COLUMNS[f"I-{kind}"] for kind in ENTITIES]


def agreed(texts: Sequence[str], chances: Floats, names: Sequence[Named]) -> list[Named]:
    """The names (first word, word after the last, label), each labelled with its other mentions in view.

    Args:
        texts: the words of the document.
        chances: log probabilities of NorNE's labels, (words, labels).
    """
    surnames = [texts[end - 1] if label == "PER" and end - start > 1 else "" for start, end, label in names]
    forms = [" ".join(text for text in texts[start:end] if not text.isspace()) for start, end, _ in names]
    known = {*forms, *surnames}
    own = [_of_labels(chances[start:end]) for start, end, _ in names]
    mentions: Counter[str] = Counter()
    total: defaultdict[str, Floats] = defaultdict(lambda: np.zeros(len(ENTITIES), dtype=np.float32))
    for form, surname, chance in zip(forms, surnames, own, strict=True):
        for meant in {_nominative(form, known), _nominative(surname, known)} - {""}:  # the surname alone means the same
            mentions[meant] += 1
            total[meant] += chance
    result = []
    for form, (start, end, label), chance in zip(forms, names, own, strict=True):
        meant = _nominative(form, known)
        if others := mentions[meant] - 1:
            label = ENTITIES[int((chance + WEIGHT * (total[meant] - chance) / others).argmax())]
        result.append((start, end, label))
    return result


def _of_labels(chances: Floats) -> Floats:
    """Log chances (labels,) of what a name is, given where it begins and ends."""
    row = chances[0, _BEGIN] + chances[1:, _LATER].sum(axis=0)
    share = np.exp(row - row.max())
    result: Floats = np.log((share / share.sum()).clip(LEAST))
    return result


def _nominative(form: str, known: set[str]) -> str:
    """Without the genitive's -s where the name also stands without it."""
    return form[:-1] if form.endswith("s") and form[:-1] in known else form
