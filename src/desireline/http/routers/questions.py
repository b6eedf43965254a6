"""The questions, and the people behind any cell of an answer."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.summary import PeoplePage
from desireline.service.questions import QUESTIONS, meaning, request_model, result_model

router = APIRouter(tags=["questions"])


def _asking(question: str) -> Callable[..., Any]:
    def ask(workspace: InWorkspace, request: Any) -> Any:
        return workspace.ask(question, request.model_dump(by_alias=True))

    ask.__annotations__ |= {"request": request_model(question), "return": result_model(question)}
    return ask


for _question in QUESTIONS:
    router.add_api_route(
        f"/questions/{_question}",
        _asking(_question),
        methods=["POST"],
        name=_question,
        description=meaning(_question),
    )


@router.get("/drilldown", tags=["people"])
def drilldown(
    workspace: InWorkspace,
    token: Annotated[str, Query(max_length=20_000, description="The `drilldown` of an answer")],
    cell: Annotated[str, Query(max_length=2_000, description="A cell of that answer, such as step:2")],
    limit: Limit = 50,
    offset: Offset = 0,
) -> PeoplePage:
    """The very people counted in a cell."""
    return workspace.drill(token, cell, limit=limit, offset=offset)
