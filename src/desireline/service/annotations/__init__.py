"""Annotations: what happened on a day, beside the figures of that time."""

from desireline.service.annotations.door import Annotations

__all__ = ["Annotations"]
