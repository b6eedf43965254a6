"""What people said: the stream, counts, quotes."""

from desireline.service.feedback.door import FeedbackDoor

__all__ = ["FeedbackDoor"]
