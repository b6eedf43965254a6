"""KPIs as a team arranges them; `Dashboards` is the door."""

from desireline.service.dashboards.door import Dashboards

__all__ = ["Dashboards"]
