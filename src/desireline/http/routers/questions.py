"""The questions, and the people behind any cell of an answer."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.summary import PeoplePage
from desireline.service.code import Code
from desireline.service.questions import QUESTIONS, meaning, request_model, result_model

router = APIRouter(tags=["questions"])

Form = Annotated[Literal["csv", "xlsx", "json"], Query(alias="format")]
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def _asking(question: str) -> Callable[..., Any]:
    def ask(workspace: InWorkspace, request: Any) -> Any:
        return workspace.ask(question, request.model_dump(by_alias=True))

    ask.__annotations__ |= {"request": request_model(question), "return": result_model(question)}
    return ask


def _exporting(question: str) -> Callable[..., Response]:
    def export(workspace: InWorkspace, request: Any, form: Form = "csv") -> Response:
        body = workspace.export(workspace.ask(question, request.model_dump(by_alias=True)), form)
        named = {"Content-Disposition": f'attachment; filename="{question}.{form}"'}
        return Response(body, media_type=MEDIA[form], headers=named)

    export.__annotations__ |= {"request": request_model(question)}
    return export


def _coding(question: str) -> Callable[..., Code]:
    def code(workspace: InWorkspace, request: Any) -> Code:
        return workspace.code(question, request.model_dump(by_alias=True))

    code.__annotations__ |= {"request": request_model(question)}
    return code


def _add(question: str) -> None:
    """The endpoints of one question."""
    path = f"/questions/{question}"
    router.add_api_route(path, _asking(question), methods=["POST"], name=question, description=meaning(question))
    router.add_api_route(
        f"{path}/export",
        _exporting(question),
        methods=["POST"],
        name=f"{question}_export",
        description="The answer as a file; no cell can be taken for a formula.",
        response_class=Response,
        responses={200: {"content": {media: {} for media in MEDIA.values()}}},
    )
    router.add_api_route(
        f"{path}/code",
        _coding(question),
        methods=["POST"],
        name=f"{question}_code",
        description="The Python call, the command and the SQL that give the same answer.",
    )


for _question in QUESTIONS:
    _add(_question)


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
