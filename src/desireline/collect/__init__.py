"""Bytes to events: readers of formats, mappings, presets, and what was rejected and why."""
