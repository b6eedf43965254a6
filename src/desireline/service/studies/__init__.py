"""Interviews, user tests and focus groups, kept as evidence."""

from desireline.service.studies.door import Studies

__all__ = ["Studies"]
