"""The library that maps refer to, and templates."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from desireline.http.desk import InWorkspace
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.library import LibraryItem, LibraryKind
from desireline.model.map_history import TemplateInfo
from desireline.service.maps.library import ListedItem

router = APIRouter(tags=["library"])

Name = Annotated[str, Field(min_length=1, max_length=200)]


class NewItem(Strict):
    """An item to add; an id is made if none is given."""

    id: str | None = None
    kind: LibraryKind
    name: Name
    description: str = ""
    channel: str | None = None
    measures: list[str] = Field(default_factory=list)


class ItemChange(Strict):
    """What to change; what is absent stays."""

    name: Name | None = None
    description: str | None = None
    channel: str | None = None
    measures: list[str] | None = None


class Kept(Strict):
    """The map to keep as a template."""

    map: str


@router.get("/library")
def library(workspace: InWorkspace) -> list[ListedItem]:
    """All items, with the maps that refer to them."""
    return workspace.maps.library()


@router.post("/library")
def add(workspace: InWorkspace, asked: NewItem) -> LibraryItem:
    """Adds an item."""
    return workspace.maps.add_item(**asked.model_dump())


@router.patch("/library/{item}")
def change(workspace: InWorkspace, item: str, asked: ItemChange) -> LibraryItem:
    """Changes an item on every map."""
    return workspace.maps.change_item(item, asked.model_dump(exclude_unset=True))


@router.delete("/library/{item}", status_code=204, response_class=Response)
def remove(workspace: InWorkspace, item: str) -> None:
    """Deletes an item that no map refers to."""
    workspace.maps.remove_item(item)


@router.get("/templates")
def templates(workspace: InWorkspace, language: Language) -> list[TemplateInfo]:
    """All templates, the organisation's own first."""
    return workspace.maps.templates(language)


@router.post("/templates")
def save_template(workspace: InWorkspace, asked: Kept) -> TemplateInfo:
    """Keeps a map as a template."""
    return workspace.maps.save_template(asked.map)


@router.delete("/templates/{template}", status_code=204, response_class=Response)
def remove_template(workspace: InWorkspace, template: str) -> None:
    """Deletes an own template."""
    workspace.maps.remove_template(template)
