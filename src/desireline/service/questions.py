"""Ask a question of a workspace, and list the people in one of its cells."""

import importlib
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from desireline.analyze.comparing import Comparison, Listed, Side, differences
from desireline.analyze.drilldown import question_of
from desireline.analyze.scope import Scope
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Proportion, Result

QUESTIONS = (
    "funnel", "transitions", "variants", "paths", "durations", "sessions", "retention", "lifecycle", "stickiness",
    "switches", "attribution", "micro_conversions", "friction", "stages", "types", "personas", "obstacles", "stakes",
    "drift", "troubles",
)  # fmt: skip
"""Every question that can be asked by name; each is a module of `analyze`, loaded when it is first asked."""

OF_MAPS = ("map", "conformance")
"""Questions that only maps ask."""


def _module(question: str) -> ModuleType:
    return importlib.import_module(f"desireline.analyze.{'overlay' if question == 'map' else question}")


def request_model(question: str) -> type[Asked]:
    """The model of a question's request: `FunnelRequest` for funnel."""
    model: type[Asked] = getattr(_module(question), f"{question.title().replace('_', '')}Request")
    return model


def result_model(question: str) -> type[Result]:
    """The model of a question's answer: `FunnelResult` for funnel."""
    model: type[Result] = getattr(_module(question), f"{question.title().replace('_', '')}Result")
    return model


def meaning(question: str) -> str:
    """What a question answers, in a line: the first of its module."""
    return (_module(question).__doc__ or "").partition("\n")[0]


def request(question: str, fields: dict[str, Any]) -> Asked:
    """The typed request of a question.

    Raises:
        BadQuestion: a parameter is missing, unknown or of the wrong kind.
    """
    if question not in (*QUESTIONS, *OF_MAPS):
        raise BadQuestion(parameter="question", given=question[:100], expected=", ".join(QUESTIONS))
    try:
        return request_model(question).model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(p) for p in first["loc"]) or question,
            given=str(first.get("input"))[:100],
            expected=first["msg"],
        ) from None


def answer(question: str, scope: Scope, asked: Asked) -> Result:
    """The typed result of a question."""
    found: Result = _module(question).answer(scope, asked)
    return found


def compared(question: str, scopes: Sequence[Scope], asked: Sequence[Asked]) -> Comparison:
    """The answers of two sides and the differences of their shares."""
    results = [answer(question, scope, one) for scope, one in zip(scopes, asked, strict=True)]
    persons = [np.unique(scope.owner) for scope in scopes]
    sides = [
        Side(segment=result.segment, people=len(who), result=result)
        for result, who in zip(results, persons, strict=True)
    ]
    listed = [Listed(_module(question).proportions(result), whole=not result.cut) for result in results]
    shared, uncertain = differences(*listed)
    return Comparison(
        question=question,
        a=sides[0],
        b=sides[1],
        overlap=len(np.intersect1d(persons[0], persons[1], assume_unique=True)),
        uncertain=uncertain,
        differences=shared,
    )


def persons_in(token: str, cell: str, scope_for: Callable[[Asked], Scope]) -> tuple[npt.NDArray[np.int64], int]:
    """The persons behind a cell (row numbers, each once), and how many units the question counted.

    Raises:
        BadDrilldown: the token is none of ours, or its question has no such cell.
    """
    question, fields = question_of(token)
    if question not in (*QUESTIONS, *OF_MAPS):
        raise BadDrilldown(given=question)
    try:
        asked = request(question, fields)
    except BadQuestion:
        raise BadDrilldown(given=token[:40]) from None
    scope = scope_for(asked)
    units = _module(question).members(scope, asked, cell)
    return np.unique(scope.owner[units]).astype(np.int64), len(units)


def proportions(question: str, result: Result) -> list[Proportion]:
    """The shares in an answer, those that segments are compared by.

    Raises:
        BadQuestion: the question has none.
    """
    found = getattr(_module(question), "proportions", None)
    if found is None:
        able = [name for name in QUESTIONS if hasattr(_module(name), "proportions")]
        raise BadQuestion(parameter="question", given=question, expected=", ".join(able))
    listed: list[Proportion] = found(result)
    return listed
