"""Windows cover a row once; subwords find their words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from nlp.pipeline import BEST, MODELS
from nlp.subwords import cut, windows


@given(st.integers(0, 3000), st.integers(80, 300), st.integers(0, 32))
def test_windows_read_every_subword_once_with_context_and_have_one_length(length: int, size: int, context: int) -> None:
    found = list(windows(length, size=size, context=context))
    assert [place for w in found for place in range(w.core_start, w.core_end)] == list(range(length))
    assert len({w.end - w.start for w in found}) <= 1
    for window in found:
        assert 0 <= window.start <= window.core_start <= window.core_end <= window.end <= length
        assert window.end - window.start <= size
        assert window.core_start - window.start >= min(context, window.core_start)
        assert window.end - window.core_end >= min(context, length - window.core_end)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODELS / BEST / "encoder" / "subwords.json"))


@pytest.mark.parametrize(
    "text",
    ["Helse Sør-Øst vil bygge.", "«Ja», seier ho.", "Ærfugl i Ålesund\nog Ærøya", "Vi må! 😀 Nå 日本", "x" * 5000],
)
def test_each_word_with_letters_has_a_first_subword_of_its_own(tokenizer: Tokenizer, text: str) -> None:
    words = text.split()
    starts = np.array([text.index(word) for word in words], dtype=np.int64)
    row = cut(tokenizer, text, starts)
    assert list(row.first) == sorted(set(row.first)), "ascending, none shared"
    assert row.first[0] == 0
    assert row.first[-1] < len(row.ids)


def test_nothing_is_cut_from_nothing(tokenizer: Tokenizer) -> None:
    row = cut(tokenizer, "", np.array([], dtype=np.int64))
    assert len(row.ids) == len(row.first) == 0
