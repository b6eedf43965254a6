"""Before and after a change: kept, measured day by day in the journey store, and judged."""

from desireline.service.before_after.door import BeforeAfters

__all__ = ["BeforeAfters"]
