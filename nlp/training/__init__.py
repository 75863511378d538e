"""Training: from the NorNE corpus to the pipeline directories under ``nlp/models``."""
