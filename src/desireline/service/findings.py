"""What a first look at a workspace says in words: ten sentences with counts, each from a question that can be asked."""

from collections.abc import Iterator

from pydantic import BaseModel

from desireline import i18n
from desireline.model.journey_map import MapStage
from desireline.model.measured import Measured, Sheet, StageMeasured
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
    sheet = workspace.maps.shown(workspace.maps.all()[0].id)
    of_map = [*_touchpoints(sheet, sheet.measured), *_stages(sheet, sheet.measured)] if sheet.measured else []
    return [*_people(workspace), *of_map, *_goal(workspace), *_journeys(workspace)][:most]


def _people(workspace: Workspace) -> Iterator[Finding]:
    status = workspace.status()
    yield Finding(code="people", figures={"n": status.people, "events": status.events, "sources": len(status.sources)})
    channels = workspace.dimensions().channels
    yield Finding(code="channels", figures={"n": len(channels), "names": ", ".join(channels)})


def _stages(sheet: Sheet, measured: Measured) -> Iterator[Finding]:
    stages = [(s, measured.stages[s.id]) for s in sheet.stages if s.id in measured.stages]
    stages = [(s, m) for s, m in stages if m.people and _free_of_caveats(s, sheet, measured)]
    if measured.coherence is not None:
        yield Finding(code="coherence", figures={"share": measured.coherence})
    if not stages:
        return
    leaving, left = max(stages[:-1] or stages, key=lambda pair: pair[1].dropped)
    yield Finding(code="dropped", figures=_of_stage(leaving, left, left.dropped))
    looping, looped = max(stages, key=lambda pair: pair[1].loops)
    if looped.loops:
        yield Finding(code="loops", figures=_of_stage(looping, looped, looped.loops))
    switches = [(w, s) for s, m in stages for w in m.channel_switches]
    if switches:
        switch, stage = max(switches, key=lambda pair: pair[0].people)
        yield Finding(
            code="switch", figures={"n": switch.people, "from": switch.from_, "to": switch.to, "stage": stage.name}
        )


def _free_of_caveats(stage: MapStage, sheet: Sheet, measured: Measured) -> bool:
    steps = {step.id for step in stage.steps}
    cards = [c for lane in sheet.lanes for step, cell in lane.cells.items() if step in steps for c in cell]
    return any(measured.cards[c.id].caveat is None for c in cards if c.ref and c.id in measured.cards)


def _of_stage(stage: MapStage, measured: StageMeasured, count: int) -> dict[str, int | float | str]:
    return {"n": count, "of": measured.people, "share": count / measured.people, "stage": stage.name}


def _goal(workspace: Workspace) -> Iterator[Finding]:
    """From the first touchpoint that stands for itself to the goal."""
    definition = workspace.definition()
    starts = [t.name for t in definition.touchpoints if t.caveat is None]
    goals = [g.touchpoints[0] for g in definition.goals]
    if starts and goals and starts[0] != goals[0]:
        met, reached = workspace.funnel([starts[0], goals[0]]).steps
        figures = {"n": reached.people, "of": met.people, "share": reached.people / max(met.people, 1)}
        yield Finding(code="goal", figures={**figures, "touchpoint": starts[0], "goal": goals[0]})


def _touchpoints(sheet: Sheet, measured: Measured) -> Iterator[Finding]:
    names = {item.id: item.name for item in sheet.library}
    lanes = [lane for lane in sheet.lanes if lane.kind == "touchpoints"]
    cards = [c for lane in lanes for cell in lane.cells.values() for c in cell if c.ref]
    counted = [(names[c.ref or ""], measured.cards[c.id].figure) for c in cards if c.id in measured.cards]
    met = sorted(((name, f.n) for name, f in counted if f is not None), key=lambda pair: (-pair[1], pair[0]))
    if met:
        yield _met("met_most", *met[0], measured)
    if len(met) > 1:
        yield _met("met_least", *met[-1], measured)


def _met(code: str, touchpoint: str, people: int, measured: Measured) -> Finding:
    share = people / max(measured.people_in_scope, 1)
    return Finding(code=code, figures={"n": people, "share": share, "touchpoint": touchpoint})


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
