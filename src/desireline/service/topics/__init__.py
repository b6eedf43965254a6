"""Topics of a workspace's feedback."""

from desireline.service.topics.door import Topics

__all__ = ["Topics"]
