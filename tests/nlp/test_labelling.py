"""Labels that cannot stand together never do."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.labelling import BioDecoder, log_softmax

DECODER = BioDecoder(["PER", "ORG"])
OUT, B_PER, I_PER, B_ORG, I_ORG = range(5)


def scores(*labels: int) -> np.ndarray:
    rows = np.zeros((len(labels), 5), dtype=np.float32)
    rows[np.arange(len(labels)), labels] = 5
    return log_softmax(rows)


def test_stretches_are_found_with_their_kind() -> None:
    assert list(DECODER.spans(scores(B_PER, I_PER, OUT, B_ORG, B_ORG, I_ORG))) == [
        (0, 2, "PER"), (3, 4, "ORG"), (4, 6, "ORG"),
    ]  # fmt: skip


def test_a_stretch_without_a_beginning_gets_the_likeliest_that_is_allowed() -> None:
    rows = scores(OUT, I_ORG, I_ORG)
    rows[1, B_ORG] = rows[1, I_ORG] - 1
    assert list(DECODER.spans(rows)) == [(1, 3, "ORG")]


def test_a_word_of_which_nothing_is_known_is_bridged_inside_a_name_and_left_out_after_it() -> None:
    unknown = np.full((1, 5), -np.log(5), dtype=np.float32)
    inside = np.concatenate([scores(B_ORG), unknown, scores(I_ORG)])
    assert list(DECODER.spans(inside)) == [(0, 3, "ORG")]
    after = np.concatenate([scores(B_ORG), unknown, scores(OUT)])
    assert list(DECODER.spans(after)) == [(0, 1, "ORG")]


@given(arrays(np.float32, st.tuples(st.integers(0, 30), st.just(5)), elements=st.floats(-10, 10, width=32)))
def test_any_scores_give_stretches_in_order_without_overlap(rows: np.ndarray) -> None:
    spans = list(DECODER.spans(log_softmax(rows)))
    ends = [0]
    for start, end, kind in spans:
        assert ends[-1] <= start < end <= len(rows)
        assert kind in ("PER", "ORG")
        ends.append(end)
