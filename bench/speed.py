"""``python -m bench.speed``: words/s of the model and of reading, articles/s of a run, in one go, with the machine.

Figures of different machines do not compare; the ratios of one run do. Texts are the shipped sample's.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import spacy
from tabulate import tabulate

from bench.machine import machine
from corpus.errors import ExtractionError
from corpus.extract import extract_page
from flows.demo import sample_place
from flows.embedded import prefect_server
from flows.job import run_job
from nlp.pipeline import BEST, FAST, MODELS, load_pipeline, model_name
from nlp.reading import read

SITES = Path(__file__).parent.parent / "corpus" / "sample" / "sites"
ROUNDS = 3
COPIES = 5  # of the sample's texts: enough words that a round takes seconds


def sample_texts() -> list[tuple[str, str]]:
    """The sample's articles as (id, text)."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    texts = []
    for path in sorted(SITES.rglob("*.html")):
        try:
            article = extract_page(path.read_bytes(), source_id="bench", url=path.as_uri(), fetched_at=now)
        except ExtractionError:
            continue  # a page of the sample that is no article
        texts.append((str(path), article.text))
    return texts * COPIES


def seconds(work: Callable[[], object]) -> float:
    """The median wall time of a few rounds, after one that is not counted."""
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    texts = sample_texts()
    words = sum(len(text.split()) for _, text in texts)
    bare = spacy.load(MODELS / BEST)
    fast = spacy.load(MODELS / FAST, exclude=["tagger"])
    whole, whole_fast = load_pipeline(), load_pipeline(FAST)
    plain = [text for _, text in texts]
    times = {
        "entities alone": seconds(lambda: list(bare.pipe(plain))),
        "the whole of analyse": seconds(lambda: list(read(whole, texts))),
        f"entities alone, {FAST}": seconds(lambda: list(fast.pipe(plain))),
        f"the whole of analyse, {FAST}": seconds(lambda: list(read(whole_fast, texts))),
    }
    entities = times["entities alone"]
    rows = [[name, f"{words / t:,.0f} words/s", f"{entities / t:.2f}"] for name, t in times.items()]
    with tempfile.TemporaryDirectory() as folder:
        with sample_place(Path(folder) / "plain") as (place, sources):
            report = run_job(place, sources)
            saved = sum(source.outcomes["saved"] for source in report.sources)
            rows.append(["run on the sample, without Prefect", f"{saved / report.seconds:.1f} articles/s", ""])
        begun = time.perf_counter()
        with prefect_server(Path(folder) / "prefect"), sample_place(Path(folder) / "flow") as (place, sources):
            started = time.perf_counter() - begun
            from flows.daily import daily  # Prefect reads its settings when it is imported

            report = daily(place, sources)
            rows.append(["run on the sample, as a Prefect flow", f"{saved / report.seconds:.1f} articles/s", ""])
        rows.append(["Prefect's server, first start in a new folder", f"{started:.1f} s", ""])
    print(f"{machine()}\n{model_name(whole)}, {words} words in {len(texts)} texts, median of {ROUNDS}\n")
    print(tabulate(rows, headers=["what", "speed", "of entities alone"], tablefmt="github"))


if __name__ == "__main__":
    main()
