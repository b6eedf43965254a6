"""Two segments side by side in any question."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from pydantic import create_model

from desireline.analyze.comparing import Comparison
from desireline.http.desk import InWorkspace
from desireline.model.segment import Segment
from desireline.service.questions import QUESTIONS, request_model

router = APIRouter(tags=["questions"])


def _comparing(question: str) -> Callable[..., Any]:
    def compare(workspace: InWorkspace, request: Any) -> Any:
        fields = request.model_dump(by_alias=True, exclude={"segment", "versus"})
        return workspace.compare(question, request.segment, request.versus, **fields)

    asked = request_model(question)
    model = create_model(f"{asked.__name__}Versus", __base__=asked, versus=(Segment | str | None, None))
    compare.__annotations__ |= {"request": model, "return": Comparison}
    return compare


for _question in QUESTIONS:
    router.add_api_route(
        f"/compare/{_question}",
        _comparing(_question),
        methods=["POST"],
        name=f"compare_{_question}",
        description="The answers for `segment` and `versus`, and the difference of every share with its interval.",
    )
