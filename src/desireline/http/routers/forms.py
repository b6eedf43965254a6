"""Feedback forms for those who ask: forms, invitations, counts. What customers see is in `hosted`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from desireline.errors import BadRequest
from desireline.http.desk import InWorkspace
from desireline.http.paging import Limit, Offset
from desireline.model.definition import Strict
from desireline.model.form import Form, NewForm
from desireline.model.invitation import (
    MOST_AT_ONCE,
    Erased,
    FormCounts,
    InvitationPage,
    InvitationRule,
    Invitations,
    Invited,
    RuleFields,
)
from desireline.service.forms.inviting import path_of
from desireline.service.workspace import Workspace

router = APIRouter(prefix="/forms", tags=["forms"])

TABLE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}},
}


class FormShown(BaseModel):
    """A form with what a team needs of it.

    Attributes:
        form: its document.
        path: its address on this server, from `/f/`.
        embed: the line of HTML that shows it on another page.
        counts: who was asked and who answered.
    """

    form: Form
    path: str
    embed: str
    counts: FormCounts


class FormChange(Strict):
    """Fields to change, of those that a new form has; what is absent stays.

    Attributes:
        revision: the one that was seen.
    """

    revision: Annotated[int, Field(ge=1)]
    fields: dict[str, Any]


class ToInvite(Strict):
    """People to invite."""

    people: Annotated[list[Invited], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Named(Strict):
    """A person, by identifiers: type → value."""

    identifiers: dict[str, str]


class RuleShown(BaseModel):
    """When people may be asked, and the revision of that; None while nobody has said and the defaults hold."""

    rule: RuleFields
    revision: int | None


class RuleChange(Strict):
    """Fields of the rule to change; what is absent stays. `revision`: the one that was seen."""

    revision: Annotated[int, Field(ge=1)] | None = None
    fields: dict[str, Any]


@router.get("")
def forms(workspace: InWorkspace, request: Request) -> list[FormShown]:
    """All forms with their addresses and counts, oldest first."""
    return [_shown(workspace, request, form) for form in workspace.forms.all()]


@router.post("")
def create(workspace: InWorkspace, request: Request, asked: NewForm) -> FormShown:
    """Makes one."""
    return _shown(workspace, request, workspace.forms.create(asked))


@router.get("/rule")
def rule(workspace: InWorkspace) -> RuleShown:
    """Quiet hours and frequency cap, over all forms."""
    return _rule(workspace.forms.rule())


@router.patch("/rule")
def change_rule(workspace: InWorkspace, asked: RuleChange) -> RuleShown:
    """Changes them."""
    return _rule(workspace.forms.change_rule(asked.fields, asked.revision))


@router.post("/erase")
def erase(workspace: InWorkspace, asked: Named) -> Erased:
    """Deletes a person's invitations to all forms and their answers that wait; events in the data stay."""
    return workspace.forms.erase(asked.identifiers)


@router.get("/{form}")
def one(workspace: InWorkspace, request: Request, form: str) -> FormShown:
    """A form."""
    return _shown(workspace, request, workspace.forms.get(form))


@router.patch("/{form}")
def change(workspace: InWorkspace, request: Request, form: str, asked: FormChange) -> FormShown:
    """Changes one."""
    return _shown(workspace, request, workspace.forms.change(form, asked.revision, asked.fields))


@router.delete("/{form}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    form: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Deletes one with its invitations; answers stay in the data."""
    workspace.forms.remove(form, revision)


@router.get("/{form}/counts")
def counts(workspace: InWorkspace, form: str) -> FormCounts:
    """Who was asked and who answered."""
    return workspace.forms.counts(form)


@router.get("/{form}/invitations")
def invitations(workspace: InWorkspace, form: str, limit: Limit = 50, offset: Offset = 0) -> InvitationPage:
    """Invitations and what became of them, newest first."""
    return workspace.forms.invitations(form, limit, offset)


@router.post("/{form}/invitations")
def invite(workspace: InWorkspace, form: str, asked: ToInvite) -> Invitations:
    """Invites people: a link for each, told only now, or the reason why there is none."""
    return workspace.forms.invite(form, asked.people)


async def _text(request: Request) -> str:
    try:
        return (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(problems=[f"body: {error}"]) from None


@router.post(
    "/{form}/invitations/table",
    openapi_extra=TABLE,
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def invite_table(workspace: InWorkspace, request: Request, form: str) -> Response:
    """Invites the people of a CSV (columns `email`, `customer_id` …, `language`) and answers with their links."""
    text, address = await _text(request), str(request.base_url).rstrip("/")
    table = await run_in_threadpool(workspace.forms.invite_table, form, text, address)
    headers = {"Content-Disposition": 'attachment; filename="invitations.csv"'}
    return Response(table.encode("utf-8-sig"), media_type="text/csv", headers=headers)


def _shown(workspace: Workspace, request: Request, form: Form) -> FormShown:
    path = path_of(form)
    embed = f'<script src="{str(request.base_url).rstrip("/")}{path}/embed.js" async></script>'
    return FormShown(form=form, path=path, embed=embed, counts=workspace.forms.counts(form.id))


def _rule(found: InvitationRule | RuleFields) -> RuleShown:
    fields = RuleFields.model_validate(found.model_dump(include=set(RuleFields.model_fields)))
    return RuleShown(rule=fields, revision=found.revision if isinstance(found, InvitationRule) else None)
