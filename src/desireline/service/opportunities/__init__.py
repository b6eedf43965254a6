"""Opportunities: kept, measured, ranked as far as there is an order, and never added up."""

from desireline.service.opportunities.door import Opportunities

__all__ = ["Opportunities"]
