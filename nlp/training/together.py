"""Fit entities and measures together: the lower layers serve both, each has upper layers of its own.

Measures learnt on lower layers that stay as the entities left them reach a span F of 0.49 on the gold, trained together
0.60; the entities lose about a hundredth (docs/model.md).
"""

from __future__ import annotations

import copy
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from nlp.labelling import ENTITIES, MODALITIES, bio_labels
from nlp.training.encoder import LAYERS, SEED, SHARED, THREADS, Trained
from nlp.training.fit import BETAS, loss_of, parameter_groups, warm_then_falling
from nlp.training.measures import labelled, read_annotations
from nlp.training.network import Encoder, Tagger
from nlp.training.stretches import Stretches, read_split

WARM, LAST = 0.06, 0.02
REPORT, RECENT = 20, 40  # steps between two reports; batches of a kind whose loss is averaged in them


@dataclass(frozen=True, slots=True)
class Both:
    """Two networks on the same lower layers."""

    entities: Tagger
    measures: Tagger


@dataclass(frozen=True, slots=True)
class Round:
    """So many epochs of each kind; the rates at their highest. Every round ends with hardly any."""

    entities: float
    measures: float
    rate: float
    entity_head_rate: float
    measure_head_rate: float


ROUNDS = (Round(1.2, 6.5, 1.2e-4, 2.4e-4, 1e-3), Round(1.5, 2.0, 6e-5, 1.2e-4, 1.2e-4))


def fit_together(trained: Trained, corpus: Path, *, most: int = 0) -> Tagger:
    """Go on from fitted entities, a batch of entities or of measures at a time, in an order drawn by chance.

    Returns the entities' network. Its lower layers know measures now; a head is fitted on them once they stand still
    (``nlp/training/head.py``).

    Args:
        most: stop each round after so many steps of the same schedule (0: none).

    Raises:
        AnnotationError: a document that was annotated is not in the corpus.
    """
    torch.set_num_threads(THREADS)
    torch.manual_seed(SEED)
    both = _begin(trained)
    tokenizer = Tokenizer.from_str(json.dumps(trained.tokenizer))
    documents = read_split(corpus / "train")
    annotated = [labelled(document, corpus) for document in read_annotations()]
    for number, plan in enumerate(ROUNDS):
        if number:
            torch.manual_seed(SEED + number)
        entities = Stretches(documents, tokenizer, bio_labels(ENTITIES), SEED + number)
        measures = Stretches(annotated, tokenizer, bio_labels(MODALITIES), SEED + number)
        fit_round(both, entities, measures, plan, most=most)
    return both.entities


def fit_round(both: Both, entities: Stretches, measures: Stretches, plan: Round, *, most: int = 0) -> None:
    """Fit both by one plan, printing how the losses fall."""
    turns = [both.entities] * int(entities.steps() * plan.entities)
    turns += [both.measures] * int(measures.steps() * plan.measures)
    random.Random(SEED).shuffle(turns)
    batches = {both.entities: entities.forever(), both.measures: measures.forever()}
    losses: dict[Tagger, list[float]] = {both.entities: [], both.measures: []}
    network = nn.ModuleList([both.entities, both.measures])
    optimizer = _optimizer(both, plan)
    schedule = warm_then_falling(optimizer, len(turns), WARM, LAST)
    begun = time.monotonic()
    for step, model in enumerate(turns, start=1):
        network.train()
        loss = loss_of(model, next(batches[model]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(_encoder(both), 1.0)
        optimizer.step()
        schedule()
        losses[model].append(loss.item())
        if step % REPORT == 0:
            entity, measure = (_mean(losses[each][-RECENT:]) for each in (both.entities, both.measures))
            print(
                f"step {step} of {len(turns)}: entities {entity:.4f}, measures {measure:.4f}, "
                f"{time.monotonic() - begun:.0f} s",
                flush=True,
            )
        if step == most:
            break


def _begin(trained: Trained) -> Both:
    """Copies of what was fitted; the measures' upper layers begin as the entities' own."""
    fitted = trained.model
    entities = Tagger(Encoder(trained.sizes, LAYERS, len(fitted.enc.word.weight)), fitted.head.out_features)
    entities.load_state_dict(fitted.state_dict())
    encoder = copy.deepcopy(entities.enc)
    encoder.share(entities.enc, SHARED)
    return Both(entities, Tagger(encoder, len(bio_labels(MODALITIES))))


def _encoder(both: Both) -> list[nn.Parameter]:
    """The parameters of all layers, the shared ones once."""
    return list(dict.fromkeys((*both.entities.enc.parameters(), *both.measures.enc.parameters())))


def _optimizer(both: Both, plan: Round) -> torch.optim.Optimizer:
    heads = {both.entities.head: plan.entity_head_rate, both.measures.head: plan.measure_head_rate}
    return torch.optim.AdamW(parameter_groups(_encoder(both), plan.rate, heads), betas=BETAS, fused=True)


def _mean(values: list[float]) -> float:
    return sum(values) / max(1, len(values))
