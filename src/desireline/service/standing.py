"""Where a workspace stands: what is connected, what can be asked, what to do next."""

from desireline.analyze.matching import column_labels, exposures
from desireline.model.clock import maybe_moment
from desireline.model.definition import Definition
from desireline.model.map_history import MapInfo
from desireline.model.summary import Dimensions, Overview, SourceSummary, Status
from desireline.store import lake
from desireline.store.journeys import Generation
from desireline.store.paths import Paths

TRAIT_VALUES_SHOWN = 50


def status(paths: Paths, generation: Generation | None, definition: Definition | None) -> Status:
    """Events and people by source, with the rows that were rejected."""
    rejected = _rejected(paths)
    built = {s.name: s for s in generation.meta.sources} if generation else {}
    sources = [
        SourceSummary(
            name=name,
            events=built[name].events if name in built else 0,
            rejected=rejected.get(name, 0),
            traits=built[name].traits if name in built else 0,
            first=maybe_moment(built[name].first) if name in built else None,
            last=maybe_moment(built[name].last) if name in built else None,
        )
        for name in sorted(built.keys() | rejected.keys())
    ]
    return Status(
        events=generation.meta.events if generation else 0,
        people=generation.meta.people if generation else 0,
        sources=sources,
        first=min((s.first for s in sources if s.first), default=None),
        last=max((s.last for s in sources if s.last), default=None),
        definition_version=definition.version if definition else None,
        generation=generation.meta.generation if generation else None,
    )


def _rejected(paths: Paths) -> dict[str, int]:
    table = lake.rejects(paths.rejects)
    if not table.files():
        return {}
    rows = lake.query(f"SELECT source, count(*) AS n FROM {table.sql()} GROUP BY source").to_pylist()
    return {r["source"]: r["n"] for r in rows}


def overview(standing: Status, maps: list[MapInfo], definition: Definition | None) -> Overview:
    """The first look, with the next steps in the order of their use."""
    steps = []
    if not standing.events:
        steps.append("import_data")
    elif definition is None:
        steps.append("propose_definition")
    elif not maps:
        steps.append("draw_map")
    if any(s.rejected for s in standing.sources):
        steps.append("review_rejects")
    if standing.events:
        steps += ["explore", "import_data"]
    return Overview(status=standing, maps=maps, thumbnail_map=maps[0].id if maps else None, next_steps=steps)


def dimensions(generation: Generation, definition: Definition | None) -> Dimensions:
    """Names to choose steps and filters from; a trait with very many values shows its commonest."""
    traits: dict[str, list[str]] = {}
    counted = generation.traits.group_by(["name", "value"]).aggregate([("person", "count")]).to_pylist()
    for row in sorted(counted, key=lambda r: (r["name"], -r["person_count"], r["value"] or "")):
        if row["value"] is not None and len(traits.setdefault(row["name"], [])) < TRAIT_VALUES_SHOWN:
            traits[row["name"]].append(row["value"])
    dictionary = generation.dictionary.filter(~exposures(generation.dictionary))
    spans = [(s.first, s.last) for s in generation.meta.sources if s.first is not None and s.last is not None]
    return Dimensions(
        channels=column_labels(dictionary, "channel").names,
        sources=column_labels(dictionary, "source").names,
        traits={name: sorted(values) for name, values in traits.items()},
        touchpoints=[t.name for t in definition.touchpoints] if definition else [],
        stages=[s.name for s in definition.stages] if definition else [],
        event_names=column_labels(dictionary, "name").names,
        goals=[g.name for g in definition.goals] if definition else [],
        first=maybe_moment(min((first for first, _ in spans), default=None)),
        last=maybe_moment(max((last for _, last in spans), default=None)),
    )
