"""The encoder and a labelling head as a PyTorch network, for training only. Shapes: (texts, subwords, width)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.training.e5 import Floats, Sizes

DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of a BERT: attention, then two dense maps, each added to what came in and normed after."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.ao = nn.Linear(sizes.width, sizes.width)
        self.aln = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.fi = nn.Linear(sizes.width, sizes.inner)
        self.fo = nn.Linear(sizes.inner, sizes.width)
        self.oln = nn.LayerNorm(sizes.width, eps=sizes.epsilon)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        texts, length, width = x.shape
        queries, keys, values = (
            self.qkv(x).view(texts, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        )
        attended = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        attended = self.ao(attended.transpose(1, 2).reshape(texts, length, width))
        x = self.aln(x + functional.dropout(attended, DROPOUT, self.training))
        inner = self.fo(functional.gelu(self.fi(x)))
        result: Tensor = self.oln(x + functional.dropout(inner, DROPOUT, self.training))
        return result

    @torch.no_grad()
    def take(self, weights: dict[str, Floats], number: int) -> None:
        """Take the weights of e5's layer ``number``, counted from 0."""
        of_layer = {name.split(".", 1)[1]: values for name, values in weights.items() if name.startswith(f"l{number}.")}
        for part, name in (("w", "weight"), ("b", "bias")):
            joined = np.concatenate([of_layer[f"{which}.{part}"] for which in "qkv"])
            getattr(self.qkv, name).copy_(torch.from_numpy(joined))
            for module in ("ao", "fi", "fo", "aln", "oln"):
                getattr(getattr(self, module), name).copy_(torch.from_numpy(of_layer[f"{module}.{part}"]))


class Encoder(nn.Module):
    """Subwords to vectors that know their surroundings: the first layers of a BERT."""

    def __init__(self, sizes: Sizes, layers: int, vocabulary: int) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, sizes.width)
        self.pos = nn.Embedding(sizes.positions, sizes.width)
        self.typ = nn.Parameter(torch.zeros(sizes.width))
        self.eln = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(layers))

    def share(self, other: Encoder, layers: int) -> None:
        """Take the subwords' vectors and so many lower layers of another as one's own: they are fitted as one."""
        self.word, self.pos, self.typ, self.eln = other.word, other.pos, other.typ, other.eln
        for number in range(layers):
            self.layers[number] = other.layers[number]

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Vectors (texts, subwords, width) of ids (texts, subwords); ``mask`` is False where a text is filled up."""
        x = self.eln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.typ)
        x = functional.dropout(x, DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, None if mask is None else mask[:, None, None, :])
        return x

    @torch.no_grad()
    def take(self, weights: dict[str, Floats], keep: npt.NDArray[np.int64]) -> None:
        """Take e5's weights: those of the subwords kept, and of the first layers."""
        width = self.typ.shape[0]
        self.word.weight.copy_(torch.from_numpy(weights["emb.word"][keep]))
        self.pos.weight.copy_(torch.from_numpy(weights["emb.pos"].reshape(-1, width)[: len(self.pos.weight)]))
        self.typ.copy_(torch.from_numpy(weights["emb.type"][:width]))
        self.eln.weight.copy_(torch.from_numpy(weights["emb.ln.w"]))
        self.eln.bias.copy_(torch.from_numpy(weights["emb.ln.b"]))
        for number, layer in enumerate(self.layers):
            layer.take(weights, number)


class Upper(nn.Module):
    """A head by itself: upper layers of its own on what the shared ones give, and a dense map to the labels' scores."""

    def __init__(self, sizes: Sizes, layers: int, labels: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(layers))
        self.head = nn.Linear(sizes.width, labels)

    def forward(self, hidden: Tensor, mask: Tensor | None = None) -> Tensor:
        """Scores (texts, subwords, labels) of vectors (texts, subwords, width)."""
        for layer in self.layers:
            hidden = layer(hidden, None if mask is None else mask[:, None, None, :])
        scores: Tensor = self.head(functional.dropout(hidden, DROPOUT, self.training))
        return scores


class Tagger(nn.Module):
    """The encoder with one dense map to the labels' scores."""

    def __init__(self, encoder: Encoder, labels: int) -> None:
        super().__init__()
        self.enc = encoder
        self.head = nn.Linear(encoder.typ.shape[0], labels)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Scores (texts, subwords, labels)."""
        scores: Tensor = self.head(functional.dropout(self.enc(ids, mask), DROPOUT, self.training))
        return scores
