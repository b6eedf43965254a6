"""What people said: the stream, counts, quotes, all of it as CSV."""

import itertools
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.day import Day
from desireline.model.feedback import FeedbackCounts, FeedbackFilters, FeedbackPage, Quotes
from desireline.model.scales import Band, Scale
from desireline.model.sentiment import JudgedBy, Verdict

router = APIRouter(prefix="/feedback", tags=["feedback"])

Names = Annotated[list[str] | None, Query(max_length=100)]


def _filters(
    touchpoint: Names = None,
    channel: Names = None,
    scale: Annotated[list[Scale] | None, Query()] = None,
    band: Annotated[list[Band] | None, Query()] = None,
    language: Names = None,
    survey: Names = None,
    question: Names = None,
    sentiment: Annotated[list[Verdict] | None, Query(description="What the texts are judged to say")] = None,
    judged_by: Annotated[list[JudgedBy] | None, Query(description="What that comes from")] = None,
    search: Annotated[str, Query(max_length=200, description="Words that the text holds, ignoring case")] = "",
    with_text: Annotated[bool | None, Query(description="Only feedback with words, or only without")] = None,
    since: Annotated[Day | None, Query(description="First day")] = None,
    until: Annotated[Day | None, Query(description="Last day")] = None,
    segment: Annotated[str | None, Query(description="Name of a saved segment")] = None,
) -> FeedbackFilters:
    return FeedbackFilters(
        touchpoints=touchpoint or [], channels=channel or [], scales=scale or [], bands=band or [],
        languages=language or [], surveys=survey or [], questions=question or [], sentiments=sentiment or [],
        judged_by=judged_by or [], search=search, with_text=with_text, since=since, until=until, segment=segment,
    )  # fmt: skip


Filtered = Annotated[FeedbackFilters, Depends(_filters)]


@router.get("")
def stream(workspace: InWorkspace, asked: Filtered, limit: Limit = 50, offset: Offset = 0) -> FeedbackPage:
    """Feedback, newest first."""
    return workspace.feedback.stream(asked, limit, offset)


@router.get("/counts")
def counts(workspace: InWorkspace, asked: Filtered) -> FeedbackCounts:
    """What is counted of the feedback, in counts that add up."""
    return workspace.feedback.counts(asked)


@router.get("/quotes")
def quotes(
    workspace: InWorkspace,
    asked: Filtered,
    of: Annotated[str, Query(description="The touchpoint to quote from")],
    count: Annotated[int, Query(ge=1, le=20)] = 3,
) -> Quotes:
    """Words to quote from a touchpoint: typical ones, and the newest ones."""
    return workspace.feedback.quotes(of, asked, count)


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
def export(workspace: InWorkspace, asked: Filtered) -> StreamingResponse:
    """All of it as CSV."""
    lines = workspace.feedback.export(asked)
    start = "\ufeff" + next(lines)
    headers = {"Content-Disposition": 'attachment; filename="feedback.csv"'}
    told = (line.encode() for line in itertools.chain([start], lines))
    return StreamingResponse(told, media_type="text/csv; charset=utf-8", headers=headers)
