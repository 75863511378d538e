"""Invented articles: marks become labels, and every shipped one can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.errors import AnnotationError
from nlp.labelling import MODALITIES
from nlp.training.augment import entities
from nlp.training.invented import read_invented

ARTICLE = """Vil ha {p:flere jordmødre}

Åse Ødegård krever at kommunen må {d:ansette ti jordmødre} og sier nei til {r:nedleggelsen av fødestua}.
Det ble stille i salen.
"""


def test_marks_become_labels(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ARTICLE, encoding="utf-8")
    ((headline, demand, rest),) = read_invented(tmp_path)
    assert [word.text for word in headline] == ["Vil", "ha", "flere", "jordmødre", "|"]
    found = [(" ".join(word.text for word in demand[start:end]), kind) for start, end, kind in entities(demand)]
    assert found == [("ansette ti jordmødre", "demanded"), ("nedleggelsen av fødestua", "rejected")]
    assert not list(entities(rest))


@pytest.mark.parametrize("line", ["Vi må {x:rydde}.", "Vi må {d:rydde.", "Vi må {d:rydde {p:her}}."])
def test_a_mark_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "en.txt").write_text(f"Overskrift\n\n{line}\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"en\.txt:3"):
        list(read_invented(tmp_path))


def test_the_shipped_articles_can_be_read_and_hold_measures() -> None:
    articles = list(read_invented())
    marked = [kind for article in articles for sentence in article for _, _, kind in entities(sentence)]
    assert (len(articles), len(marked)) == (156, 1592)  # as docs/measures.md says
    assert set(marked) == set(MODALITIES)
    for article in articles:
        for sentence in article:
            for word, before in zip(sentence[1:], sentence, strict=False):
                continues = word.entity.startswith("I-")
                assert not continues or before.entity[2:] == word.entity[2:], "a mark begins within a word"
