"""``evaluate``: how well the models read, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nlp.evaluation.entities import Figures


@click.command()
@click.option(
    "--ner",
    "corpus",
    metavar="CONLL_DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="A split of NorNE in NDT's columns (nob/*.conll, nno/*.conll): entities, speed, memory.",
)
@click.option("--model", metavar="NAME", help="This model alone (else the shipped ones and spaCy's where installed).")
def evaluate(corpus: Path, model: str | None) -> int:
    """Measure how well the models read, on annotated text."""
    from nlp.evaluation.entities import compare, models_to_compare

    click.echo(entity_tables(list(compare(models_to_compare(model), corpus))))
    return 0


def entity_tables(figures: list[Figures]) -> str:
    """The models beside each other: all labels and cost, then label by label."""
    from tabulate import tabulate

    from nlp.evaluation.entities import CARDS
    from nlp.pipeline import FAST

    parts = list(dict.fromkeys(part for row in figures for part, _ in row.f))
    labels = list(dict.fromkeys(label for row in figures for _, label in row.f if label))
    fast = next((row.words_per_second for row in figures if row.model == FAST), None)
    rows = [
        [
            row.model,
            *(f"{row.f[part, '']:.3f}" for part in parts),
            f"{row.health[0]:.3f} / {row.health[1]:.2f}",
            f"{row.words_per_second:,.0f}",
            f"{row.words_per_second / fast:.2f}" if fast else "",
            f"{row.load_seconds:.1f}",
            f"{row.memory_mb:.0f}",
            f"{row.size_mb:.0f}",
        ]
        for row in figures
    ]
    measured = {row.model for row in figures}
    rows += [
        [f"{name} (its card, nob dev)", f"{f:.3f}", *[""] * (len(parts) + 5)]
        for name, f in CARDS.items()
        if name not in measured and len(figures) > 1
    ]
    parts_f = [f"F {part}" for part in parts]
    cost = ["words/s", f"of {FAST}", "load s", "memory MB", "size MB"]
    headers = ["model", *parts_f, "health F / spans", *cost]
    by_label = [
        [row.model, part, *(f"{row.f[part, label]:.3f}" for label in labels)] for row in figures for part in parts
    ]
    return "\n\n".join(
        [
            tabulate(rows, headers=headers, tablefmt="github", disable_numparse=True),
            tabulate(by_label, headers=["F by label", "", *labels], tablefmt="github", disable_numparse=True),
        ]
    )
