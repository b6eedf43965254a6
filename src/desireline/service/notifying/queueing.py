"""Notices on their way out of the workspace: a delivery for each subscription, signed and tried again as all are."""

from typing import TYPE_CHECKING, cast

from desireline.i18n import translate
from desireline.model.notice import Notice, Subscription
from desireline.service.shelf import Shelf

if TYPE_CHECKING:
    from desireline.service.opened import Opened
    from desireline.service.questioning import Questioning


def shelf(workspace: "Opened") -> Shelf[Subscription]:
    """All subscriptions."""
    return Shelf(workspace.records, "subscription", Subscription)


def queue(workspace: "Opened", notice: Notice) -> None:
    """Have everybody told who subscribed; what is queued is sent by whoever sends deliveries."""
    wanted = [one for one in shelf(workspace).all() if one.wants(notice)]
    if not wanted:
        return
    from desireline.service.deliveries import DeliveriesDoor

    door = DeliveriesDoor(cast("Questioning", workspace))
    for one in wanted:
        key = f"notice:{one.id}:{notice.noun}:{notice.id}:{notice.revision}:{notice.kind}"
        noun, kind = (
            translate(one.language, f"notice.{what}") for what in (f"noun.{notice.noun}", f"kind.{notice.kind}")
        )
        subject = translate(one.language, "delivery.change.subject", name=notice.name, noun=noun, kind=kind)
        fields = ", ".join(notice.change)
        text = subject if not fields else f"{subject}\n\n{translate(one.language, 'notice.fields', fields=fields)}"
        facts = notice.model_dump(mode="json")
        door.queue(key, one.to, (notice.noun, notice.name), subject, text, facts)
