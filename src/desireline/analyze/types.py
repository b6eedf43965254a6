"""Types of journeys: kinds of order in which touchpoints follow each other, found as a mixture of Markov chains."""

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, Field

from desireline.analyze.cells import parsed
from desireline.analyze.scope import F64, I32, I64, Bools, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.intervals import wilson
from desireline.model.question import Asked, Cut, Proportion, Result

if TYPE_CHECKING:
    from desireline.analyze.mixtures.finding import Found


class TypesRequest(Asked):
    """Find types of journeys.

    Attributes:
        k: how many; None lets the data choose, up to `most`.
        most: types tried.
        goal: also say who of each type reaches it: a goal of the definition, else a touchpoint, else an event name.
        seed: of the sample and of the starts.
    """

    k: int | None = Field(default=None, ge=1, le=12)
    most: int = Field(default=8, ge=1, le=12)
    goal: str | None = None
    seed: int = Field(default=0, ge=0)


class Trait(BaseModel):
    """What a type does oftener than the others: a touchpoint, or a step from one to the next.

    `share` of its units that do it, `elsewhere` of the units of all other types.
    """

    names: list[str]
    share: float
    elsewhere: float


class JourneyType(BaseModel):
    """A type.

    Attributes:
        name: its most distinctive step; no more than the data says.
        people: units whose journey is of it with a probability of at least .6; `share` of all that have a journey,
            with Wilson's 95 % interval `low` to `high`.
        traits: what is over-represented in it, the most distinctive first; shares are of the journeys sampled.
        medoid: the journey that is nearest to all others of the type: a real one. Its first 100 touchpoints.
        coverage: share of its units within a quarter of the largest distance from the medoid.
        median_length: touchpoints of a journey, immediate repeats as one.
        median_seconds: from the first touchpoint to the last.
        converted: units that reach the goal; `rate` is their part, with its interval. None without a goal.
    """

    name: str
    people: int
    share: float
    low: float
    high: float
    traits: list[Trait]
    medoid: list[str]
    coverage: float
    median_length: float
    median_seconds: float
    converted: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None


class Mixed(BaseModel):
    """Units that no type has a probability of .6 for."""

    people: int
    share: float


class Fitted(BaseModel):
    """How well so many types fit the journeys sampled.

    `completed` is the log of the integrated likelihood of journeys and their types together: the largest is chosen.
    The Bayesian information criterion `bic` (smaller is better) stands beside it.
    """

    k: int
    completed: float
    bic: float
    log_likelihood: float


class TypesResult(Result):
    """Types by falling number of units.

    Attributes:
        stable: whether there is more than one type; false is an answer too.
        reason: why there is only one: too few journeys, or one kind of journey explains them best.
        with_journey: units that have a touchpoint at all.
        fits: how well each number of types fits.

    Cells: `type:I`, by place from 0, and `mixed`.
    """

    table: ClassVar[str] = "groups"

    stable: bool
    reason: Literal["too_few", "one_kind"] | None
    goal: str | None
    with_journey: int
    groups: list[JourneyType]
    mixed: Mixed
    fits: list[Fitted]


def answer(scope: Scope, request: TypesRequest) -> TypesResult:
    """Find types, and the type of each unit.

    Raises:
        UnknownStep: there is no such goal.
    """
    from desireline.analyze.mixtures.search import LEAST

    found = _found(scope, request)
    with_journey = int(np.count_nonzero(found.journeys.length))
    mixed = with_journey - sum(found.people())
    fields = about(scope, request, "types", scope.labels(request), _cut(found, with_journey))
    few = with_journey < 2 * LEAST
    own = {
        "stable": found.k > 1,
        "reason": None if found.k > 1 else "too_few" if few else "one_kind",
        "goal": request.goal,
        "with_journey": with_journey,
        "groups": _groups(scope, request, found, with_journey) if with_journey else [],
        "mixed": {"people": mixed, "share": mixed / with_journey if with_journey else 0.0},
        "fits": [fit._asdict() for fit in found.fits],
    }
    return TypesResult.model_validate({**fields, **own})


def members(scope: Scope, request: TypesRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.analyze.mixtures.finding import MIXED

    kind, place = parsed(cell)
    found = _found(scope, request)
    match kind, place:
        case "type", int(place) if 0 <= place < found.k:
            return np.flatnonzero(found.of == place)
        case "mixed", None:
            return np.flatnonzero(found.of == MIXED)
    raise BadDrilldown(given=cell[:40])


def proportions(result: TypesResult) -> list[Proportion]:  # noqa: ARG001 the form of all questions
    """None: the types of two segments are not the same types."""
    return []


def labelled(scope: Scope, request: TypesRequest) -> tuple[I64, list[str]]:
    """Units that have a journey, ascending, and the name of the type of each or `mixed`."""
    from desireline.analyze.mixtures.finding import NONE
    from desireline.analyze.mixtures.naming import names, traits

    found = _found(scope, request)
    units = np.flatnonzero(found.of != NONE)
    told = [*names(traits(found)), "mixed"]
    return units, [told[kind] for kind in found.of[units].tolist()]


def _found(scope: Scope, request: TypesRequest) -> "Found":
    from desireline.analyze.mixtures.finding import Wanted, find

    wanted = Wanted(request.by_event_name, request.k, request.most, request.seed)
    return find(scope, scope.labels(request), wanted)


def _cut(found: "Found", with_journey: int) -> list[Cut]:
    cuts = []
    if len(found.sample) < with_journey - found.journeys.too_long:
        cuts.append(Cut(what="sample", kept=len(found.sample), total=with_journey))
    if found.labels > len(found.names):
        cuts.append(Cut(what="labels", kept=len(found.names) - 1, total=found.labels))
    if found.journeys.too_long:
        cuts.append(Cut(what="journeys", kept=with_journey - found.journeys.too_long, total=with_journey))
    return cuts


def _groups(scope: Scope, request: TypesRequest, found: "Found", with_journey: int) -> list[JourneyType]:
    from desireline.analyze.mixtures.naming import names, traits
    from desireline.analyze.narrowing import reaching

    told = traits(found)
    seconds = _seconds(scope, request)
    reached = None if request.goal is None else reaching(scope, request.goal)
    return [
        JourneyType.model_validate(
            {
                "name": name,
                **_size(found, kind, with_journey),
                "traits": [trait._asdict() for trait in told[kind]],
                **_usual(found, kind, seconds),
                **_converted(found.of, kind, reached),
            }
        )
        for kind, name in enumerate(names(told))
    ]


def _size(found: "Found", kind: int, with_journey: int) -> dict[str, float]:
    people = int(np.count_nonzero(found.of == kind))
    low, high = wilson(people, with_journey)
    return {"people": people, "share": people / with_journey, "low": low, "high": high}


def _usual(found: "Found", kind: int, seconds: F64) -> dict[str, object]:
    from desireline.analyze.mixtures.medoid import medoid

    nearest, inside = medoid(found, kind), found.of == kind
    return {
        "medoid": [found.names[t] for t in nearest.walk.tolist()],
        "coverage": nearest.coverage,
        "median_length": float(np.median(found.journeys.length[inside])),
        "median_seconds": float(np.median(seconds[inside])),
    }


def _converted(of: I32, kind: int, reached: Bools | None) -> dict[str, float | None]:
    if reached is None:
        return dict.fromkeys(("converted", "rate", "rate_low", "rate_high"))
    people, hits = int(np.count_nonzero(of == kind)), int(np.count_nonzero(reached & (of == kind)))
    low, high = wilson(hits, people)
    return {"converted": hits, "rate": hits / people, "rate_low": low, "rate_high": high}


def _seconds(scope: Scope, request: TypesRequest) -> F64:
    """float64[units], from the first touchpoint to the last."""
    from desireline.kernels.durations import FIRST, LAST, durations

    return durations(scope.offsets, scope.time, scope.code, scope.labels(request).table, FIRST, LAST)[1] / 1e6
