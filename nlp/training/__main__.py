"""``python -m nlp.training MODEL --corpus DIR``: from NorNE to the shipped pipeline directory ``nlp/models/MODEL``.

``measures`` fits the measures' head of ``nb_helse`` alone, on the encoder that is there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from nlp.errors import AnnotationError

MODELS = Path(__file__).parent.parent / "models"


def main() -> int:
    """Train and say where the model is. Exit code 2 when the corpus or a package that training needs is not there."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument("model", choices=["nb_helse", "nb_helse_fast", "measures"], help="measures: that head alone")
    parser.add_argument(
        "--corpus", type=Path, required=True, help="folder with NorNE's train/ and dev/, in NDT's columns"
    )
    parser.add_argument("--output", type=Path, help="pipeline directory to write (default: the shipped one)")
    parser.add_argument("--max-steps", type=int, default=0, help="stop early: for trying the command out")
    args = parser.parse_args()
    output = args.output or MODELS / ("nb_helse" if args.model == "measures" else args.model)
    try:
        if args.model == "nb_helse_fast":
            from nlp.training.fast import train_fast

            scores = train_fast(args.corpus, output, max_steps=args.max_steps)
        else:
            from nlp.training.write import write_pipeline

            if args.model == "nb_helse":
                _fit_encoder(args.corpus, output, args.max_steps)
            elif args.output:
                shutil.copytree(MODELS / "nb_helse" / "encoder", output / "encoder", dirs_exist_ok=True)
            scores = write_pipeline(args.corpus, output, most=args.max_steps)
    except AnnotationError as error:
        print(f"nlp.training: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        print(f"nlp.training: {error}; see nlp/training/requirements.txt", file=sys.stderr)
        return 2
    print(f"{output}: entity F {scores['nob']:.3f} (nob dev), {scores['nno']:.3f} (nno dev)")
    return 0


def _fit_encoder(corpus: Path, output: Path, most: int) -> None:
    from nlp.training.encoder import fit_entities
    from nlp.training.together import fit_together
    from nlp.training.write import write_encoder

    trained = fit_entities(corpus, steps=most)
    write_encoder(trained, fit_together(trained, corpus, most=most), corpus, output)


if __name__ == "__main__":
    sys.exit(main())
