"""Changes of documents, told to whoever subscribed: the one place from which webhooks and the like learn of them."""

from desireline.service.notifying.door import Subscriptions
from desireline.service.notifying.telling import Subscriber, changes, notify, subscribe, unsubscribe

__all__ = ["Subscriber", "Subscriptions", "changes", "notify", "subscribe", "unsubscribe"]
