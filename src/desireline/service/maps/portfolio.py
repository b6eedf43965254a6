"""All maps at a glance, and one change to many of them."""

import json

from desireline.model.journey_map import JourneyMap
from desireline.model.map_history import Bulk, Command, MapInfo
from desireline.model.measured import Measured
from desireline.service.maps import editing
from desireline.store.records import Records
from desireline.store.records.maps import StoredMap


def infos(records: Records) -> list[MapInfo]:
    """All maps by name."""
    threads = records.maps.open_comments()
    return [info(found, threads.get(found.id, 0)) for found in records.maps.all()]


def info(found: StoredMap, open_comments: int) -> MapInfo:
    """What a list says of a map."""
    document = editing.document(found)
    shared = {"id", "name", "kind", "status", "life_cycle", "owner", "review", "tags", "parent", "template"}
    met = [lane for lane in document.lanes if lane.kind == "touchpoints"]
    return MapInfo(
        **document.model_dump(include=shared),
        goal=document.goal.text or document.goal.goal or "",
        stages=len(document.stages),
        steps=len(document.steps()),
        touchpoints=sum(len(cell) for lane in met for cell in lane.cells.values()),
        version=found.version,
        changed=found.changed,
        author=found.author,
        open_comments=open_comments,
        **(json.loads(found.standing) if found.standing else {}),
    )


def note(records: Records, map_id: str, document: JourneyMap, measured: Measured) -> None:
    """Remember what the figures of everyone said, for the list."""
    names = {stage.id: stage.name for stage in document.stages}
    ended = document.stages[-1].id if document.stages else None
    left = {s: m.dropped / m.people for s, m in measured.stages.items() if m.people and s != ended}
    worst = max(left, key=left.__getitem__, default=None)
    standing = {
        "measured_at": measured.as_of.isoformat(),
        "coverage": measured.coverage.share,
        "worst": names.get(worst) if worst else None,
        "worst_share": left[worst] if worst else None,
    }
    records.maps.set_standing(map_id, json.dumps(standing))


def change(records: Records, asked: Bulk, author: str) -> list[MapInfo]:
    """Do one change to many maps, each as a version of its own.

    Raises:
        UnknownMap: one of them does not exist; nothing was changed.
    """
    wanted = [editing.stored(records, which) for which in asked.maps]
    fields = asked.model_dump(mode="json", exclude_unset=True, include={"status", "owner", "review", "life_cycle"})
    for found in wanted:
        if asked.delete:
            records.maps.remove(found.id)
            continue
        tags = editing.document(found).tags
        more = {"tags": [*tags, *(t for t in asked.add_tags if t not in tags)]} if asked.add_tags else {}
        command: Command = {"do": "map.set", "set": {**fields, **more}}
        if command["set"]:
            editing.apply(records, found.id, [command], author)
    return infos(records)
