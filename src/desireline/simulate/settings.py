"""How hard a simulation makes it for those who analyse it."""

from typing import Final, Literal, NamedTuple

Difficulty = Literal["easy", "medium", "hard"]
Effects = Literal["planted", "none"]


class Settings(NamedTuple):
    """Sizes of effects, confounding and noise. Shares are probabilities, factors multiply hazards."""

    friction: float  # on the hazard of the goal; that of the end is divided by it
    intent_on_goal: float  # log hazard per standard deviation of intent
    intent_on_end: float
    pull: float  # log odds per standard deviation of intent, of touchpoints that draw by intent
    push: float  # the same of those that repel
    chain: float  # how often a kind of journey follows its chain
    focus: float  # log odds of touchpoints that belong to it, otherwise
    separation: float  # of personas' pace and spending
    liking: float  # and of the channels they like
    type_contrast: float  # 1: types as different between personas as planned, 0: not at all
    micro: float  # factor on the goal after the causal micro-conversion
    treatment: float  # mean relative effect of the randomised intervention
    drift: tuple[float, float]
    loop: float  # share that goes round in the bad release
    outage: float  # factor on the goal in the payment outage
    bots: float
    duplicates: float
    late: float
    skewed: float
    dirty: float
    typos: float
    shared: float
    login: float


SETTINGS: Final[dict[Difficulty, Settings]] = {
    "easy": Settings(
        friction=0.5, intent_on_goal=0.25, intent_on_end=-0.15, pull=0.35, push=-0.08, chain=0.75, focus=1.9,
        separation=1.7, liking=1.0,
        type_contrast=1.0, micro=2.2, treatment=0.25, drift=(0.15, 0.45), loop=0.7, outage=0.02, bots=0.0,
        duplicates=0.002, late=0.005, skewed=0.0, dirty=0.0, typos=0.005, shared=0.02, login=0.8,
    ),
    "medium": Settings(
        friction=0.6, intent_on_goal=0.35, intent_on_end=-0.25, pull=0.5, push=-0.15, chain=0.68, focus=1.6,
        separation=1.4, liking=0.75,
        type_contrast=1.0, micro=1.8, treatment=0.15, drift=(0.15, 0.40), loop=0.6, outage=0.05, bots=0.003,
        duplicates=0.01, late=0.02, skewed=0.01, dirty=0.0005, typos=0.02, shared=0.05, login=0.6,
    ),
    "hard": Settings(
        friction=0.75, intent_on_goal=0.5, intent_on_end=-0.4, pull=0.8, push=-0.4, chain=0.35, focus=0.5,
        separation=0.6, liking=0.4,
        type_contrast=0.5, micro=1.4, treatment=0.08, drift=(0.15, 0.28), loop=0.4, outage=0.3, bots=0.015,
        duplicates=0.03, late=0.06, skewed=0.03, dirty=0.002, typos=0.06, shared=0.12, login=0.35,
    ),
}  # fmt: skip

BLIND: Final = {"friction": 1.0, "micro": 1.0, "treatment": 0.0, "loop": 0.0, "outage": 1.0}
"""What `effects none` puts in their place; confounding and noise stay."""


def settings_of(difficulty: Difficulty, effects: Effects) -> Settings:
    """The settings of a run."""
    chosen = SETTINGS[difficulty]
    if effects == "planted":
        return chosen
    return chosen._replace(drift=(chosen.drift[0], chosen.drift[0]), **BLIND)
