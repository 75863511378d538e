"""``evaluate``: how well the models read, as tables."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nlp.evaluation.entities import Figures
    from nlp.evaluation.gold import MarkedText
    from nlp.evaluation.reading import ReadingScore

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the sample's pages are as they are, whenever they are read


@click.command()
@click.option(
    "--ner",
    "corpus",
    metavar="CONLL_DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A split of NorNE in NDT's columns (nob/*.conll, nno/*.conll): entities, speed, memory.",
)
@click.option(
    "--read",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with gold.jsonl, texts/ and, perhaps, actors.jsonl: measures, quotes, actors.",
)
@click.option("--model", metavar="NAME", help="This model alone (else the shipped ones and spaCy's where installed).")
def evaluate(corpus: Path | None, folder: Path | None, model: str | None) -> int:
    """Measure how well the models read. Without options: measures and actors in the shipped sample."""
    if corpus:
        from nlp.evaluation.entities import compare, models_to_compare

        click.echo(entity_tables(list(compare(models_to_compare(model), corpus))))
    if folder or not corpus:
        from nlp.evaluation.gold import read_marked, score
        from nlp.pipeline import load_pipeline, model_name

        marked = read_marked(folder) if folder else marked_sample()
        pipeline = load_pipeline(model)
        click.echo(f"{model_name(pipeline)} on {len(marked)} documents of {folder or 'the shipped sample'}\n")
        click.echo(reading_table(score(pipeline, marked)))
    return 0


def marked_sample() -> list[MarkedText]:
    """The articles of the shipped sample in which measures and actors are marked."""
    from corpus.extract import extract_page
    from corpus.sample.server import SITES
    from nlp.evaluation.gold import MarkedText
    from nlp.evaluation.matching import places

    marked = []
    for line in (SITES.parent / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = SITES / row["doc"].split("//")[1].rstrip("/")
        page = path / "index.html" if path.is_dir() else path.with_name(path.name + ".html")
        text = extract_page(page.read_bytes(), source_id="sample", url=row["doc"], fetched_at=EPOCH).text
        measures = [
            {**measure, "start": start, "end": end}
            for measure in row["measures"]
            for start, end in places(text, measure["measure"])[:1]
        ]
        people = [{"aliases": [], **person} for person in row["people"]]
        organisations = [{"name": name, "aliases": []} for name in row["organisations"]]
        marked.append(MarkedText(row["doc"], text, measures, {"people": people, "organisations": organisations}))
    return marked


def reading_table(score: ReadingScore) -> str:
    """What was right, one figure a line; quotes where somebody marked them."""
    from tabulate import tabulate

    rows: list[list[str]] = [
        ["measures, span F", f"{score.measures.f:.3f}"],
        ["measures with the right proposer, F", f"{score.with_proposer.f:.3f}"],
        ["modality right, of measures found", f"{score.modality.share:.3f}"],
    ]
    if score.quotes.marked:
        rows += [
            ["direct quotes, span F", f"{score.direct_quotes.f:.3f}"],
            ["all quotes, span F", f"{score.quotes.f:.3f}"],
            ["speaker right, of quotes found", f"{score.speaker.share:.3f}"],
        ]
    rows += [
        ["people, F", f"{score.people.f:.3f}"],
        ["people, wrong merges", str(score.wrong_merges)],
        ["role right, of people found", f"{score.role.share:.3f}"],
        ["organisations, F", f"{score.organisations.f:.3f}"],
    ]
    return tabulate(rows, headers=["figure", ""], tablefmt="github", disable_numparse=True)


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
    if "nob" in parts and len(figures) > 1:
        for name, f in CARDS.items():
            if name not in measured:
                cells = [f"{f:.3f}" if part == "nob" else "" for part in parts]
                rows.append([f"{name} (its card, nob dev)", *cells, *[""] * 6])
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
