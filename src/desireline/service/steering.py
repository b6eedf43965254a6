"""What an organisation steers by, as properties of its workspace: dashboards, goals, alerts, reports."""

from typing import TYPE_CHECKING, cast

from desireline.service.questioning import Questioning

if TYPE_CHECKING:
    from desireline.service.alerts import Alerts
    from desireline.service.anomalies import AnomaliesDoor
    from desireline.service.dashboards import Dashboards
    from desireline.service.deliveries import DeliveriesDoor
    from desireline.service.goals import Goals
    from desireline.service.notifying import Subscriptions
    from desireline.service.reports import Reports
    from desireline.service.workspace import Workspace


class Steering(Questioning):
    """The part of a workspace that says how things stand, and tells others."""

    @property
    def _whole(self) -> "Workspace":
        return cast("Workspace", self)

    @property
    def deliveries(self) -> "DeliveriesDoor":
        """What is sent to others: e-mails and calls of webhooks."""
        from desireline.service.deliveries import DeliveriesDoor

        return DeliveriesDoor(self._whole)

    @property
    def subscriptions(self) -> "Subscriptions":
        """Who is told when an action or an annotation changes."""
        from desireline.service.notifying import Subscriptions

        return Subscriptions(self)

    @property
    def dashboards(self) -> "Dashboards":
        """KPIs as a team arranges them, and all that they show at once."""
        from desireline.service.dashboards import Dashboards

        return Dashboards(self._whole)

    @property
    def goals(self) -> "Goals":
        """What is steered towards, and the tree of KPIs under it."""
        from desireline.service.goals import Goals

        return Goals(self._whole)

    @property
    def anomalies(self) -> "AnomaliesDoor":
        """Days of KPIs that are not as their weekday and season let expect."""
        from desireline.service.anomalies import AnomaliesDoor

        return AnomaliesDoor(self._whole)

    @property
    def alerts(self) -> "Alerts":
        """What of a KPI is told to whom."""
        from desireline.service.alerts import Alerts

        return Alerts(self._whole)

    @property
    def reports(self) -> "Reports":
        """Maps, KPIs, obstacles and verdicts as documents, made and sent by a schedule."""
        from desireline.service.reports import Reports

        return Reports(self._whole)
