"""Persona cards: documents of the team, and what is measured of the people they stand for."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.http.paging import Filtered, Limit, Offset
from desireline.model.persona import (
    AssignedCard,
    CardChange,
    CardMatrix,
    ListedCard,
    MeasuredCard,
    NewCard,
    PersonaCard,
)
from desireline.model.summary import PeoplePage

router = APIRouter(prefix="/personas", tags=["personas"])

Thorough = Annotated[bool, Query(description="Journey types too, and whether a group is the same: takes its time")]


@router.get("")
def listed(workspace: InWorkspace) -> list[ListedCard]:
    """All cards, with the maps that are about them."""
    return workspace.persona_cards.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewCard) -> PersonaCard:
    """Makes a card: blank, of a group that was found, or of a segment."""
    return workspace.persona_cards.create(asked)


@router.get("/compare")
def compare(
    workspace: InWorkspace,
    persona: Annotated[list[str] | None, Query(description="Ids of cards; all of them if there are none")] = None,
    thorough: Thorough = False,
) -> CardMatrix:
    """Cards side by side, and which of their figures lie apart."""
    return workspace.persona_cards.compare(persona or (), thorough=thorough)


@router.get("/of/{person:path}")
def of_person(workspace: InWorkspace, person: str) -> list[AssignedCard]:
    """The cards that a person belongs to now."""
    return workspace.persona_cards.of_person(person)


@router.get("/{persona}")
def card(workspace: InWorkspace, persona: str) -> PersonaCard:
    """A card, without figures."""
    return workspace.persona_cards.get(persona)


@router.patch("/{persona}")
def change(workspace: InWorkspace, persona: str, asked: CardChange) -> PersonaCard:
    """Changes a card. On another revision than it is at: 409 with the card as it is now."""
    return workspace.persona_cards.change(persona, asked)


@router.delete("/{persona}", status_code=204, response_class=Response)
def remove(workspace: InWorkspace, persona: str) -> None:
    """Deletes a card that no map is about."""
    workspace.persona_cards.remove(persona)


@router.get("/{persona}/measured")
def measured(workspace: InWorkspace, persona: str, thorough: Thorough = False) -> MeasuredCard:
    """The traits of a card's people now; nothing that fewer than 20 of them stand behind."""
    return workspace.persona_cards.measure(persona, thorough=thorough)


@router.get("/{persona}/people")
def people(
    workspace: InWorkspace,
    persona: str,
    filters: Filtered,
    where: Annotated[str | None, Query(description="Only those for whom this holds too", max_length=20_000)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> PeoplePage:
    """The people of a card; with the condition of a part of a trait, the people of that part."""
    return workspace.persona_cards.people(persona, where, filters, limit=limit, offset=offset)


@router.get("/{persona}/export", response_class=Response, responses={200: {"content": {"text/markdown": {}}}})
def export(workspace: InWorkspace, persona: str, language: Language) -> Response:
    """A card as a Markdown file, with no figure of fewer than 50 people."""
    found = workspace.persona_cards.get(persona)
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.md"'}
    text = workspace.persona_cards.markdown(found.id, language)
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)
