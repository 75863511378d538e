"""How well the models read, measured on annotated text."""
