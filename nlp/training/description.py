"""What a user must know of a model: data with hashes, licence and scores, for its ``meta.json``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from spacy.language import Language


def describe(
    nlp: Language,
    corpus: Path,
    scores: dict[str, dict[str, Any]],
    *,
    name: str,
    version: str,
    description: str,
    notes: str,
    more_sources: list[dict[str, str]] | None = None,
) -> None:
    """Write name, data, scores and licence into ``nlp.meta``, which becomes ``meta.json``."""
    nlp.meta.update(
        {
            "name": name,
            "version": version,
            "description": description,
            "author": "Helseradar",
            "license": "MIT",
            "sources": [
                {
                    "name": "NorNE on the Norwegian Dependency Treebank, train split, nob and nno",
                    "license": "annotations CC0; the texts are not part of this model's directory",
                    "sha256": folder_hash(corpus / "train", "*.conll"),
                },
                *(more_sources or []),
            ],
            "performance": {
                f"{written}_dev": {
                    "ents_p": round(score["ents_p"], 4),
                    "ents_r": round(score["ents_r"], 4),
                    "ents_f": round(score["ents_f"], 4),
                    "ents_per_type": {
                        label: {k: round(v, 4) for k, v in values.items()}
                        for label, values in sorted(score["ents_per_type"].items())
                    },
                }
                for written, score in scores.items()
            },
            "notes": notes,
        }
    )


def folder_hash(folder: Path, pattern: str) -> str:
    """SHA-256 over the names and bytes of the files that fit, in the order of their paths."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
