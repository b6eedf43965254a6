"""What of a KPI is told to whom; `Alerts` is the door."""

from desireline.service.alerts.door import Alerts

__all__ = ["Alerts"]
