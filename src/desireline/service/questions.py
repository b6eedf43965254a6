"""Ask a question of a workspace, and list the people in one of its cells."""

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from desireline.analyze.drilldown import question_of
from desireline.analyze.scope import Scope
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Result

QUESTIONS = {
    "funnel": ("desireline.analyze.funnel", "FunnelRequest"),
    "transitions": ("desireline.analyze.transitions", "TransitionsRequest"),
    "variants": ("desireline.analyze.variants", "VariantsRequest"),
    "paths": ("desireline.analyze.paths", "PathsRequest"),
    "durations": ("desireline.analyze.durations", "DurationsRequest"),
    "map": ("desireline.analyze.overlay", "MapRequest"),
}
"""Each question's module and request; a module is loaded when it is asked for the first time."""


def request(question: str, fields: dict[str, Any]) -> Asked:
    """The typed request of a question.

    Raises:
        BadQuestion: a parameter is missing, unknown or of the wrong kind.
    """
    module, name = QUESTIONS[question]
    model: type[Asked] = getattr(importlib.import_module(module), name)
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(p) for p in first["loc"]) or question,
            given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None


def answer(question: str, scope: Scope, asked: Asked) -> Result:
    """The typed result of a question."""
    module = importlib.import_module(QUESTIONS[question][0])
    found: Result = module.answer(scope, asked)
    return found


def persons_in(token: str, cell: str, scope_for: Callable[[Asked], Scope]) -> tuple[npt.NDArray[np.int64], int]:
    """The persons behind a cell (row numbers, each once), and how many units the question counted.

    Raises:
        BadDrilldown: the token is none of ours, or its question has no such cell.
    """
    question, fields = question_of(token)
    if question not in QUESTIONS:
        raise BadDrilldown(given=question)
    try:
        asked = request(question, fields)
    except BadQuestion:
        raise BadDrilldown(given=token[:40]) from None
    scope = scope_for(asked)
    module = importlib.import_module(QUESTIONS[question][0])
    units = module.members(scope, asked, cell)
    return np.unique(scope.owner[units]).astype(np.int64), len(units)
