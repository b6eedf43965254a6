"""lane.duplicate: a copy of a row, right below it."""

from typing import Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.contents import check_new, copy_id
from desireline.maps.commands.places import index_of, inserted, step_ids
from desireline.model.journey_map import Id


class LaneDuplicate(MapCommand):
    """Puts a copy of a lane and its cards right below it; the ids of the cards are `as`-1, `as`-2 and so on."""

    do: Literal["lane.duplicate"]
    id: Id
    as_: Id = Field(alias="as", description="Id of the copy.")

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["lanes"], self.id)
        lane = document["lanes"][at]
        cells: dict[str, list[Json]] = {}
        ids: list[str] = []
        for step in (s for s in step_ids(document) if s in lane["cells"]):
            made = [copy_id(self.as_, len(ids) + n) for n in range(1, len(lane["cells"][step]) + 1)]
            cells[step] = [{**card, "id": one} for card, one in zip(lane["cells"][step], made, strict=True)]
            ids += made
        check_new(document, [self.as_, *ids])
        lanes = inserted(document["lanes"], {**lane, "id": self.as_, "cells": cells}, at + 1)
        return {**document, "lanes": lanes}, {"do": "lane.remove", "id": self.as_}
