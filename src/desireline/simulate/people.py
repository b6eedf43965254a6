"""People of a block: what is latent in them, and what can be seen."""

from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.calendar import DAY, starts
from desireline.simulate.settings import Settings

LEVELS = 5
CAMPAIGNS = ("generic", "affiliate", "retargeting", "brand")


class People(NamedTuple):
    """One entry a person; categories are numbers into the lists of `world`."""

    persona: I64
    type: I64
    intent: F64  # standard normal, the confounder
    level: I64  # its fifth, 0 to 4
    language: I64
    region: I64
    android: Bools
    consent: Bools
    campaign: I64  # how they came: a weak proxy of intent that can be seen
    pace: F64  # median days between visits
    within: F64  # probability that the next touchpoint belongs to the same visit
    order: F64  # value of an order
    value_class: I64
    start: F64  # seconds since the first day
    mood: F64  # standard normal, how kindly they answer

    @property
    def n(self) -> int:
        """How many."""
        return len(self.persona)


def people_of(rng: np.random.Generator, n: int, settings: Settings) -> People:
    """Draws n people."""
    persona = rng.choice(len(world.PERSONAS), n, p=world.PERSONA_SHARES)
    mean = world.TYPE_SHARES.mean(0)
    shares = mean + settings.type_contrast * (world.TYPE_SHARES - mean)
    kind = (rng.random(n)[:, None] >= shares.cumsum(1)[persona]).sum(1).clip(max=len(world.TYPES) - 1)
    intent = rng.standard_normal(n)
    level = np.searchsorted([-0.8416, -0.2533, 0.2533, 0.8416], intent)
    seen = 0.5 * intent + np.sqrt(0.75) * rng.standard_normal(n)
    order = world.ORDER_VALUE[persona] ** settings.separation * 90.0 ** (1 - settings.separation)
    order = np.round(order * np.exp(0.35 * rng.standard_normal(n)), 2)
    return People(
        persona=persona,
        type=kind,
        intent=intent,
        level=level,
        language=rng.choice(3, n, p=[0.4, 0.35, 0.25]),
        region=rng.choice(5, n, p=[0.25, 0.2, 0.2, 0.2, 0.15]),
        android=rng.random(n) < 0.6,
        consent=rng.random(n) < 0.8,
        campaign=np.searchsorted([-0.6745, 0.0, 0.6745], seen),
        pace=1.5 * world.PACE[persona] ** settings.separation * np.exp(0.25 * rng.standard_normal(n)),
        within=0.65 + settings.separation * world.WITHIN[persona],
        order=order,
        value_class=np.searchsorted([60.0, 150.0], order),
        start=starts(rng, n),
        mood=rng.standard_normal(n),
    )


def level_values() -> F64:
    """The intent that stands for each fifth: medians of the fifths of a standard normal."""
    return np.array([-1.2816, -0.5244, 0.0, 0.5244, 1.2816])


def days(seconds: float) -> float:
    """Seconds as days."""
    return seconds / DAY
