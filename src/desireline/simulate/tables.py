"""Where people go next: probabilities of the next touchpoint by kind of person and intent, before and after the drift.

A row mixes four things: stage to stage with a touchpoint by weight and liking inside it; the chain of the kind of
journey; edges of their own; and, with the same share after every touchpoint, a contact.
"""

from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64
from desireline.simulate.people import LEVELS, People, level_values
from desireline.simulate.settings import Settings

_SIZE = len(world.PLACES)


class Tables(NamedTuple):
    """Cumulative probabilities.

    next: F64[2, kinds, touchpoints, touchpoints]; the first axis is before and after the drift.
    first: F64[kinds, touchpoints].
    contact: F64[personas, touchpoints].
    """

    next: F64
    first: F64
    contact: F64


def kind_of(people: People) -> I64:
    """Which of the tables is a person's."""
    found: I64 = (people.persona * len(world.TYPES) + people.type) * LEVELS + people.level
    return found


def tables_of(settings: Settings) -> Tables:
    """All tables of a world."""
    inside = _inside(settings)
    contact = _contacts(settings)
    base = np.einsum("ts,zylsj->zyltj", world.STAGE_TO_STAGE[world.STAGE], inside)
    base *= 1 - np.eye(_SIZE)
    base /= base.sum(-1, keepdims=True)
    rows = _with_contacts(_edged(_chained(base, settings.chain)), contact)
    both = np.stack([_drifted(rows, share) for share in settings.drift])
    first = np.einsum("s,zylsj->zylj", world.FIRST_STAGE, inside)
    kinds = (len(world.PERSONAS) * len(world.TYPES) * LEVELS, _SIZE)
    return Tables(
        next=both.reshape(2, *kinds, _SIZE).cumsum(-1),
        first=first.reshape(kinds).cumsum(-1),
        contact=contact.cumsum(-1),
    )


def pick(cumulative: F64, u: F64) -> I64:
    """The place of u in each row of cumulative probabilities."""
    found: I64 = (u[:, None] >= cumulative).sum(1)
    return np.minimum(found, _SIZE - 1)


def _liking(settings: Settings) -> F64:
    """F64[personas, touchpoints]: odds by channel, stronger where no kind of journey says where to go."""
    channel = [world.CHANNELS.index(c) for c in world.CHANNEL]
    free = (world.STAGE != 1) & (world.STAGE != 2) | np.isin(np.arange(_SIZE), world.indices(world.CONTACTS))
    found: F64 = np.exp(settings.liking * np.where(free, 2.0, 1.0) * world.LIKING[:, channel])
    return found


def _inside(settings: Settings) -> F64:
    """F64[personas, types, levels, stages, touchpoints]: which touchpoint, given the stage."""
    by_intent = np.where(world.PULL > 0, settings.pull, -settings.push) * world.PULL
    drawn = np.exp(level_values()[:, None] * by_intent)
    weight = world.WEIGHT * _liking(settings)[:, None, None, :] * _focus(settings)[:, None, :] * drawn
    stages = np.arange(len(world.STAGES))[:, None] == world.STAGE
    shared = weight[..., None, :] * stages
    found: F64 = shared / shared.sum(-1, keepdims=True)
    return found


def _focus(settings: Settings) -> F64:
    """F64[types, touchpoints]: odds of what the chains of a type hold, against what only those of others do."""
    own = np.zeros((len(world.TYPES), _SIZE), np.bool_)
    for y, name in enumerate(world.TYPES):
        for chain in world.CHAINS[name]:
            own[y, world.indices(chain)] = True
    others = own.any(0) & ~own
    found: F64 = np.exp(settings.focus * (own.astype(float) - others))
    return found


def _contacts(settings: Settings) -> F64:
    """F64[personas, touchpoints]: which contact a persona turns to."""
    wanted = np.zeros(_SIZE)
    wanted[world.indices(world.CONTACTS)] = 1.0
    weight = wanted * _liking(settings)
    found: F64 = weight / weight.sum(1, keepdims=True)
    return found


def _chained(base: F64, share: float) -> F64:
    """F64[personas, types, levels, touchpoints, touchpoints]: the chains of the types mixed in."""
    rows = base.copy()
    for y, name in enumerate(world.TYPES):
        for chain in world.CHAINS[name]:
            for here, there in zip(world.indices(chain[:-1]), world.indices(chain[1:]), strict=True):
                rows[:, y, :, here] *= 1 - share
                rows[:, y, :, here, there] += share
    return rows


def _edged(rows: F64) -> F64:
    for here, edges in world.EDGES.items():
        k = world.INDEX[here]
        rows[..., k, :] *= 1 - sum(edges.values())
        for there, share in edges.items():
            rows[..., k, world.INDEX[there]] += share
    return rows


def _with_contacts(rows: F64, contact: F64) -> F64:
    """The same share of contacts after every touchpoint before the goal, a larger one after a contact."""
    share = np.where(world.AFTER_GOAL, 0.0, world.CONTACT_SHARE)
    share[world.indices(world.CONTACTS)] = world.REPEAT_SHARE
    share[world.INDEX[world.UNANSWERED]] = world.UNANSWERED_SHARE
    found: F64 = rows * (1 - share)[:, None] + share[:, None] * contact[:, None, None, None, :]
    return found


def _drifted(rows: F64, share: float) -> F64:
    """The drifting edge at its share, whatever the kind of person."""
    here, there = world.indices(world.DRIFTING)
    found = rows.copy()
    found[..., here, there] = 0.0
    found[..., here, :] *= (1 - share) / found[..., here, :].sum(-1, keepdims=True)
    found[..., here, there] = share
    return found
