"""Use cases: the only door for the surfaces."""
