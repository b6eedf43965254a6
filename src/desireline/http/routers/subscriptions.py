"""Subscriptions: who is told when an action or an annotation changes."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.model.notice import NewSubscription, Subscription

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"])


@router.get("")
def listed(workspace: InWorkspace) -> list[Subscription]:
    """All of them, oldest first."""
    return workspace.subscriptions.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewSubscription) -> Subscription:
    """Keeps a new one."""
    return workspace.subscriptions.create(asked)


@router.delete("/{subscription}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    subscription: str,
    revision: Annotated[int | None, Query(ge=1, description="As it was seen")] = None,
) -> None:
    """Forgets one; what is queued is still sent."""
    workspace.subscriptions.remove(subscription, revision)
