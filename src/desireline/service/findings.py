"""What a first look at a workspace says in words: ten sentences with counts, each from a question that can be asked."""

from collections.abc import Iterator

from pydantic import BaseModel

from desireline import i18n
from desireline.model.map import MapDocument, MapStage, MapTouchpoint
from desireline.service.workspace import Workspace


class Finding(BaseModel):
    """One sentence: its code and the figures in it. Figures are counts, not estimates; they claim no cause."""

    code: str
    figures: dict[str, int | float | str]

    def sentence(self, language: str = "en") -> str:
        """The sentence in `en`, `pl` or `hr`; shares are written as percentages."""
        shown = {k: _written(language, k, v) for k, v in self.figures.items()}
        return i18n.translate(language, f"finding.{self.code}", **shown)


def _written(language: str, name: str, value: float | str) -> int | str:
    if isinstance(value, float):
        return i18n.percent(language, value, 1) if name == "share" else i18n.number(language, value, 1)
    return value


def findings(workspace: Workspace, most: int = 10) -> list[Finding]:
    """At most `most` findings of the workspace's first map and its journeys, most general first.

    What is known only with a purchase takes no part in what is said of obstacles.
    """
    document = workspace.map(workspace.maps()[0].name)
    said = [*_people(workspace), *_touchpoints(document), *_stages(document), *_goal(workspace), *_journeys(workspace)]
    return said[:most]


def _people(workspace: Workspace) -> Iterator[Finding]:
    status = workspace.status()
    yield Finding(code="people", figures={"n": status.people, "events": status.events, "sources": len(status.sources)})
    channels = workspace.dimensions().channels
    yield Finding(code="channels", figures={"n": len(channels), "names": ", ".join(channels)})


def _stages(document: MapDocument) -> Iterator[Finding]:
    stages = [s for s, free in zip(document.stages, _free_of_caveats(document), strict=True) if s.people and free]
    if document.coherence is not None:
        yield Finding(code="coherence", figures={"share": document.coherence})
    if not stages:
        return
    leaving = max(stages[:-1] or stages, key=lambda s: s.dropped)
    yield Finding(code="dropped", figures=_of_stage(leaving, leaving.dropped))
    looping = max(stages, key=lambda s: s.loops)
    if looping.loops:
        yield Finding(code="loops", figures=_of_stage(looping, looping.loops))
    switches = [(w, s) for s in stages for w in s.channel_switches]
    if switches:
        switch, stage = max(switches, key=lambda pair: pair[0].people)
        yield Finding(
            code="switch", figures={"n": switch.people, "from": switch.from_, "to": switch.to, "stage": stage.name}
        )


def _free_of_caveats(document: MapDocument) -> list[bool]:
    cells = next(lane.cells for lane in document.lanes if lane.kind == "touchpoints")
    return [any(t.caveat is None for t in cell.touchpoints) for cell in cells]


def _of_stage(stage: MapStage, count: int) -> dict[str, int | float | str]:
    return {"n": count, "of": stage.people, "share": count / stage.people, "stage": stage.name}


def _goal(workspace: Workspace) -> Iterator[Finding]:
    """From the first touchpoint that stands for itself to the goal."""
    definition = workspace.definition()
    starts = [t.name for t in definition.touchpoints if t.caveat is None]
    goals = [g.touchpoints[0] for g in definition.goals]
    if starts and goals and starts[0] != goals[0]:
        met, reached = workspace.funnel([starts[0], goals[0]]).steps
        figures = {"n": reached.people, "of": met.people, "share": reached.people / max(met.people, 1)}
        yield Finding(code="goal", figures={**figures, "touchpoint": starts[0], "goal": goals[0]})


def _touchpoints(document: MapDocument) -> Iterator[Finding]:
    cells = [c for lane in document.lanes if lane.kind == "touchpoints" for c in lane.cells]
    met = sorted((t for c in cells for t in c.touchpoints), key=lambda t: (-t.people, t.name))
    if met:
        yield _met("met_most", met[0], document)
    if len(met) > 1:
        yield _met("met_least", met[-1], document)


def _met(code: str, touchpoint: MapTouchpoint, document: MapDocument) -> Finding:
    share = touchpoint.people / max(document.people_in_scope, 1)
    return Finding(code=code, figures={"n": touchpoint.people, "share": share, "touchpoint": touchpoint.name})


def _journeys(workspace: Workspace) -> Iterator[Finding]:
    onward = [t for t in workspace.transitions().transitions if t.from_ != t.to]
    if onward:
        first = onward[0]
        days = round((first.median_seconds or 0) / 86_400, 1)
        yield Finding(
            code="follows",
            figures={"n": first.people, "count": first.count, "from": first.from_, "to": first.to, "days": days},
        )
    variants = workspace.variants(top=1, collapse=True)
    if variants.variants:
        commonest = variants.variants[0]
        yield Finding(
            code="variants",
            figures={"n": variants.distinct, "people": commonest.people, "path": " → ".join(commonest.path)},
        )
