"""Sentiment of feedback: by which model, how well it does, the texts themselves, and corrections."""

from typing import Annotated

from fastapi import APIRouter, Query

from desireline.http.desk import InWorkspace
from desireline.http.paging import Filtered, Limit, Offset
from desireline.model.sentiment import Correction, JudgedPage, NewCorrection, SentimentResult, Verdict

router = APIRouter(prefix="/sentiment", tags=["sentiment"])


@router.get("")
def told(workspace: InWorkspace, filters: Filtered) -> SentimentResult:
    """How people feel by their texts, with the model of each language and its measured quality."""
    return workspace.sentiment.told(filters)


@router.get("/texts")
def texts(
    workspace: InWorkspace,
    filters: Filtered,
    label: Annotated[Verdict | None, Query(description="Only these")] = None,
    language: Annotated[str | None, Query(description="Only texts in it: en, pl, hr, other", max_length=10)] = None,
    event: Annotated[list[int] | None, Query(description="Only the texts of these events", max_length=1000)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> JudgedPage:
    """Texts with what is said of them, newest first."""
    return workspace.sentiment.texts(filters, label, language, set(event) if event else None, limit, offset)


@router.get("/corrections")
def corrections(workspace: InWorkspace) -> list[Correction]:
    """What people said of texts, oldest first."""
    return workspace.sentiment.corrections()


@router.post("/corrections")
def correct(workspace: InWorkspace, asked: NewCorrection) -> Correction:
    """Says what a text says; it becomes a label."""
    return workspace.sentiment.correct(asked)
