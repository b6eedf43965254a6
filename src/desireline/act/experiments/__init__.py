"""Experiments: assignment by hash, and the analysis of what came of it."""
