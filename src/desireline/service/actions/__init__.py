"""Actions: who does what by when, the bet on what it will change, and what came of it."""

from desireline.service.actions.door import Actions

__all__ = ["Actions"]
