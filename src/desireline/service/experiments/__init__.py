"""Experiments: of files, and of the workspace."""
