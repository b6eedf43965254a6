"""What messages promise, and where they contradict each other."""

from desireline.service.promises.door import PromisesDoor

__all__ = ["PromisesDoor"]
