"""The pages of forms, for customers: `/f/KEY`, its style and scripts. Whatever happens is a page, in their language."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from desireline.errors import AnsweredBefore, DesirelineError, StalePage, TooManyAnswers
from desireline.http.desk import AtDesk, InWorkspace
from desireline.http.hosted import page
from desireline.http.language import Language
from desireline.i18n import translate

router = APIRouter(prefix="/f", include_in_schema=False)

FIELDS: Final = 200
MENDABLE: Final = 400
"""Status of what the customer can mend on the page; it is shown again with all that was typed in."""

Invitation = Annotated[str | None, Query(alias="i")]
Embedded = Annotated[str | None, Query(alias="embed")]


async def _fields(request: Request) -> dict[str, str]:
    """What a page sent; of a field that stands there twice the first value."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


Sent = Annotated[dict[str, str], Depends(_fields)]


@router.get("/{key}/form.css")
def style(workspace: InWorkspace, key: str) -> Response:
    """The page's style, in the form's accent."""
    try:
        accent = workspace.forms.by_key(key).accent
    except DesirelineError:  # the page that says so is styled too
        accent = "#1f6f5c"
    text = f":root {{ --accent: {accent}; }}\n{_file('form.css')}"
    return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.get("/{key}/{name}.js")
def script(key: str, name: str) -> Response:  # noqa: ARG001 the scripts of all forms are the same
    """What the page can do more where scripts run, and the embed."""
    if name not in {"form", "embed"}:
        return Response(status_code=404)
    return Response(_file(f"{name}.js"), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/{key}")
def show(
    workspace: InWorkspace, key: str, language: Language, token: Invitation = None, embedded: Embedded = None
) -> HTMLResponse:
    """The form."""
    forms = workspace.forms
    try:
        visit = forms.admit(forms.by_key(key), token)
    except DesirelineError as error:
        return _refused(error, language, key)
    forms.opened(visit)
    shown = page.Shown(visit.form, language, token, bool(embedded), forms.page(visit.form, token))
    return _page(page.asking(shown))


@router.post("/{key}")
def take(
    desk: AtDesk, key: str, sent: Sent, language: Language, token: Invitation = None, embedded: Embedded = None
) -> HTMLResponse:
    """Takes an answer; when the page says thank you it is committed."""
    forms = desk.workspace.forms
    shown = None
    try:
        shown = page.Shown(forms.by_key(key), language, token, bool(embedded), given=sent)
        if not forms.sent_before(sent):
            _taken(desk, shown, sent)
    except DesirelineError as error:
        if error.http_status != MENDABLE or shown is None:
            return _refused(error, language, key)
        return _again(desk, shown, error, sent)
    return _page(page.thanking(shown, declined="decline" in sent))


def _taken(desk: AtDesk, shown: page.Shown, sent: Mapping[str, str]) -> None:
    forms = desk.workspace.forms
    visit = forms.admit(shown.form, shown.token)
    if visit.invitation is None:
        desk.floods.admit(shown.form.key, shown.form.most_per_minute)
    if "decline" in sent:
        forms.decline(visit)
        return
    forms.answer(visit, sent, shown.language)
    desk.flusher.wake()


def _again(desk: AtDesk, shown: page.Shown, error: DesirelineError, sent: Mapping[str, str]) -> HTMLResponse:
    """The page as it was sent, with what is wrong; a page that is not ours any more gets a new token."""
    forms = desk.workspace.forms
    own = forms.page(shown.form, shown.token) if isinstance(error, StalePage) else sent.get("page", "")
    return _page(page.asking(replace(shown, page=own, problem=error.sentence(shown.language))), error.http_status)


def _refused(error: DesirelineError, language: str, key: str) -> HTMLResponse:
    title = translate(language, "form.answered" if isinstance(error, AnsweredBefore) else "form.refused")
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyAnswers) else {}
    known = key if key.isalnum() and key.isascii() else "none"
    return _page(page.refusing(language, title, error.sentence(language), known), error.http_status, headers)


def _page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(text, status, {"Cache-Control": "no-store", "Vary": "Accept-Language", **(headers or {})})


@cache
def _file(name: str) -> str:
    return files("desireline.http.hosted").joinpath(name).read_text(encoding="utf-8")
