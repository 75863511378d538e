"""Who proposes a measure: what a document offers (``scene``), what speaks for each (``signs``), and the choice."""
