"""A hostile web: ways to misbehave, and how each must end. ``catalogue.TRAPS`` lists them."""
