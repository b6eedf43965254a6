"""Deliveries: what was sent, what waits, what was given up."""

from typing import Annotated

from fastapi import APIRouter, Body

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Limit, Offset
from desireline.model.delivery import Deliveries, Delivery, DeliverySettings, DeliveryState, Flushed

router = APIRouter(prefix="/deliveries", tags=["deliveries"])


@router.get("")
def listed(
    workspace: InWorkspace, state: DeliveryState | None = None, limit: Limit = 50, offset: Offset = 0
) -> Deliveries:
    """What was and will be sent, newest first."""
    return workspace.deliveries.page(state, limit, offset)


@router.get("/settings")
def settings(workspace: InWorkspace) -> DeliverySettings:
    """How this workspace sends; the password is not told."""
    return workspace.deliveries.settings()


@router.post("/flush")
def flush(workspace: InWorkspace) -> Flushed:
    """Sends what is due now; the server does so by itself."""
    return workspace.deliveries.flush()


@router.post("/test")
def test(workspace: InWorkspace, language: Language, to: Annotated[str, Body(embed=True, max_length=1000)]) -> Delivery:
    """Sends a recipient a word, to see whether it arrives."""
    return workspace.deliveries.test(to, language)


@router.get("/{delivery}")
def one(workspace: InWorkspace, delivery: str) -> Delivery:
    """A delivery."""
    return workspace.deliveries.get(delivery)


@router.post("/{delivery}/again")
def again(workspace: InWorkspace, delivery: str) -> Delivery:
    """Lets one be tried at once that waits, was given up or was cancelled."""
    return workspace.deliveries.again(delivery)


@router.post("/{delivery}/cancel")
def cancel(workspace: InWorkspace, delivery: str) -> Delivery:
    """Keeps one that waits from being sent."""
    return workspace.deliveries.cancel(delivery)
