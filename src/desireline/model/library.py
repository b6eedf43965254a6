"""What maps share: touchpoints, channels, systems, departments. Maps refer by id, so one rename reaches all of them."""

from typing import Annotated, Literal

from pydantic import Field

from desireline.model.definition import Strict

LibraryKind = Literal["touchpoint", "channel", "system", "department", "persona", "kpi"]
"""A persona is the name of a persona card of the same id. KPIs have no items yet: nothing measures them."""


class LibraryItem(Strict):
    """One item. Maps hold its `id`, never its name.

    Attributes:
        kind: what it is; a card, lane or map refers to an item of the kind that it needs.
        name: shown everywhere; unique within its kind.
        channel: of a touchpoint, the id of its channel.
        measures: of a touchpoint, the touchpoints of the definition that it is measured by (none: it is assumed);
            of a channel, the channels of events.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    kind: LibraryKind
    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: Annotated[str, Field(max_length=5000)] = ""
    channel: str | None = None
    measures: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list)
