"""Detectors of obstacles: each finds the events at which one kind of trouble shows, by a rule that can be said."""
