"""Emotion lanes, computed: a point for each step, a gap where nobody answered, and where the curve peaks and ends."""

from collections.abc import Sequence
from typing import Literal

from desireline.maps.bindings import Bindings
from desireline.maps.evidence import proof
from desireline.maps.findings import Curve, Findings
from desireline.maps.wanted import trouble
from desireline.model.journey_map import Lane
from desireline.model.measured import EmotionCurve, EmotionPoint

WORST = -2.0
"""The behaviour of a step where everyone shows that they struggle; where nobody does it is 0."""


def curves(bindings: Bindings, findings: Findings) -> list[EmotionCurve]:
    """The curves of all emotion lanes: everyone's, those of segments, and of words and behaviour where a lane asks."""
    found = []
    for lane in bindings.document.lanes:
        if lane.kind == "emotion":
            found.append(_felt(lane, bindings, findings, findings.curve, None))
            found += [_felt(lane, bindings, findings, one, name) for name, one in findings.curves.items()]
            if lane.recipe is not None and lane.recipe.words:
                found.append(_felt(lane, bindings, findings, Curve(findings.words), None, "words"))
            if lane.recipe is not None and lane.recipe.behaviour:
                found.append(_behaved(lane, bindings, findings))
    return found


def _felt(
    lane: Lane, bindings: Bindings, findings: Findings, curve: Curve, segment: str | None,
    of: Literal["scores", "words"] = "scores",
) -> EmotionCurve:  # fmt: skip
    points = []
    for step in bindings.document.steps():
        felt = curve.feelings.get(f"{lane.id}:{step.id}")
        if felt is None or felt.value is None:
            points.append(EmotionPoint(step=step.id, value=None, proof=proof(0, None, findings.measurements)))
            continue
        points.append(
            EmotionPoint(
                step=step.id,
                value=felt.value,
                low=felt.low,
                high=felt.high,
                n=felt.n,
                people=felt.people,
                by_scale=felt.by_scale,
                by_label=felt.by_label or {},
                proof=proof(felt.n, felt.last, findings.measurements),
                cell=felt.cell,
            )
        )
    return EmotionCurve(lane=lane.id, of=of, segment=segment, points=points, drilldown=curve.drilldown, **marks(points))


def _behaved(lane: Lane, bindings: Bindings, findings: Findings) -> EmotionCurve:
    """-2 times the share of a step's people who met it again soon, came back to it, or left from there."""
    measured = dict(zip(bindings.touchpoints, findings.measurements.touchpoints, strict=True))
    points = []
    for step in bindings.document.steps():
        bound = trouble(bindings, step.id)
        counted = findings.figures.get(bound) if bound is not None else None
        if bound is None or counted is None or counted.value is None:
            points.append(EmotionPoint(step=step.id, value=None, proof=proof(0, None, findings.measurements)))
            continue
        times = [measured[name].last for name in bound.touchpoints]
        last = max((time for time in times if time is not None), default=None)
        n = counted.of or 0
        points.append(
            EmotionPoint(
                step=step.id,
                value=_behaviour(counted.value),
                low=None if counted.high is None else _behaviour(counted.high),
                high=None if counted.low is None else _behaviour(counted.low),
                n=n,
                people=n,
                proof=proof(n, last, findings.measurements),
                cell=counted.cell,
            )
        )
    return EmotionCurve(lane=lane.id, of="behaviour", points=points, **marks(points))


def _behaviour(share: float) -> float:
    return WORST * share + 0.0  # no -0


def marks(points: Sequence[EmotionPoint]) -> dict[str, str | None]:
    """The steps that are remembered most: the farthest from 0, the lowest, and the last that anybody tells of.

    Of equal ones the first.
    """
    told = [(point.step, point.value) for point in points if point.value is not None]
    if not told:
        return {"peak": None, "lowest": None, "end": None}
    return {
        "peak": max(told, key=lambda point: abs(point[1]))[0],
        "lowest": min(told, key=lambda point: point[1])[0],
        "end": told[-1][0],
    }
