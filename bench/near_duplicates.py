"""``python -m bench.near_duplicates``: are reprints told from what only looks like one, and how fast?

The pairs are those of ``bench/reprints.toml``: every two texts of one release are the same story, all others are not.
"""

from __future__ import annotations

import itertools
import statistics
import time
import tomllib
from pathlib import Path
from typing import Any

from tabulate import tabulate

from warehouse.signatures import Compared, bands, likeness, runs

PAIRS = Path(__file__).parent / "reprints.toml"


def stories() -> list[list[str]]:
    """The texts of the gold set, story by story."""
    gold = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    releases = [
        ["\n\n".join([release["title"], *release["text"]]), *(_reprint(release, how) for how in release["reprint"])]
        for release in gold["release"]
    ]
    return releases + [["\n\n".join(other[side])] for other in gold["other"] for side in ("one", "other")]


def _reprint(release: dict[str, Any], how: dict[str, Any]) -> str:
    kept = [release["text"][number] for number in how["keep"]]
    lead, tail = ([how[part]] if part in how else [] for part in ("lead", "tail"))
    text = "\n\n".join([how["title"], *lead, *kept, *tail])
    for old, new in how.get("replace", []):
        text = text.replace(old, new)
    return text


def judged() -> list[tuple[bool, bool, str, str]]:
    """Every pair: whether it is one story, whether it is taken for one, and how the two begin."""
    texts = [(number, text) for number, story in enumerate(stories()) for text in story]
    read = {text: Compared.of(text) for _, text in texts}
    met = {text: set(bands(read[text].runs)) for _, text in texts}
    return [
        (
            one == other,
            not met[text].isdisjoint(met[other_text]) and likeness(read[text], read[other_text]) is not None,
            text.partition("\n")[0],
            other_text.partition("\n")[0],
        )
        for (one, text), (other, other_text) in itertools.combinations(texts, 2)
    ]


def precision_and_recall() -> tuple[float, float]:
    """Of the pairs taken for one story the share that is one; of those that are one the share that is found."""
    pairs = judged()
    found = sum(same and taken for same, taken, *_ in pairs)
    return found / sum(taken for _, taken, *_ in pairs), found / sum(same for same, *_ in pairs)


def _milliseconds_a_text() -> float:
    texts = [text * 3 for story in stories() for text in story]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        for text in texts:
            bands(runs(text))
        times.append((time.perf_counter() - begun) / len(texts) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    pairs = judged()
    precision, recall = precision_and_recall()
    wrong = [(one, other, "missed" if same else "taken for one") for same, taken, one, other in pairs if same != taken]
    if wrong:
        print(tabulate(wrong, headers=("one", "other", "")), end="\n\n")
    print(f"{sum(same for same, *_ in pairs)} of {len(pairs)} pairs are one story")
    print(f"precision {precision:.3f}, recall {recall:.3f}; a signature {_milliseconds_a_text():.2f} ms")
