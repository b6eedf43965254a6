"""What is written into an opportunity in words: a title to begin with, and its evidence in every language."""

from typing import TYPE_CHECKING, get_args

from desireline.i18n import translate
from desireline.model.opportunity import Language

if TYPE_CHECKING:
    from desireline.analyze.detectors.model import Obstacle
    from desireline.analyze.stakes import StakesResult
    from desireline.model.question import Grain

LONGEST = 200
LANGUAGES: tuple[Language, ...] = get_args(Language)


def title(language: str, what: str, touchpoint: str, **names: str) -> str:
    """What happens where, in a few words.

    Args:
        language: en, pl or hr.
        what: a kind of obstacle, `drop` or `convert` of friction, or `touchpoint` where there is only a place.
        touchpoint: where it happens.
        names: the `other` touchpoint of going back and forth, the `goal` that fewer reach.
    """
    place = translate(language, "opportunities.title.touchpoint", touchpoint=touchpoint)
    if what == "touchpoint":
        return place[:LONGEST]
    return translate(language, f"opportunities.title.{what}", place=place, **names)[:LONGEST]


def evidence(grain: "Grain", obstacle: "Obstacle | None", stakes: "StakesResult | None" = None) -> dict[str, list[str]]:
    """The sentences of what was found, in every language.

    Args:
        grain: what the units of the obstacle are.
        obstacle: what happens.
        stakes: what it may cost.
    """
    from desireline.analyze.detectors.telling import sentence
    from desireline.analyze.stakes.wording import sentences

    return {
        language: [
            *([sentence(language, grain, obstacle.sentence_key, obstacle.sentence_values)] if obstacle else []),
            *(sentences(language, stakes) if stakes else []),
        ]
        for language in LANGUAGES
    }
