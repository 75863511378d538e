"""The shared encoder: one pass through its lower layers serves every head (entities, measures …).

It leaves each head's scores for every word in ``doc.user_data``; that head's own component makes annotations of them.
Sums are of 8-bit integers with scales fixed when the model was made, and only windows of one text are read together, so
a text gets the same scores alone and in any batch. Documented in docs/model.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

from nlp.components.trained import pieces
from nlp.errors import ModelError
from nlp.labelling import Floats
from nlp.subwords import Window, cut, windows

SUBWORDS_FILE, LOWER_FILE = "subwords.json", "lower.onnx"
BEGIN, END = 0, 2  # the subwords that stand around every window
WINDOW, CONTEXT = 190, 20  # subwords; training read stretches of 64 to 192, and longer windows read worse
WINDOWS_AT_ONCE = 8


class SubwordEncoder:
    """Reads a document's words with the lower layers once, and with the upper layers of each head.

    Attributes:
        heads: names of the heads, each a file ``<name>.onnx`` beside the lower layers.
    """

    def __init__(self, heads: list[str]) -> None:
        self.heads = heads
        self._tokenizer: Any = None  # all three come with from_disk
        self._lower: Any = None
        self._upper: dict[str, Any] = {}
        self._files: dict[str, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.user_data[scores_key(head)]``: float32 of shape (words, labels); zeros where nothing was read."""
        scores = {head: np.zeros((len(doc), self._width(head)), dtype=np.float32) for head in self.heads}
        for places in pieces(doc):
            words = [i for i in places if not doc[i].is_space]
            if words:
                self._read(doc, words, scores)
        for head, values in scores.items():
            doc.user_data[scores_key(head)] = values
        return doc

    def _read(self, doc: Doc, words: list[int], scores: dict[str, Floats]) -> None:
        begin = doc[words[0]].idx
        end = doc[words[-1]].idx + len(doc[words[-1]])
        starts = np.array([doc[i].idx - begin for i in words], dtype=np.int64)
        row = cut(self._tokenizer, doc.text[begin:end], starts)
        known = np.flatnonzero(row.first >= 0)
        for batch in _batches(list(windows(len(row.ids), size=WINDOW, context=CONTEXT))):
            read = self._run(np.stack([row.ids[w.start : w.end] for w in batch]))
            for k, window in enumerate(batch):
                first = row.first[known]
                inside = known[(first >= window.core_start) & (first < window.core_end)]
                for head, values in read.items():
                    scores[head][np.array(words)[inside]] = values[k, row.first[inside] - window.start]

    def _run(self, ids: np.ndarray[Any, Any]) -> dict[str, Floats]:
        ends = np.ones((len(ids), 1), dtype=np.int64)
        hidden = self._lower.run(None, {"ids": np.concatenate([BEGIN * ends, ids, END * ends], axis=1)})[0]
        return {head: upper.run(None, {"hidden": hidden})[0][:, 1:-1] for head, upper in self._upper.items()}

    def _width(self, head: str) -> int:
        return int(self._upper[head].get_outputs()[0].shape[-1])

    def to_disk(self, path: str | Path, *, exclude: Any = ()) -> None:  # noqa: ARG002 (spaCy gives it)
        """Write the files that were read."""
        Path(path).mkdir(exist_ok=True)
        for name, content in self._files.items():
            (Path(path) / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Any = ()) -> SubwordEncoder:  # noqa: ARG002 (spaCy gives it)
        """Read the subwords, the lower layers and the heads.

        Raises:
            ModelError: a file is missing.
        """
        names = [SUBWORDS_FILE, LOWER_FILE, *(f"{head}.onnx" for head in self.heads)]
        for name in names:
            if not (Path(path) / name).is_file():
                raise ModelError(str(path), f"has no {name}; install the model again")
        self._files = {name: (Path(path) / name).read_bytes() for name in names}
        self._tokenizer = Tokenizer.from_str(self._files[SUBWORDS_FILE].decode("utf-8"))
        self._lower = open_session(self._files[LOWER_FILE])
        self._upper = {head: open_session(self._files[f"{head}.onnx"]) for head in self.heads}
        return self


def scores_key(head: str) -> str:
    """Where in ``doc.user_data`` a head's scores lie."""
    return f"helseradar.scores.{head}"


def _batches(row: list[Window]) -> Iterator[list[Window]]:
    for begin in range(0, len(row), WINDOWS_AT_ONCE):
        yield row[begin : begin + WINDOWS_AT_ONCE]


def open_session(content: bytes) -> onnxruntime.InferenceSession:
    """A network ready to run."""
    options = onnxruntime.SessionOptions()
    # Threads that wait by spinning take the cores from the other sessions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


@Language.factory("subword_encoder", default_config={"heads": ["entities"]})
def make_encoder(nlp: Language, name: str, heads: list[str]) -> SubwordEncoder:  # noqa: ARG001 (spaCy gives them)
    """An encoder without weights; ``from_disk`` brings them."""
    return SubwordEncoder(heads)
