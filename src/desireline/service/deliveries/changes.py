"""Changes of documents, told to those whom the owner named in the settings."""

from typing import TYPE_CHECKING

from desireline.model.notice import Notice
from desireline.service import settings

if TYPE_CHECKING:
    from desireline.service.opened import Opened


def tell(workspace: "Opened", notice: Notice) -> None:
    """Queue one change to everybody who is to be told: once each, whoever notices it."""
    to = settings.load(workspace.places.root).webhooks.on_change
    if not to:
        return
    from desireline.service.deliveries.door import DeliveriesDoor

    key = f"notice:{notice.noun}:{notice.id}:{notice.revision}:{notice.kind}"
    subject = f"{notice.noun} {notice.kind}: {notice.name}"
    lines = [f"{name}: {one.before} → {one.after}" for name, one in notice.change.items()]
    for one in to:
        DeliveriesDoor(workspace).queue(
            key, one, ("change", notice.name), subject, "\n".join(lines), {"notice": notice.model_dump(mode="json")}
        )
