"""What `analyze` found out for a map, in the names of its definition."""

from dataclasses import dataclass, field

from desireline.model.counted import Bound, Counted, Crossing, Feeling
from desireline.model.definition import Definition
from desireline.model.measurements import Measurements


@dataclass(frozen=True)
class Curve:
    """The answers of a segment: feelings by `LANE:STEP`, and the token of their cells."""

    feelings: dict[str, Feeling]
    drilldown: str | None = None


@dataclass(frozen=True)
class Findings:
    """Everything that was counted for a map.

    Attributes:
        definition: what the measurements are of, in its order of stages and touchpoints.
        figures: bound figures.
        feelings: answers by the keys of `maps.wanted`.
        curve: those of everyone's curve; `curves`: of segments, by name.
        words: what texts say, for the lanes that ask for it.
        crossings: hand-offs by stage of the definition.
        goal, segment: what was asked for.
    """

    definition: Definition
    measurements: Measurements
    figures: dict[Bound, Counted] = field(default_factory=dict)
    feelings: dict[str, Feeling] = field(default_factory=dict)
    curve: Curve = field(default_factory=lambda: Curve({}))
    curves: dict[str, Curve] = field(default_factory=dict)
    words: dict[str, Feeling] = field(default_factory=dict)
    crossings: dict[str, list[Crossing]] = field(default_factory=dict)
    goal: str | None = None
    segment: str | None = None
