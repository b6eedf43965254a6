"""Messages at touchpoints, what they promise, and where they contradict each other."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from desireline.http.desk import AtDesk, InWorkspace
from desireline.model.definition import Strict
from desireline.model.imported import ImportedDocuments
from desireline.model.promise import (
    BrandTerm,
    Extraction,
    Message,
    MessageLanguage,
    MessageText,
    NewBrandTerm,
    NewMessage,
    Promises,
    ReadMessage,
)

router = APIRouter(prefix="/promises", tags=["promises"])

Offer = Annotated[str | None, Query(description="Only messages of it")]


class MessageChange(Strict):
    """Fields to change, of those that a new message has; what is absent stays. `revision`: the one that was seen."""

    revision: Annotated[int, Field(ge=1)]
    fields: dict[str, Any]


class Wording(Strict):
    """A text that is not kept; its language is detected if absent."""

    text: MessageText
    language: MessageLanguage | None = None


class UploadedMessages(Strict):
    """An uploaded file of messages."""

    upload: str


@router.get("")
def messages(workspace: InWorkspace, offer: Offer = None) -> list[Message]:
    """All messages, oldest first."""
    return workspace.promises.all(offer)


@router.post("")
def create(workspace: InWorkspace, asked: NewMessage) -> Message:
    """Registers one."""
    return workspace.promises.create(asked)


@router.get("/contradictions")
def contradictions(workspace: InWorkspace, offer: Offer = None) -> Promises:
    """What messages say against each other, with both quotes; missing promises and differences in tone beside."""
    return workspace.promises.contradictions(offer)


@router.post("/extract")
def extract(workspace: InWorkspace, asked: Wording) -> list[Extraction]:
    """What a text says that is not kept."""
    return workspace.promises.extract(asked.text, asked.language)


@router.post("/import")
def import_file(desk: AtDesk, asked: UploadedMessages) -> ImportedDocuments:
    """Registers the messages of an uploaded file."""
    done = desk.workspace.promises.import_file(desk.uploads.path(asked.upload))
    desk.uploads.discard(asked.upload)
    return done


@router.get("/brands")
def brands(workspace: InWorkspace) -> list[BrandTerm]:
    """Names of the organisation, with how they are to be written."""
    return workspace.promises.brands()


@router.post("/brands")
def add_brand(workspace: InWorkspace, asked: NewBrandTerm) -> BrandTerm:
    """Says how a name is to be written."""
    return workspace.promises.add_brand(asked)


@router.delete("/brands/{brand}", status_code=204, response_class=Response)
def remove_brand(workspace: InWorkspace, brand: str) -> None:
    """Forgets a name."""
    workspace.promises.remove_brand(brand)


@router.get("/{message}")
def one(workspace: InWorkspace, message: str) -> ReadMessage:
    """A message with everything that its text says."""
    return workspace.promises.read(message)


@router.patch("/{message}")
def change(workspace: InWorkspace, message: str, asked: MessageChange) -> Message:
    """Changes one."""
    return workspace.promises.change(message, asked.revision, asked.fields)


@router.delete("/{message}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    message: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Forgets one."""
    workspace.promises.remove(message, revision)
