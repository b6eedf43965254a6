"""Topics of feedback: found, and changed by hand."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.paging import Filtered, Limit, Offset
from desireline.model.definition import Strict
from desireline.model.summary import PeoplePage
from desireline.model.topics import NewTopicEdit, TopicAsked, TopicEdit, WorkspaceTopics

router = APIRouter(prefix="/topics", tags=["topics"])


def _asked(
    filters: Filtered,
    language: Annotated[Literal["en", "pl", "hr", "other"] | None, Query(description="Else that of most texts")] = None,
    k: Annotated[int | None, Query(ge=2, le=200, description="How many; a rule says it if absent")] = None,
    period: Annotated[Literal["week", "month"], Query(description="Of trends")] = "month",
) -> TopicAsked:
    return TopicAsked(filters=filters, language=language, k=k, period=period)


Which = Annotated[TopicAsked, Depends(_asked)]


class TopicTexts(Strict):
    """Texts of a topic, newest first; `total` of them there are."""

    total: int
    texts: list[str]


@router.get("")
def find(workspace: InWorkspace, asked: Which) -> WorkspaceTopics:
    """The topics of the feedback in one language, with changes by hand applied."""
    return workspace.topics.find(asked)


@router.get("/edits")
def edits(workspace: InWorkspace) -> list[TopicEdit]:
    """Changes by hand, oldest first."""
    return workspace.topics.edits()


@router.post("/edits")
def edit(workspace: InWorkspace, asked: NewTopicEdit) -> TopicEdit:
    """Renames, merges, splits, moves or hides; remembered."""
    return workspace.topics.edit(asked)


@router.delete("/edits/{edit_id}", status_code=204, response_class=Response)
def undo(workspace: InWorkspace, edit_id: str) -> None:
    """Forgets a change by hand."""
    workspace.topics.undo(edit_id)


@router.get("/{topic}/texts")
def texts(workspace: InWorkspace, topic: str, asked: Which, limit: Limit = 50, offset: Offset = 0) -> TopicTexts:
    """Texts of a topic, newest first."""
    total, found = workspace.topics.texts(topic, asked, limit, offset)
    return TopicTexts(total=total, texts=found)


@router.get("/{topic}/people")
def people(workspace: InWorkspace, topic: str, asked: Which, limit: Limit = 50, offset: Offset = 0) -> PeoplePage:
    """The very people who wrote about a topic."""
    return workspace.topics.people(topic, asked, limit, offset)
