"""``python -m nlp.training --corpus DIR``: from NorNE to the pipeline directory ``nlp/models/nb_helse_fast``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nlp.training.corpus import CorpusError
from nlp.training.train import train_fast

MODELS = Path(__file__).parent.parent / "models"


def main() -> int:
    """Train and say where the model is. Exit code 2 when the corpus is not there."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="folder with NorNE's train/ and dev/, in NDT's columns"
    )
    parser.add_argument("--output", type=Path, default=MODELS / "nb_helse_fast", help="pipeline directory to write")
    parser.add_argument("--max-steps", type=int, default=0, help="stop early: for trying the command out")
    args = parser.parse_args()
    try:
        scores = train_fast(args.corpus, args.output, max_steps=args.max_steps)
    except CorpusError as error:
        print(f"nlp.training: {error}", file=sys.stderr)
        return 2
    print(f"{args.output}: entity F {scores['nob']:.3f} (nob dev), {scores['nno']:.3f} (nno dev)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
