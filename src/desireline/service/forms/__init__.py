"""Feedback forms: made, sent to people, answered, and their answers brought into the lake."""

from desireline.service.forms.door import Forms

__all__ = ["Forms"]
