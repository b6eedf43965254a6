"""What leaves the workspace: e-mails and calls of webhooks; `DeliveriesDoor` is the door."""

from desireline.service.deliveries.door import DeliveriesDoor

__all__ = ["DeliveriesDoor"]
