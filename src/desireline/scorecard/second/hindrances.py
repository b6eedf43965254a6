"""A goal in continuous time: what hinders or helps acts at once and wears off, so that hazards are not proportional."""

from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I64, Bools
from desireline.analyze.stakes.sensitivity import e_value
from desireline.scorecard.memory import Table, scope_of
from desireline.scorecard.second.chance import DAY, chosen, micros
from desireline.scorecard.worlds import Losses, Setting, World
from desireline.simulate import Difficulty

GOAL: Final = "bought"
STEPS, FRICTIONS, DECOYS, ORDINARY, CONFOUNDED, INERT = 40, 4, 5, 24, 5, 3
FACTOR: Final[dict[Difficulty, float]] = {"easy": 0.5, "medium": 0.6, "hard": 0.75}
LIFT: Final[dict[Difficulty, float]] = {"easy": 2.2, "medium": 1.8, "hard": 1.4}
BACK: Final = 0.12
"""How often somebody goes back to the touchpoint before the last."""


class Acting(NamedTuple):
    """What touchpoints do; float64[touchpoints].

    Attributes:
        on_goal: log factor on the hazard of the goal when met; on_end: on that of the end.
        tilt: log odds of meeting it for the keen, against the others.
        liking: how often it is met.
        lasting: days after which an effect has fallen to a third (1 / e).
    """

    on_goal: F64
    on_end: F64
    tilt: F64
    liking: F64
    lasting: float


class Luck(NamedTuple):
    """Uniform draws float64[steps, people], the same for all that might have been; `keen`, and the first day."""

    place: F64
    back: F64
    wait: F64
    goal: F64
    end: F64
    keen: Bools
    begin: F64


class Walked(NamedTuple):
    """Events in the order of steps, and who reached the goal; touchpoint -1 is the goal."""

    person: I64
    days: F64
    at: I64
    reached: Bools


def hindered(setting: Setting, *, effect: bool = True, seen: bool = True) -> World:
    """Four touchpoints hinder the goal, which the keen meet oftener; five others mostly the less keen meet.

    Args:
        setting: of the world.
        effect: whether they hinder; if not, only the confounding is there.
        seen: whether the first touchpoint says who is keen.
    """
    names = [f"t{k:02}" for k in range(FRICTIONS + ORDINARY + DECOYS)]
    log = np.log(FACTOR[setting.difficulty]) if effect else 0.0
    hinders = np.r_[np.ones(FRICTIONS), np.zeros(ORDINARY + DECOYS)]
    tilt = np.r_[np.full(FRICTIONS, 0.5), np.zeros(ORDINARY), np.full(DECOYS, -0.7)]
    acting = Acting(log * hinders, -log * hinders, tilt, np.ones(len(names)), 2.0)
    luck = _luck(setting, 13)
    walked = _walked(acting, luck)
    losses = {}
    for k in range(FRICTIONS if effect else 1):
        kept = np.arange(len(names)) != k
        other = _walked(acting._replace(on_goal=acting.on_goal * kept, on_end=acting.on_end * kept), luck)
        met = np.isin(np.arange(setting.people), walked.person[walked.at == k])
        losses[names[k]] = Losses(float((other.reached[met] * 1.0 - walked.reached[met]).mean()), None)
    world = _world(walked, luck, names, seen=seen)
    return World(
        world.scope, GOAL, frictions=frozenset(names[:FRICTIONS] if effect else ()), losses=losses,
        strength=_strength(walked, luck.keen, 0),
    )  # fmt: skip


def hinting(setting: Setting) -> World:
    """One small step brings the goal nearer; five only the keen take oftener, three mean nothing."""
    confounded = [f"confounded {k}" for k in range(CONFOUNDED)]
    inert, pages = [f"inert {k}" for k in range(INERT)], [f"page {k:02}" for k in range(12)]
    names = ["causal", *confounded, *inert, *pages]
    lifts = np.zeros(len(names))
    lifts[0] = np.log(LIFT[setting.difficulty])
    tilt = np.r_[0.0, np.full(CONFOUNDED, 1.2), np.zeros(INERT), np.linspace(-1.2, 1.2, len(pages))]
    liking = np.r_[np.full(1 + CONFOUNDED + INERT, 0.5), np.ones(len(pages))]
    luck = _luck(setting, 14)
    walked = _walked(Acting(lifts, np.zeros(len(names)), tilt, liking, 12.0), luck)
    world = _world(walked, luck, names, seen=True)
    return World(world.scope, GOAL, causal="causal", decoys=(*confounded, *inert))


def _luck(setting: Setting, stream: int) -> Luck:
    rng = np.random.default_rng([setting.seed, stream])
    draws = rng.random((5, STEPS, setting.people))
    return Luck._make([*draws, rng.random(setting.people) < 0.4, rng.random(setting.people) * 90])


def _walked(acting: Acting, luck: Luck) -> Walked:
    """Waits are Weibull; the goal and the end come within a wait as their hazards in its middle say."""
    n = len(luck.keen)
    likes = acting.liking * np.exp(np.outer(np.where(luck.keen, 0.5, -0.5), acting.tilt))
    now, goal, end = luck.begin.copy(), np.zeros(n), np.zeros(n)
    at, before = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    who, reached, found = np.arange(n), np.zeros(n, np.bool_), []
    for step in range(STEPS):
        free = chosen(likes[who], luck.place[step, who])
        after = np.where((luck.back[step, who] < BACK) & (before[who] >= 0), before[who], free)
        before[who], at[who] = at[who], after
        found.append((who, now[who], after))
        goal[who] += acting.on_goal[after]
        end[who] += acting.on_end[after]
        wait = (-np.log1p(-luck.wait[step, who])) ** (1 / 0.9) * 0.8
        fading = np.exp(-wait / 2 / acting.lasting)
        age = now[who] + wait / 2 - luck.begin[who]
        rate = 0.09 * (age + 0.3) ** -0.25 * np.exp(0.9 * luck.keen[who] + goal[who] * fading)
        leaving = 0.16 * np.exp(-0.3 * luck.keen[who] + end[who] * fading)
        until = [-np.log1p(-draw[step, who]) / hazard for draw, hazard in ((luck.goal, rate), (luck.end, leaving))]
        won = (until[0] < wait) & (until[0] < until[1])
        reached[who[won]] = True
        found.append((who[won], (now[who] + until[0])[won], np.full(won.sum(), -1)))
        now[who] += wait
        goal[who] *= fading**2
        end[who] *= fading**2
        who = who[~won & (until[1] >= wait)]
    person, days, touched = (np.concatenate(part) for part in zip(*found, strict=True))
    return Walked(person, days, touched, reached)


def _world(walked: Walked, luck: Luck, names: list[str], *, seen: bool) -> World:
    """Everyone begins at a door; that of the keen is another one if it is seen."""
    n = len(luck.keen)
    every = [*names, GOAL, "door", "club door"]
    door = np.where(luck.keen & seen, len(names) + 2, len(names) + 1)
    event = np.r_[door, np.where(walked.at < 0, len(names), walked.at)]
    time = micros(np.r_[luck.begin - 0.01, walked.days])
    table = Table(np.r_[np.arange(n), walked.person], time, event, every)
    return World(scope_of(table, int(time.max()) + 60 * DAY), GOAL)


def _strength(walked: Walked, keen: Bools, friction: int) -> float:
    """The E-value of the greatest bias that keenness can make (P. Ding, T. VanderWeele 2016)."""
    met = np.isin(np.arange(len(keen)), walked.person[walked.at == friction])
    on_meeting, on_goal = (float(of[keen].mean() / of[~keen].mean()) for of in (met, walked.reached))
    return e_value(on_meeting * on_goal / (on_meeting + on_goal - 1))
