"""Small groups stay private: the figures of a map without those that fewer people than a threshold stand behind."""

from dataclasses import dataclass
from typing import Any, Final

from desireline.model.measured import (
    CardMeasured,
    EmotionCurve,
    EmotionPoint,
    Figure,
    HandOffMeasured,
    Measured,
    StageMeasured,
)

EXPORT_THRESHOLD: Final = 50
"""People that a figure needs in a file for those who have no access to persons."""


@dataclass(frozen=True)
class Guarded:
    """What may be shown.

    Attributes:
        measured: without small figures; flows of a stage in `rough` are rounded to the threshold.
        hidden: ids of stages, steps and cards, and (lane, step) pairs of emotion points, whose figure was taken out.
        rough: ids of stages one of whose parts is small: only their people are said.
    """

    measured: Measured
    hidden: frozenset[str | tuple[str, str]]
    rough: frozenset[str]


def guarded(measured: Measured, threshold: int) -> Guarded:
    """Takes out every figure of 1 to `threshold` - 1 people, and shares that only so few are missing from or in.

    A zero stays: nobody can be found in it. Sparklines keep counts only, and of these the large ones.
    """
    kept = _Keeper(threshold)
    cards = {key: kept.card(key, card) for key, card in measured.cards.items()}
    stages = {key: stage for key, s in measured.stages.items() if (stage := kept.stage(key, s))}
    steps = {key: figure for key, f in measured.steps.items() if (figure := kept.figure(key, f))}
    hand_offs = {key: large for key, flows in measured.hand_offs.items() if (large := kept.hand_offs(flows))}
    reached = measured.goal_people
    tells = reached is not None and (kept.small(reached) or kept.small(measured.people_in_scope - reached))
    few = kept.small(measured.people_in_scope)
    shown = measured.model_copy(
        update={
            "cards": cards,
            "stages": stages,
            "steps": steps,
            "hand_offs": hand_offs,
            "emotion": [kept.curve(curve) for curve in measured.emotion],
            "unplaced": [t for t in measured.unplaced if not kept.small(t.people)],
            **({"goal_people": None, "goal_share": None} if tells else {}),
            **({"people_in_scope": 0, "events": 0} if few else {}),
        }
    )
    return Guarded(shown, frozenset(kept.hidden), frozenset(kept.rough))


class _Keeper:
    """Keeps what may be shown and remembers what it took out."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.hidden: set[str | tuple[str, str]] = set()
        self.rough: set[str] = set()

    def small(self, n: int) -> bool:
        return 0 < n < self.threshold

    def _tells(self, figure: Figure) -> bool:
        """Whether so few are counted, or so few of all are not."""
        of = figure.of
        if self.small(figure.n) or (of is not None and self.small(of)):
            return True
        if of is None or figure.unit != "share" or figure.value is None:
            return False
        counted = round(figure.value * of)
        return self.small(counted) or self.small(of - counted)

    def figure(self, key: str, figure: Figure) -> Figure | None:
        if self._tells(figure):
            self.hidden.add(key)
            return None
        counts = figure.unit == "people"
        spark = [None if v is None or self.small(round(v)) else v for v in figure.spark] if counts else []
        change = figure.change
        if change and counts and (self.small(round(change.before)) or self.small(round(abs(change.difference)))):
            change = None
        return figure.model_copy(update={"spark": spark, "change": change, "cell": None})

    def card(self, key: str, card: CardMeasured) -> CardMeasured:
        figure = self.figure(key, card.figure) if card.figure else None
        ratings = {name: f for name, f in card.ratings.items() if not self._tells(f)}
        return card.model_copy(update={"figure": figure, "ratings": ratings})

    def stage(self, key: str, stage: StageMeasured) -> StageMeasured | None:
        if self.small(stage.people):
            self.hidden.add(key)
            return None
        switches = [s for s in stage.channel_switches if not self.small(s.people)]
        changes: dict[str, Any] = {"channel_switches": switches}
        if any(map(self.small, (stage.goes_on, stage.dropped, stage.open, stage.loops))):
            self.rough.add(key)
            changes |= {name: self._rounded(getattr(stage, name)) for name in ("goes_on", "dropped", "open", "loops")}
            changes |= {"goes_on_share": None, "goes_on_interval": None, "onward": []}
        return stage.model_copy(update=changes)

    def _rounded(self, n: int) -> int:
        return round(n / self.threshold) * self.threshold

    def hand_offs(self, flows: list[HandOffMeasured]) -> list[HandOffMeasured]:
        large = [flow for flow in flows if not self.small(flow.people)]
        return [
            flow.model_copy(update={"repeated_share": None})
            if flow.repeated_share is not None
            and (self.small(asked := round(flow.repeated_share * flow.people)) or self.small(flow.people - asked))
            else flow
            for flow in large
        ]

    def curve(self, curve: EmotionCurve) -> EmotionCurve:
        points = [self._point(curve.lane, point) for point in curve.points]
        gone = {p.step for p in points if p.value is None}
        ends = {name: None for name in ("peak", "lowest", "end") if getattr(curve, name) in gone}
        return curve.model_copy(update={"points": points, **ends})

    def _point(self, lane: str, point: EmotionPoint) -> EmotionPoint:
        if point.value is None or not self.small(min(point.people or point.n, point.n)):
            return point
        self.hidden.add((lane, point.step))
        gone: dict[str, Any] = {
            "value": None,
            "low": None,
            "high": None,
            "n": 0,
            "people": 0,
            "by_scale": {},
            "by_label": {},
            "cell": None,
        }
        return point.model_copy(update={**gone, "proof": point.proof.model_copy(update={"n": 0})})
