"""Sentiment of a workspace's feedback."""

from desireline.service.sentiment.door import Sentiment

__all__ = ["Sentiment"]
