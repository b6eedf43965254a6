"""Every refusal in one shape: `{"error": {"code", "message", "details"}}`, in the reader's language."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import Match

from desireline.errors import (
    BadDefinition,
    BadMapping,
    BadMethod,
    BadQuestion,
    BadRequest,
    DesirelineError,
    UnknownAddress,
)
from desireline.http.language import spoken


class Refusal(BaseModel):
    """Why a request was refused.

    Attributes:
        code: stable name, see the error reference.
        message: what was wrong, what exists and what to do, in the reader's language.
        details: the facts of the case.
    """

    code: str
    message: str
    details: dict[str, Any]


class ErrorDocument(BaseModel):
    """The body of every answer that is not a success."""

    error: Refusal


REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorDocument, "description": "Refused, with a code, a sentence and the facts"},
    "5XX": {"model": ErrorDocument, "description": "Could not be done, in the same shape"},
}


def document(error: DesirelineError, language: str) -> ErrorDocument:
    """An error as it is sent."""
    told = {"code": error.code, "message": error.sentence(language), "details": error.details}
    return ErrorDocument(error=Refusal.model_validate(_encodable(told)))


def _encodable(value: Any) -> Any:
    """The same with a question mark for what UTF-8 has no bytes for: halves of pairs that somebody sent."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(key): _encodable(one) for key, one in value.items()}
    return [_encodable(one) for one in value] if isinstance(value, list | tuple) else value


def answer(error: DesirelineError, connection: HTTPConnection) -> JSONResponse:
    """The response that carries an error."""
    body = document(error, spoken(connection)).model_dump(mode="json")
    return JSONResponse(body, error.http_status, headers={"Cache-Control": "no-store"})


def misread(path: str, problems: list[Any]) -> DesirelineError:
    """What Python would raise for the same mistake, so that all surfaces give it one code.

    >>> misread("/api/questions/funnel", [{"loc": ("body", "steps"), "msg": "Field required", "input": {}}]).code
    'bad_question'
    """
    first = problems[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "body"
    told = f"{where}: {first['msg']}"
    if path.startswith(("/api/questions/", "/api/compare/", "/api/segments")):
        return BadQuestion(parameter=where, given=_short(first.get("input")), expected=first["msg"])
    if path == "/api/definition":
        return BadDefinition(why=told)
    if len(first["loc"]) > 1 and first["loc"][1] == "mapping":
        return BadMapping(why=told)
    return BadRequest(problems=[f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in problems[:12]])


def _described(request: Request) -> bool:
    """Whether an endpoint has the path, apart from the front end, which has every path."""
    routes = [r for r in request.app.routes if getattr(r, "include_in_schema", True)]
    return any(route.matches(request.scope)[0] is not Match.NONE for route in routes)


def _short(given: object) -> str:
    text = "" if given is None or given == {} else str(given)
    return text if len(text) <= 80 else text[:79] + "…"


def install(app: FastAPI) -> None:
    """Registers the handlers. What nobody foresaw is caught by the guard, outside of these."""

    @app.exception_handler(DesirelineError)
    async def refused(request: Request, error: DesirelineError) -> JSONResponse:
        return answer(error, request)

    @app.exception_handler(RequestValidationError)
    async def misunderstood(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(misread(request.url.path, list(error.errors())), request)

    @app.exception_handler(HTTPException)
    async def not_routed(request: Request, error: HTTPException) -> JSONResponse:
        path = request.url.path
        if isinstance(error.__cause__, DesirelineError):  # raised while the body was read
            return answer(error.__cause__, request)
        if error.status_code == 404 or (error.status_code == 405 and not _described(request)):
            return answer(UnknownAddress(path=path), request)
        if error.status_code == 405:
            return answer(BadMethod(method=request.method, path=path), request)
        return answer(BadRequest(problems=[str(error.detail)]), request)
