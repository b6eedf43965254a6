"""What is done to people: experiments with their arms, a staggered rollout, and what truly came of each."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from desireline.simulate import world
from desireline.simulate.arrays import Bools
from desireline.simulate.blocks import Block
from desireline.simulate.calendar import DATES, DAY, iso, micros
from desireline.simulate.columns import chosen, moments, numbered
from desireline.simulate.event_tables import PERSON
from desireline.simulate.people import People
from desireline.simulate.settings import Settings
from desireline.simulate.walking import EFFECT_BY_PERSONA

FORM: Final = "short form"
BANNER: Final = "new banner"
ROLLOUT: Final = "same-day delivery"
_SKEWED: Final = 0.53
_ARMS: Final = ("control", "treatment")


def banner_arms(people: People, seed: int) -> tuple[Bools, Bools]:
    """Who takes part in the experiment without an effect, and who is treated: more than the half that was meant."""
    rng = np.random.default_rng([seed, 2])
    part = people.start >= DATES.rollout[-2] * DAY
    return part, part & (rng.random(people.n) < _SKEWED)


def assignments_table(people: People, blocks: Sequence[Block], seed: int) -> pa.Table:
    """One row for each person in each experiment, dated by their first event."""
    tables = []
    arms = {FORM: (_joined(blocks, "assigned"), _joined(blocks, "treated")), BANNER: banner_arms(people, seed)}
    for name, (part, treated) in arms.items():
        who = np.flatnonzero(part)
        tables.append(
            pa.table({
                "experiment": pa.repeat(name, len(who)),
                "person_id": numbered(PERSON, who),
                "arm": chosen(_ARMS, treated[who].astype(np.int64)),
                "time": moments(micros(people.start[who])),
            })
        )  # fmt: skip
    return pa.concat_tables(tables)


def truth_of_interventions(
    people: People, blocks: Sequence[Block], settings: Settings, seed: int
) -> list[dict[str, Any]]:
    """Effects as they are: potential outcomes of the same people with the same random numbers."""
    assigned, treated = _joined(blocks, "assigned"), _joined(blocks, "treated")
    with_it = np.concatenate([b.lifted.treated for b in blocks])[assigned]
    without = np.concatenate([b.lifted.untreated for b in blocks])[assigned]
    part, second = banner_arms(people, seed)
    return [
        {
            "name": FORM, "kind": "randomised", "from": iso(DATES.experiment_from), "to": iso(DATES.experiment_to),
            "arms": _arms(assigned, treated), "hazard_factor": _by_persona(settings),
            "rate_if_control": _share(without), "rate_if_treated": _share(with_it),
            "effect": _share(with_it) - _share(without),
        },
        {
            "name": BANNER, "kind": "randomised", "from": iso(DATES.rollout[-2]), "arms": _arms(part, second),
            "intended": [0.5, 0.5], "sample_ratio_mismatch": True, "effect": 0.0,
        },
        _rollout(blocks, settings),
    ]  # fmt: skip


def _rollout(blocks: Sequence[Block], settings: Settings) -> dict[str, Any]:
    days = dict(zip(world.REGIONS, DATES.rollout, strict=True))
    converted, without = _joined(blocks, "converted"), np.concatenate([b.lifted.without_rollout for b in blocks])
    return {
        "name": ROLLOUT, "kind": "staggered", "hazard_factor": 1 + settings.treatment,
        "starts": {region: iso(day) if day <= 1e6 else None for region, day in days.items()},
        "conversions": int(converted.sum()), "conversions_without": int(without.sum()),
    }  # fmt: skip


def _joined(blocks: Sequence[Block], field: str) -> Bools:
    found: Bools = np.concatenate([getattr(b, field) for b in blocks])
    return found


def _arms(part: Bools, treated: Bools) -> dict[str, int]:
    return {"control": int((part & ~treated).sum()), "treatment": int(treated.sum())}


def _by_persona(settings: Settings) -> dict[str, float]:
    factors = 1 + settings.treatment * EFFECT_BY_PERSONA
    return dict(zip(world.PERSONAS, np.round(factors, 6).tolist(), strict=True))


def _share(hits: Bools) -> float:
    return float(hits.mean()) if len(hits) else 0.0
