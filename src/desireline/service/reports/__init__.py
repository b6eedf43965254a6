"""Maps, KPIs, obstacles and verdicts as documents; `Reports` is the door."""

from desireline.service.reports.door import Reports

__all__ = ["Reports"]
