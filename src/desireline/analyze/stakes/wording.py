"""What is at stake, in sentences: from the numbers alone, and never stronger than the grade."""

from typing import TYPE_CHECKING

from desireline.i18n import number, percent, translate

if TYPE_CHECKING:
    from desireline.analyze.stakes.model import Effect, StakesResult


def sentences(language: str, found: "StakesResult") -> list[str]:
    """The answer in words, in `en`, `pl` or `hr`."""

    def text(key: str, **values: object) -> str:
        return translate(language, f"stakes.{key}", **values)

    if not found.enough or found.overlap is None:
        return [text(f"reason.{found.reason}", touchpoint=found.touchpoint, goal=found.goal)]
    goal = found.effects[0]
    told = [
        text(
            f"sentence.{_direction(goal)}", touchpoint=found.touchpoint, goal=found.goal,
            observed=percent(language, goal.observed), expected=percent(language, min(max(goal.expected, 0.0), 1.0)),
            low=number(language, 100 * goal.low, 1), high=number(language, 100 * goal.high, 1),
        )
    ]  # fmt: skip
    if found.money is not None and goal.low > 0:
        year = found.money.per_year
        ends = (number(language, value, 0) for value in (year.estimate, year.low, year.high))
        key = "sentence.money_at_most" if found.money.fixable == 1 else "sentence.money"
        told.append(text(key, **dict(zip(("amount", "low", "high"), ends, strict=True))))
    if goal.e_value_low is not None and goal.e_value_low > 1:
        told.append(text("sentence.hidden", strength=number(language, goal.e_value_low, 1)))
    return [*told, text(f"sentence.grade_{found.grade}")]


def _direction(goal: "Effect") -> str:
    return "loss" if goal.low > 0 else "gain" if goal.high < 0 else "none"
