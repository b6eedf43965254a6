"""What an experiment is analysed from: one row a person, with the arm and what came of it."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from desireline.model.experiment_result import MetricKind, Wanted

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Outcome:
    """One metric of all people.

    Attributes:
        name: as it is shown.
        kind: `binary` values are 0 and 1.
        value: float64[people], NaN where it is not known; of a ratio the numerator.
        per: float64[people], the denominator of a ratio, else None.
        direction: whether more is better.
        margin: of a guardrail: how much worse is bearable, as a share of the control's value.
    """

    name: str
    kind: MetricKind
    value: F64
    per: F64 | None = None
    direction: Wanted = "up"
    margin: float = 0.02

    @property
    def known(self) -> Bools:
        """bool[people]."""
        found = np.isfinite(self.value)
        return found if self.per is None else found & np.isfinite(self.per)


@dataclass(frozen=True, eq=False)
class Factor:
    """Values by which people are told apart: `index` int32[people], -1 for none, into `names`."""

    name: str
    index: I32
    names: list[str]


@dataclass(frozen=True, eq=False)
class Sample:
    """Everybody who was assigned to exactly one arm, once.

    Attributes:
        arms: their names, sorted.
        arm: int32[people], index into `arms`.
        outcome: the primary metric.
        covariate: name and float64[people], known before the assignment, NaN where it is not; or None.
        time: int64[people], µs UTC of the assignment; or None.
        guardrails: further metrics.
        segments: by what people are told apart.
    """

    arms: list[str]
    arm: I32
    outcome: Outcome
    covariate: tuple[str, F64] | None = None
    time: I64 | None = None
    guardrails: list[Outcome] = field(default_factory=list)
    segments: list[Factor] = field(default_factory=list)
