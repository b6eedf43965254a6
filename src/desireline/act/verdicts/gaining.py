"""Money of an effect: its size times what one unit of it is worth, the intervals of both carried through."""

from desireline.model.verdict import Amount, Gain, Outcome, Worth


def gain(
    verdict: Outcome, effect: tuple[float, float, float], worth: Worth, cost: float | None, scale: float
) -> Gain:  # fmt: skip
    """What an effect is worth.

    The interval goes from the least to the greatest product of what both intervals allow (interval arithmetic, Moore
    1966). It is a little wider than that of the product of two independent estimates, holds for always-valid intervals
    too, and lies on one side of zero exactly where the effect's and the worth's do: the money never says more than the
    verdict.

    Args:
        verdict: what is said of the effect.
        effect: value, low, high; positive is better.
        worth: money of one unit.
        cost: of the change.
        scale: units of effect: people, or days of all units.
    """
    value, *ends = effect
    least, most = (worth.value if end is None else end for end in (worth.low, worth.high))
    corners = [end * price * scale for end in ends for price in (least, most)]
    low, high = min(corners), max(corners)
    money = value * worth.value * scale
    says = "gain" if verdict == "worked" and low > 0 else "loss" if verdict == "harmed" and high < 0 else "open"
    net = None if cost is None else Amount(value=money - cost, low=low - cost, high=high - cost)
    return Gain.model_validate({
        "value": money, "low": low, "high": high, "says": says, "net": net, "worth": worth,
    })  # fmt: skip
