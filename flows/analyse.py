"""``analyse``: read files and say what stands in them, without a warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.article import Article
from corpus.errors import ExtractionError
from corpus.files import read_file, walk_files

if TYPE_CHECKING:
    from spacy.language import Language

    from nlp.analysis import Analysis

FILES_A_BATCH = 32


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in order."""
    for path in paths:
        yield from walk_files(path) if path.is_dir() else [path]


def read_articles(
    paths: Sequence[Path], source_id: str, now: datetime, complain: Callable[[str], None]
) -> Iterator[tuple[Path, Article]]:
    """Each file with its article; one that holds none is complained of in one line and left out."""
    for path in files_of(paths):
        try:
            yield path, read_file(path, source_id=source_id, fetched_at=now)
        except ExtractionError as error:
            complain(str(error))


def analyse_files(
    paths: Sequence[Path], pipeline: Language, now: datetime, complain: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """One JSON-ready object a document, in the order of the paths."""
    from nlp.reading import read

    batch: list[tuple[Path, Article]] = []

    def flush() -> Iterator[dict[str, Any]]:
        analyses = read(pipeline, [(str(path), article.text) for path, article in batch])
        for (path, article), analysis in zip(batch, analyses, strict=True):
            yield document(str(path), article, analysis)
        batch.clear()

    for pair in read_articles(paths, "analyse", now, complain):
        batch.append(pair)
        if len(batch) == FILES_A_BATCH:
            yield from flush()
    yield from flush()


def document(name: str, article: Article, analysis: Analysis) -> dict[str, Any]:
    """One line of ``analyse --jsonl``."""
    found = asdict(analysis)
    return {
        "doc": name,
        "language": analysis.language,
        "title": article.title,
        "published": article.published_on.isoformat() if article.published_on else None,
        "text": article.text,
        **{key: found[key] for key in ("mentions", "people", "organisations", "measures", "quotes")},
    }


def overview(document: dict[str, Any]) -> str:
    """A document as a few lines for the terminal."""
    lines = [f"{document['doc']}: {document['title']} ({document['published'] or 'no date'}, {document['language']})"]
    for person in document["people"]:
        role = ", ".join(part for part in (person["role"], person["organisation"]) if part)
        lines.append(f"  person        {person['name']}" + (f" ({role})" if role else ""))
    lines += [f"  organisation  {organisation['name']}" for organisation in document["organisations"]]
    for measure in document["measures"]:
        lines.append(f"  {measure['modality']:12}  {measure['proposer'] or '?'}: {measure['text']}")
    return "\n".join(lines)
