"""What the components decide by: words, clauses and cues. Pure, without a pipeline."""
